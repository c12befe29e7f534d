"""Write a spreadsheet in which somebody without git can correct rows of a table, or add some.

Its columns are the table's, with what each holds as a note on its head; ids and all other cells are text, and closed
lists are offered to choose from. A first sheet says how to fill it in, what not to send, and asks who asks and why. The
file names no author. Withheld rows are not in it. python -m scripts.correct takes the returned file.

Examples:
  python -m scripts.sheet penalties N0014 N0015 -o fines.xlsx     these rows
  python -m scripts.sheet sources -o sources.xlsx                 all rows of a table

Exit codes: 0 written, 2 could not run.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scripts.build_parquet import write_atomically
from scripts.corrections import read_schema
from scripts.differences import Row, Tables
from scripts.files import CannotRun
from scripts.package import ROOT, Package, column_names, fields_of, foreign_keys, load_package
from scripts.returned_sheets import AS_SENT, COVER, EXTRA_ROWS, LISTS, NEW_ROW
from scripts.transaction import recover
from scripts.versions import read_folder
from scripts.workbench import Unfit, Workbench, withheld_ids
from scripts.xlsx_files import xlsx_bytes

WORDS = (
    "Change the cells that are wrong, or add rows at the end, without an id. Leave everything else as it is.",
    "Do not send: your name, identity papers, addresses, telephones, photographs of people, a child's name.",
    "If being found here is dangerous for somebody, do not fill this in: ask for the row to be withheld, in private.",
    "The reason is published; who asks is published in the general terms below alone.",
    "Исправьте неверные ячейки или добавьте строки в конце, без номера. Остальное не меняйте.",
    "Не присылайте: своё имя, документы, адреса, телефоны, фотографии людей, имена детей.",
    "Қате ұяшықтарды түзетіңіз немесе соңына нөмірсіз жол қосыңыз. Қалғанын өзгертпеңіз.",
    "Жібермеңіз: өз атыңызды, құжаттарды, мекенжайларды, телефондарды, адамдардың суретін, балалардың атын.",
)


def build_sheet(package: Package, tables: Tables, table: str, row_ids: list[str]) -> Workbook:
    """The workbook for some rows of a table, or for all where none is named.

    Raises CannotRun where one is not there, or is withheld.
    """
    bench = Workbench(package, tables)
    hidden = withheld_ids(tables)
    try:
        resource = bench.resource(table)
        chosen = row_ids or sorted(set(tables[table]) - hidden)
        rows = [bench.row(table, row_id) for row_id in chosen]
    except Unfit as error:
        raise CannotRun(str(error)) from error
    if any(hidden.intersection(row.values()) for row in rows):
        raise CannotRun("a row is withheld: it is not sent to anybody")
    book = Workbook()
    cover = book.active
    assert isinstance(cover, Worksheet)
    fill_cover(cover, table, read_schema(package.root)["properties"]["asked_by"]["enum"])
    sheet, lists, sent = (book.create_sheet(title) for title in (table, LISTS, AS_SENT))
    fill_rows(sheet, column_names(resource), rows)
    fill_rows(sent, column_names(resource), rows)
    head_notes(sheet, resource)
    offer_choices(sheet, lists, choices(package, tables, resource), len(rows))
    lists.sheet_state = sent.sheet_state = "hidden"
    return book


def fill_cover(cover: Worksheet, table: str, askers: list[str]) -> None:
    """The first sheet: how to fill it in, and what is asked."""
    cover.title = COVER
    cover.column_dimensions["A"].width, cover.column_dimensions["B"].width = 24, 100
    for number, words in enumerate(WORDS, start=1):
        cover.cell(number, 2, words).alignment = Alignment(wrap_text=True)
    start = len(WORDS) + 2
    asked = {
        "table": table,
        "asked_by": "",
        "reason": "",
        "evidence": "",
    }
    notes = {
        "asked_by": "Choose one; never a name. Выберите. Таңдаңыз.",
        "reason": "Why, in one or two sentences. Почему. Неліктен.",
        "evidence": "A link, or ids of passages (X0123) or sources (S0001), with spaces between.",
    }
    for number, (label, answer) in enumerate(asked.items(), start=start):
        cover.cell(number, 1, label).font = Font(bold=True)
        cover.cell(number, 2, answer).number_format = "@"
        if label in notes:
            cover.cell(number, 1).comment = Comment(notes[label], "")
            cover.cell(number, 3, notes[label])
    choice = DataValidation("list", formula1=f'"{",".join(askers)}"', allow_blank=True)
    cover.add_data_validation(choice)
    choice.add(f"B{start + 1}")


def fill_rows(sheet: Worksheet, columns: list[str], rows: list[Row]) -> None:
    """The head and the rows, every cell as text, and room for new ones."""
    sheet.append(columns)
    for row in rows:
        sheet.append([None if row[column] == "" else row[column] for column in columns])
    for cells in sheet.iter_rows(min_row=2, max_row=len(rows) + 1 + EXTRA_ROWS, max_col=len(columns)):
        for cell in cells:
            cell.number_format, cell.data_type = "@", cell.data_type if cell.value is None else "s"
    sheet.freeze_panes = "B2"


def head_notes(sheet: Worksheet, resource: dict[str, Any]) -> None:
    """What each column holds, as a note on its head."""
    for number, field in enumerate(fields_of(resource), start=1):
        head = sheet.cell(1, number)
        head.font = Font(bold=True)
        head.comment = Comment(f"{field['title']}. {field['description']}", "", height=120, width=320)
        sheet.column_dimensions[get_column_letter(number)].width = 40 if field["type"] == "string" else 14
    sheet.cell(1, 1).comment = Comment(NEW_ROW, "", height=120, width=320)


def choices(package: Package, tables: Tables, resource: dict[str, Any]) -> dict[str, list[str]]:
    """The values that a column may hold, where these are a closed list: enum, truth value or code."""
    found = {}
    codes = {column: table for column, table, key in foreign_keys(resource) if key == "code"}
    for field in fields_of(resource):
        if field["type"] == "boolean":
            found[field["name"]] = ["true", "false"]
        elif "enum" in field.get("constraints", {}):
            found[field["name"]] = list(field["constraints"]["enum"])
        elif field["name"] in codes:
            found[field["name"]] = sorted(tables[codes[field["name"]]])
    return found


def offer_choices(sheet: Worksheet, lists: Worksheet, found: dict[str, list[str]], rows: int) -> None:
    """Let closed lists be chosen from; they stand in a hidden sheet, for a long one fits nowhere else."""
    heads = {cell.value: get_column_letter(number) for number, cell in enumerate(sheet[1], start=1)}
    for number, (column, values) in enumerate(found.items(), start=1):
        for line, value in enumerate(values, start=1):
            lists.cell(line, number, value)
        letter = get_column_letter(number)
        choice = DataValidation("list", formula1=f"{LISTS}!${letter}$1:${letter}${len(values)}", allow_blank=True)
        sheet.add_data_validation(choice)
        choice.add(f"{heads[column]}2:{heads[column]}{rows + 1 + EXTRA_ROWS}")


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", metavar="TABLE", help="a table of data/")
    parser.add_argument("row_ids", nargs="*", metavar="ROW_ID", help="rows (default: all)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx", help="the file to write")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="folder of the package (default: here)")
    options = parser.parse_args(arguments)
    try:
        recover(options.root)
        if options.output.suffix.lower() != ".xlsx":
            raise CannotRun(f"the file is called FILE.xlsx, not {options.output.name}")
        package = load_package(options.root)
        tables = read_folder("the package", options.root).tables
        write_atomically(options.output, xlsx_bytes(build_sheet(package, tables, options.table, options.row_ids)))
    except (CannotRun, OSError, ValueError) as error:
        print(f"sheet: could not run: {error}", file=sys.stderr)
        return 2
    print(f"wrote {options.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
