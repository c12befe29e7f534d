"""Which cells and rows the corrections name, so that a check that guards against slips lets pass what was meant."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from scripts.correction_log import given_ids
from scripts.corrections import Change
from scripts.differences import Row, Tables
from scripts.logged import Logged
from scripts.package import Package, primary_key
from scripts.workbench import KEPT_BY_PROGRAMS, Workbench

LOOKED_UP = {  # a cell of these is compared in the rows that refer to it: table → variables by column
    "involvements": {"actor_kind": "actor_kind", "act_id": "actor_kind"},
    "provisions": {"article": "article", "part": "part"},
    "officials": {"name_as_reported": "official"},
    "places": {"name": "place"},
}
EVERY = ""  # in place of a variable or column: all of them


@dataclass(frozen=True)
class Spared:
    """What corrections account for.

    `compared` holds (table, row, variable) that may differ from the second coding; `emptied` counts cells by (table,
    column) that may be missing below the floor; `undone` are the rows of each table as they were before the pending
    changes.
    """

    compared: frozenset[tuple[str, str, str]] = frozenset()
    emptied: Counter[tuple[str, str]] = field(default_factory=Counter)
    undone: dict[str, list[Row]] = field(default_factory=dict)

    def differs(self, table: str, row_id: str, *names: str) -> bool:
        """Whether a correction says that a row, or its variable or column of one of these names, differs."""
        return not self.compared.isdisjoint((table, row_id, name) for name in (EVERY, *names))


def spared_by(logged: Logged, package: Package, tables: Tables) -> Spared:
    """What the corrections account for in tables that all can be read."""
    if not logged.corrections:
        return Spared()
    bench = Workbench(package, tables)
    compared: set[tuple[str, str, str]] = set()
    for correction in [*logged.settled, *logged.pending]:
        ids = given_ids(logged.log, correction.correction_id)
        for change in usable(correction.changes, tables):
            compared |= set(named(bench, change, ids.get(change.number, "") or added(bench, change)))
    pending = [change for correction in logged.pending for change in usable(correction.changes, tables)]
    return Spared(frozenset(compared), emptied(bench, pending), undone(bench, pending))


def usable(changes: list[Change], tables: Tables) -> list[Change]:
    """The changes of tables that corrections may change."""
    return [change for change in changes if change.table in tables.keys() - KEPT_BY_PROGRAMS]


def added(bench: Workbench, change: Change) -> str:
    """The id of the row that an `add` brought: the one that holds exactly its cells, or nothing."""
    if change.kind != "add":
        return ""
    resource = bench.package.resource(change.table)
    cells = bench.blank(change.table) | change.cells("row")
    if bench.id_form(change.table):
        cells = {column: cell for column, cell in cells.items() if column not in primary_key(resource)}
    return bench.same(change.table, cells)


def named(bench: Workbench, change: Change, added_id: str) -> Iterator[tuple[str, str, str]]:
    """The (table, row, variable) of the second coding that a change accounts for."""
    table, row_id = change.table, change.text("row_id")
    if change.kind == "value":
        yield table, row_id, change.text("field")
        yield from looked_up(bench, table, row_id, [change.text("field")])
    elif change.kind == "add" and added_id:
        yield table, added_id, EVERY
        yield from looked_up(bench, table, added_id, list(LOOKED_UP.get(table, {})))
    elif change.kind == "merge":
        yield table, change.text("into"), EVERY
        yield from looked_up(bench, table, change.text("into"), list(LOOKED_UP.get(table, {})))
    elif change.kind == "withdraw" and table == "involvements":
        yield "acts", change.cells("expect")["act_id"], "actor_kind"


def looked_up(bench: Workbench, table: str, row_id: str, columns: list[str]) -> Iterator[tuple[str, str, str]]:
    """The rows in which changed columns of another table are compared."""
    if table == "involvements" and row_id in bench.tables[table]:
        yield "acts", bench.tables[table][row_id]["act_id"], "actor_kind"
        return
    for column in columns:
        variable = LOOKED_UP.get(table, {}).get(column)
        if variable is not None and table != "involvements":
            for other, other_id, _ in bench.referring(table, row_id):
                yield other, other_id, variable


def emptied(bench: Workbench, pending: list[Change]) -> Counter[tuple[str, str]]:
    """The cells that pending changes empty or take out, where they do so already."""
    found: Counter[tuple[str, str]] = Counter()
    for change in pending:
        row = bench.tables[change.table].get(change.text("row_id"))
        if change.kind == "value" and row is not None and not change.text("value") and change.text("expect"):
            found[change.table, change.text("field")] += row.get(change.text("field")) == ""
        elif change.kind == "withdraw" and row is None and bench.id_form(change.table) is None:
            found.update((change.table, column) for column in bench.blank(change.table))
    return found


def undone(bench: Workbench, pending: list[Change]) -> dict[str, list[Row]]:
    """The rows of the tables that pending changes of values and added rows touch, as they were before."""
    before: Tables = {}
    for change in pending:
        if change.kind not in ("value", "add"):
            continue
        rows = before.setdefault(change.table, {i: dict(row) for i, row in bench.tables[change.table].items()})
        if change.kind == "add":
            rows.pop(added(bench, change), None)
        elif (row := rows.get(change.text("row_id"))) and row.get(change.text("field")) == change.text("value"):
            row[change.text("field")] = change.text("expect")
    return {table: list(rows.values()) for table, rows in before.items()}
