"""Run metadata/questions.ipynb and write it with its outputs, or check that they are what the data give.

The notebook's code and text are written by hand, its tables and figures by this program. What differs from machine to
machine is left out: times, versions, the counter of runs of a session. Figures are SVG, the same bytes for one version
of matplotlib.

Exit codes: 0 written (with --check: current), 1 the outputs are stale (--check only), 2 it could not be run, or a cell
failed.

Examples:
    python -m scripts.run_notebook
    python -m scripts.run_notebook --check
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.build_parquet import write_atomically
from scripts.package import ROOT
from scripts.problems import Problem, finish

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOK = Path("metadata") / "questions.ipynb"
SECONDS = 120  # for one cell
KEPT = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class CellFailed(RuntimeError):
    """A cell of the notebook that ended in an error; the message is the error's."""


def executed(path: Path) -> str:
    """The text of a notebook after a run in its folder, without what differs from machine to machine.

    Raises CellFailed where a cell ends in an error, OSError or ValueError where the file is no notebook.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    with private_settings() as folder:
        sockets = {"transport": "ipc", "ip": str(folder / "kernel")}  # files and no ports: nobody else can talk to it
        client = NotebookClient(
            notebook,
            config=Config({"KernelManager": sockets}),
            kernel_name="python3",
            timeout=SECONDS,
            record_timing=False,
            resources={"metadata": {"path": str(path.parent)}},
        )
        try:
            client.execute()
        except CellExecutionError as error:
            raise CellFailed(f"a cell failed: {error.ename}: {error.evalue}") from error
        except (CellTimeoutError, DeadKernelError) as error:
            raise CellFailed(f"a cell failed: {str(error).splitlines()[0]}") from error
    return str(nbformat.writes(settled(notebook), indent=1)) + "\n"  # type: ignore[no-untyped-call]


@contextmanager
def private_settings() -> Iterator[Path]:
    """A folder, with settings and history of nobody in it: a user's own start-up files must not change an output."""
    with tempfile.TemporaryDirectory() as folder:
        before = dict(os.environ)
        os.environ.update(dict.fromkeys(("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"), folder))
        os.environ["PYTHONHASHSEED"] = "0"
        try:
            yield Path(folder)
        finally:
            os.environ.clear()
            os.environ.update(before)


def settled(notebook: "NotebookNode") -> "NotebookNode":
    """The notebook with fixed metadata, and cells and outputs with none; cells are numbered in their order."""
    notebook.metadata = KEPT
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in notebook.cells:
        cell.metadata = {}
    for number, cell in enumerate(code, start=1):
        cell.execution_count = number
        for output in cell.outputs:
            if "metadata" in output:
                output.metadata = {}
            if "execution_count" in output:
                output.execution_count = number
    return notebook


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the outputs are current")
    options = parser.parse_args(argv)
    path = options.root / NOTEBOOK
    print(f"notebook: running {NOTEBOOK.as_posix()} …", file=sys.stderr)
    try:
        text = executed(path)
    except ImportError as error:
        print(f"notebook: {error.name} is not installed: make notebook sets it up", file=sys.stderr)
        return 2
    except (CellFailed, OSError, ValueError) as error:
        print(f"notebook: could not run: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    if options.check:
        message = "its outputs are not what the data give: run make notebook"
        problem = Problem(NOTEBOOK.as_posix(), 0, "", "", "stale-document", "error", message)
        return finish([problem] if text != path.read_text(encoding="utf-8") else [], "notebook")
    write_atomically(path, text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
