"""Check a package of CSV in one of several ways, for python -m scripts.bench_scale, which measures each in a process.

  duckdb, spark   this project's gate on that engine: schema, keys, suites and rules of all tables
  schema          schema and keys alone on this project's engine DuckDB: what Frictionless checks
  frictionless    Frictionless on the descriptor: schema and keys of all tables
  gx              Great Expectations on pandas: the suites of all tables, read as text and typed by our reader
  pandera         Pandera on pandas: types, enums, patterns, bounds and filled cells of all tables
  sql             bare DuckDB, the floor: count what fails each check of the gate; see scripts/floor.py

Where the package lists planted faults, duckdb and spark print how many they found of how many, and how many problems
they told of beside them: `200 200 0`.

Examples:
  python -m scripts.contenders sql build/synthetic
  python -m scripts.contenders duckdb build/synthetic

Exit codes: 0 checked, whatever was found; 2 could not run.
"""

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from scripts.endings import exit_code
from scripts.engines.literals import value
from scripts.files import CannotRun
from scripts.floor import counts, types_of
from scripts.package import Package, fields_of, load_package, primary_key


def on_engine(engine: str, package: Package) -> None:
    """The gate on an engine. Raises CannotRun where it fails to run."""
    from scripts import validate

    spark = ["--master", "local[2]"] if engine == "spark" else []
    with TemporaryDirectory() as folder, open(os.devnull, "w", encoding="utf-8") as nowhere:
        report = Path(folder) / "report.json"
        options = ["--root", str(package.root), "--engine", engine, "--scope", "model", "--report", str(report)]
        with redirect_stdout(nowhere):
            code = validate.main([*options, *spark])
        if code == 2:
            raise CannotRun(f"the gate on {engine} could not run")
        problems = json.loads(report.read_text(encoding="utf-8"))
    names = {resource["path"]: resource["name"] for resource in package.resources}
    told = {(names.get(p["path"], p["path"]), p["row_id"], p["column"], p["rule"]) for p in problems}
    planted = planted_faults(package.root)
    if planted:
        print(len(planted), len(told & planted), len(told - planted))


def schema(package: Package) -> None:
    """The stages of the gate on DuckDB that do what Frictionless does."""
    from scripts.engine_options import Settings
    from scripts.engines.kept import Kept
    from scripts.engines.running import opened
    from scripts.engines.stages import Findings, Run
    from scripts.engines.table_checks import Runner

    settings, findings = Settings("duckdb"), Findings()
    with opened(settings) as (engine, suite):
        stages = Run(package, package.root, "model", Runner(engine, settings.most, Kept()), suite)
        stages.cells_and_keys(*stages.open(findings), findings)
    print(f"{len(findings.problems)} problems", file=sys.stderr)


def planted_faults(root: Path) -> set[tuple[str, str, str, str]]:
    """The faults that a synthetic package was made with: table, row id, column, rule."""
    file = root / "planted.csv"
    if not file.exists():
        return set()
    with file.open(encoding="utf-8", newline="") as rows:
        return {(row["table"], row["row_id"], row["column"], row["rule"]) for row in csv.DictReader(rows)}


def frictionless(package: Package) -> None:
    """Frictionless on the whole descriptor."""
    from frictionless import Package as Frictionless

    os.chdir(package.root)
    Frictionless("datapackage.json").validate()


def typed_tables(package: Package) -> list[tuple[dict[str, Any], Any]]:
    """Each table of CSV with its rows, read by DuckDB as the schema types them."""
    reader = duckdb.connect(":memory:")
    return [(r, reader.execute(f"SELECT * FROM {typed(package, r)}").to_arrow_table()) for r in package.csv_resources]


def typed(package: Package, resource: dict[str, Any]) -> str:
    """A table's file as a relation of DuckDB with the schema's types; a cell that is not of its type is left out."""
    file = value(str(package.root / resource["path"]))
    return f"read_csv({file}, header = true, auto_detect = false, columns = {types_of(resource)}, ignore_errors = true)"


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
    """Bare SQL: the failing rows of each check, counted."""
    for (table, column, check), failing in sorted(counts(package).items()):
        print(" ".join(filter(None, [table, column, check, str(failing)])), file=sys.stderr)


CONTENDERS: dict[str, Callable[[Package], None]] = {
    "sql": sql, "duckdb": lambda package: on_engine("duckdb", package), "schema": schema, "pandera": pandera, "gx": gx,
    "spark": lambda package: on_engine("spark", package), "frictionless": frictionless,
}  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Run one contender; returns the exit code."""
    CONTENDERS[options.contender](load_package(options.root.resolve()))
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run the program; returns the exit code. Whatever goes wrong is told in one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contender", choices=list(CONTENDERS))
    parser.add_argument("root", type=Path, metavar="DIR", help="a package whose tables are CSV")
    options = parser.parse_args(argv)
    return exit_code("contenders", lambda: run(options), (CannotRun, OSError, duckdb.Error))


if __name__ == "__main__":
    sys.exit(main())
