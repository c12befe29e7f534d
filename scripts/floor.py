"""Bare SQL on DuckDB over a package of CSV: the floor that the gate on DuckDB is measured against.

It counts what breaks each constraint, key, reference, expectation and rule of scope model, over tables that are read
typed, once. It looks up no row, tells nothing, leaves no table out and heeds no exception. A row with a cell that is
not of its type is rejected by the reader, and counted as a fault of that column alone.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import duckdb

from scripts.engines.checks import Check
from scripts.engines.columns import SQL_TYPES, Columns
from scripts.engines.expectations_sql import expectation_check
from scripts.engines.literals import name, value
from scripts.engines.rules_sql import in_parentheses, listed
from scripts.engines.schema_sql import MALFORMED, cell_checks
from scripts.package import Package, column_names, fields_of, foreign_keys, primary_key
from scripts.rules import load_rules
from scripts.suites import load_suite

READ_AS = SQL_TYPES | {"boolean": "BOOLEAN", "time": "TIME", "string": "VARCHAR"}
Counts = Counter[tuple[str, str, str]]  # failing rows by table, column and check; of a rule by "", "" and its id


def counts(package: Package) -> Counts:
    """How many rows fail each check that any row fails."""
    with duckdb.connect(":memory:") as database:
        found = Counter(dict(load(database, package)))
        for resource in package.csv_resources:
            table, checks = str(resource["name"]), [*table_checks(package, resource)]
            columns = ", ".join(f"COUNT(*) FILTER (WHERE {check.bad})" for check in checks if check.bad)
            of_rows = database.execute(f"SELECT {columns or 0} FROM {name(table)}").fetchall()[0]
            for check, failing in zip((c for c in checks if c.bad), of_rows, strict=False):
                found[table, check.column, check.rule] += failing
            for check in (check for check in checks if check.rows):
                found[table, check.column, check.rule] += number(database, f"({check.rows}) AS failing")
            for column, key, query in key_queries(package, resource):
                found[table, column, key] += number(database, f"({query}) AS failing")
        for rule in load_rules(package.root / "validation" / "rules", "model")[0]:
            found["", "", rule.rule_id] += number(database, in_parentheses(rule))
        return +found


def types_of(resource: dict[str, Any]) -> str:
    """The types of a table's columns as the schema has them, as DuckDB's reader of CSV takes them."""
    types = ", ".join(f"{value(f['name'])}: {value(READ_AS[f['type']])}" for f in fields_of(resource))
    return f"{{{types}}}"


def number(database: duckdb.DuckDBPyConnection, relation: str) -> int:
    """How many rows a relation has."""
    return int(database.execute(f"SELECT COUNT(*) FROM {relation}").fetchall()[0][0])


def load(database: duckdb.DuckDBPyConnection, package: Package) -> Iterator[tuple[tuple[str, str, str], int]]:
    """Read all tables, typed, and make the relations that rules see; how many cells of each column are malformed."""
    for resource in package.resources:
        table, file = name(resource["name"]), value(str(package.root / resource["path"]))
        if resource["format"] == "parquet":
            database.execute(f"CREATE TABLE {table} AS SELECT * FROM read_parquet({file})")
            continue
        database.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_csv({file}, header = true, auto_detect = false, nullstr = '',"
            f" columns = {types_of(resource)}, store_rejects = true)"
        )
        query = "SELECT column_name, COUNT(*) FROM reject_errors JOIN reject_scans USING (scan_id, file_id)"
        for column, rejected in database.execute(f"{query} WHERE file_path = {file} GROUP BY 1").fetchall():
            yield (str(resource["name"]), column, MALFORMED), rejected
    single = [r for r in package.csv_resources if len(primary_key(r)) == 1]
    rows = " UNION ALL ".join(
        f"SELECT {value(r['name'])} AS table_name, {name(primary_key(r)[0])} AS row_id FROM {name(r['name'])}"
        for r in single
    )
    pairs = [(r["name"], column) for r in package.resources for column in column_names(r)]
    database.execute(f"CREATE VIEW all_rows AS {rows}")
    database.execute(f"CREATE VIEW all_columns AS {listed(['table_name', 'column_name'], pairs)}")
    cited = [(r["name"],) for r in package.resources if r["cited"]]
    database.execute(f"CREATE VIEW cited_tables AS {listed(['table_name'], cited)}")


def table_checks(package: Package, resource: dict[str, Any]) -> Iterator[Check]:
    """The constraints of a table's cells and the expectations of its suite, over typed columns."""
    typed = Columns(resource, frozenset())
    yield from cell_checks(typed)
    suite = package.root / "validation" / "expectations" / f"{resource['name']}.json"
    for expectation in load_suite(suite, "model")[0] if suite.exists() else ():
        yield expectation_check(typed, expectation)


def key_queries(package: Package, resource: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Column, check and a SELECT of what fails of each key: values that stand twice, cells that lead nowhere."""
    table, key = name(resource["name"]), primary_key(resource)
    columns = ", ".join(map(name, key))
    yield key[0], "primary-key", f"SELECT 1 FROM {table} GROUP BY {columns} HAVING COUNT(*) > 1"
    for field in fields_of(resource):
        if field.get("constraints", {}).get("unique"):
            column = name(field["name"])
            distinct = f"SELECT COUNT({column}) - COUNT(DISTINCT {column}) AS again FROM {table}"
            yield field["name"], "unique", f"SELECT unnest(range(again)) FROM ({distinct}) AS counted"
    for own, target, there in foreign_keys(resource):
        rule = "unknown-code" if package.resource(target)["group"] == "codes" else "foreign-key"
        ids = f"(SELECT {name(there)} AS id FROM {name(target)}) AS there"
        yield own, rule, f"SELECT 1 FROM {table} ANTI JOIN {ids} ON {name(own)} = id WHERE {name(own)} IS NOT NULL"
