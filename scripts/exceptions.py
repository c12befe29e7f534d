"""The exceptions to the rules across tables: `validation/exceptions.csv`, one line a rule and row, with the reason.

A rule returns every row that does not keep it; those that are listed are then left out. A line that leaves nothing out
is itself a problem, or the list would hide the next slip in that row.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from scripts.files import fault
from scripts.lines import row_ids
from scripts.package import Package
from scripts.problems import Problem

FILE = "validation/exceptions.csv"
ID = re.compile(r"\b[A-Z][0-9]{4,5}\b")
COLUMNS = ["rule", "table_name", "row_id", "reason"]


@dataclass(frozen=True)
class Exemption:
    """A row that need not keep a rule; `line` is its line in the file, `reason` may name other rows by their ids."""

    line: int
    rule: str
    table: str
    row_id: str
    reason: str


def read_exceptions(validation: Path) -> tuple[list[Exemption], list[Problem]]:
    """The exceptions of a folder like validation/ in the file's order, and what is wrong with the file.

    A folder without the file has none. Raises OSError where it cannot be read.
    """
    file = validation / "exceptions.csv"
    if not file.exists():
        return [], []
    lines = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    if not lines or lines[0] != COLUMNS:
        return [], [fault(FILE, 1, "", "rule-error", f"the first line of the exceptions is {','.join(COLUMNS)}")]
    problems = [
        fault(FILE, number, "", "rule-error", reason)
        for number, cells in enumerate(lines[1:], start=2)
        if (reason := misshapen(cells, validation))
    ]
    if problems:
        return [], problems
    return [Exemption(number, *cells) for number, cells in enumerate(lines[1:], start=2)], []


def misshapen(cells: list[str], validation: Path) -> str:
    """Why a line is no exception, or nothing."""
    if len(cells) != len(COLUMNS) or not all(cells):
        return "an exception has four cells, none empty: rule, table, row and reason"
    return "" if (validation / "rules" / f"{cells[0]}.sql").is_file() else f"there is no rule {cells[0]}"


def leave_out(
    found: list[Problem], exceptions: list[Exemption], ran: set[str], package: Package, tables: dict[str, pa.Table]
) -> list[Problem]:
    """The problems that the rules `ran` found without those that are excepted, and with a problem for each exception
    whose rule does not select the row.

    Where the row, or one that the reason names, was retired or withheld since, such an exception does not block:
    whoever withdraws a row cannot change the gate's own files.
    """
    paths = {resource["name"]: str(resource["path"]) for resource in package.csv_resources}
    names = {path: name for name, path in paths.items()}
    selected = {(p.rule, names.get(p.path, p.path), p.row_id) for p in found}
    places = {(e.rule, e.table, e.row_id) for e in exceptions}
    kept = [p for p in found if (p.rule, names.get(p.path, p.path), p.row_id) not in places]
    known = [e for e in exceptions if e.rule in ran and e.table in tables]
    alive = {(e.table, e.row_id) for e in known if e.row_id in row_ids(package.resource(e.table), tables[e.table])}
    unknown = [e for e in exceptions if e.table not in paths]
    return kept + [no_table(e) for e in unknown] + unneeded(known, selected, alive, gone_rows(tables))


def unneeded(
    exceptions: list[Exemption], selected: set[tuple[str, str, str]], alive: set[tuple[str, str]], gone: set[str]
) -> list[Problem]:
    """A problem for each exception whose (rule, table, row id) is not among the `selected`.

    `alive` are the (table, row id) that are there, `gone` the ids of retired rows and withheld persons.
    """
    idle = {(e.rule, e.table, e.row_id): e for e in exceptions if (e.rule, e.table, e.row_id) not in selected}
    return [
        applies(e) if (e.table, e.row_id) in alive and not gone & named_ids(e) else outlived(e) for e in idle.values()
    ]


def named_ids(exemption: Exemption) -> set[str]:
    """The ids that an exception names: its row's, and those in its reason."""
    return set(ID.findall(f"{exemption.row_id} {exemption.reason}"))


def no_table(exemption: Exemption) -> Problem:
    """The error that an exception names a table that is none."""
    return fault(FILE, exemption.line, "table_name", "rule-error", f"there is no table {exemption.table}")


def gone_rows(tables: dict[str, pa.Table]) -> set[str]:
    """The ids of retired rows and withheld persons."""
    retired = tables["retired_ids"]["row_id"].to_pylist() if "retired_ids" in tables else []
    persons = tables["persons"].to_pylist() if "persons" in tables else []
    return {*retired, *(person["person_id"] for person in persons if person["is_withheld"])}


def applies(exemption: Exemption) -> Problem:
    """The error that a row is excepted from a rule that it keeps."""
    message = f"{exemption.table} {exemption.row_id} keeps the rule {exemption.rule}: take this line out"
    return fault(FILE, exemption.line, "row_id", "exception-applies", message)


def outlived(exemption: Exemption) -> Problem:
    """The warning that an exception is not needed any more, since rows were retired or withheld."""
    row, rule = f"{exemption.table} {exemption.row_id}", exemption.rule
    message = f"{row} does not break the rule {rule} any more: take this line out"
    return Problem(FILE, exemption.line, "row_id", "", "exception-outlived", "warning", message)
