"""A sheet that somebody filled in (.xlsx, .csv) as the text of a correction file: what was changed in it, and why.

Only what is in the cells is taken: neither the file's author nor its comments, and no part of it is kept.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scripts.canonical import mend_cells, tidy
from scripts.corrections import VALID
from scripts.differences import Row, Tables
from scripts.encodings import BOM, byte_problems, recoded
from scripts.files import Rows, fault, one_line, shortened, split_rows, suggest
from scripts.package import Package, column_names, primary_key
from scripts.problems import Problem
from scripts.workbench import KEPT_BY_PROGRAMS, Workbench
from scripts.xlsx_files import MAX_BYTES, MAX_ROWS, NoSheet, read_xlsx

SHEETS = {".xlsx", ".csv"}
COVER = "Read me"
LISTS = "lists"
AS_SENT = "as_sent"
NEW_ROW = "The row's id. Leave it as it is; a new row has none."
EXTRA_ROWS = 50
SCHEMA_LINE = "# yaml-language-server: $schema=../../validation/correction.schema.json"
ASKED = ("asked_by", "reason", "evidence")
EVIDENCE = {"passage_id": re.compile("X[0-9]{4}"), "source_id": re.compile("S[0-9]{4}"), "url": re.compile("https?://.+")}


@dataclass(frozen=True)
class Sheet:
    """A sheet as read; `sent` are the rows as they were sent out, None where the file does not tell."""

    table: str
    rows: Rows
    sent: Rows | None
    answers: Row


def correction_text(
    file: Path, package: Package, tables: Tables, given: Row
) -> tuple[str, str, list[Problem]]:
    """The id and the text of the correction that a returned sheet asks for, or what is wrong with the sheet.

    `given` holds answers to asked_by, reason and evidence, and an id, where the command gives them.
    """
    name = one_line(file.name)
    try:
        sheet = read_sheet(file, package)
    except NoSheet as error:
        return "", "", [fault(name, 0, "", VALID, str(error))]
    answers = sheet.answers | {key: text for key, text in given.items() if text}
    changes, problems = changes_of(sheet, name, package, tables)
    for label in ("asked_by", "reason"):
        if not answers.get(label):
            option = label.replace("_", "-")
            problems.append(fault(name, 0, label, VALID, f"the sheet does not say: give --{option} TEXT"))
    if not changes and not problems:
        problems.append(fault(name, 0, "", VALID, f"nothing differs from the table {sheet.table}"))
    evidence, unread = evidence_of(answers.get("evidence", ""), changes, tables)
    if unread or (not evidence and not problems):
        message = "give links (https://…) or ids of passages (X0123) or sources (S0001), with spaces between"
        problems.append(fault(name, 0, "evidence", VALID, message))
    if problems:
        return "", "", problems
    made = hashlib.sha256(json.dumps(changes, sort_keys=True).encode()).hexdigest()[:8]
    said = {
        "id": answers.get("id") or f"sheet-{sheet.table.replace('_', '-')}-{made}",
        "asked_by": answers["asked_by"],
        "reason": answers["reason"],
        "evidence": evidence,
        "changes": changes,
    }
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110)
    return str(said["id"]), f"{SCHEMA_LINE}\n{text}", []


def read_sheet(file: Path, package: Package) -> Sheet:
    """The sheet in a file. Raises NoSheet where there is none of ours in it."""
    names = [r["name"] for r in package.csv_resources if r["name"] not in KEPT_BY_PROGRAMS]
    if file.suffix.lower() == ".csv":
        rows = read_csv(file)
        fitting = [n for n in names if rows and sorted(rows[0]) == sorted(column_names(package.resource(n)))]
        if len(fitting) > 1 and file.stem in fitting:
            fitting = [file.stem]
        if len(fitting) != 1:
            raise NoSheet("the columns of its first line are those of no one table: take a sheet from scripts.sheet")
        return Sheet(fitting[0], rows, None, {})
    sheets = read_xlsx(file)
    found = [name for name in sheets if name in names]
    if len(found) != 1:
        raise NoSheet("no sheet in it is called as a table of ours: take one from python -m scripts.sheet")
    cover = {row[0]: row[1] for row in sheets.get(COVER, []) if len(row) > 1 and row[0] in ASKED}
    return Sheet(found[0], sheets[found[0]], sheets.get(AS_SENT), cover)


def read_csv(file: Path) -> Rows:
    """The rows of a CSV as a spreadsheet saves it, the head first. Raises NoSheet."""
    if file.stat().st_size > MAX_BYTES:
        raise NoSheet(f"the sheet is larger than {MAX_BYTES:,} bytes")
    content = recoded(file.read_bytes())
    problems = [p for p in byte_problems(content, file.name) if p.rule not in ("file-bom", "file-line-ends")]
    if problems:
        raise NoSheet(problems[0].message)
    text = content.removeprefix(BOM).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    mark = next((m for m in ";\t" if text.split("\n", 1)[0].count(m) > text.split("\n", 1)[0].count(",")), ",")
    head, rows, problems = split_rows(text, file.name, delimiter=mark, most=10)
    problems = [p for p in problems if p.rule not in ("row-blank", "trailing-cells", "cell-line-break")]
    if problems:
        raise NoSheet(f"line {problems[0].line}: {problems[0].message}")
    if len(rows) > MAX_ROWS:
        raise NoSheet(f"the sheet has more than {MAX_ROWS:,} rows")
    return [[tidy(" ".join(cell.split("\n"))) for cell in row] for row in [head, *rows]]


def changes_of(
    sheet: Sheet, name: str, package: Package, tables: Tables
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The changed cells and the new rows of a sheet, and what cannot be read in it."""
    resource = package.resource(sheet.table)
    head = [cell for cell in sheet.rows[0] if cell] if sheet.rows else []
    unknown = sorted(set(head) - set(column_names(resource)))
    missing = sorted(set(primary_key(resource)) - set(head))
    if unknown or missing or len(set(head)) < len(head):
        odd = unknown[0] if unknown else (missing or head)[0]
        close = suggest(odd, column_names(resource))
        message = f"the first line names each column of {sheet.table} once: look at {shortened(one_line(odd))}{close}"
        return [], [fault(name, 1, "", VALID, message)]
    before = {key: row for key, row, _ in by_key(sheet.sent, head, resource)} if sheet.sent else tables[sheet.table]
    changes: list[dict[str, Any]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    own_id = Workbench(package, tables).id_form(sheet.table) is not None
    for key, row, line in by_key(sheet.rows, head, resource):
        problems += [p for p in mend(resource, row, line, name)]
        filled = {column: cell for column, cell in row.items() if cell}
        if key.strip("/") and key in seen:
            problems.append(fault(name, line, "", VALID, "this id stands in two rows"))
        elif key in before:
            changes += [
                {"change": "value", "table": sheet.table, "row_id": key, "field": column,
                 "expect": before[key][column], "value": cell}
                for column, cell in row.items() if before[key].get(column, cell) != cell
            ]  # fmt: skip
        elif (own_id and key) or (not own_id and not all(row[column] for column in primary_key(resource))):
            message = f"{sheet.table} has no row of this id, and a new row has none"
            problems.append(fault(name, line, "", VALID, message))
        else:
            changes.append({"change": "add", "table": sheet.table, "row": filled})
        seen.add(key)
    return changes, problems


def by_key(rows: Rows, head: list[str], resource: dict[str, Any]) -> list[tuple[str, Row, int]]:
    """(key, cells by column, line) of each row that holds anything."""
    found = []
    for line, cells in enumerate(rows[1:], start=2):
        row = {column: (cells[i] if i < len(cells) else "") for i, column in enumerate(rows[0]) if column in head}
        if any(row.values()):
            found.append(("/".join(row.get(column, "") for column in primary_key(resource)), row, line))
    return found


def mend(resource: dict[str, Any], row: Row, line: int, name: str) -> list[Problem]:
    """Put the cells of a row into our form where a spreadsheet wrote them otherwise; what cannot be read."""
    columns = column_names(resource)
    cells = [row.get(column, "") for column in columns]
    problems = list(mend_cells(resource, [(line, cells)], decimal_comma=False))
    row |= {column: cell for column, cell in zip(columns, cells, strict=True) if column in row}
    return [fault(name, line, problem.column, problem.rule, problem.message) for problem in problems]


def evidence_of(said: str, changes: list[dict[str, Any]], tables: Tables) -> tuple[list[dict[str, str]], list[str]]:
    """The evidence as a file lists it, and what of it is none; without any, the passages cited for the changed rows."""
    words = [word for word in re.split(r"[\s,;]+", said) if word]
    if not words:
        rows = {(change["table"], change["row_id"]) for change in changes if "row_id" in change}
        cited = tables["citations"].values()
        words = sorted({c["passage_id"] for c in cited if (c["table_name"], c["row_id"]) in rows and c["passage_id"]})
    kinds = [next((kind for kind, form in EVIDENCE.items() if form.fullmatch(word)), "") for word in words]
    return (
        [{kind: word} for kind, word in zip(kinds, words, strict=True) if kind][:20],
        [word for kind, word in zip(kinds, words, strict=True) if not kind],
    )
