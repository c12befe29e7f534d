"""DuckDB's SQL as Spark's, by sqlglot, and what sqlglot leaves as it is."""

import unicodedata
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from scripts.engines.engine import EngineError

REGULAR = r"\.[]{}()*+-?^$|"  # characters that mean something in a regular expression


def in_spark(sql: str) -> str:
    """One statement of DuckDB's in Spark's dialect. Raises EngineError where it cannot be read."""
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
    except SqlglotError as error:
        raise EngineError(f"sqlglot cannot read it: {' '.join(str(error).split())[:200]}") from error
    return str(tree.transform(rewritten).sql(dialect="spark"))


def rewritten(node: Any) -> Any:
    """A part of a statement that means another thing in Spark, in words that mean the same."""
    if isinstance(node, exp.CTE):
        node.set("materialized", None)
    if isinstance(node, exp.Cast) and is_row(node.this):
        return exp.func("TO_JSON", exp.func("STRUCT", exp.column("*", table=node.this.name, quoted=False)))
    if isinstance(node, exp.Exists) and isinstance(node.parent, exp.Binary):
        return exp.Paren(this=node.copy())  # Spark takes it as one side of a comparison in parentheses alone
    return node


def is_row(node: exp.Expression) -> bool:
    """Whether a column is a whole row: the alias of a relation of the same SELECT."""
    if not isinstance(node, exp.Column) or node.table:
        return False
    select = node.find_ancestor(exp.Select)
    return select is not None and node.name in {table.alias for table in select.find_all(exp.Table) if table.alias}


def strip_accents(text: str | None) -> str | None:
    """DuckDB's function of that name: the text without the marks that stand on letters."""
    if text is None:
        return None
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
