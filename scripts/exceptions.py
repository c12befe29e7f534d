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
    places = {(e.rule, paths.get(e.table, e.table), e.row_id): e for e in exceptions}
    selected = {(p.rule, p.path, p.row_id) for p in found}
    gone = gone_rows(tables)
    problems = [p for p in found if (p.rule, p.path, p.row_id) not in places]
    for place, e in places.items():
        if e.table not in paths:
            problems.append(fault(FILE, e.line, "table_name", "rule-error", f"there is no table {e.table}"))
        elif e.rule in ran and e.table in tables and place not in selected:
            alive = e.row_id in row_ids(package.resource(e.table), tables[e.table])
            problems.append(
                applies(e) if alive and not gone & set(ID.findall(f"{e.row_id} {e.reason}")) else outlived(e)
            )
    return problems


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
