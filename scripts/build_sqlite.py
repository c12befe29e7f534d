"""Build the SQLite database from data/parquet: tables with their keys, the views, and one search table.

The database holds every CSV table of datapackage.json with primary and foreign keys, NOT NULL and CHECK, the views of
scripts/views, `counted_totals` (the report's totals, counted in our rows) and `search`. The same data give the same
bytes on one machine; another release of SQLite writes its own version into the file.

With --engine duckdb rows stream from build/parquet, which scripts.build_parquet writes first where it is not current.
Above --most rows the database is for a site: counts of the whole, a sample of whole persons, and the table `files` of
the Parquet files; beside it FILE.metadata.json says so to `datasette serve FILE.db --metadata FILE.metadata.json`.

Exit codes: 0 built, 1 the data do not fit (one line a problem), 2 the package cannot be read.

Examples:
    python -m scripts.build_sqlite
    python -m scripts.build_sqlite --root path/to/another/package --out other.db
    python -m scripts.build_sqlite --root path/to/large --engine duckdb           all, or counts and a sample
    python -m scripts.build_sqlite --root path/to/large --engine duckdb --full    all rows, without search
"""

import argparse
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from scripts.build_parquet import stale_parquet
from scripts.counted_totals import CountingRuleError, fill_counted_totals
from scripts.endings import exit_code
from scripts.engines.engine import EngineError
from scripts.files import CannotRun
from scripts.large.options import MOST, add_options, refuse_without_duckdb
from scripts.package import ROOT, Package, load_package
from scripts.problems import Problem, finish
from scripts.search_table import fill_search
from scripts.sqlite_schema import Cell, index_ddl, insert_sql, rows_in_key_order, table_ddl
from scripts.views import read_views

DATABASE = Path("build") / "kz2018.db"
MOST_PROBLEMS = 10_000  # of constraints, and of keys
Batches = Callable[[dict[str, Any]], Iterable[list[tuple[Cell, ...]]]]  # the rows of a resource, some at a time


class UnfitDataError(ValueError):
    """Rows that break a key or a constraint; `problems` holds one a row."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} rows do not fit")


def csv_problem(table: str, row_id: str, rule: str, message: str, column: str = "") -> Problem:
    """A problem in a row of a table's CSV, whose line is not known here."""
    return Problem(f"data/{table}.csv", 0, column, row_id, rule, "error", f"{row_id}: {message}" if row_id else message)


def broken_foreign_keys(connection: sqlite3.Connection) -> Iterator[Problem]:
    """A problem for each row whose foreign key leads nowhere."""
    for table, rowid, parent, number in connection.execute("PRAGMA foreign_key_check"):
        keys = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        column = next(key[3] for key in keys if key[0] == number)
        value, row_id = connection.execute(f"SELECT {column}, * FROM {table} WHERE rowid = ?", [rowid]).fetchone()[:2]
        yield csv_problem(table, row_id, "foreign-key", f"{parent} has no row {value}", column)


def fill_tables(connection: sqlite3.Connection, tables: dict[str, pa.Table], descriptor: dict[str, Any]) -> None:
    """Make and fill every CSV table of the descriptor. Raises UnfitDataError where a constraint or key is broken."""
    resources = [resource for resource in descriptor["resources"] if resource["format"] == "csv"]
    fill_resources(connection, resources, lambda resource: [rows_in_key_order(resource, tables[resource["name"]])])


def fill_resources(connection: sqlite3.Connection, resources: list[dict[str, Any]], batches: Batches) -> None:
    """Make and fill the tables of some resources with the rows that `batches` gives of each, in order of their keys.

    Raises UnfitDataError where a constraint or key is broken, with the first MOST_PROBLEMS rows.
    """
    problems: list[Problem] = []
    for resource in resources:
        connection.execute(table_ddl(resource))
        for batch in batches(resource):
            if len(problems) < MOST_PROBLEMS:
                problems += insert(connection, resource, batch)
    for resource in resources:
        for ddl in index_ddl(resource):
            connection.execute(ddl)
    problems += islice(broken_foreign_keys(connection), MOST_PROBLEMS)
    if problems:
        raise UnfitDataError(problems)


