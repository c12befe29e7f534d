"""What goes out as flat tables: the queries of scripts/releasing/analysis, and every view.

A query's file is written as a view's is (scripts.views), with `-- leaves_out: …`: what is not in it. Both kinds say in
`-- one_row_per: …` what one row is, which becomes part of the name of the file that is handed out.
"""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts import counted_totals
from scripts.package import ARROW_TYPES, Package, fields_of
from scripts.site_metadata import Columns, table_columns, view_columns
from scripts.views import View, read_views

FOLDER = Path(__file__).resolve().parent / "analysis"
VIEWS = "views/"
LEAVES_OUT = "leaves_out"
DAY = re.compile(r"(.*_)?date_(start|end|published)")
TRUTH = re.compile(r"(is|has)_.*")


@dataclass(frozen=True)
class FlatTable:
    """A flat table with its rows typed; `stem` is its file's path below analysis/ without its ending.

    `columns` describes each column; `leaves_out` says what is not in it, and is empty for a view, which says so itself.
    """

    stem: str
    view: View
    leaves_out: str
    columns: Columns
    rows: pa.Table

    @property
    def name(self) -> str:
        """A name that no table of the package has: a view's own, else the file's."""
        return self.view.name if self.stem.startswith(VIEWS) else self.stem


def flat_tables(package: Package, database: sqlite3.Connection) -> list[FlatTable]:
    """The queries, then the views, each with its rows; `database` holds the tables and views of the package.

    Raises ValueError where one does not say what its rows are, leaves a column undescribed, or gives other cells than
    its columns are named for.
    """
    views = read_views()
    described = {resource["name"]: table_columns(resource) for resource in package.csv_resources}
    described["counted_totals"] = counted_totals.COLUMNS
    by_name = {view.name: view for view in views}
    for view in views:
        described[view.name] = view_columns(view, column_names(database, view), described, by_name)
    types = column_types(package)
    found = []
    for query in read_views(FOLDER):
        own = {name: text for name, text in query.columns.items() if name != LEAVES_OUT}
        rows = typed_rows(database, query, types)
        columns = view_columns(replace(query, columns=own), rows.column_names, described, {})
        found.append(FlatTable(stem_of(query), query, query.columns.get(LEAVES_OUT, ""), columns, rows))
    for view in views:
        rows = typed_rows(database, view, types)
        found.append(FlatTable(f"{VIEWS}{stem_of(view)}", view, "", described[view.name], rows))
    return found


def stem_of(view: View) -> str:
    """The name of the file of a query or view, which says what one row is."""
    if not view.one_row_per:
        raise ValueError(f"{view.name}.sql: no line `-- one_row_per: …`")
    return f"{view.name}__one_row_per_{view.one_row_per.replace(' ', '_')}"


def column_names(database: sqlite3.Connection, view: View) -> list[str]:
    """The columns that a query gives."""
    return [column[0] for column in database.execute(f"SELECT * FROM ({view.select}) LIMIT 0").description]


def column_types(package: Package) -> dict[str, pa.DataType]:
    """The types of the columns' names that have one type in all tables."""
    found: dict[str, set[str]] = {}
    for resource in package.csv_resources:
        for field in fields_of(resource):
            found.setdefault(field["name"], set()).add(field["type"])
    return {name: ARROW_TYPES[kind] for name, kinds in found.items() if len(kinds) == 1 for kind in kinds}


def typed_rows(database: sqlite3.Connection, view: View, types: Mapping[str, pa.DataType]) -> pa.Table:
    """The rows of a query, typed by the names of its columns: SQLite keeps dates as text and truth as 0 and 1."""
    names = column_names(database, view)
    rows = database.execute(view.select).fetchall()
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    arrays = []
    for name, cells in zip(names, columns, strict=True):
        kind = type_of(name, cells, types)
        try:
            arrays.append(pa.array([as_typed(cell, kind) for cell in cells], kind))
        except (ValueError, TypeError, pa.ArrowException) as error:
            raise ValueError(f"{view.name}.sql: the column {name} holds what is no {kind}: {error}") from error
    return pa.table(dict(zip(names, arrays, strict=True)))


def type_of(name: str, cells: tuple[Any, ...], types: Mapping[str, pa.DataType]) -> pa.DataType:
    """The type of a column: by what its name says, by the column of a table that it is, else by its cells."""
    held = {type(cell) for cell in cells if cell is not None}
    known = types.get(name, pa.string())
    if DAY.fullmatch(name):
        return pa.date32()
    if TRUTH.fullmatch(name) or (known == pa.bool_() and held <= {int}):
        return pa.bool_()
    if known in (pa.int64(), pa.float64()) and held <= {int, float}:
        return known
    if held and held <= {int, float}:
        return pa.int64() if held == {int} else pa.float64()
    return pa.string()


def as_typed(cell: Any, kind: pa.DataType) -> Any:
    """SQLite's cell as a value of a type."""
    if cell is None:
        return None
    if kind == pa.date32():
        return date.fromisoformat(cell)
    return bool(cell) if kind == pa.bool_() else cell
