"""The tables, their keys and the views as one SQLite database, without what only the site needs."""

import sqlite3
import tempfile
from pathlib import Path

from scripts.build_sqlite import build, write_sound
from scripts.releasing.edition import Edition
from scripts.releasing.made import Made

ABOUT = "CREATE TABLE about (name TEXT NOT NULL, text TEXT NOT NULL) STRICT"


def database_file(edition: Edition) -> Made:
    """The database: every CSV table, the views, the counted totals, and the table `about`.

    Raises UnfitDataError and CountingRuleError as scripts.build_sqlite does.
    """
    descriptor = edition.package.descriptor

    def fill(connection: sqlite3.Connection) -> None:
        build(connection, dict(edition.tables), descriptor, search=False)
        connection.execute(ABOUT)
        connection.executemany("INSERT INTO about VALUES (?, ?)", edition.about)
        connection.commit()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.sqlite"
        write_sound(path, fill)
        return Made(f"{descriptor['name']}.sqlite", path.read_bytes(), "All tables and views, for SQLite")
