"""The SQLite database of a package of any size, from its Parquet files.

Up to a number of rows it is the database that scripts.build_sqlite makes in memory. Above it a site could not use that,
and it holds counts of the whole, a sample of whole persons, and the list of the Parquet files.
"""

import sqlite3
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from scripts.build_sqlite import UnfitDataError, fill_resources, write_sound
from scripts.counted_totals import fill_counted_totals
from scripts.engines.relations import is_made
from scripts.large.counts import fill_counts
from scripts.large.files import File
from scripts.large.options import Limits
from scripts.large.reading import Opened, opened
from scripts.large.rows import rows_of_table
from scripts.large.sample import choose, sample_of
from scripts.package import Package, primary_key
from scripts.progress import told
from scripts.search_table import fill_search
from scripts.views import read_views

CACHE = 64 * 1024  # KiB that SQLite keeps of the file
OF_TOTALS = "stated_vs_counted"  # the view of what counting rules give
OF_ROWS = ("acts_flat", "cited_pages", "penalties_flat", "person_timeline")  # views that are right of a sample too
MADE = """
CREATE TABLE sample (
  one_person_in INTEGER NOT NULL PRIMARY KEY, persons_chosen INTEGER NOT NULL, persons_in_whole INTEGER NOT NULL
) STRICT;
CREATE TABLE sample_persons (person_id TEXT NOT NULL PRIMARY KEY REFERENCES persons (person_id)) STRICT;
CREATE TABLE rows_by_table (
  table_name TEXT NOT NULL PRIMARY KEY, rows_in_whole INTEGER NOT NULL, rows_in_sample INTEGER NOT NULL
) STRICT;
CREATE TABLE files (
  path TEXT NOT NULL PRIMARY KEY, table_name TEXT NOT NULL, rows INTEGER NOT NULL, bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
"""


def resources_of(package: Package) -> list[dict[str, Any]]:
    """The tables that the database has: all but the fingerprints."""
    return [resource for resource in package.resources if not is_made(resource)]


def names_of(package: Package) -> list[str]:
    """The names of those tables."""
    return [str(resource["name"]) for resource in resources_of(package)]


def write_whole(package: Package, path: Path, limits: Limits, search: bool) -> None:
    """Write all rows; with `search`, the search and the counted totals too, as the build in memory does.

    Raises UnfitDataError where a row breaks a key or a constraint, CountingRuleError as `fill_counted_totals`.
    """

    def fill(connection: sqlite3.Connection) -> None:
        begin(connection)
        fill_resources(connection, resources_of(package), lambda resource: table_rows(package, resource, limits))
        told("build_sqlite", "making views and search …")
        for view in read_views():
            if search or view.name != OF_TOTALS:
                connection.execute(view.ddl)
        if search:
            fill_search(connection)
            fill_counted_totals(connection)
        connection.commit()

    write_sound(path, fill)


def table_rows(package: Package, resource: dict[str, Any], limits: Limits) -> Any:
    """The rows of a table, on an engine of its own."""
    told("build_sqlite", f"writing {resource['name']} …")
    with opened(package, [resource["name"]], limits) as there:
        yield from rows_of_table(there.engine, resource, resource["name"])


def write_part(package: Package, path: Path, limits: Limits, files: list[File], most: int) -> int:
    """Write counts, a sample of about a quarter of `most` rows and the list of files; one person in how many it holds.

    Raises UnfitDataError where a row of the sample breaks a key or a constraint.
    """
    one_in = max(2, -(-sum(file.rows for file in files) * 4 // most))
    with opened(package, names_of(package), limits) as there:
        write_sound(path, lambda connection: fill_part(connection, package, there, files, one_in))
    return one_in


def fill_part(connection: sqlite3.Connection, package: Package, there: Opened, files: list[File], one_in: int) -> None:
    """Fill the database of counts and sample."""
    begin(connection)
    told("build_sqlite", "choosing the sample …")
    resources, engine = resources_of(package), there.engine
    persons = choose(engine, resources, one_in)
    fill_resources(connection, resources, lambda resource: rows_of_table(engine, resource, sampled(resource)))
    for view in read_views():
        if view.name in OF_ROWS:
            connection.execute(view.ddl)
    fill_search(connection)
    told("build_sqlite", "counting …")
    fill_counts(connection, engine)
    for statement in filter(str.strip, MADE.split(";")):
        connection.execute(statement)
    whole = {table: sum(file.rows for file in files if file.table_name == table) for table in names_of(package)}
    connection.execute("INSERT INTO sample VALUES (?, ?, ?)", [one_in, persons, whole["persons"]])
    chosen = engine.rows("SELECT person_id FROM chosen ORDER BY person_id")
    connection.executemany("INSERT INTO sample_persons VALUES (?)", chosen)
    for table, number in sorted(whole.items()):
        here = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        connection.execute("INSERT INTO rows_by_table VALUES (?, ?, ?)", [table, number, here])
    connection.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?)", sorted(map(astuple, files)))
    connection.commit()


def sampled(resource: dict[str, Any]) -> str:
    """The rows of a table that are in the sample, as a relation."""
    key = ", ".join(primary_key(resource))
    return f"(SELECT * FROM {resource['name']} SEMI JOIN {sample_of(resource['name'])} USING ({key})) AS sampled"


def begin(connection: sqlite3.Connection) -> None:
    """Begin the one transaction of a new database."""
    connection.execute(f"PRAGMA cache_size = {-CACHE}")
    connection.execute("BEGIN")


def placed(error: UnfitDataError, package: Package) -> UnfitDataError:
    """The same rows by the paths of a package that need not be CSV."""
    paths = {f"data/{resource['name']}.csv": str(resource["path"]) for resource in package.resources}
    return UnfitDataError([replace(problem, path=paths[problem.path]) for problem in error.problems])
