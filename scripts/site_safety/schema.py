"""What the database has: tables and views with their columns, keys, and what is searched in full text."""

import re
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

INDEXED = re.compile(r'content="(\w+)"')


@dataclass(frozen=True)
class Table:
    """A table or view: its columns, how many of them are its key (0 for a view), and the columns of its search."""

    columns: tuple[str, ...]
    keys: int
    searched: tuple[str, ...]

    @property
    def is_view(self) -> bool:
        """Whether its pages are counted by number, not by key."""
        return self.keys == 0


Schema = dict[str, Table]


def columns_of(connection: sqlite3.Connection, name: str) -> list[tuple[str, int]]:
    """The columns of a table or view, and each one's place in the key (0: none)."""
    return [(row[1], row[5]) for row in connection.execute(f'PRAGMA table_xinfo("{name}")')]


def read_schema(connection: sqlite3.Connection) -> dict[str, Any]:
    """The schema of a database, as plain values."""
    made = connection.execute("SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    indexes = {match[1]: name for name, _, sql in made if (match := INDEXED.search(sql or ""))}
    found = {}
    for name, kind, _ in made:
        columns = columns_of(connection, name)
        searched = [column for column, _ in columns_of(connection, indexes[name])] if name in indexes else []
        keys = sum(1 for _, place in columns if place) or (1 if kind == "table" else 0)
        found[name] = asdict(Table(tuple(column for column, _ in columns), keys, tuple(searched)))
    return found


def as_schema(plain: dict[str, Any]) -> Schema:
    """The schema from plain values."""
    return {
        name: Table(tuple(table["columns"]), table["keys"], tuple(table["searched"])) for name, table in plain.items()
    }
