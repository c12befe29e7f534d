"""Rows of DuckDB as SQLite keeps them, some at a time."""

from collections.abc import Iterator
from typing import Any

from scripts.engines.duckdb_engine import DuckDB
from scripts.engines.literals import name
from scripts.package import fields_of, primary_key
from scripts.sqlite_schema import Cell

BATCH = 20_000  # rows that are held at once
CELLS = {  # of types that SQLite has not, as text or 0 and 1
    "boolean": "CAST({} AS BIGINT)",
    "date": "CAST({} AS VARCHAR)",
    "time": "substr(CAST({} AS VARCHAR), 1, 5)",
}


def rows(engine: DuckDB, sql: str) -> Iterator[list[tuple[Cell, ...]]]:
    """The rows of a SELECT, in its order."""
    for batch in engine.connection.sql(sql).to_arrow_reader(BATCH):
        yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def rows_of_table(engine: DuckDB, resource: dict[str, Any], relation: str) -> Iterator[list[tuple[Cell, ...]]]:
    """The rows of a relation that has a resource's columns, by primary key."""
    cells = (CELLS.get(field["type"], "{}").format(name(field["name"])) for field in fields_of(resource))
    key = ", ".join(map(name, primary_key(resource)))
    return rows(engine, f"SELECT {', '.join(cells)} FROM {relation} ORDER BY {key}")
