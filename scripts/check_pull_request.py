"""Check a pull request's rows under the rules of the package that this program belongs to, and say what they change.

PR is the folder with the pull request's files. Nothing in it is run: only its data/*.csv (but not passages.csv) and
metadata/corrections/*.yaml are read, as `scripts.validate --trusted` reads them; the rest of PR is not looked at. The
gate's lines and its annotations for GitHub go to stdout. The empty or new folder OUT receives

  report.json, report.html    what the gate found, for programs and for people
  diff.txt, diff.md           what changes, row by row, as text and for a page of GitHub

It needs no network. Where Parquet files are stale nothing is said: they are made again after merging.

Examples:
  python -m scripts.check_pull_request ../branch ../out

Exit codes: 0 no errors, 1 errors found, 2 could not run.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.package import ROOT, load_package
from scripts.trust import assemble

FORMATS = {"diff.txt": "text", "diff.md": "markdown"}
MAX_CHARACTERS = 1_000_000  # of a diff
BESIDE = ("datapackage.json", "metadata", "validation")  # of the trusted package, for the diff


def gate(base: Path, root: Path, out: Path) -> int:
    """Run the gate, which prints; returns its exit code."""
    reports = [option for name in ("report.json", "report.html") for option in ("--report", str(out / name))]
    command = [sys.executable, "-m", "scripts.validate", "--root", str(root), "--trusted", str(base), "--github"]
    return subprocess.run([*command, *reports], cwd=ROOT, check=False).returncode


def merged(base: Path, root: Path, into: Path) -> None:
    """Make in the new folder `into` what the package becomes with the rows and corrections of `root`."""
    into.mkdir()
    for name in BESIDE:
        if (base / name).is_dir():
            shutil.copytree(base / name, into / name)
        elif (base / name).is_file():
            shutil.copyfile(base / name, into / name)
    shutil.rmtree(into / "metadata" / "corrections", ignore_errors=True)
    assemble(root, load_package(base), into)


def differences(folder: Path, form: str) -> tuple[int, str]:
    """The exit code of scripts.diff between the folders base and merged in `folder`, and what it prints.

    Where it could not run, the text says why.
    """
    command = [sys.executable, "-m", "scripts.diff", "base", "merged", "--format", form]
    here = os.environ | {"PYTHONPATH": str(ROOT)}  # so that the texts name these two folders, and no path of a machine
    done = subprocess.run(command, cwd=folder, env=here, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        last = done.stderr.strip().rsplit("\n", 1)[-1]
        return 2, f"The changes could not be compared: {last}\n"
    if len(done.stdout) > MAX_CHARACTERS:
        return 0, done.stdout[:MAX_CHARACTERS] + "\n… cut here: there is more than is shown\n"
    return 0, done.stdout


def check(base: Path, root: Path, out: Path) -> int:
    """Write all files of `out`; returns the exit code. A diff that cannot be made counts where the gate finds nothing.

    Raises OSError where a folder cannot be read or written, and ValueError where the trusted package is none.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty")
    code = gate(base, root, out)
    if code not in (0, 1):
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "base").symlink_to(base)
        merged(base, root, folder / "merged")
        made = {file: differences(folder, form) for file, form in FORMATS.items()}
    for file, (_, text) in made.items():
        (out / file).write_text(text, encoding="utf-8")
    failed = [text for compared, text in made.values() if compared]
    if failed:
        print(failed[0].strip(), file=sys.stderr)
    return code or (2 if failed else 0)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pull_request", type=Path, metavar="PR", help="folder with the pull request's files")
    parser.add_argument("out", type=Path, metavar="OUT", help="new folder for the reports")
    parser.add_argument("--base", type=Path, default=ROOT, help="the trusted package (default: this one)")
    options = parser.parse_args(arguments)
    try:
        return check(options.base.resolve(), options.pull_request.resolve(), options.out.resolve())
    except (OSError, ValueError) as error:
        print(f"check_pull_request: could not run: {' '.join(str(error).split())}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
