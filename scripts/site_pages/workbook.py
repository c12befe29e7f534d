"""Sheets of cells as an .xlsx file: text stays text, and the same cells give the same bytes."""

import io
import re
import zipfile
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

BEGINNING = (1980, 1, 1, 0, 0, 0)
REPORT_DAY = date(2018, 11, 5)
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
WRAPPED = Alignment(wrap_text=True, vertical="top")
BOLD = Font(bold=True)
Rows = list[list[Any]]


def workbook(sheets: list[tuple[str, Rows]], stamp: date = REPORT_DAY) -> bytes:
    """An .xlsx file of (name, rows), dated `stamp`; the first row of each sheet but the first is its head."""
    book = Workbook()
    book.remove(book.worksheets[0])
    names: list[str] = []
    for heading, rows in sheets:
        name = NOT_IN_NAMES.sub(" ", heading)[:28]
        name = f"{name} {len(names)}" if name.casefold() in [other.casefold() for other in names] else name
        names.append(name)
        fill(book.create_sheet(name), rows, has_head=len(names) > 1)
    file = io.BytesIO()
    book.save(file)
    return without_clock(file.getvalue(), stamp)


def fill(sheet: Worksheet, rows: Rows, has_head: bool) -> None:
    """Write the rows: no text becomes a formula, long text wraps, the head stays in sight."""
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = WRAPPED
            if has_head and number == 1:
                cell.font = BOLD
    for column in range(1, max((len(row) for row in rows), default=0) + 1):
        longest = max((len(str(row[column - 1])) for row in rows if len(row) >= column), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(60, longest + 3)
    if has_head:
        sheet.freeze_panes = "A2"


def without_clock(content: bytes, stamp: date) -> bytes:
    """The same file with `stamp` for the time of its making."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = STAMP.sub(rb"\g<1>%bT00:00:00Z" % stamp.isoformat().encode(), part)
            new.writestr(zipfile.ZipInfo(name, BEGINNING), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
