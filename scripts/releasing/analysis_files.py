"""analysis/: flat tables for people who do not join, as CSV and Parquet, and a page that says what a row of each is."""

import csv
import datetime as dt
import io
import sqlite3
from contextlib import closing
from typing import Any

import pyarrow as pa

from scripts.build_parquet import parquet_bytes
from scripts.dictionary import as_code, markdown_table
from scripts.package import provenance
from scripts.releasing.edition import Edition
from scripts.releasing.flat_tables import FlatTable, flat_tables
from scripts.releasing.made import Made
from scripts.releasing.tables import marked
from scripts.views import CAVEAT

FOLDER = "analysis"
INTRODUCTION = """\
# Flat tables

One table a question, with names, labels and pages joined: each as CSV and as Parquet. The name of a file says what one
row is. The tables in this folder have a column `cite` with the section and page of each passage that supports the row;
those in `views/` are the named views of the database. Every column of a code keeps the code; the column ending in
`_label` has its English label. Where a description says 1 or 0, these files say true or false."""


def analysis_files(edition: Edition, database: bytes) -> list[Made]:
    """Each flat table twice, and README.md; `database` is the edition's. Raises ValueError as `flat_tables` does."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        tables = flat_tables(edition.package, connection)
    made = [file for table in tables for file in (csv_file(table), parquet_file(edition, table))]
    return [*made, Made(f"{FOLDER}/README.md", readme(edition, tables).encode(), "What a row of each flat table is")]


def csv_file(table: FlatTable) -> Made:
    """A flat table as CSV, in the form of the package's own."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.rows.column_names)
    writer.writerows([as_text(cell) for cell in row.values()] for row in table.rows.to_pylist())
    path = f"{FOLDER}/{table.stem}.csv"
    return Made(path, file.getvalue().encode(), table.view.sentence, table.name, table.rows.num_rows)


def as_text(cell: Any) -> str:
    """A cell as the package's CSVs write it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def parquet_file(edition: Edition, table: FlatTable) -> Made:
    """A flat table as Parquet, with the description of each column."""
    fields = [field.with_metadata({"description": table.columns[field.name]}) for field in table.rows.schema]
    descriptor = edition.package.descriptor
    about = {"title": table.view.title, "description": f"{table.view.sentence} {CAVEAT}"}
    about |= {"version": edition.version} | provenance(descriptor)
    rows = table.rows.cast(pa.schema(fields, metadata=about))
    path = f"{FOLDER}/{table.stem}.parquet"
    return Made(path, parquet_bytes(marked(rows, edition)), table.view.sentence, table.name, rows.num_rows)


def readme(edition: Edition, tables: list[FlatTable]) -> str:
    """What one row of each table is, how many it has, what is left out, and each of its columns."""
    lines = [INTRODUCTION, "", CAVEAT, "", *edition.draft_lines]
    for table in tables:
        rows = [[as_code(name), text] for name, text in table.columns.items()]
        lines += [f"## {table.stem}", "", f"{table.view.sentence} {table.rows.num_rows:,} rows.", ""]
        lines += [f"Left out: {table.leaves_out}", ""] if table.leaves_out else []
        lines += [*markdown_table(["Column", "Meaning"], rows), ""]
    return "\n".join(lines).rstrip("\n") + "\n"
