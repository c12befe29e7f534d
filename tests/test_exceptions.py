"""A row that is listed as an exception passes its rule; a list that says too much or too little is itself a problem."""

from pathlib import Path

import pytest
from fixture_package import Tables, artificial_rows, build_package

from scripts import validate

HEAD = "rule,table_name,row_id,reason"
Capture = pytest.CaptureFixture[str]


def printed(folder: Path, rows: Tables, capsys: Capture, *lines: str) -> list[str]:
    """What the gate prints of the rows with these lines in the list of exceptions."""
    root = build_package(folder / "package", rows)
    (root / "validation" / "exceptions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    capsys.readouterr()
    validate.main(["--root", str(root), "--scope", "model"])
    return capsys.readouterr().out.splitlines()


def without_basis() -> Tables:
    """The artificial rows, the first penalty without the ground for its event."""
    rows = artificial_rows()
    rows["penalties"][0]["event_basis"] = ""
    return rows


def test_listed_row_is_left_out(tmp_path: Path, capsys: Capture) -> None:
    assert printed(tmp_path, without_basis(), capsys, HEAD, "event-has-basis,penalties,N0001,Not said.") == []


def test_other_rows_are_not_left_out(tmp_path: Path, capsys: Capture) -> None:
    rows = without_basis()
    rows["acts"][0]["event_basis"] = ""
    assert printed(tmp_path, rows, capsys, HEAD, "event-has-basis,penalties,N0001,Not said.") == [
        "data/acts.csv:2:event_basis  event-has-basis  the ground is empty (cell C2)"
    ]


def test_exception_of_a_row_that_keeps_the_rule_is_an_error(tmp_path: Path, capsys: Capture) -> None:
    assert printed(tmp_path, artificial_rows(), capsys, HEAD, "event-has-basis,penalties,N0001,Not said.") == [
        "validation/exceptions.csv:2:row_id  exception-applies  "
        "penalties N0001 keeps the rule event-has-basis: take this line out"
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [("N0009", "Not said."), ("N0001", "Beside P0003, now withheld."), ("N0001", "Beside P0009, merged.")],
)
def test_exception_does_not_block_once_its_rows_are_gone(
    tmp_path: Path, capsys: Capture, row: str, reason: str
) -> None:
    line = f'event-has-basis,penalties,{row},"{reason}"'
    assert printed(tmp_path, artificial_rows(), capsys, HEAD, line) == [
        "validation/exceptions.csv:2:row_id  exception-outlived  "
        f"warning: penalties {row} does not break the rule event-has-basis any more: take this line out"
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["rule,row"], "1:  rule-error  the first line of the exceptions is rule,table_name,row_id,reason"),
        (
            [HEAD, "event-has-basis,penalties,N0001,"],
            "2:  rule-error  an exception has four cells, none empty: rule, table, row and reason",
        ),
        ([HEAD, "event-has-bassis,penalties,N0001,A."], "2:  rule-error  there is no rule event-has-bassis"),
        ([HEAD, "event-has-basis,penalty,N0001,A."], "2:table_name  rule-error  there is no table penalty"),
    ],
)
def test_misshapen_list(tmp_path: Path, capsys: Capture, lines: list[str], message: str) -> None:
    assert printed(tmp_path, artificial_rows(), capsys, *lines) == [f"validation/exceptions.csv:{message}"]
