"""Check a package of CSV in one of several ways, for python -m scripts.bench_scale, which measures each in a process.

  duckdb, spark   this project's gate on that engine: schema, keys, suites and rules of all tables
  frictionless    Frictionless on the descriptor: schema and keys of all tables
  gx              Great Expectations on pandas: the suites of all tables, read as text and typed by our reader
  pandera         Pandera on pandas: types, enums, patterns, bounds and filled cells of all tables
  sql             bare DuckDB, the floor: read all tables typed, count keys that stand twice or lead nowhere

Example:
  python -m scripts.contenders sql build/synthetic

Exit codes: 0 checked, whatever was found; 2 could not run.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts.engines.columns import SQL_TYPES
from scripts.engines.literals import name, value
from scripts.files import CannotRun
from scripts.package import Package, fields_of, foreign_keys, load_package, primary_key


def on_engine(engine: str, package: Package) -> None:
    """The gate on an engine. Raises CannotRun where it fails to run."""
    from scripts import validate

    spark = ["--master", "local[2]"] if engine == "spark" else []
    if validate.main(["--root", str(package.root), "--engine", engine, "--scope", "model", *spark]) == 2:
        raise CannotRun(f"the gate on {engine} could not run")


def frictionless(package: Package) -> None:
    """Frictionless on the whole descriptor."""
    from frictionless import Package as Frictionless

    os.chdir(package.root)
    Frictionless("datapackage.json").validate()


def typed_tables(package: Package) -> list[tuple[dict[str, Any], Any]]:
    """Each table of CSV with its rows, read by DuckDB as the schema types them."""
    import duckdb

    reader = duckdb.connect(":memory:")
    return [
        (r, reader.execute(f"SELECT * FROM {typed(package, r)}").to_arrow_table()) for r in package.csv_resources
    ]


def typed(package: Package, resource: dict[str, Any]) -> str:
    """A table's file as a relation of DuckDB with the schema's types; a cell that is not of its type is left out."""
    kinds = SQL_TYPES | {"boolean": "BOOLEAN", "time": "TIME", "string": "VARCHAR"}
    columns = ", ".join(f"{value(f['name'])}: {value(kinds[f['type']])}" for f in fields_of(resource))
    file = value(str(package.root / resource["path"]))
    return f"read_csv({file}, header = true, auto_detect = false, columns = {{{columns}}}, ignore_errors = true)"


def gx(package: Package) -> None:
    """The suites of Great Expectations on pandas."""
    from scripts.suites import check_suites, load_suite

    folder = package.root / "validation" / "expectations"
    tables = [(r, t) for r, t in typed_tables(package) if (folder / f"{r['name']}.json").exists()]
    check_suites([(r, t, load_suite(folder / f"{r['name']}.json", "model")[0]) for r, t in tables])


def pandera(package: Package) -> None:
    """Pandera on pandas, of constraints alone: it has no keys into other tables."""
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors

    for resource, table in typed_tables(package):
        columns = {field["name"]: column(pa, field.get("constraints", {})) for field in fields_of(resource)}
        schema = pa.DataFrameSchema(columns, unique=list(primary_key(resource)))
        try:
            schema.validate(table.to_pandas(), lazy=True)
        except SchemaErrors as found:
            print(f"{resource['name']}: {len(found.failure_cases)} failures", file=sys.stderr)


def column(pa: Any, constraints: dict[str, Any]) -> Any:
    """A field's constraints as a column of Pandera."""
    makers: dict[str, Callable[[Any], Any]] = {
        "enum": pa.Check.isin, "minimum": pa.Check.ge, "maximum": pa.Check.le,
        "pattern": lambda pattern: pa.Check.str_matches(f"^(?:{pattern})$"),
    }  # fmt: skip
    checks = [maker(constraints[key]) for key, maker in makers.items() if key in constraints]
    return pa.Column(None, checks, nullable=not constraints.get("required"), unique=bool(constraints.get("unique")))


def sql(package: Package) -> None:
    """Bare SQL: keys counted over typed tables, and nothing told of a row."""
    import duckdb

    database = duckdb.connect(":memory:")
    for resource in package.csv_resources:
        database.execute(f"CREATE TABLE {name(resource['name'])} AS SELECT * FROM {typed(package, resource)}")
    for resource in package.csv_resources:
        table, key = name(resource["name"]), ", ".join(map(name, primary_key(resource)))
        queries = [f"SELECT COUNT(*) FROM (SELECT {key} FROM {table} GROUP BY ALL HAVING COUNT(*) > 1)"]
        for own, target, there in foreign_keys(resource):
            other = f"(SELECT {name(there)} AS id FROM {name(target)})"
            queries.append(f"SELECT COUNT(*) FROM {table} ANTI JOIN {other} AS there ON {name(own)} = there.id")
        for query in queries:
            database.execute(query).fetchall()


CONTENDERS: dict[str, Callable[[Package], None]] = {
    "sql": sql, "duckdb": lambda package: on_engine("duckdb", package), "pandera": pandera, "gx": gx,
    "spark": lambda package: on_engine("spark", package), "frictionless": frictionless,
}  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Run one contender; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contender", choices=list(CONTENDERS))
    parser.add_argument("root", type=Path, metavar="DIR", help="a package whose tables are CSV")
    options = parser.parse_args(argv)
    try:
        CONTENDERS[options.contender](load_package(options.root.resolve()))
    except CannotRun as error:
        print(f"contenders: could not run: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
