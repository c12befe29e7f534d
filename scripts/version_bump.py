"""The version that a change calls for, line by line, by the one rule that stands here in `CALLED_FOR`."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from scripts.differences import BUMPS, CellChange, ColumnChange, Reason, RowChange, Version
from scripts.package import foreign_keys, primary_key

Resource = dict[str, Any]
CALLED_FOR = """The version that a change calls for; the heaviest line decides:
  major   a table or column removed or renamed; a type, unit, primary key or foreign key changed; a value taken out of
          a closed list; a code removed, or its definition, counting rule or right changed; an id removed, merged or
          withdrawn (it still leads on through retired_ids, but what is counted by its rows changes)
  minor   a row, column, table or value of a closed list added; a column that may be empty now
  patch   a value, label, text or limit changed; a row without an id of its own (a spelling, a link) taken out;
          a row withheld, whatever goes with it
The rule reads what is added and taken away, not what is meant: a maintainer may raise a version more, never less."""
MEANING = {"definition", "counting_rule", "right_id"}  # columns of code lists that say what a code means
LOST = {"removed": "removed", "merged": "merged into others", "withdrawn": "withdrawn"}


def reasons_for(rows: list[RowChange], columns: list[ColumnChange], new: Version, old: Version) -> list[Reason]:
    """A reason for each kind of change of a table, the heaviest first."""
    found = [Reason(change.bump, place(change) + change.what) for change in columns]
    found += row_reasons(rows, {**new.resources(), **old.resources()})
    return sorted(set(found), key=lambda reason: (-BUMPS.index(reason.bump), reason.why))


def place(change: ColumnChange) -> str:
    """The table and column of a change, before what it says."""
    name = ".".join(part for part in (change.table, change.column) if part)
    return f"{name}: " if name else ""


def row_reasons(rows: list[RowChange], resources: dict[str, Resource]) -> Iterator[Reason]:
    """The reasons that rows give, counted by table and kind."""
    counts = Counter((change.table, change.kind) for change in rows if change.kind in {"added", *LOST})
    for (table, kind), number in sorted(counts.items()):
        if kind == "added":
            yield Reason("minor", f"{table}: {counted(number, 'row')} added")
        elif has_own_ids(resources[table]):
            what = "id" if resources[table]["group"] != "codes" else "code"
            yield Reason("major", f"{table}: {counted(number, what)} {LOST[kind]}")
        else:
            yield Reason("patch", f"{table}: {counted(number, 'row')} without an id of its own taken out")
    if any(change.kind == "withheld" for change in rows):
        yield Reason("patch", "a row was withheld")
    for table in sorted({change.table for change in rows if change.kind == "changed"}):
        cells = [cell for change in rows if change.table == table and change.kind == "changed" for cell in change.cells]
        meant = [cell for cell in cells if resources[table]["group"] == "codes" and cell.column in MEANING]
        yield from cell_reasons(table, meant, [cell for cell in cells if cell not in meant])


def cell_reasons(table: str, meant: list[CellChange], others: list[CellChange]) -> Iterator[Reason]:
    """The reasons that changed cells of one table give; `meant` are those that say what a code means."""
    if meant:
        yield Reason("major", f"{table}: {counted(len(meant), 'cell')} changed that say what a code means")
    if others:
        yield Reason("patch", f"{table}: {counted(len(others), 'cell')} changed")


def has_own_ids(resource: Resource) -> bool:
    """Whether the rows of a table have ids of their own: a key of one column that is no other table's id."""
    key = primary_key(resource)
    return len(key) == 1 and key[0] not in {column for column, _, _ in foreign_keys(resource)}


def counted(number: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
