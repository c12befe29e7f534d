"""metadata/questions.ipynb: its outputs are what the data give, it names nobody, and a stale or failing one is told."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from release_layout import lay_out

from scripts import run_notebook
from scripts.package import ROOT
from scripts.run_notebook import NOTEBOOK

KERNEL = {"kernelspec": {"display_name": "Mine", "language": "python", "name": "python3"}}

RESULT = {"output_type": "execute_result"}


def written(root: Path, *lines: str) -> Path:
    """A notebook with a cell for each line, as an editor leaves it: numbered by the session, with times."""
    cells = [
        {"cell_type": "code", "id": f"c{number}", "source": line, "outputs": [], "execution_count": 40 + number,
         "metadata": {"execution": {"started": "today"}}}
        for number, line in enumerate(lines)
    ]  # fmt: skip
    (root / "metadata").mkdir(exist_ok=True)
    text = json.dumps({"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5})
    (root / NOTEBOOK).write_text(text, encoding="utf-8")
    return root


def told(capsys: pytest.CaptureFixture[str]) -> tuple[str, list[str]]:
    """What was printed, and on the error stream without the line that it starts with."""
    out, err = capsys.readouterr()
    first, *rest = err.splitlines()
    assert first == "notebook: running metadata/questions.ipynb …"
    return out, rest


def cells(root: Path) -> list[dict[str, Any]]:
    """The cells of the notebook."""
    return list(json.loads((root / NOTEBOOK).read_text(encoding="utf-8"))["cells"])


def test_this_notebook_is_current(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_notebook.main(["--check"]) == 0, capfd.readouterr().out
    assert told(capfd) == ("", ["notebook: 0 errors, 0 warnings"])


def test_outputs_are_written_and_a_changed_file_makes_them_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = written(tmp_path, "print(open('number.txt').read())", "6 * 7")
    (root / "metadata" / "number.txt").write_text("12", encoding="utf-8")
    assert run_notebook.main(["--root", str(root)]) == 0
    assert [(cell["execution_count"], cell["metadata"], cell["outputs"]) for cell in cells(root)] == [
        (1, {}, [{"name": "stdout", "output_type": "stream", "text": ["12\n"]}]),
        (2, {}, [{"data": {"text/plain": ["42"]}, "execution_count": 2, "metadata": {}, **RESULT}]),
    ]
    assert json.loads((root / NOTEBOOK).read_text(encoding="utf-8"))["metadata"] == run_notebook.KEPT
    (root / "metadata" / "number.txt").write_text("13", encoding="utf-8")
    capsys.readouterr()
    assert run_notebook.main(["--root", str(root), "--check"]) == 1
    assert told(capsys) == (
        "metadata/questions.ipynb:0:  stale-document  its outputs are not what the data give: run make notebook\n",
        ["notebook: 1 errors, 0 warnings"],
    )
    assert cells(root)[0]["outputs"][0]["text"] == ["12\n"]


def test_a_failing_cell_is_told_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = written(tmp_path, "1 / 0")
    before = (root / NOTEBOOK).read_bytes()
    assert run_notebook.main(["--root", str(root)]) == 2
    assert told(capsys) == (
        "",
        ["notebook: could not run: a cell failed: ZeroDivisionError: division by zero"],
    )
    assert (root / NOTEBOOK).read_bytes() == before


def test_no_notebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_notebook.main(["--root", str(tmp_path)]) == 2
    (line,) = told(capsys)[1]
    assert line.startswith("notebook: could not run: [Errno 2] No such file or directory: ")
    written(tmp_path)
    (tmp_path / NOTEBOOK).write_text("{", encoding="utf-8")
    assert run_notebook.main(["--root", str(tmp_path)]) == 2
    (line,) = told(capsys)[1]
    assert line.startswith("notebook: could not run: Notebook does not appear to be JSON")


def test_it_names_nobody() -> None:
    text = (ROOT / NOTEBOOK).read_text(encoding="utf-8")
    for table, columns in (("persons", ("name", "surname")), ("officials", ("name_as_reported", "surname"))):
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            names = {row[column] for row in csv.DictReader(file) for column in columns if len(row[column]) > 3}
        assert names
        assert [name for name in sorted(names) if name in text] == []


def test_each_figure_is_told_in_words() -> None:
    pictures = [
        output["data"]
        for cell in cells(ROOT)
        for output in cell.get("outputs", [])
        if "image/svg+xml" in output.get("data", {})
    ]
    assert len(pictures) == 5
    for data in pictures:
        words = "".join(data["text/plain"])
        assert words.startswith("Figure: ") and len(words) > 40
        assert f'<svg role="img" aria-label="{words.removeprefix("Figure: ")}"'[:60] in "".join(data["image/svg+xml"])


@pytest.mark.long
def test_it_runs_in_a_release(tmp_path: Path) -> None:
    assert run_notebook.main(["--root", str(lay_out(tmp_path)), "--check"]) == 0
