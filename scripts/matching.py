"""Two codings of one text, matched unit by unit.

A unit of one coder can only be the same as a unit of the other when both are about the same person (official, or
unnamed people) and name a passage in common, or, for penalties, charges and roles, the same type, article or case.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.tokens import fold

Unit = dict[str, str]
VARIABLES = {
    "acts": [
        "act_type", "completion", "assertion", "victim_scope", "actor_kind", "date_start", "date_precision",
        "held_until", "hours_min", "quantity",
    ],
    "penalties": [
        "penalty_type", "duration_value", "duration_unit", "amount_kzt", "date_start", "date_precision", "status",
        "is_suspended", "relation_to_ban",
    ],
    "charges": ["article", "part", "status", "years_sought", "max_years_stated"],
    "official_roles": ["role", "participation", "basis", "date_start"],
}  # fmt: skip
SUBJECT = {"acts": "person", "penalties": "person", "charges": "person", "official_roles": "official"}
WEIGHTS = {
    "act_type": 4, "penalty_type": 4, "article": 4, "case": 4, "role": 2, "date_start": 2, "hours_min": 2,
    "held_until": 2, "target_person": 2, "place": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Matching:
    """Pairs of units that are the same, and the units that only one coder has."""

    pairs: list[tuple[Unit, Unit]]
    only_first: list[Unit]
    only_second: list[Unit]


def read_units(path: Path) -> list[Unit]:
    """The units of one coder's file; raises OSError where it is missing, ValueError where it lacks a column."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = {"unit", "lines", SUBJECT[path.stem], *VARIABLES[path.stem]} - set(reader.fieldnames or [])
        if missing:
            raise ValueError(f"{path.name}: no column {', '.join(sorted(missing))}")
        return list(reader)


def same_words(text: str) -> str:
    """A name or place in a form in which two coders' spellings of it agree: folded, letters alone, sorted."""
    return " ".join(sorted(re.findall(r"[a-z0-9]+", fold(text))))


def score(table: str, first: Unit, second: Unit, passages_of: Callable[[Unit], set[str]]) -> float:
    """How alike two units are; 0 where they cannot be the same."""
    subject = SUBJECT[table]
    if same_words(first[subject]) != same_words(second[subject]):
        return 0
    if table == "acts" and not first[subject] and first["victim_scope"] == "person" != second["victim_scope"]:
        return 0
    shared = len(passages_of(first) & passages_of(second))
    elsewhere = table != "acts" and any(agree(first, second, c) for c in ("article", "case", "penalty_type"))
    if not shared and not elsewhere:
        return 0
    return shared + sum(weight for column, weight in WEIGHTS.items() if agree(first, second, column))


def agree(first: Unit, second: Unit, column: str) -> bool:
    """Whether both units have the column, filled and the same."""
    return bool(first.get(column)) and same_words(first[column]) == same_words(second.get(column) or "")


def match(
    table: str, first: list[Unit], second: list[Unit], passages_of: Callable[[Unit], set[str]]
) -> Matching:
    """Pair the units of two coders, the most alike first; ties in the order of the files."""
    candidates = [
        (-value, i, j)
        for i, a in enumerate(first)
        for j, b in enumerate(second)
        if (value := score(table, a, b, passages_of)) > 0
    ]
    taken_first: set[int] = set()
    taken_second: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates):
        if i not in taken_first and j not in taken_second:
            taken_first.add(i)
            taken_second.add(j)
            pairs.append((first[i], second[j]))
    return Matching(
        pairs,
        [unit for i, unit in enumerate(first) if i not in taken_first],
        [unit for j, unit in enumerate(second) if j not in taken_second],
    )


def canonical(value: str) -> str:
    """A value in the form in which two coders' cells are compared: numbers without trailing zeros, folded words."""
    text = value.strip()
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return f"{float(text):g}"
    return "; ".join(sorted(part.strip() for part in fold(text).split(";")))
