"""The builds through DuckDB as their programs run them: what is printed, and the exit code."""

import argparse
import json
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import duckdb

from scripts.build_parquet import write_atomically
from scripts.engines.duckdb_engine import in_a_line
from scripts.engines.relations import relation_of
from scripts.files import CannotRun
from scripts.large.files import LIST, File, read_list
from scripts.large.options import MOST, PARQUET, Limits, limits_of, spent
from scripts.large.parquet_package import write_package
from scripts.large.reading import UnfitPackage
from scripts.package import Package, load_package
from scripts.problems import finish


def build_parquet(options: argparse.Namespace) -> int:
    """Write a package as Parquet; the exit code."""
    if options.check:
        raise CannotRun("--check is for the engine arrow alone")
    try:
        make_parquet(package_in(options.root), options.out or options.root / PARQUET, limits_of(options))
    except UnfitPackage as error:
        return finish(error.findings.problems, "Parquet", unlisted=error.findings.unlisted)
    except duckdb.Error as error:  # no cell is cast that might not be, so its words quote none
        raise CannotRun(in_a_line(error)) from error
    return 0


def make_parquet(package: Package, out: Path, limits: Limits) -> list[File]:
    """Write a package as Parquet and say what it came to; its files."""
    before = time.process_time()
    files = write_package(package, out, limits)
    print(f"Parquet: {size_of(files)}; {spent(before)}", file=sys.stderr)
    return files


def size_of(files: list[File]) -> str:
    """Rows, files and bytes in words."""
    rows, size = sum(file.rows for file in files), sum(file.bytes for file in files)
    return f"{rows:,} rows in {len(files):,} files of {size:,} bytes"


def build_sqlite(options: argparse.Namespace, path: Path) -> int:
    """Write the database of a package, its Parquet files first where they are not current; the exit code."""
    from scripts.build_sqlite import UnfitDataError, problems_of
    from scripts.counted_totals import CountingRuleError
    from scripts.large.database import placed

    package, limits = package_in(options.root), limits_of(options)
    try:
        files = current_files(package) or make_parquet(package, package.root / PARQUET, limits)
        return make_database(package, files, path, limits, options)
    except UnfitPackage as error:
        return finish(error.findings.problems, "SQLite", unlisted=error.findings.unlisted)
    except UnfitDataError as error:
        return finish(placed(error, package).problems, "SQLite")
    except CountingRuleError as error:
        return finish(problems_of(error), "SQLite")
    except duckdb.Error as error:
        raise CannotRun(in_a_line(error)) from error


def make_database(package: Package, files: list[File], path: Path, limits: Limits, options: argparse.Namespace) -> int:
    """Write the whole or, where it has more rows than the bound, a part, and say what it came to; the exit code."""
    from scripts.large.about import metadata
    from scripts.large.database import write_part, write_whole

    before = time.process_time()
    written, about = load_package(package.root / PARQUET), path.with_suffix(".metadata.json")
    rows, most = sum(file.rows for file in files), options.most or MOST
    if options.full or rows <= most:
        write_whole(written, path, limits, search=not options.full)
        about.unlink(missing_ok=True)
        what = f"all {rows:,} rows"
    else:
        one_in = write_part(written, path, limits, files, most)
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            text = json.dumps(metadata(written, connection, path), ensure_ascii=False, indent=1) + "\n"
        write_atomically(about, text.encode())
        what = f"counts of {rows:,} rows and one person in {one_in:,}"
    print(f"SQLite: {path.name}, {what}, {path.stat().st_size:,} bytes; {spent(before)}", file=sys.stderr)
    return 0


def current_files(package: Package) -> list[File]:
    """The Parquet files of a package that are newer than what they are made from; nothing where they are not."""
    made = package.root / PARQUET / LIST
    if not made.is_file():
        return []
    sources = [package.root / "datapackage.json"]
    for resource in package.resources:
        relation, _ = relation_of(package, resource)
        if relation is None or not relation.is_local:
            return []
        sources += map(Path, relation.files)
    return read_list(made.parent) if all(s.stat().st_mtime_ns < made.stat().st_mtime_ns for s in sources) else []


def package_in(root: Path) -> Package:
    """The package in a folder. Raises CannotRun where there is none."""
    try:
        return load_package(root)
    except (OSError, ValueError) as error:
        raise CannotRun(f"the package cannot be read: {error}") from error
