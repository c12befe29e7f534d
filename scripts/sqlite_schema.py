"""SQLite's tables as the descriptor describes them: DDL, indexes and cells.

Dates are ISO text, times HH:MM text, booleans 0 or 1. Two tables get a computed column `label`, so that links to their
rows can be read by people.
"""

import datetime as dt
from typing import Any

import pyarrow as pa

from scripts.package import column_names, fields_of, foreign_keys, is_required, primary_key

SQLITE_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
    "time": "TEXT",
}
PAGES = "'p. ' || page || CASE WHEN page_latest > page THEN '–' || page_latest ELSE '' END"
DAYS = "date_start || CASE WHEN date_end <> date_start THEN '–' || date_end ELSE '' END"
LABELS = {
    "events": (
        f"event_type || coalesce(', ' || {DAYS}, '')",
        "Type and days, made by the build. Titles name people; this label, which stands beside officials, does not.",
    ),
    "passages": (
        f"CASE WHEN page IS NULL THEN section ELSE section || ', ' || {PAGES} END",
        "Section and page, made by the build; two page numbers are the earliest and latest that it can be.",
    ),
    "provisions": (
        "instrument || coalesce(', art. ' || article, '') || coalesce(', part ' || part, '')",
        "Instrument, article and part, made by the build.",
    ),
}
Cell = str | int | float | None


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """An enum's value as an SQL literal."""
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def column_ddl(field: dict[str, Any]) -> str:
    """The DDL of one column: type, NOT NULL where required, CHECK for an enum or a boolean."""
    name = quoted(field["name"])
    parts = [name, SQLITE_TYPES[field["type"]]]
    if is_required(field):
        parts.append("NOT NULL")
    allowed = [0, 1] if field["type"] == "boolean" else field.get("constraints", {}).get("enum")
    if allowed is not None:
        parts.append(f"CHECK ({name} IN ({', '.join(literal(value) for value in allowed)}))")
    return " ".join(parts)


def table_ddl(resource: dict[str, Any]) -> str:
    """CREATE TABLE of a resource: columns, primary key, foreign keys; STRICT, so that SQLite refuses other types."""
    name = resource["name"]
    lines = [column_ddl(field) for field in fields_of(resource)]
    if name in LABELS:
        lines.append(f"label TEXT GENERATED ALWAYS AS ({LABELS[name][0]}) VIRTUAL")
    lines.append(f"PRIMARY KEY ({', '.join(quoted(column) for column in primary_key(resource))})")
    lines += [
        f"FOREIGN KEY ({quoted(column)}) REFERENCES {quoted(table)} ({quoted(other)})"
        for column, table, other in foreign_keys(resource)
    ]
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {quoted(name)} (\n  {body}\n) STRICT"


def index_ddl(resource: dict[str, Any]) -> list[str]:
    """CREATE INDEX for each foreign key that does not lead the primary key, and for the pair table_name, row_id."""
    name, leading = resource["name"], primary_key(resource)[0]
    keys = [[column] for column, _, _ in foreign_keys(resource) if column != leading]
    if {"table_name", "row_id"} <= set(column_names(resource)):
        keys.append(["table_name", "row_id"])
    return [
        f"CREATE INDEX {quoted('_'.join(['index', name, *key]))} ON {quoted(name)} ({', '.join(map(quoted, key))})"
        for key in keys
    ]


def cell(value: Any) -> Cell:
    """An Arrow value as SQLite keeps it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value  # type: ignore[no-any-return]


def insert_sql(resource: dict[str, Any]) -> str:
    """INSERT of one row of a resource."""
    columns = column_names(resource)
    names = ", ".join(map(quoted, columns))
    return f"INSERT INTO {quoted(resource['name'])} ({names}) VALUES ({', '.join('?' * len(columns))})"


def rows_in_key_order(resource: dict[str, Any], table: pa.Table) -> list[tuple[Cell, ...]]:
    """A table's rows as SQLite keeps them, by primary key."""
    ordered = table.sort_by([(column, "ascending") for column in primary_key(resource)])
    columns = [ordered.column(name).to_pylist() for name in column_names(resource)]
    return [tuple(cell(value) for value in row) for row in zip(*columns, strict=True)]
