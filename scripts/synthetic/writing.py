"""Write a synthetic package: its tables by DuckDB, batch by batch, its descriptor, checks and planted faults."""

import copy
import csv
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scripts.engines.literals import name, value, values
from scripts.files import CannotRun
from scripts.package import Package, fields_of
from scripts.progress import told
from scripts.rules import load_rules
from scripts.synthetic.faults import NEAR, Kind, kinds, shares
from scripts.synthetic.sizes import Sizes
from scripts.synthetic.tables import macros, tables

FORMATS = ("parquet", "csv")
MEMORY = "600MB"
PARTITIONED = {"acts": "event_of(n)", "events": "n"}  # the event by which a row falls into its partition
FINGERPRINTS = "data/parquet/fingerprints.parquet"
DIGITS = re.compile(r"\[0-9\]\{4(,5)?\}|\[0-9\]\{5\}")  # of ids, in the descriptor's patterns
WIDER = "[0-9]{4,12}"
TYPES = {
    "string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "time": "TIME",
}  # fmt: skip
COPIED = ("act_types", "event_types", "penalty_types", "person_types", "institution_types", "rights")


@dataclass(frozen=True)
class Writing:
    """What is to be written, and where."""

    package: Package
    sizes: Sizes
    out: Path
    format: str
    partitioned: bool
    memory: str = MEMORY

    def write(self, seed: int, faults: int) -> int:
        """Write everything; returns the number of rows."""
        (self.out / "data" / "parquet").mkdir(parents=True)
        with tempfile.TemporaryDirectory(dir=self.out) as spill, duckdb.connect(":memory:") as connection:
            connection.execute(f"SET memory_limit = {value(self.memory)}")
            connection.execute(f"SET temp_directory = {value(spill)}")
            connection.execute("SET enable_progress_bar = false")
            connection.execute(macros(self.sizes, seed))
            for table in COPIED:
                codes = f"read_csv({value(str(self.package.csv_path(table)))}, all_varchar = true, header = true)"
                connection.execute(f"CREATE TABLE {name(table)} AS SELECT * FROM {codes}")
            planted = plant(connection, self.sizes, faults)
            rows = sum(self._table(connection, resource) for resource in self.package.resources)
        (self.out / "datapackage.json").write_text(
            json.dumps(self.descriptor(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        self._checks()
        if faults:
            with (self.out / "planted.csv").open("w", encoding="utf-8", newline="") as file:
                lines = sorted((kind.table, row_id, kind.column, kind.rule) for kind, row_id in planted)
                csv.writer(file, lineterminator="\n").writerows([("table", "row_id", "column", "rule"), *lines])
        return rows

    def _table(self, connection: duckdb.DuckDBPyConnection, resource: dict[str, Any]) -> int:
        """Write one table; returns the number of its rows."""
        table = str(resource["name"])
        told("synthesize", f"writing {table} …")
        made = tables(self.sizes)
        rows = with_faults(table, made[table], self.sizes) if table in made else f"SELECT *, 0 AS n FROM {name(table)}"
        if table not in made and table not in COPIED:
            rows = "SELECT 0 AS n WHERE FALSE"
        there = {column for column, *_ in connection.execute(f"DESCRIBE {rows}").fetchall()}
        columns = [self._cell(field, field["name"] in there, self._path(table)) for field in fields_of(resource)]
        if self.partitioned and table in PARTITIONED:
            event = PARTITIONED[table]
            year = f"coalesce(CAST(year(start_of({event})) AS VARCHAR), 'unknown')"
            columns += [f"{year} AS year", f"country_of(place_of({event})) AS country"]
            into, how = self.out / "data" / table, ", PARTITION_BY (year, country)"
        else:
            into, how = self.out / self._path(table), ""
        form = (
            "FORMAT parquet, COMPRESSION zstd"
            if into.suffix == ".parquet" or self.format == "parquet"
            else "FORMAT csv, HEADER"
        )
        copied = connection.execute(
            f"COPY (SELECT {', '.join(columns)} FROM ({rows}) AS rows) TO {value(str(into))} ({form}{how})"
        )
        return int(copied.fetchall()[0][0])

    def _path(self, table: str) -> str:
        """The file of a table, or its folder."""
        if table == "fingerprints":
            return FINGERPRINTS
        return f"data/{table}/" if self.partitioned and table in PARTITIONED else f"data/{table}.{self.format}"

    def _cell(self, field: dict[str, Any], is_there: bool, path: str) -> str:
        """A column typed as the schema says; in CSV, as its type is written."""
        column = name(field["name"])
        cell = f"CAST({column if is_there else 'NULL'} AS {TYPES[field['type']]})"
        if self.format == "csv" and path != FINGERPRINTS and field["type"] == "number":
            cell = f"regexp_replace(CAST({cell} AS VARCHAR), '\\.0$', '')"
        elif self.format == "csv" and field["type"] == "time":
            cell = f"substr(CAST({cell} AS VARCHAR), 1, 5)"
        return f"{cell} AS {column}"

    def descriptor(self) -> dict[str, Any]:
        """This package's descriptor with wider ids, over files elsewhere, and saying what it is of."""
        descriptor = copy.deepcopy(self.package.descriptor)
        descriptor |= {
            "name": "synthetic",
            "title": "A synthetic package: nobody in it exists and nothing in it happened",
            "description": f"Made by scripts/synthesize.py: {self.sizes.acts:,} invented acts and what goes with them.",
            "sources": [{"title": "scripts/synthesize.py"}],
        }
        for resource in descriptor["resources"]:
            path = self._path(resource["name"])
            resource["path"] = path
            resource["format"] = "parquet" if path == FINGERPRINTS else self.format
            for key in ("mediatype", "encoding", "bytes", "hash", "sources"):
                resource.pop(key, None)
            for field in resource["schema"]["fields"]:
                constraints = field.get("constraints", {})
                if "pattern" in constraints:
                    constraints["pattern"] = DIGITS.sub(WIDER, constraints["pattern"])
        return descriptor

    def _checks(self) -> None:
        """Copy the suites and rules of scope model, and what the gate needs beside them."""
        base, into = self.package.root / "validation", self.out / "validation"
        (into / "expectations").mkdir(parents=True)
        (into / "rules").mkdir()
        for copied in ("descriptor.schema.json", "checks.json"):
            shutil.copyfile(base / copied, into / copied)
        for rule in load_rules(base / "rules", "model")[0]:
            (into / "rules" / f"{rule.rule_id}.sql").write_text(rule.sql, encoding="utf-8")
        for file in sorted((base / "expectations").glob("*.json")):
            suite = json.loads(file.read_text(encoding="utf-8"))
            kept = [e for e in suite["expectations"] if e["meta"]["scope"] == "model"]
            if kept:
                text = json.dumps(suite | {"expectations": kept}, ensure_ascii=False, indent=2)
                (into / "expectations" / file.name).write_text(text + "\n", encoding="utf-8")


Planted = list[tuple[Kind, str]]  # each fault's kind and the id of the row that its check must name


def plant(connection: duckdb.DuckDBPyConnection, sizes: Sizes, faults: int) -> Planted:
    """Choose the rows of the faults, in the table `planted(kind, n)`. Raises CannotRun where there are too few."""
    connection.execute("CREATE TABLE planted (kind BIGINT, n BIGINT)")
    made, planted = tables(sizes), []
    every = kinds(sizes)
    for number, (kind, wanted) in enumerate(zip(every, shares(faults, len(every)), strict=True)):
        if kind.rows:
            found = connection.execute(f"SELECT i, {kind.row_id} FROM range({wanted}) AS r(i)").fetchall()
        else:
            same = values([n for n, other in enumerate(every) if other.table == kind.table])
            first = sizes.persons if f"n >= {sizes.persons}" in kind.where else 0
            rows = (
                f"SELECT n, {kind.row_id} FROM ({made[kind.table]}) AS rows WHERE n < {first + NEAR * max(wanted, 1)}"
                f" AND n NOT IN (SELECT n FROM planted WHERE kind IN {same}) AND {kind.where} ORDER BY n LIMIT {wanted}"
            )
            found = connection.execute(rows).fetchall() if wanted else []
        if len(found) < wanted:
            raise CannotRun(f"{sizes.acts:,} acts leave no room for {wanted} faults of {kind.rule}: ask for fewer")
        if found:
            connection.executemany("INSERT INTO planted VALUES (?, ?)", [(number, n) for n, _ in found])
        planted += [(kind, str(row_id)) for _, row_id in found]
    return planted


def with_faults(table: str, rows: str, sizes: Sizes) -> str:
    """A SELECT of a table's rows with the planted cells and rows."""
    changed: dict[str, list[str]] = {}
    added = []
    for number, kind in enumerate(kinds(sizes)):
        if kind.table == table:
            for column, cell in kind.cells:
                changed.setdefault(column, []).append(f"WHEN {number} THEN {cell}")
        added += [
            f"SELECT {columns}, -1 AS n FROM (SELECT n AS i FROM planted WHERE kind = {number}) AS planted"
            for of, columns in kind.rows
            if of == table
        ]
    numbers = ", ".join(str(n) for n, kind in enumerate(kinds(sizes)) if kind.table == table and kind.cells)
    if changed:
        rows = (
            f"SELECT *, NULL AS target_person_id, NULL AS relation_to_target FROM ({rows}) AS rows"
            if table == "acts"
            else rows
        )
        replaced = ", ".join(
            f"CASE fault.kind {' '.join(cases)} ELSE {name(c)} END AS {name(c)}" for c, cases in changed.items()
        )
        here = f"(SELECT kind, n AS row FROM planted WHERE kind IN ({numbers})) AS fault"
        joined = f"({rows}) AS rows LEFT JOIN {here} ON fault.row = rows.n"
        rows = f"SELECT * EXCLUDE (kind, row) REPLACE ({replaced}) FROM {joined}"
    return "\nUNION ALL BY NAME ".join([f"({rows})", *added])
