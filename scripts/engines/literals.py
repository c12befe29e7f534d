"""Names and values as DuckDB's SQL writes them."""

from collections.abc import Iterable
from typing import Any


def name(column: str) -> str:
    """A column or relation by its name."""
    return '"' + column.replace('"', '""') + '"'


def value(item: Any) -> str:
    """A text, number or truth value as a literal. Raises TypeError for any other value."""
    if isinstance(item, bool):
        return "TRUE" if item else "FALSE"
    if isinstance(item, str):
        return "'" + item.replace("'", "''") + "'"
    if isinstance(item, int | float):
        return repr(item)
    raise TypeError(f"{item!r} is no text, number or truth value")


def values(items: Iterable[Any]) -> str:
    """Values in parentheses, as IN takes them."""
    return f"({', '.join(value(item) for item in items)})"


def whole(column: str, pattern: str) -> str:
    """Whether a text matches a regular expression from its first character to its last."""
    return f"regexp_matches({column}, {value(f'^(?:{pattern})$')})"
