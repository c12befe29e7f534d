"""The one form in which a table is kept as CSV, and the repairs that lead to it without a guess."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from typing import Any

from scripts.files import BOM, Rows, byte_problems, fault, header_problems, split_rows
from scripts.package import Package, column_names, fields_of, primary_key
from scripts.problems import Problem

FORM = "canonical-form"
GENERATED = {"passages"}  # tables that a program writes, never people
REPAIRED = {"file-bom", "file-line-ends", "column-order", "row-blank"}
STRAY = " \t\u00a0"
BOOLEANS = {"TRUE": "true", "True": "true", "FALSE": "false", "False": "false"}  # as spreadsheets write them


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

    Mended are a byte order mark, line ends, semicolons for commas, blank lines, the order of columns and rows,
    blanks at the ends of cells, spreadsheets' TRUE and FALSE, and Unicode's form (NFC).
    """
    path = str(resource["path"])
    faults = [problem for problem in byte_problems(content, path) if problem.rule not in REPAIRED]
    if faults:
        return "", faults
    text = content.removeprefix(BOM).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    columns = column_names(resource)
    header, rows, faults = split_rows(text, path, delimiter=separator(text, columns))
    header = [tidy(cell) for cell in header]
    faults = [p for p in [*faults, *header_problems(header, columns, path)] if p.rule not in REPAIRED]
    if faults:
        return "", faults
    order = [header.index(column) for column in columns]
    kept = [[tidy(row[i]) for i in order] for row in rows if row]
    booleans = [i for i, field in enumerate(fields_of(resource)) if field["type"] == "boolean"]
    for row in kept:
        for i in booleans:
            row[i] = BOOLEANS.get(row[i], row[i])
    return render(resource, kept), []


def check_form(package: Package, names: Iterable[str]) -> list[Problem]:
    """The tables of `names` whose file is not in canonical form, with the first line that differs."""
    found: list[Problem] = []
    for name in names:
        resource = package.resource(name)
        before = package.csv_path(name).read_bytes()
        after, faults = repair(resource, before)
        found += faults
        if name not in GENERATED and not faults and before != after.encode("utf-8"):
            line = first_difference(before.decode("utf-8"), after)
            message = "from this line on the file is not in canonical form: run make format"
            found.append(fault(str(resource["path"]), line, "", FORM, message))
    return found


def separator(text: str, columns: list[str]) -> str:
    """`;` where only that gives a header of just these columns, as some spreadsheets write it; else `,`."""
    names = [tidy(name.strip('"')) for name in text.split("\n", 1)[0].split(";")]
    return ";" if len(columns) > 1 and sorted(names) == sorted(columns) else ","


def tidy(cell: str) -> str:
    """The cell without blanks at its ends, in Unicode's composed form."""
    return unicodedata.normalize("NFC", cell.strip(STRAY))


def first_difference(one: str, other: str) -> int:
    """The 1-based number of the first line in which two different texts differ."""
    lines = zip(one.split("\n"), other.split("\n"), strict=False)
    return next((n for n, (a, b) in enumerate(lines, start=1) if a != b), min(one.count("\n"), other.count("\n")) + 1)
