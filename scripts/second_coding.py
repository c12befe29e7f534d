"""The second coding as a check: each double-coded row against the unit of an independent coder that is paired with it.

`validation/double_coding/round-3/` holds the coder's units (`second/<table>.csv`), which row each is (`pairs.csv`) and
what was decided where they differ (`adjudications.csv`). A row may differ from its unit only as decided there.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.matching import VARIABLES, Unit, canonical, read_units, same_words
from scripts.problems import Problem
from scripts.spared import Spared

Row = dict[str, Any]
FOLDER = Path("validation") / "double_coding" / "round-3"
RULE = "second-coding-differs"
KEYS = {"acts": "act_id", "penalties": "penalty_id", "charges": "charge_id", "official_roles": "official_role_id"}
COMPARED = {
    "acts": ["person", "target_person", *VARIABLES["acts"], "date_end", "hours_max"],
    "penalties": ["person", *VARIABLES["penalties"], "amount_eur_as_printed", "date_end"],
    "charges": ["person", *VARIABLES["charges"]],
    "official_roles": ["official", *VARIABLES["official_roles"], "place"],
}
COLUMNS = {  # a unit's variable: the column of our row that holds it, where it has another name
    "person": "person_id", "target_person": "target_person_id", "article": "provision_id", "part": "provision_id",
    "official": "official_id", "place": "place_id", "actor_kind": "act_id",
}  # fmt: skip


def units_of(tables: dict[str, pa.Table]) -> dict[str, list[Unit]]:
    """The rows of the double-coded tables as units, by table: every cell as text, people by id, passages in `lines`.

    `tables` holds acts, penalties, charges, official_roles, involvements, citations, provisions, officials and places.
    """
    look_up = {
        table: {row[key]: row for row in tables[table].to_pylist()}
        for table, key in (("provisions", "provision_id"), ("officials", "official_id"), ("places", "place_id"))
    }
    passages: dict[tuple[str, str], list[str]] = {}
    for row in tables["citations"].to_pylist():
        passages.setdefault((row["table_name"], row["row_id"]), []).append(row["passage_id"] or "")
    actors: dict[str, set[str]] = {}
    for row in tables["involvements"].to_pylist():
        actors.setdefault(row["act_id"], set()).add(row["actor_kind"] or "")
    return {
        table: [
            {column: as_text(value) for column, value in row.items()}
            | {
                "unit": row[key],
                "lines": " ".join(sorted(set(passages.get((table, row[key]), [])))),
                "person": row.get("person_id") or "",
                "target_person": row.get("target_person_id") or "",
                "actor_kind": ";".join(sorted(actors.get(row.get("act_id") or "", set()))),
                "article": as_text(look_up["provisions"].get(row.get("provision_id"), {}).get("article")),
                "part": as_text(look_up["provisions"].get(row.get("provision_id"), {}).get("part")),
                "official": as_text(look_up["officials"].get(row.get("official_id"), {}).get("name_as_reported")),
                "place": as_text(look_up["places"].get(row.get("place_id"), {}).get("name")),
            }
            for row in tables[table].to_pylist()
        ]
        for table, key in KEYS.items()
    }


def as_text(value: Any) -> str:
    """A cell as the coders' files write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else ""  # a coder writes true or nothing
    if hasattr(value, "strftime") and not hasattr(value, "year"):
        return str(value.strftime("%H:%M"))
    return f"{value:g}" if isinstance(value, float) and value < 1e6 else str(value)


def comparable(variable: str, value: str) -> str:
    """A value in the form in which two codings agree."""
    return same_words(value) if variable in ("official", "place", "person", "target_person") else canonical(value)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of people; raises OSError where it is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_second_coding(base: Path, tables: dict[str, pa.Table], spared: Spared) -> list[Problem]:
    """Rows that the second coding in `base` contradicts, without their lines; OSError where a file is missing.

    What a correction changed or added may differ, and so may what refers to a row that was merged into another.
    """
    folder = base / FOLDER
    paired = {(row["table_name"], row["row_id"]): row["second_unit"] for row in read_rows(folder / "pairs.csv")}
    decided = {
        (row["table_name"], row["row_id"] or row["second_unit"], row["variable"]): row["decided_value"]
        for row in read_rows(folder / "adjudications.csv")
    }
    retired = {(row["table_name"], row["row_id"]) for row in tables["retired_ids"].to_pylist()}
    merged = successors(tables)
    found: list[Problem] = []
    for table, units in units_of(tables).items():
        second = {unit["unit"]: unit for unit in read_units(folder / "second" / f"{table}.csv")}
        living = {unit["unit"]: unit for unit in units}
        found += [
            problem(table, "", f"{row_id} is not there, and the second coding has it as {unit}")
            for (name, row_id), unit in sorted(paired.items())
            if name == table and row_id not in living and (table, row_id) not in retired
        ]
        for row_id, unit in living.items():
            if (table, row_id) in paired:
                found += [
                    told
                    for variable, told in differences(table, unit, second[paired[table, row_id]], decided, merged)
                    if not spared.differs(table, row_id, variable, told.column)
                ]
            elif decided.get((table, row_id, "unit")) != "present" and not spared.differs(table, row_id):
                message = "the second coding has no such row: is it told elsewhere, or is a decision missing?"
                found.append(problem(table, row_id, message))
    return found


def successors(tables: dict[str, pa.Table]) -> dict[str, str]:
    """The row into which each merged row went at last, by the id that went."""
    into = {row["row_id"]: row["successor_id"] for row in tables["retired_ids"].to_pylist() if row["successor_id"]}
    return {gone: last(into, gone) for gone in into}


def last(into: dict[str, str], row_id: str) -> str:
    """The end of a chain of merges; ids are never used again, so that it has one."""
    while row_id in into:
        row_id = into[row_id]
    return row_id


def lines_of_units(base: Path) -> dict[tuple[str, str], set[str]]:
    """The passages that the second coder cites for the unit of each row, by (table, row id)."""
    folder = base / FOLDER
    units = {
        (table, unit["unit"]): set(unit["lines"].split())
        for table in KEYS
        for unit in read_units(folder / "second" / f"{table}.csv")
    }
    paired = read_rows(folder / "pairs.csv")
    return {(row["table_name"], row["row_id"]): units[row["table_name"], row["second_unit"]] for row in paired}


def differences(
    table: str, row: Unit, unit: Unit, decided: dict[tuple[str, str, str], str], merged: dict[str, str]
) -> Iterator[tuple[str, Problem]]:
    """(variable, problem) for each variable in which a row is neither as its unit nor as decided."""
    for variable in COMPARED[table]:
        expected = decided.get((table, row["unit"], variable), unit.get(variable, ""))
        expected = merged.get(expected, expected)
        if comparable(variable, row[variable]) != comparable(variable, expected):
            message = (
                f"{variable} is {row[variable] or 'empty'}, in the second coding ({unit['unit']}) "
                f"{expected or 'empty'}: read the passage again, or log why the row differs"
            )
            yield variable, problem(table, row["unit"], message, COLUMNS.get(variable, variable))


def problem(table: str, row_id: str, message: str, column: str = "") -> Problem:
    """An error of the one rule of this check."""
    return Problem(f"data/{table}.csv", 0, column, row_id, RULE, "error", message)
