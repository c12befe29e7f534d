"""The second reading as a check: variables that another coder read blind, for rows that were given, not found.

Below `validation/double_coding/round-4/`, `second/<table>.csv` holds the key of each row and the variables as that
coder has them (`event_ids`: the events of a total, joined by spaces), `first/` the same as our rows were then. A row
may differ from the second reading only as `adjudications.csv` decides. Acts, penalties, charges and roles were coded
twice as a whole: `scripts.second_coding`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.package import Package, primary_key
from scripts.problems import Problem
from scripts.second_coding import as_text, comparable, read_rows, successors
from scripts.spared import Spared

FOLDER = Path("validation") / "double_coding" / "round-4"
Decisions = dict[tuple[str, str, str], str]  # table, row id, variable: the value decided


def read_decisions(base: Path) -> Decisions:
    """What was decided where the two readings differ; OSError where the file is missing."""
    rows = read_rows(base / FOLDER / "adjudications.csv")
    return {(row["table_name"], row["row_id"], row["variable"]): row["decided_value"] for row in rows}


def read_coded(base: Path, coder: str = "second") -> dict[str, list[dict[str, str]]]:
    """A coder's rows by table, the key of each first; empty where there was no such reading.

    Raises FileNotFoundError where one of the tables that were read is missing.
    """
    names = sorted({file.name for file in (base / FOLDER).glob("*/*.csv")})
    return {Path(name).stem: read_rows(base / FOLDER / coder / name) for name in names}


def events_of_totals(tables: dict[str, pa.Table]) -> dict[str, str]:
    """The events of each reported total, sorted and joined by spaces."""
    found: dict[str, list[str]] = {}
    for row in tables["total_events"].to_pylist():
        found.setdefault(row["total_id"], []).append(row["event_id"])
    return {total: " ".join(sorted(events)) for total, events in found.items()}


def in_one_form(value: str) -> str:
    """A cell as both coders' cells are compared: false is nothing, several ids stand in order."""
    return "" if value == "false" else comparable("", " ".join(sorted(value.split())))


def check_second_reading(
    base: Path, package: Package, tables: dict[str, pa.Table], spared: Spared
) -> Iterator[Problem]:
    """Cells that the second reading in `base` contradicts, without their lines; OSError where its file is missing.

    What a correction changed may differ, and so may what refers to a row that was merged into another.
    """
    coded = read_coded(base)
    decided = read_decisions(base) if coded else {}
    events = events_of_totals(tables)
    merged = successors(tables)
    for table, units in coded.items():
        key = primary_key(package.resource(table))[0]
        living: dict[str, dict[str, Any]] = {row[key]: row for row in tables[table].to_pylist()}
        for unit in units:
            row = living.get(unit[key])
            if row is None or row.get("is_withheld"):
                continue  # a dropped row is told by the floors and by what refers to it
            for variable in sorted(unit.keys() - {key}):
                value = events.get(unit[key], "") if variable == "event_ids" else as_text(row[variable])
                expected = decided.get((table, unit[key], variable), unit[variable])
                expected = " ".join(merged.get(word, word) for word in expected.split())
                if in_one_form(value) != in_one_form(expected) and not spared.differs(table, unit[key], variable):
                    message = (
                        f"{variable} is {value or 'empty'}, in the second reading {expected or 'empty'}: read the "
                        "passage again, or log why the row differs"
                    )
                    column = key if variable == "event_ids" else variable
                    yield Problem(f"data/{table}.csv", 0, column, unit[key], "second-reading-differs", "error", message)

