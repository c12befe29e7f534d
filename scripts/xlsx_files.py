"""Spreadsheets of other people (.xlsx) read as text, and our own written without a trace of who made them, or when.

An .xlsx is a zip of XML, and anybody may have made it: its sizes are looked at before anything is unpacked, and
formulas, macros, links to other files and document types are refused.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import Workbook, load_workbook

from scripts.canonical import tidy
from scripts.files import MAX_CELL_CHARACTERS, Rows

MAX_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 40_000_000
MAX_PARTS = 200
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_SHEETS = 10
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can tell
CORE = "docProps/core.xml"
WHO_AND_WHEN = re.compile(
    rb"<(dc:creator|cp:lastModifiedBy|dcterms:created|dcterms:modified)\b[^>]*(?:/>|>.*?</\1>)", re.DOTALL
)
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
REFUSED = (
    (re.compile(r"vba|macro|activex|\.bin$", re.IGNORECASE), "macros"),
    (re.compile(r"externallink|/connections\.xml|/querytables?/|embeddings/", re.IGNORECASE), "links to other files"),
)


class NoSheet(ValueError):
    """The file is no spreadsheet that is read here; the message says why."""


def read_xlsx(file: Path) -> dict[str, Rows]:
    """The rows of each sheet as text, by its name. Raises NoSheet, and OSError where the file cannot be read."""
    if file.stat().st_size > MAX_BYTES:
        raise NoSheet(f"the sheet is larger than {MAX_BYTES:,} bytes")
    content = file.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            look_over(parts)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        if len(book.worksheets) > MAX_SHEETS:
            raise NoSheet(f"the file has more than {MAX_SHEETS} sheets")
        return {sheet.title: list(rows_of(sheet)) for sheet in book.worksheets}
    except NoSheet:
        raise
    except Exception as error:  # what a broken file makes the reader stumble over is not known beforehand
        raise NoSheet("this cannot be read as .xlsx: save it again in a spreadsheet program") from error


def look_over(parts: zipfile.ZipFile) -> None:
    """Raise NoSheet where the zip holds too much, or what a filled-in sheet has no need of."""
    infos = parts.infolist()
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        raise NoSheet("the sheet unpacks to more than a sheet of ours can hold")
    room = MAX_UNPACKED_BYTES
    for info in infos:
        for pattern, what in REFUSED:
            if pattern.search(info.filename):
                raise NoSheet(f"the sheet holds {what}: copy the values into a new one")
        with parts.open(info) as stream:
            content = stream.read(room + 1)  # the sizes that a zip states may be untrue
        room -= len(content)
        if room < 0:
            raise NoSheet("the sheet unpacks to more than a sheet of ours can hold")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:4]:
            raise NoSheet("the sheet holds a document type, which no spreadsheet program writes")
        if info.filename.startswith("xl/worksheets/") and FORMULA.search(content):
            raise NoSheet("the sheet holds formulas: paste their values in their place")


def rows_of(sheet: object) -> Iterator[list[str]]:
    """The rows of a sheet as text, as far as a table of ours can reach. Raises NoSheet where there are more."""
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # the size that the file states may be untrue
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)):  # type: ignore[attr-defined]
        if number >= MAX_ROWS:
            raise NoSheet(f"the sheet has more than {MAX_ROWS:,} rows")
        yield [as_text(cell) for cell in cells]


def as_text(cell: object) -> str:
    """A cell as our CSVs write it. Raises NoSheet where it is too long."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, float):
        return f"{cell:.10g}"
    text = str(cell)
    if len(text) > MAX_CELL_CHARACTERS:
        raise NoSheet(f"a cell may hold {MAX_CELL_CHARACTERS:,} characters")
    return tidy(" ".join(text.replace("\t", " ").split("\n")))


def xlsx_bytes(book: Workbook) -> bytes:
    """A workbook's file without author and dates; the same workbook gives the same bytes."""
    made, clean = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as out:
        for info in sorted(parts.infolist(), key=lambda part: part.filename):
            content = parts.read(info)
            content = WHO_AND_WHEN.sub(b"", content) if info.filename == CORE else content
            same = zipfile.ZipInfo(info.filename, LONG_AGO)
            same.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(same, content)
    return clean.getvalue()
