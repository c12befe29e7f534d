"""Names and values as DuckDB's SQL writes them."""

import re
from collections.abc import Iterable
from typing import Any

CLASS_OR_ESCAPE = re.compile(r"(\[\^?\]?(?:\\.|[^\]\\])*\])|\\.", re.DOTALL)
ANY_SCRIPT = {r"\d": r"\p{Nd}", r"\D": r"\P{Nd}", r"\w": r"\p{L}\p{N}_"}  # as Python reads them, and not of ASCII alone


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
    return f"regexp_matches({column}, {value(f'^(?:{in_any_script(pattern)})$')})"


def in_any_script(pattern: str) -> str:
    """A regular expression in which \\d and \\w stand for the digits and letters of every script."""

    def spelt(found: re.Match[str]) -> str:
        if found[1]:
            return re.sub(r"\\.", lambda escape: ANY_SCRIPT.get(escape[0], escape[0]), found[1])
        return f"[{ANY_SCRIPT[found[0]]}]" if found[0] in ANY_SCRIPT else found[0]

    return CLASS_OR_ESCAPE.sub(spelt, pattern)
