"""What spreadsheets make of a table: named by the gate as what it is, and mended by `make format` to the same bytes."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fixture_package import artificial_rows, build_package

from scripts import format as formatter
from scripts import validate
from scripts.package import load_package
from scripts.spreadsheets import read_cell

TABLES = ("acts", "penalties", "persons", "places", "sources", "reported_totals")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The artificial package with coordinates that have decimals and texts that have commas."""
    rows = artificial_rows()
    rows["places"][0] |= {"latitude": "43.66105", "longitude": "51.17392"}
    rows["acts"][3] |= {"victim_description": "journalists; two, or more"}
    rows["persons"][1]["description"] = 'called “Mock” and "Testo"'
    return build_package(tmp_path / "package", rows)


def gate(package: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines that the gate prints."""
    capsys.readouterr()
    validate.main(["--root", str(package), "--scope", "model"])
    return capsys.readouterr().out.splitlines()


Change = Callable[[str, str], str]  # (type of the column, cell) → cell


def german(kind: str, cell: str) -> str:
    """A cell as LibreOffice shows it in German."""
    if kind == "date":
        return re.sub(r"(\d+)-(\d+)-(\d+)", r"\3.\2.\1", cell)
    if kind == "time":
        return cell + ":00" if cell else ""
    if kind == "boolean":
        return cell.replace("true", "WAHR").replace("false", "FALSCH")
    return cell.replace(".", ",") if kind == "number" else cell


def russian(kind: str, cell: str) -> str:
    """A cell as Excel shows it in Russian, with grouped thousands."""
    if kind == "time":
        return cell.removeprefix("0")
    if kind == "boolean":
        return cell.replace("true", "ИСТИНА").replace("false", "ЛОЖЬ")
    if kind in ("number", "integer") and re.fullmatch(r"\d{5}", cell):
        return f"{cell[:2]} {cell[2:]}"
    return german(kind, cell)


def american(kind: str, cell: str) -> str:
    """A cell as Excel shows it in English, where its days can be read in one order only."""
    if kind == "time" and cell:
        return f"{int(cell[:2]) % 12 or 12}{cell[2:]}:00 {'AM' if cell < '12' else 'PM'}"
    if kind == "date" and cell[8:] > "12":
        return f"{int(cell[5:7])}/{int(cell[8:])}/{cell[:4]}"
    return cell.upper() if kind == "boolean" else cell


def program(kind: str, cell: str) -> str:
    """A cell as a program writes it that takes every number for a float and every day for a moment."""
    if kind in ("number", "integer") and cell and "." not in cell:
        return cell + ".0"
    if kind == "date" and cell:
        return cell + " 00:00:00"
    return {"true": "True", "false": "False"}.get(cell, cell) if kind == "boolean" else cell


def saved(file: Path, kinds: list[str], change: Change, tail: int = 0, **dialect: Any) -> str:
    """The text of a table saved again: each cell changed, `tail` empty columns and rows after the last."""
    header, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
    table = [header, *([change(kind, cell) for kind, cell in zip(kinds, row, strict=True)] for row in rows)]
    table += [[""] * len(kinds)] * tail
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows([*row, *[""] * tail] for row in table)
    return out.getvalue()


DIALECTS: dict[str, tuple[Change, dict[str, Any], str, set[str]]] = {  # change, dialect, encoding, rules that name it
    "LibreOffice in German, semicolons": (
        german, {"delimiter": ";", "lineterminator": "\n"}, "utf-8", {"file-separator"}),
    "Excel in Russian, UTF-8": (
        russian, {"delimiter": ";", "lineterminator": "\r\n"}, "utf-8-sig",
        {"file-bom", "file-line-ends", "file-separator"}),
    "Excel in English, UTF-8": (
        american, {"lineterminator": "\r\n"}, "utf-8-sig", {"file-bom", "file-line-ends"}),
    "Excel in English, as LF": (american, {"lineterminator": "\n"}, "utf-8", {"spreadsheet-value"}),
    "Excel, Unicode text": (
        american, {"delimiter": "\t", "lineterminator": "\r\n"}, "utf-16", {"file-not-utf-8"}),
    "tabs": (german, {"delimiter": "\t", "lineterminator": "\n"}, "utf-8", {"file-separator"}),
    "a program, all quoted": (
        program, {"lineterminator": "\n", "quoting": csv.QUOTE_ALL}, "utf-8", {"canonical-form", "spreadsheet-value"}),
    "empty columns and rows after the last": (
        lambda _, cell: cell, {"lineterminator": "\n", "tail": 3}, "utf-8", {"row-blank", "trailing-cells"}),
}  # fmt: skip


@pytest.mark.parametrize(("change", "dialect", "encoding", "rules"), DIALECTS.values(), ids=DIALECTS.keys())
def test_saved_by_a_spreadsheet(
    package: Path, change: Change, dialect: dict[str, Any], encoding: str, rules: set[str],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    resources = [load_package(package).resource(name) for name in TABLES]
    before = {package / r["path"]: (package / r["path"]).read_bytes() for r in resources}
    for resource in resources:
        file = package / resource["path"]
        kinds = [field["type"] for field in resource["schema"]["fields"]]
        file.write_bytes(saved(file, kinds, change, **dialect).encode(encoding))
    damaged = {file for file, content in before.items() if file.read_bytes() != content}
    told = [line for line in gate(package, capsys) if "stale-parquet" not in line]
    assert {line.split("  ")[1] for line in told} == rules
    assert {package / line.split(":")[0] for line in told} == damaged
    assert formatter.main(["--root", str(package)]) == 0, capsys.readouterr().out
    assert {file: file.read_bytes() for file in before} == before


SPOILT: list[tuple[str, Callable[[bytes], bytes], list[str], list[str]]] = [  # table, change, gate, make format
    ("events", lambda b: b.replace(b"2018-06-07", b"7/6/2018"),
     ["4:date_start  spreadsheet-value  “7/6/2018” looks like a day whose order is not certain: write 2018-06-07 or"
      " 2018-07-06 (cell D4)",
      "4:date_end  spreadsheet-value  “7/6/2018” looks like a day whose order is not certain: write 2018-06-07 or"
      " 2018-07-06 (cell E4)"],
     ["4:date_start  spreadsheet-value  “7/6/2018” looks like a day whose order is not certain: write 2018-06-07 or"
      " 2018-07-06",
      "4:date_end  spreadsheet-value  “7/6/2018” looks like a day whose order is not certain: write 2018-06-07 or"
      " 2018-07-06"]),
    ("penalties", lambda b: b.replace(b"24050", b"2.41E+04"),
     ["2:amount_kzt  spreadsheet-value  “2.41E+04” looks like a number that a spreadsheet cut to an exponent: write all"
      " its digits (cell K2)"],
     ["2:amount_kzt  spreadsheet-value  “2.41E+04” looks like a number that a spreadsheet cut to an exponent: write all"
      " its digits"]),
    ("rights", lambda b: b.replace(b"Right to samples", b"#REF!"),
     ["2:name  spreadsheet-error  “#REF!” is an error of a spreadsheet's formula: write the value itself (cell B2)"],
     ["2:name  spreadsheet-error  “#REF!” is an error of a spreadsheet's formula: write the value itself"]),
    ("recommendations", lambda b: b.replace(b"Ask why.", "“Ask, why.”".encode()),
     ["2:  row-ragged  the row has 4 cells and the header 3: is a comma missing, or a cell unquoted? Quotation marks"
      ' around a cell are straight ("), not curly'],
     ["2:  row-ragged  the row has 4 cells and the header 3: is a comma missing, or a cell unquoted? Quotation marks"
      ' around a cell are straight ("), not curly']),
    ("institutions", lambda b: b.replace(b"Mock Police", "Полиция Мок".encode("cp1251")),
     ["3:  file-not-utf-8  byte 109 (0xCF) is not UTF-8 and looks like Windows-1251: save the file as UTF-8"],
     ["3:  file-not-utf-8  byte 109 (0xCF) is not UTF-8 and looks like Windows-1251: save the file as UTF-8"]),
    ("cases", lambda b: b.decode().encode("utf-16-le"),
     ["1:  file-not-utf-8  the file is not UTF-8 and looks like UTF-16: save it as UTF-8"],
     ["1:  file-not-utf-8  the file is not UTF-8 and looks like UTF-16: save it as UTF-8"]),
    ("charges", lambda b: b"PK\x03\x04" + b,
     ["0:  file-not-csv  the file is a ZIP archive or a workbook (.xlsx, .ods), not CSV: save the table as CSV in"
      " UTF-8"],
     ["0:  file-not-csv  the file is a ZIP archive or a workbook (.xlsx, .ods), not CSV: save the table as CSV in"
      " UTF-8"]),
    ("total_events", lambda b: b.replace(b"E0001", b"E0001,,"),
     ["2:  trailing-cells  the line ends in 2 empty cells too many, as a spreadsheet leaves them: run make format"],
     []),
    ("provisions", lambda b: b.replace(b",", b";"),
     ["1:  file-separator  the cells are separated by semicolons, where commas are right: run make format"],
     []),
    ("case_persons", lambda b: b + b",,\n,,\n",
     ["3:  row-blank  the row holds nothing: take it out", "4:  row-blank  the row holds nothing: take it out"],
     []),
]  # fmt: skip


def test_what_cannot_be_mended_is_named(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for table, change, *_ in SPOILT:
        file = package / "data" / f"{table}.csv"
        assert change(file.read_bytes()) != file.read_bytes()
        file.write_bytes(change(file.read_bytes()))
    before = {file: file.read_bytes() for file in (package / "data").glob("*.csv")}
    files = {f"data/{table}.csv" for table, *_ in SPOILT}
    told = [line for line in gate(package, capsys) if line.split(":")[0] in files]
    assert told == [f"data/{table}.csv:{text}" for table, _, texts, _ in sorted(SPOILT) for text in sorted(texts)]
    assert formatter.main(["--root", str(package)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"data/{table}.csv:{text}" for table, *_, texts in sorted(SPOILT) for text in sorted(texts)]
    assert {file: file.read_bytes() for file in (package / "data").glob("*.csv")} == before


READ: list[tuple[str, str, str]] = [  # type, cell, how it is written here ("": it is named, and not mended)
    ("date", "10.05.2018", "2018-05-10"), ("date", "1.5.2018", "2018-05-01"),
    ("date", "2018-05-10 00:00:00", "2018-05-10"),
    ("date", "2018-05-10T00:00:00.000Z", "2018-05-10"), ("date", "2018/5/10", "2018-05-10"),
    ("date", "10.05.2018 0:00", "2018-05-10"), ("date", "5/13/2018", "2018-05-13"), ("date", "13/5/2018", "2018-05-13"),
    ("date", "5/5/2018", "2018-05-05"), ("date", "5/10/2018", ""), ("date", "10.05.18", ""), ("date", "43230", ""),
    ("time", "3:00", "03:00"), ("time", "03:00:00", "03:00"), ("time", "3:00:00 AM", "03:00"),
    ("time", "12:30 am", "00:30"), ("time", "12:30 PM", "12:30"), ("time", "0.125", ""), ("time", "0,125", ""),
    ("integer", "48100.0", "48100"), ("integer", "48100,00", "48100"), ("integer", "48 100", "48100"),
    ("integer", "48\u00a0100", "48100"), ("integer", "48\u202f100,0", "48100"), ("integer", "48'100", "48100"),
    ("integer", "1,234,567", "1234567"), ("integer", "48,100", ""), ("integer", "48.100", ""),
    ("integer", "4.81E+04", ""),
    ("number", "43,65", "43.65"), ("number", "0,125", "0.125"), ("number", "1234,567", "1234.567"),
    ("number", "-71,4460", "-71.446"), ("number", "48100.0", "48100"), ("number", "43.50", "43.5"),
    ("number", "24,050.00", "24050"), ("number", "24.050,50", "24050.5"), ("number", "1.234.567", "1234567"),
    ("number", "24 050,00", "24050"), ("number", "24,050", ""), ("number", "24.050", ""), ("number", "4,81E+04", ""),
    ("boolean", "TRUE", "true"), ("boolean", "ЛОЖЬ", "false"), ("boolean", "Wahr", "true"),
]  # fmt: skip
UNREAD = [  # of no spreadsheet's look, or right as it is
    ("date", "2018-05-10"), ("date", "2018-02-30"), ("date", "31.02.2018"), ("date", "10 May 2018"), ("date", "99999"),
    ("time", "03:00"), ("time", "25:00"), ("time", "13:00 PM"), ("time", "03:00:30"), ("integer", "48100"),
    ("integer", "48100.5"), ("integer", "four"), ("integer", "1234567890123456.0"), ("number", "43.65"),
    ("number", "24.055"),
    ("number", "#DIV/0!"), ("number", "1,2,3"), ("number", "INF"), ("number", ""),
    ("boolean", "yes"), ("boolean", "1"), ("string", "TRUE"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cell", "right"), READ)
def test_reading(kind: str, cell: str, right: str) -> None:
    reading = read_cell(kind, cell)
    assert reading is not None
    assert reading.right == right


@pytest.mark.parametrize(("kind", "cell"), UNREAD)
def test_no_reading(kind: str, cell: str) -> None:
    assert read_cell(kind, cell) is None


def test_a_comma_is_a_decimal_one_where_cells_are_separated_by_semicolons() -> None:
    reading = read_cell("number", "43,256", decimal_comma=True)
    assert reading is not None
    assert reading.message("43,256") == "“43,256” looks like a number as a spreadsheet writes it: 43.256"


def test_very_many_blank_rows_are_mended(package: Path) -> None:
    file = package / "data" / "right_provisions.csv"
    before = file.read_bytes()
    file.write_bytes(before + b",\n" * 1_000_000)
    assert formatter.main(["--root", str(package)]) == 0
    assert file.read_bytes() == before
    file.write_bytes(before + b"G0002,B0001\n" * 1_000_000)
    assert formatter.main(["--root", str(package)]) == 1