def insert(connection: sqlite3.Connection, resource: dict[str, Any], rows: list[tuple[Cell, ...]]) -> list[Problem]:
    """Insert rows; a problem for each that breaks a constraint and is left out."""
    sql, problems = insert_sql(resource), []
    connection.execute("SAVEPOINT batch")
    try:
        connection.executemany(sql, rows)
    except sqlite3.IntegrityError:
        connection.execute("ROLLBACK TO batch")
        for row in rows:
            try:
                connection.execute(sql, row)
            except sqlite3.IntegrityError as error:
                problems.append(csv_problem(resource["name"], str(row[0]), "constraint", str(error)))
    connection.execute("RELEASE batch")
    return problems


def build(
    connection: sqlite3.Connection, tables: dict[str, pa.Table], descriptor: dict[str, Any], search: bool = True
) -> None:
    """Fill an empty database, in memory or a file, from the typed tables of a package.

    Without `search` it has no search table. `tables` holds a table for every CSV resource of `descriptor`. Raises
    UnfitDataError where a row breaks a key or a constraint, CountingRuleError where the counting rule of a reported
    total does not give a number.
    """
    connection.execute("BEGIN")
    fill_tables(connection, tables, descriptor)
    for view in read_views():
        connection.execute(view.ddl)
    if search:
        fill_search(connection)
    fill_counted_totals(connection)
    connection.commit()


def write_database(path: Path, tables: dict[str, pa.Table], descriptor: dict[str, Any]) -> None:
    """Build the database in a new file, then put it in the place of the old one; raises as `write_sound` does."""
    write_sound(path, lambda connection: build(connection, tables, descriptor))


def write_sound(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Fill a new database, make it compact, and put it in the place of the old one.

    Raises as `fill` does, and sqlite3.DatabaseError where SQLite finds the file unsound.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    connection = sqlite3.connect(draft)
    try:
        fill(connection)
        connection.execute("ANALYZE")
        connection.execute("VACUUM")
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        if faults:
            raise sqlite3.DatabaseError("; ".join(faults))
    except BaseException:
        connection.close()
        draft.unlink()
        raise
    connection.close()
    os.replace(draft, path)


def read_parquet_tables(package: Package) -> dict[str, pa.Table]:
    """The typed tables of data/parquet by name, without the fingerprints."""
    names = [resource["name"] for resource in package.csv_resources]
    return {name: parquet.read_table(package.parquet_path(name)) for name in names}


def problems_of(error: UnfitDataError | CountingRuleError) -> list[Problem]:
    """A problem for each row that does not fit or counting rule that does not count, without its line."""
    if isinstance(error, UnfitDataError):
        return error.problems
    return [
        csv_problem("reported_totals", total_id, "counting-rule", why, "counting_rule")
        for total_id, why in error.faults
    ]


def check_database(tables: dict[str, pa.Table], descriptor: dict[str, Any]) -> list[Problem]:
    """What keeps the database from being built out of typed tables, found by building it in memory."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            build(connection, tables, descriptor, search=False)
        except (UnfitDataError, CountingRuleError) as error:
            return problems_of(error)
        except sqlite3.Error as error:
            return [Problem("datapackage.json", 0, "", "", "database", "error", f"no database can be built: {error}")]
    return []


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package")
    parser.add_argument("--out", type=Path, help="the database to write (default: build/kz2018.db in the package)")
    group = add_options(parser)
    group.add_argument(
        "--most", type=int, metavar="N", help=f"rows above which the database is a part (default: {MOST:,})"
    )
    group.add_argument("--full", action="store_true", help="all rows however many, without search and counted totals")
    options = parser.parse_args(argv)
    return exit_code("build_sqlite", lambda: run(options), (CannotRun, EngineError))


def run(options: argparse.Namespace) -> int:
    """Build; the exit code."""
    path = options.out or options.root / DATABASE
    if options.engine == "duckdb":
        from scripts.large.running import build_sqlite

        return build_sqlite(options, path)
    refuse_without_duckdb(options, "most", "full")
    try:
        package = load_package(options.root)
        stale = stale_parquet(package)
        if stale:
            return finish(stale, "SQLite")
        write_database(path, read_parquet_tables(package), package.descriptor)
    except (UnfitDataError, CountingRuleError) as error:
        return finish(problems_of(error), "SQLite")
    except (OSError, ValueError, sqlite3.DatabaseError) as error:
        print(f"the database cannot be built: {error}: run make validate", file=sys.stderr)
        return 2
    print(f"SQLite: {path.name}, {len(package.csv_resources)} tables", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
