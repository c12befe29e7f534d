"""How much the rows of one query may hold in memory, whatever the SQL asks for.

SQLite bounds a value and the number of columns, Datasette the number of rows; all three together would still be
gigabytes. So rows are weighed as they are read.
"""

import sqlite3
from sys import getsizeof
from typing import Any
from weakref import ref

MOST_BYTES = 4_000_000
MOST_CELLS = 50_000  # a page of more would take the server longer than a second to write
HEAP = 128 * 1024 * 1024
LIMITS = {sqlite3.SQLITE_LIMIT_LENGTH: 100_000, sqlite3.SQLITE_LIMIT_COLUMN: 100, sqlite3.SQLITE_LIMIT_ATTACHED: 0}


TOO_MUCH = "The answer would be too large: ask for fewer rows or columns."


class TooMuchError(sqlite3.OperationalError):
    """More was asked for than one answer holds."""

    def __init__(self) -> None:
        super().__init__(TOO_MUCH)


class Weigher:
    """A row factory of a connection that raises TooMuchError once the rows of one cursor are too much."""

    def __init__(self) -> None:
        self.cursor: Any = lambda: None
        self.bytes = self.cells = 0

    def __call__(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        """The row of these values."""
        if self.cursor() is not cursor:
            self.cursor, self.bytes, self.cells = ref(cursor), 0, 0
        self.bytes += sum(map(getsizeof, values))
        self.cells += len(values)
        if self.bytes > MOST_BYTES or self.cells > MOST_CELLS:
            raise TooMuchError
        return sqlite3.Row(cursor, values)


def bound_heap() -> None:
    """Bound what SQLite takes in this process for all queries together; one that needs more ends as MemoryError.

    A few functions, such as json_group_array, gather more than any of LIMITS lets through at their end.
    """
    connection = sqlite3.connect(":memory:")
    connection.execute(f"PRAGMA hard_heap_limit = {HEAP}")
    connection.close()


def bound(connection: sqlite3.Connection) -> None:
    """Set these bounds on a connection."""
    for limit, value in LIMITS.items():
        connection.setlimit(limit, value)
    connection.row_factory = Weigher()
