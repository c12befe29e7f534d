"""The second coding as a check: a row that differs from its unit stops the gate, unless a decision says why."""

from pathlib import Path
from typing import Any

import pytest
from fixture_package import DECISION, Tables, artificial_rows, build_package

from scripts import validate
from scripts.second_coding import FOLDER


def package_with_decisions(folder: Path, rows: Tables, decisions: list[str]) -> Path:
    """The artificial package with other rows and with decisions on how they differ from its second coding."""
    package = build_package(folder / "package", rows)
    (package / FOLDER / "adjudications.csv").write_text("\n".join([DECISION, *decisions]) + "\n", encoding="utf-8")
    return package


def told(package: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of the check that the gate prints."""
    validate.main(["--root", str(package)])
    return [line for line in capsys.readouterr().out.splitlines() if "  second-coding-differs  " in line]


CHANGES: list[tuple[str, int, dict[str, Any], str]] = [  # table, row, changes, the line
    ("acts", 0, {"act_type": "seizure"},
     "data/acts.csv:2:act_type  second-coding-differs  act_type is seizure, in the second coding (a1) detention"),
    ("acts", 1, {"person_id": "P0002", "target_person_id": "P0001"},
     "data/acts.csv:3:person_id  second-coding-differs  person is P0002, in the second coding (a2) P0001"),
    ("involvements", 1, {"actor_kind": "private_party", "institution_id": ""},
     "data/acts.csv:4:act_id  second-coding-differs  actor_kind is private_party, in the second coding (a3)"
     " institution"),
    ("penalties", 0, {"amount_kzt": 24500},
     "data/penalties.csv:2:amount_kzt  second-coding-differs  amount_kzt is 24500, in the second coding (p1) 24050"),
    ("charges", 0, {"status": "closed"},
     "data/charges.csv:2:status  second-coding-differs  status is closed, in the second coding (c1) charged"),
    ("official_roles", 1, {"role": "investigator"},
     "data/official_roles.csv:3:role  second-coding-differs  role is investigator, in the second coding (r2) officer"),
]  # fmt: skip
DO = ": read the passage again, or log why the row differs"


@pytest.mark.parametrize(("table", "number", "changes", "line"), CHANGES, ids=[f"{c[0]}-{c[1]}" for c in CHANGES])
def test_a_flipped_value_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, number: int, changes: dict[str, Any], line: str
) -> None:
    rows = artificial_rows()
    rows[table][number] |= changes
    lines = told(package_with_decisions(tmp_path, rows, []), capsys)
    assert lines[0].removesuffix(lines[0].partition(DO)[2]) == line + DO
    assert len(lines) == len([key for key in changes if key != "institution_id"])


def test_an_agreeing_package_is_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(package_with_decisions(tmp_path, artificial_rows(), []), capsys) == []


def test_a_decision_settles_a_difference_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["acts"][0]["assertion"] = "alleged"
    decision = "acts,A0001,b1,a1,assertion,alleged,stated,first,alleged,She is said to have told it."
    package = package_with_decisions(tmp_path, rows, [decision])
    assert told(package, capsys) == []
    rows["acts"][0]["assertion"] = "stated"
    other = package_with_decisions(tmp_path / "other", rows, [decision])
    assert [line.partition(" (cell")[0] for line in told(other, capsys)] == [
        "data/acts.csv:2:assertion  second-coding-differs  assertion is stated, in the second coding (a1) alleged" + DO
    ]


def test_a_row_more_or_less_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["penalties"].append(rows["penalties"].pop() | {"penalty_id": "N0003"})
    lines = told(package_with_decisions(tmp_path, rows, []), capsys)
    assert [line.partition(" (cell")[0] for line in lines] == [
        "data/penalties.csv:0:  second-coding-differs  N0002 is not there, and the second coding has it as p2",
        "data/penalties.csv:3:  second-coding-differs  the second coding has no such row: is it told elsewhere, or is a"
        " decision missing?",
    ]


def test_a_withdrawn_row_is_not_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["charges"] = []
    rows["retired_ids"].append(
        {"table_name": "charges", "row_id": "C0001", "reason_code": "withdrawn", "version": "0.1.0"}
    )
    assert told(package_with_decisions(tmp_path, rows, []), capsys) == []


def test_a_coding_that_is_not_there_stops_the_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = package_with_decisions(tmp_path, artificial_rows(), [])
    (package / FOLDER / "pairs.csv").unlink()
    assert validate.main(["--root", str(package)]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("validate: could not run: ")
