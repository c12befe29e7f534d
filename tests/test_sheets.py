"""A spreadsheet goes out with rows to correct, and comes back as a correction file, whoever filled it in with what."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from scripts import correct, sheet
from scripts.package import load_package


def sent(package: Path, *rows: str, table: str = "penalties") -> Path:
    """A sheet as it is sent out."""
    file = package.parent / "sheet.xlsx"
    assert sheet.main([table, *rows, "-o", str(file), "--root", str(package)]) == 0
    return file


def fill(file: Path, cells: dict[str, Any], table: str = "penalties", **answers: str) -> Path:
    """Fill cells in as somebody would in a spreadsheet program, who has a name."""
    book = load_workbook(file)
    for cell, value in cells.items():
        book[table][cell] = value
    for row in book["Read me"].iter_rows():
        if row[0].value in answers:
            row[1].value = answers[row[0].value]
    book.properties.creator = "Somebody Realname"
    book[table]["A2"].comment = Comment("I saw it.", "Somebody Realname")
    book.save(file)
    return file


def taken(package: Path, *arguments: str | Path) -> int:
    """Give a returned sheet to the program."""
    return correct.main([*map(str, arguments), "--root", str(package), "--scope", "model"])


def test_a_sheet_explains_itself_and_names_nobody(package: Path) -> None:
    file = sent(package, "N0002")
    first = file.read_bytes()
    book = load_workbook(file)
    assert book.sheetnames == ["Read me", "penalties", "lists", "as_sent"]
    assert [s.sheet_state for s in book.worksheets] == ["visible", "visible", "hidden", "hidden"]
    rows = book["penalties"]
    assert [rows["A1"].value, rows["A2"].value, rows["B2"].value] == ["penalty_id", "N0002", "P0002"]
    field = next(f for f in load_package().resource("penalties")["schema"]["fields"] if f["name"] == "amount_kzt")
    assert rows["K1"].comment.text == f"{field['title']}. {field['description']}"
    assert {cell.number_format for cell in rows[2]} == {"@"}
    choices = {str(v.sqref): v.formula1 for v in rows.data_validations.dataValidation}
    assert {reference[0] for reference in choices} >= {"D", "G"}
    assert [cell.value for cell in book["lists"]["B"] if cell.value] == [
        "administrative_arrest", "administrative_fine", "imprisonment",
    ]  # fmt: skip
    with zipfile.ZipFile(file) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert "creator" not in core and "modified" not in core and "created" not in core
    assert sent(package, "N0002").read_bytes() == first


def test_a_withheld_row_is_in_no_sheet(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = load_workbook(sent(package, table="persons"))["persons"].iter_rows(values_only=True)
    assert [row[0] for row in rows if row[0]] == ["person_id", "P0001", "P0002"]
    for arguments in (["persons", "P0003"], ["persons", "P0077"], ["judges"], ["passages"]):
        assert sheet.main([*arguments, "-o", str(package / "x.xlsx"), "--root", str(package)]) == 2
    assert [line for line in capsys.readouterr().err.splitlines() if line.startswith("sheet: could not run: ")] == [
        "sheet: could not run: a row is withheld: it is not sent to anybody",
        "sheet: could not run: persons has no row of this id",
        "sheet: could not run: there is no table judges",
        "sheet: could not run: programs write the table passages; a correction does not",
    ]
    assert not (package / "x.xlsx").exists()


def test_a_returned_sheet_becomes_a_correction_file(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = {"K2": 24100.0, "A4": None, "B4": "P0002", "G4": "imprisonment"}
    file = fill(sent(package), cells, asked_by="relative", reason="The paper says\nso.", evidence="X0005 S0002")
    assert taken(package, file) == 0
    path = capsys.readouterr().out.strip()
    text = (package / path).read_text(encoding="utf-8")
    assert text == (
        "# yaml-language-server: $schema=../../validation/correction.schema.json\n"
        f"id: {Path(path).stem}\n"
        "asked_by: relative\n"
        "reason: The paper says so.\n"
        "evidence:\n- passage_id: X0005\n- source_id: S0002\n"
        "changes:\n"
        "- change: value\n  table: penalties\n  row_id: N0001\n  field: amount_kzt\n  expect: '24050'\n"
        "  value: '24100'\n"
        "- change: add\n  table: penalties\n  row:\n    person_id: P0002\n    penalty_type: imprisonment\n"
    )
    assert "Realname" not in text
    assert taken(package, file) == 1
    assert capsys.readouterr().out == (
        f"{path}:0:  correction-file-is-valid  a correction of this id is there already: give --id\n"
    )
    assert taken(package, package / path, "--dry-run") == 1
    assert "  penalties N0001  amount_kzt: 24050 → 24100" in capsys.readouterr().out


def test_what_changed_in_the_tables_meanwhile_is_not_put_back(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = fill(sent(package), {"K2": "24100"}, asked_by="lawyer", reason="So it is.")
    table = package / "data" / "penalties.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",56,", ",57,"), encoding="utf-8")
    assert taken(package, file, "--dry-run") == 0
    printed = capsys.readouterr().out
    assert printed.count("change: value") == 1 and "'56'" not in printed
    assert "evidence:\n- passage_id: X0005\n" in printed


def test_a_csv_from_a_spreadsheet_is_taken_too(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (package / "data" / "penalties.csv").read_text(encoding="utf-8")
    text = text.replace("24050", "24 100", 1).replace("2018-03-04,2018-03-04", "04.03.2018,05.03.2018", 1)
    file = package.parent / "penalties.csv"
    file.write_bytes(b"\xef\xbb\xbf" + text.replace(",", ";").replace("\n", "\r\n").encode("utf-8"))
    answers = ["--asked-by", "researcher", "--reason", "Read again.", "--id", "read-again"]
    assert taken(package, file, *answers) == 0
    assert capsys.readouterr().out == "metadata/corrections/read-again.yaml\n"
    made = (package / "metadata" / "corrections" / "read-again.yaml").read_text(encoding="utf-8")
    changes = [line.split(": ")[1] for line in made.splitlines() if line.startswith(("  field", "  value"))]
    assert changes == ["amount_kzt", "'24100'", "date_end", "'2018-03-05'"]


BAD: list[tuple[dict[str, Any], dict[str, str], str]] = [
    ({"K2": "=1+1"}, {}, "0:  correction-file-is-valid  the sheet holds formulas: paste their values in their place"),
    ({"A1": "penalty"}, {}, "1:  correction-file-is-valid  the first line names each column of penalties once: look at"
     " penalty (did you mean penalty_id?)"),
    ({"A2": "N0077"}, {}, "2:  correction-file-is-valid  penalties has no row of this id, and a new row has none"),
    ({"A3": "N0001"}, {}, "3:  correction-file-is-valid  this id stands in two rows"),
    ({"M2": "3/4/18"}, {}, "2:date_start  spreadsheet-value  “3/4/18” looks like a day whose century is left out: write"
     " YYYY-MM-DD"),
    ({}, {}, "0:  correction-file-is-valid  nothing differs from the table penalties"),
    ({"K2": 1}, {"asked_by": ""}, "0:asked_by  correction-file-is-valid  the sheet does not say: give --asked-by TEXT"),
    ({"K2": 1}, {"evidence": "my cousin"}, "0:evidence  correction-file-is-valid  give links (https://…) or ids of"
     " passages (X0123) or sources (S0001), with spaces between"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "answers", "line"), BAD, ids=range(len(BAD)))
def test_a_sheet_filled_in_wrongly_is_told(
    package: Path, capsys: pytest.CaptureFixture[str], cells: dict[str, Any], answers: dict[str, str], line: str
) -> None:
    said = {"asked_by": "subject", "reason": "It was so.", "evidence": "X0005"} | answers
    assert taken(package, fill(sent(package), cells, **said)) == 1
    assert capsys.readouterr().out == f"sheet.xlsx:{line}\n"
    assert not (package / "metadata").exists()


def test_a_sheet_with_a_telephone_becomes_no_file(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = fill(sent(package), {"K2": 1}, asked_by="subject", reason="Call me: 87015551234.", evidence="X0005")
    assert taken(package, file) == 1
    printed = capsys.readouterr().out
    assert "no-telephone" in printed and "8701" not in printed
    assert not (package / "metadata").exists()


def with_part(name: str, content: bytes) -> Callable[[bytes], bytes]:
    """A sheet with one part more, or another one in its place."""

    def change(whole: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                if info.filename != name:
                    new.writestr(info, old.read(info))
            new.writestr(name, content)
        return out.getvalue()

    return change


HOSTILE: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda whole: b"", "this cannot be read as .xlsx: save it again in a spreadsheet program"),
    (lambda whole: whole[:3000], "this cannot be read as .xlsx: save it again in a spreadsheet program"),
    (lambda whole: whole + b"\0" * 5_000_000, "the sheet is larger than 5,000,000 bytes"),
    (with_part("xl/media/a.xml", b"0" * 50_000_000), "the sheet unpacks to more than a sheet of ours can hold"),
    (with_part("xl/vbaProject.bin", b"x"), "the sheet holds macros: copy the values into a new one"),
    (with_part("xl/externalLinks/externalLink1.xml", b"<a/>"),
     "the sheet holds links to other files: copy the values into a new one"),
    (with_part("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
     "the sheet holds a document type, which no spreadsheet program writes"),
    (with_part("xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row/>"),
     "this cannot be read as .xlsx: save it again in a spreadsheet program"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_sheet_is_one_line(
    package: Path, capsys: pytest.CaptureFixture[str], change: Callable[[bytes], bytes], message: str
) -> None:
    file = fill(sent(package), {"K2": 1}, asked_by="subject", reason="It was so.", evidence="X0005")
    file.write_bytes(change(file.read_bytes()))
    assert taken(package, file) == 1
    assert capsys.readouterr().out == f"sheet.xlsx:0:  correction-file-is-valid  {message}\n"


def test_a_sheet_that_is_not_ours_is_told(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    book.active.append(["a", "b"])
    book.save(package.parent / "own.xlsx")
    (package.parent / "own.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert taken(package, package.parent / "own.xlsx", package.parent / "own.csv") == 1
    assert [line.split("  ")[2].split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "the columns of its first line are those of no one table",
        "no sheet in it is called as a table of ours",
    ]
