"""The floors: a cell emptied by mistake stops the gate; a withdrawn row or a withheld person does not."""

from pathlib import Path

import pytest
from fixture_package import artificial_rows, build_package

from scripts import floors, validate
from scripts.package import ROOT


def told(package: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of the check that the gate prints."""
    validate.main(["--root", str(package)])
    return [line for line in capsys.readouterr().out.splitlines() if "  filled-cells-hold  " in line]


def test_an_emptied_cell_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["officials"][0]["office"] = ""
    assert told(build_package(tmp_path / "package", rows), capsys) == [
        "data/officials.csv:0:office  filled-cells-hold  1 cells are filled, and 2 were: was a cell emptied or a row "
        "dropped by mistake? If not, a maintainer runs python -m scripts.floors"
    ]


def test_a_withdrawn_row_is_not_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["recommendations"] = []
    row = {"table_name": "recommendations", "row_id": "M0001", "reason_code": "withdrawn", "version": "0.1.0"}
    rows["retired_ids"].append(row)
    assert told(build_package(tmp_path / "package", rows), capsys) == []


def test_rows_retired_before_give_no_slack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    assert [row["table_name"] for row in rows["retired_ids"]] == ["persons"]
    rows["persons"][0]["patronymic"] = ""
    assert [line.split("  ")[0] for line in told(build_package(tmp_path / "package", rows), capsys)] == [
        "data/persons.csv:0:patronymic"
    ]


def test_the_program_writes_what_is_filled_and_says_what_changed(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = package / "data" / "officials.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",judge,", ",,", 1), encoding="utf-8")
    assert floors.main(["--root", str(package), "--check"]) == 1
    assert floors.main(["--root", str(package)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert "officials.office: 2 → 1" in printed
    assert floors.main(["--root", str(package), "--check"]) == 0


def test_the_floors_of_this_package_are_current() -> None:
    assert floors.main(["--root", str(ROOT), "--check"]) == 0


def test_a_changed_code_list_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["act_types"][0]["definition"] = "Something else."
    validate.main(["--root", str(build_package(tmp_path / "package", rows))])
    lines = [line for line in capsys.readouterr().out.splitlines() if "  reference-table-holds  " in line]
    assert lines == [
        "data/act_types.csv:0:  reference-table-holds  this table is not as a maintainer accepted it: was it changed "
        "by mistake? If not, a maintainer runs python -m scripts.floors"
    ]
