"""The one form in which a table is kept as CSV, and the repairs that lead to it without a guess."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.door import length_problems, without_blank_end
from scripts.encodings import BOM, byte_problems, recoded
from scripts.files import SPACES, Rows, fault, header_problems, separator, split_rows
from scripts.forms import FORMS
from scripts.package import Package, column_names, fields_of, primary_key
from scripts.problems import Problem
from scripts.spreadsheets import ERROR_RULE, ERROR_WORDS, ERRORS, VALUE_RULE, read_cell

FORM = "canonical-form"
GENERATED = {"passages"}  # tables that a program writes, never people
REPAIRED = {"file-bom", "file-line-ends", "column-order", "row-blank", "trailing-cells"}
SPACE_RUN = re.compile(f"[{SPACES}]+")


def render(resource: dict[str, Any], rows: Rows) -> str:
    """The canonical text of a table: the declared header, rows in the order of the primary key, quotes where needed."""
    columns = column_names(resource)
    key = [columns.index(column) for column in primary_key(resource)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)

    by_key = sorted(([row[i] for i in key], row) for row in rows)
    writer.writerows(row for _, row in by_key)
    return text.getvalue()


def repair(resource: dict[str, Any], content: bytes) -> tuple[str, list[Problem]]:
    """The canonical text of a CSV file's bytes, and the faults that no repair mends without a guess.

    Mended are a byte order mark, UTF-16 that carries its mark, line ends, semicolons and tabs for commas, blank lines,
    empty columns and rows at the end, the order of columns and rows, stray spaces, Unicode's form (NFC), and values as
    spreadsheets write them where they can be read in one way only.
    """
    path = str(resource["path"])
    content = recoded(content)
    faults = [problem for problem in byte_problems(content, path) if problem.rule not in REPAIRED]
    faults = faults or list(length_problems(content, path))
    if faults:
        return "", faults
    text = without_blank_end(content).removeprefix(BOM).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    columns = column_names(resource)
    mark = separator(text, columns)
    header, rows, faults = split_rows(text, path, delimiter=mark)
    header = [tidy(cell) for cell in header]
    faults = [p for p in [*faults, *header_problems(header, columns, path)] if p.rule not in REPAIRED]
    if faults:
        return "", faults
    order = [header.index(column) for column in columns]
    numbered = [(line, row) for line, row in enumerate(rows, start=2) if any(tidy(cell) for cell in row)]
    kept = [(line, [tidy(row[i]) for i in order]) for line, row in numbered]
    faults = list(mend_cells(resource, kept, decimal_comma=mark == ";"))
    return ("", faults) if faults else (render(resource, [row for _, row in kept]), [])


def mend_cells(resource: dict[str, Any], rows: list[tuple[int, list[str]]], decimal_comma: bool) -> Iterator[Problem]:
    """Change the cells that a spreadsheet wrote and that read in one way only; the others are the faults."""
    path = str(resource["path"])
    for i, field in enumerate(fields_of(resource)):
        form = re.compile(FORMS[field["type"]][0]) if field["type"] in FORMS else None
        for line, row in rows:
            reading = None
            if ERRORS.fullmatch(row[i]):
                yield fault(path, line, field["name"], ERROR_RULE, f"“{row[i]}” {ERROR_WORDS}")
            elif form is not None and row[i] and not form.fullmatch(row[i]):
                reading = read_cell(field["type"], row[i], decimal_comma)
            if reading is not None and reading.right:
                row[i] = reading.right
            elif reading is not None:
                yield fault(path, line, field["name"], VALUE_RULE, reading.message(row[i]))


def check_form(package: Package, name: str, rows: Rows) -> list[Problem]:
    """Whether the file of table `name` differs from its rows in canonical form, with the first line that differs.

    What is wrong inside a cell is told where cells are checked.
    """
    resource = package.resource(name)
    return [] if name in GENERATED else list(form_problems(resource, package.csv_path(name), render(resource, rows)))


def form_problems(resource: dict[str, Any], file: Path, right: str) -> Iterator[Problem]:
    """Where a readable file differs from its right text."""
    before = file.read_bytes()
    if before != right.encode("utf-8"):
        line = first_difference(before.decode("utf-8", "replace"), right)
        message = "from this line on the file is not in canonical form: run make format"
        yield fault(str(resource["path"]), line, "", FORM, message)


def tidy(cell: str) -> str:
    """The cell in Unicode's composed form, with one plain space for each run of spaces and none at its ends."""
    return SPACE_RUN.sub(" ", unicodedata.normalize("NFC", cell)).strip(" ")


def first_difference(one: str, other: str) -> int:
    """The 1-based number of the first line in which two different texts differ."""
    lines = zip(one.split("\n"), other.split("\n"), strict=False)
    return next((n for n, (a, b) in enumerate(lines, start=1) if a != b), min(one.count("\n"), other.count("\n")) + 1)
