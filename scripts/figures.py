"""The published figures of a version: how many rows each view has, what counting views count, and the totals.

They are made in memory by this package's own views and the build's own functions. Only the counting rules are the
version's own: text that anybody may have written, so they run confined as in the build (scripts/counted_totals.py).
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from itertools import takewhile
from typing import Any

import pyarrow as pa
from pyarrow import csv

from scripts.build_sqlite import UnfitDataError, fill_tables
from scripts.canonical import render
from scripts.counted_totals import count
from scripts.differences import Figure, Version
from scripts.package import arrow_schema, cell_forms, column_names
from scripts.sqlite_schema import quoted
from scripts.views import View, read_views

Figures = dict[tuple[str, str, str], str]  # (view or total, key of its row, column) → value
Notes = dict[str, str]  # view or total that cannot be had, or EVERY → why
EVERY = "every figure"
BOOKKEEPING = {"cited_pages", "passage_ledger"}  # they count our citations, not what the report says
COUNTING = re.compile(r"(?<!nothing )\b(?:is|are) counted\b")
TEXTS = {"title", "name"}
TOTAL = "stated_vs_counted"
ROWS = "rows"
MAX_RULES = 1_000
MAX_STEPS = 300_000_000  # of SQLite's virtual machine, for one view: some seconds
STEPS_BETWEEN_CHECKS = 1_000_000


def changed_figures(old: Version, new: Version) -> tuple[list[Figure], list[str]]:
    """The figures that differ, sorted, and notes on those that can be had of one version alone.

    A row of a view that comes or goes with a zero is no change. Of a single figure that neither version gives nothing
    is said: the gate tells.
    """
    before, notes = figures_of(old)
    after, more = figures_of(new)
    silent = notes.keys() | more.keys()
    found = [
        Figure(*key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key, "0") != after.get(key, "0") and not {EVERY, key[0], key[1]} & silent
    ]
    told = (notes.keys() ^ more.keys()) | ({EVERY} & silent)
    return found, sorted({each[name] for each in (notes, more) for name in each.keys() & told})


def figures_of(version: Version) -> tuple[Figures, Notes]:
    """The figures of a version, and notes on those that cannot be had."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            tables = {name: typed(resource, version) for name, resource in version.resources().items()}
            fill_tables(connection, tables, version.descriptor)
            figures, notes = totals(connection, version)
        except (UnfitDataError, pa.ArrowInvalid, sqlite3.Error):  # whose words would quote rows, withheld ones too
            return {}, {EVERY: f"figures: no database can be built of {version.name}: run validate on it"}
        for view in read_views():
            try:
                figures[view.name, "", ROWS] = str(number_of_rows(connection, view))
                if COUNTING.search(view.sentence) and view.name not in BOOKKEEPING:
                    figures |= numbers(connection, view)
            except sqlite3.Error as error:
                notes[view.name] = f"figures: the view {view.name} cannot be had of {version.name}: {error}"
    return figures, notes


def typed(resource: dict[str, Any], version: Version) -> pa.Table:
    """The rows of a table as the descriptor types them. Raises pa.ArrowInvalid where a cell is of another type."""
    names = column_names(resource)
    text = render(resource, [[row[name] for name in names] for row in version.tables[resource["name"]].values()])
    return csv.read_csv(BytesIO(text.encode("utf-8")), convert_options=cell_forms(arrow_schema(resource)))


def totals(connection: sqlite3.Connection, version: Version) -> tuple[Figures, Notes]:
    """What the counting rule of each total gives, and notes on those that give nothing.

    Makes the views, which rules read, and the table `counted_totals`, which a view reads.
    """
    connection.execute("CREATE TABLE counted_totals (total_id TEXT PRIMARY KEY, counted_value ANY)")
    for view in read_views():
        connection.execute(view.ddl)
    found: Figures = {}
    notes: Notes = {}
    rows = version.tables.get("reported_totals", {})
    rules = [(total_id, row["counting_rule"]) for total_id, row in sorted(rows.items()) if row.get("counting_rule")]
    for number, (total_id, rule) in enumerate(rules):
        try:
            if number >= MAX_RULES:
                raise ValueError(f"was not run: {MAX_RULES:,} of them are")
            value = count(connection, rule)
        except ValueError as error:
            notes[total_id] = f"figures: the counting rule of {total_id} in {version.name} {error}"
            continue
        connection.execute("INSERT INTO counted_totals VALUES (?, ?)", [total_id, value])
        found[TOTAL, total_id, "counted_value"] = written(value)
    return found, notes


def number_of_rows(connection: sqlite3.Connection, view: View) -> int:
    """How many rows a view has. Raises sqlite3.Error, also where that takes too many steps."""
    with bounded(connection):
        return int(connection.execute(f"SELECT count(*) FROM {quoted(view.name)}").fetchone()[0])


def numbers(connection: sqlite3.Connection, view: View) -> Figures:
    """The numbers that a counting view makes, each by the key of its row: the columns before its first title or name.

    Raises as `number_of_rows`.
    """
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({quoted(view.name)})")]
    made = [name for name in names if name in view.columns]
    keys = list(takewhile(lambda name: name not in TEXTS, (name for name in names if name not in view.columns)))
    with bounded(connection):
        rows = connection.execute(f"SELECT {', '.join(map(quoted, keys + made))} FROM {quoted(view.name)}").fetchall()
    return {
        (view.name, "/".join(map(written, row[: len(keys)])), column): written(cell)
        for row in rows
        for column, cell in zip(made, row[len(keys) :], strict=True)
        if isinstance(cell, int | float)
    }


def written(cell: str | int | float | None) -> str:
    """A cell of a view as text; a whole number without decimals, whatever its type."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@contextmanager
def bounded(connection: sqlite3.Connection) -> Iterator[None]:
    """With a limited number of steps: the rows are strangers', and a view joins them."""
    checks = iter(range(MAX_STEPS // STEPS_BETWEEN_CHECKS))
    connection.set_progress_handler(lambda: next(checks, None) is None, STEPS_BETWEEN_CHECKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
