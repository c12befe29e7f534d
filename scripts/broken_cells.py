"""Faults of cells: every column of every table by each operator that applies to it.

What a column is, the descriptor says: id, key, code, date, number, name, prose or other text. Which row is broken, a
seeded choice says.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from scripts.hygiene import columns_read
from scripts.mutations import Mutation, Target, quoted, row_name
from scripts.package import column_names, fields_of, foreign_keys, primary_key

PROSE = {  # free wording of ours, where no program can tell one true sentence from another
    "description", "definition", "counting_rule", "label_en", "label_ru", "label_kk", "reason", "resolution", "note",
    "difference_note", "victim_description", "title",
}  # fmt: skip
Cell = Callable[[random.Random, list[str], int], str | None]  # (choices, the column's cells, row): the new cell if any


def emptied(chance: random.Random, cells: list[str], row: int) -> str | None:
    """Nothing where something was."""
    return "" if cells[row] else None


def filled_in(chance: random.Random, cells: list[str], row: int) -> str | None:
    """Another row's cell where nothing was."""
    others = sorted({cell for cell in cells if cell})
    return chance.choice(others) if others and not cells[row] else None


def another(chance: random.Random, cells: list[str], row: int) -> str | None:
    """Another row's cell where another was."""
    others = sorted({cell for cell in cells if cell} - {cells[row]})
    return chance.choice(others) if others and cells[row] else None


def next_day(chance: random.Random, cells: list[str], row: int) -> str | None:
    """The day before or after."""
    return str(date.fromisoformat(cells[row]) + timedelta(days=chance.choice((-1, 1)))) if cells[row] else None


def one_more(chance: random.Random, cells: list[str], row: int) -> str | None:
    """The number and one."""
    return f"{float(cells[row]) + 1:.10g}" if cells[row] else None


def transposed(chance: random.Random, cells: list[str], row: int) -> str | None:
    """Two neighbouring digits exchanged; the first stays other than 0."""
    cell = cells[row]
    unequal = [i for i, (a, b) in enumerate(pairwise(cell)) if a.isdigit() and b.isdigit() and a != b]
    places = [i for i in unequal if i or cell[1] != "0"]
    if not places:
        return None
    i = chance.choice(places)
    return cell[:i] + cell[i + 1] + cell[i] + cell[i + 2 :]


def letters(cell: str) -> list[int]:
    """Where a letter differs from the letter before it."""
    return [i for i in range(1, len(cell)) if cell[i - 1].isalpha() and cell[i].isalpha() and cell[i - 1] != cell[i]]


def letter_dropped(chance: random.Random, cells: list[str], row: int) -> str | None:
    """A letter less."""
    places = letters(cells[row])
    return drop(cells[row], chance.choice(places)) if places else None


def drop(cell: str, at: int) -> str:
    """A cell without one character."""
    return cell[:at] + cell[at + 1 :]


def letter_doubled(chance: random.Random, cells: list[str], row: int) -> str | None:
    """A letter more."""
    places = letters(cells[row])
    if not places:
        return None
    i = chance.choice(places)
    return cells[row][:i] + cells[row][i] + cells[row][i:]


def letters_swapped(chance: random.Random, cells: list[str], row: int) -> str | None:
    """Two neighbouring small letters exchanged."""
    cell = cells[row]
    places = [i for i in letters(cell) if cell[i - 1].islower() and cell[i].islower()]
    if not places:
        return None
    i = chance.choice(places)
    return cell[: i - 1] + cell[i] + cell[i - 1] + cell[i + 1 :]


def written(cell: str) -> Cell:
    """An operator that writes the same everywhere."""
    return lambda chance, cells, row: cell


def after(text: str) -> Cell:
    """An operator that adds something to a filled cell."""
    return lambda chance, cells, row: cells[row] + text if cells[row] else None


def before(text: str) -> Cell:
    """An operator that puts something before a filled cell."""
    return lambda chance, cells, row: text + cells[row] if cells[row] else None


