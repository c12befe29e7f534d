"""Write each table of the package as Parquet: data/<table>.csv to data/parquet/<table>.parquet.

Types, titles, descriptions and units come from datapackage.json. A file whose table no longer exists is removed; a file
that is already right is left untouched, and the same data give the same bytes with the same release of pyarrow.

With --engine duckdb a package of any size, CSV or Parquet as scripts/engines/relations.py tells, becomes a package of
its own in build/parquet or --out: acts and events in folders by year and country of the event, the files' rows and
hashes in files.csv. It is written whole or not at all, and in the place of an older one.

Exit codes: 0 all is written (with --check: all is current), 1 a file is stale (--check) or cells do not fit their
columns (--engine duckdb), 2 the tables cannot be read or the folder may not be written.

Examples:
    python -m scripts.build_parquet
    python -m scripts.build_parquet --check
    python -m scripts.build_parquet --root path/to/another/package
    python -m scripts.build_parquet --root path/to/large --engine duckdb --memory 2GB --out path/to/new
"""

import argparse
import io
import os
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from scripts.endings import exit_code
from scripts.engines.engine import EngineError
from scripts.files import CannotRun, fault
from scripts.large.options import PARQUET, add_options, refuse_without_duckdb
from scripts.package import ROOT, Package, arrow_schema, load_package, provenance, read_table
from scripts.parquet_files import CannotRead, read_small
from scripts.problems import Problem, finish
from scripts.transaction import recover


def described_schema(package: Package, resource: dict[str, Any]) -> pa.Schema:
    """The Arrow schema of a resource with title, description, version, licence and source as metadata of the file."""
    about = {"title": resource["title"], "description": resource["description"]}
    version = {"version": package.descriptor["version"]}
    return arrow_schema(resource).with_metadata(about | version | provenance(package.descriptor, resource))


def described_table(package: Package, resource: dict[str, Any]) -> pa.Table:
    """A resource's rows, in the order of its CSV, under its described schema.

    Raises ValueError, naming the file, where the CSV does not fit the descriptor.
    """
    try:
        return read_table(package, resource["name"]).cast(described_schema(package, resource))
    except (KeyError, ValueError) as error:
        raise ValueError(f"{resource['path']}: {error}") from error


def parquet_bytes(table: pa.Table) -> bytes:
    """The bytes of a table's Parquet file."""
    buffer = io.BytesIO()
    parquet.write_table(table, buffer)
    return buffer.getvalue()


def leftovers(package: Package) -> list[Path]:
    """Parquet files whose table the descriptor does not have, sorted."""
    names = {resource["name"] for resource in package.resources}
    return sorted(path for path in (package.root / "data" / "parquet").glob("*.parquet") if path.stem not in names)


def stale_parquet(package: Package) -> list[Problem]:
    """A problem for each Parquet file that is missing, unreadable, left over, or differs from its CSV and descriptor.

    Content, types and descriptions are compared, not bytes: another release of pyarrow may write other bytes.
    """
    reasons = {path: "belongs to no table of datapackage.json" for path in leftovers(package)}
    for resource in package.csv_resources:
        path = package.parquet_path(resource["name"])
        expected = described_table(package, resource)
        if not path.exists():
            reasons[path] = "is missing"
            continue
        try:
            found = read_small(path)
        except CannotRead as error:
            reasons[path] = str(error)
            continue
        if not found.equals(expected, check_metadata=True):
            reasons[path] = f"differs from {resource['path']} or from its description in datapackage.json"
    return [
        fault(path.as_posix(), 0, "", "stale-parquet", f"{why}: run make build")
        for path, why in sorted((path.relative_to(package.root), why) for path, why in reasons.items())
    ]


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that already holds these bytes keeps its time stamp."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content)
    os.replace(draft, path)


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package")
    parser.add_argument("--check", action="store_true", help="write nothing; name each stale file")
    add_options(parser).add_argument("--out", type=Path, metavar="DIR", help=f"duckdb: where to (default: {PARQUET})")
    options = parser.parse_args(argv)
    return exit_code("build_parquet", lambda: run(options), (CannotRun, EngineError))


def run(options: argparse.Namespace) -> int:
    """Check or write; the exit code."""
    if options.engine == "duckdb":
        from scripts.large.running import build_parquet

        return build_parquet(options)
    refuse_without_duckdb(options, "out")
    try:
        recover(options.root)
        package = load_package(options.root)
        if options.check:
            return finish(stale_parquet(package), "Parquet")
        files = {
            package.parquet_path(resource["name"]): parquet_bytes(described_table(package, resource))
            for resource in package.csv_resources
        }
    except (CannotRun, OSError, ValueError) as error:  # pa.ArrowInvalid and json.JSONDecodeError are ValueErrors
        print(f"the package cannot be read: {error}: run make validate", file=sys.stderr)
        return 2
    for path, content in files.items():
        write_atomically(path, content)
    for path in leftovers(package):
        path.unlink()
        print(f"removed {path.relative_to(package.root).as_posix()}: no such table", file=sys.stderr)
    print(f"Parquet: {len(files)} tables", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
