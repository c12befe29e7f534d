"""The counts of a whole package that its site shows beside a sample: counts/<table>.sql, DuckDB's SQL, as views are."""

import sqlite3
from pathlib import Path

from scripts.engines.duckdb_engine import DuckDB
from scripts.large.rows import rows
from scripts.sqlite_schema import quoted
from scripts.views import View, read_views

FOLDER = Path(__file__).resolve().parent / "counts"


def read_counts() -> list[View]:
    """The counts, by name."""
    return read_views(FOLDER)


def measures(count: View) -> list[str]:
    """The columns of a count that hold numbers of something; the others say of what."""
    return [column for column, text in count.columns.items() if " Unit: " in text]


def fill_counts(connection: sqlite3.Connection, engine: DuckDB) -> None:
    """Make and fill a table of each count."""
    for count in read_counts():
        numbers = measures(count)
        integers = {*numbers, *(column for column in count.columns if column.startswith("is_"))}
        columns = [f"{quoted(c)} {'INTEGER' if c in integers else 'TEXT'} NOT NULL" for c in count.columns]
        key = ", ".join(quoted(column) for column in count.columns if column not in numbers)
        connection.execute(f"CREATE TABLE {count.name} (\n  {', '.join(columns)},\n  PRIMARY KEY ({key})\n) STRICT")
        names = ", ".join(map(quoted, count.columns))
        marks = ", ".join("?" * len(columns))
        for batch in rows(engine, f"SELECT {names} FROM ({count.select}) AS counted ORDER BY {key}"):
            connection.executemany(f"INSERT INTO {count.name} VALUES ({marks})", batch)
