"""The rules across tables on an engine: their own SQL, over the typed tables and the relations made from them."""

from collections.abc import Sequence

from scripts.engines.columns import Columns
from scripts.engines.literals import name, value
from scripts.engines.schema_sql import raw
from scripts.package import Package, column_names, primary_key
from scripts.rules import Rule

Relations = dict[str, str]  # the SELECT of each relation by name


def derived(package: Package, tables: dict[str, Columns]) -> Relations:
    """all_rows of some tables, all_columns and cited_tables of the package; see scripts/rules.py.

    No row of these tables is without an id, so that a join need not look at each.
    """
    rows = [
        f"SELECT {value(table)} AS table_name, {columns.one(primary_key(columns.resource)[0]).text} AS row_id"
        f" FROM {name(raw(table))}"
        for table, columns in tables.items()
        if len(primary_key(columns.resource)) == 1
    ]
    pairs = [(r["name"], column) for r in package.resources for column in column_names(r)]
    cited = [(r["name"],) for r in package.resources if r["cited"]]
    return {
        "all_rows": " UNION ALL ".join(rows) or "SELECT '' AS table_name, '' AS row_id WHERE FALSE",
        "all_columns": listed(["table_name", "column_name"], pairs),
        "cited_tables": listed(["table_name"], cited),
    }


def listed(columns: list[str], rows: Sequence[tuple[str, ...]]) -> str:
    """A SELECT of some rows of text."""
    if not rows:
        empty = ", ".join(f"'' AS {column}" for column in columns)
        return f"SELECT {empty} WHERE FALSE"
    cells = ", ".join(f"({', '.join(map(value, row))})" for row in rows)
    return f"SELECT * FROM (VALUES {cells}) AS listed({', '.join(columns)})"


def in_parentheses(rule: Rule) -> str:
    """A rule as a relation of another SELECT."""
    return f"(\n{rule.sql.strip().removesuffix(';')}\n) AS rule"