Operators = dict[str, Cell]
MISSPELT: Operators = {
    "a letter dropped": letter_dropped, "a letter doubled": letter_doubled, "letters swapped": letters_swapped,
}  # fmt: skip
VALUES: dict[str, Operators] = {  # by what a column is: other values that the schema may allow
    "id": {},
    "key": {"emptied": emptied, "filled in": filled_in, "another row": another},
    "code": {"emptied": emptied, "filled in": filled_in, "another code": another},
    "date": {"emptied": emptied, "filled in": filled_in, "another day": another, "next day": next_day},
    "number": {
        "emptied": emptied, "filled in": filled_in, "another number": another, "one more": one_more,
        "digits transposed": transposed,
    },
    "name": {"emptied": emptied, "another name": another, **MISSPELT},
    "text": {"emptied": emptied, "filled in": filled_in, "another text": another},
    "prose": {"emptied": emptied},
}  # fmt: skip
REWORDED: Operators = {"another text": another, "a word more": after(" also"), "filled in": filled_in, **MISSPELT}
FORMS: dict[str, tuple[str, Operators]] = {  # by what a column is: class, and values that no schema allows
    "id": ("keys", {"emptied": emptied, "malformed": written("?"), "the id of another row": another}),
    "key": ("keys", {"no such row": written("Y9999")}),
    "code": ("structure", {"unknown code": written("someting")}),
    "date": ("structure", {"no day": written("10 May"), "a spreadsheet's day": written("10.05.2018")}),
    "number": ("structure", {"no number": written("many")}),
}
DIRT: Operators = {
    "HTML": after(" <b>x</b>"), "a formula": before("=1+"), "an e-mail address": after(" a@example.org"),
    "a telephone": after(" +7 701 555 01 23"), "a personal number": after(" 800101300123"),
    "a device's number": after(" 35 209900 176148 1"), "a passport's number": after(" passport N01234567"),
    "zero width": after("\u200b"), "right to left": after("\u202e"), "a script link": after(" javascript:alert(1)"),
    "a space at the end": after(" "), "two spaces": after("  x"), "not composed": after(" e\u0301"),
    "a line break": after("\n x"), "two scripts": after(" a\u0430"),
}  # fmt: skip
DIRT_A_COLUMN = 3


def column_kind(resource: dict[str, Any], field: dict[str, Any]) -> str:
    """What a column is, as VALUES has it."""
    name = field["name"]
    if name in {column for column, _, _ in foreign_keys(resource)}:
        return "key"
    if primary_key(resource) == [name]:
        return "id"
    if "enum" in field.get("constraints", {}) or field["type"] == "boolean":
        return "code"
    if field["type"] in ("date", "number"):
        return str(field["type"])
    if field["type"] == "integer":
        return "number"
    if name in columns_read(resource)["names"]:
        return "name"
    return "prose" if name in PROSE else "text"


def broken_cells(target: Target, resource: dict[str, Any]) -> Iterator[Mutation]:
    """The faults of the cells of one table that has rows."""
    for field in fields_of(resource):
        kind, column = column_kind(resource, field), field["name"]
        groups = [("values", VALUES[kind]), FORMS.get(kind, ("structure", {}))]
        if kind == "prose":
            groups.append(("prose", REWORDED))
        if kind in ("prose", "name", "text") and field["type"] == "string":
            dirt = target.chance("dirt", resource["name"], column).sample(sorted(DIRT.items()), DIRT_A_COLUMN)
            groups.append(("hygiene", dict(dirt)))
        for group, operators in groups:
            for operator, change in operators.items():
                yield from broken_cell(target, resource, column, (group, operator), change)
        if kind != "id":
            yield from swapped(target, resource, column, "prose" if kind == "prose" else "values")


def broken_cell(
    target: Target, resource: dict[str, Any], column: str, fault: tuple[str, str], change: Cell
) -> Iterator[Mutation]:
    """The first row in a random order whose cell the operator changes, with the other cell."""
    rows, at = target.tables[resource["name"]], column_names(resource).index(column)
    chance = target.chance(resource["name"], column, *fault)
    cells = [row[at] for row in rows]
    for number in chance.sample(range(len(rows)), len(rows)):
        new = change(chance, cells, number)
        if new is not None and new != cells[number]:
            yield target.with_cell(resource, fault, rows[number], column, new)
            return


def swapped(target: Target, resource: dict[str, Any], column: str, group: str) -> Iterator[Mutation]:
    """The cells of two rows that differ in a column, exchanged."""
    rows, at = target.tables[resource["name"]], column_names(resource).index(column)
    order = target.chance(resource["name"], column, "swapped").sample(rows, len(rows))
    pair = next(((a, b) for a, b in pairwise(order) if a[at] != b[at]), None)
    if pair is not None:
        a, b = pair
        cells = {id(a): b[at], id(b): a[at]}
        changed = [[*row[:at], cells.get(id(row), row[at]), *row[at + 1 :]] for row in rows]
        words = f"{row_name(resource, a)}.{column} and {row_name(resource, b)}.{column} exchanged: "
        yield target.with_rows(
            resource, (group, "swapped"), column, f"{words}{quoted(a[at])}, {quoted(b[at])}", changed
        )
