"""Each citation by itself: a passage that shows no tie to its row is told, unless somebody read it and said why."""

from pathlib import Path

import pytest
from fixture_package import Tables, artificial_rows, build_package

from scripts import validate
from scripts.support import FILE

HEAD = "table_name,row_id,passage_id,reason\n"


def told(package: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of the two checks that the gate prints."""
    validate.main(["--root", str(package)])
    rules = ("  citation-supports-its-row  ", "  read-citation-is-needed  ")
    return [line for line in capsys.readouterr().out.splitlines() if any(rule in line for rule in rules)]


def moved(row_id: str, passage: str) -> Tables:
    """The artificial rows with the first citation of a row moved to another passage, beside a second that stays."""
    rows = artificial_rows()
    citation = next(row for row in rows["citations"] if row["row_id"] == row_id)
    rows["citations"].append(citation | {"citation_id": "Z00999"})
    citation["passage_id"] = passage
    return rows


def test_a_citation_beside_others_that_is_moved_away_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = moved("P0001", "X0012")
    lines = told(build_package(tmp_path / "package", rows), capsys)
    number = next(n for n, row in enumerate(rows["citations"], start=2) if row["passage_id"] == "X0012")
    assert lines == [
        f"data/citations.csv:{number}:passage_id  citation-supports-its-row  nothing printed in X0012 ties it to P0001:"
        " was another passage meant? If it tells of it without a name, add the line persons,P0001,X0012,REASON to "
        f"validation/read_citations.csv (cell D{number})"
    ]


@pytest.mark.parametrize(
    ("row_id", "passage"),
    [
        ("P0001", "X0003"),  # names her
        ("A0001", "X0002"),  # the lead-in of the passage that stays
        ("T0001", "X0004"),  # cited for the act that it is about
        ("E0001", "X0009"),  # prints the same day
    ],
)
def test_a_passage_that_belongs_is_not_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row_id: str, passage: str
) -> None:
    assert told(build_package(tmp_path / "package", moved(row_id, passage)), capsys) == []


def test_a_citation_that_was_read_is_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = build_package(tmp_path / "package", moved("P0001", "X0012"))
    with (package / FILE).open("a", encoding="utf-8") as file:
        file.write("persons,P0001,X0012,Tells of her by her office.\n")
    assert told(package, capsys) == []


def test_a_line_that_is_not_needed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = build_package(tmp_path / "package")
    with (package / FILE).open("a", encoding="utf-8") as file:
        file.write("persons,P0001,X0010,Named.\nacts,A0099,X0010,Gone since.\n")
    assert told(package, capsys) == [
        "validation/read_citations.csv:4:passage_id  read-citation-is-needed  the citation of X0010 for P0001 needs no "
        "reading: take this line out",
        "validation/read_citations.csv:5:passage_id  read-citation-is-needed  warning: the citation of X0010 for A0099 "
        "needs no reading: take this line out",
    ]


def test_a_list_of_another_shape_stops_the_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = build_package(tmp_path / "package")
    (package / FILE).write_text(HEAD + "persons,P0001,X0012,\n", encoding="utf-8")
    assert validate.main(["--root", str(package)]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "validate: could not run: validation/read_citations.csv has the columns table_name, row_id, passage_id, reason,"
        " and no cell of it is empty"
    )
