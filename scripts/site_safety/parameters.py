"""What each parameter of Datasette's pages may be. What is not listed here is refused before Datasette sees it.

Of Datasette's own parameters these are left out: `_where` (SQL has its own page), `_through`, `_fts_table`, `_fts_pk`,
`_facet_array` (no column holds a list), `_ttl`, `_timelimit`, `_trace` and `_context`.
"""

import json
import re
from collections.abc import Callable

from scripts.site_safety.schema import Table

Check = Callable[[str, Table], bool]
Pairs = list[tuple[str, str]]

MAX_ROWS = 2000
MAX_INTEGER = 2**63 - 1
MAX_LIST = 200
NUMBER = re.compile(r"[0-9]{1,4}")
TILDE = re.compile(r"(?:[A-Za-z0-9_+-]|~[0-9A-F]{2})+")
LOOKUPS = {"exact", "not", "contains", "endswith", "startswith", "gt", "gte", "lt", "lte", "like", "notlike", "glob",
           "in", "notin", "date", "isnull", "notnull", "isblank", "notblank"}  # fmt: skip
FILTER_FORM = re.compile(r"_filter_(column|op|value)(?:_[0-9]{1,2})?")


def is_switch(value: str, table: Table) -> bool:
    """On or off, in the words that Datasette takes."""
    return value.lower() in {"1", "0", "on", "off", "true", "false", "t", "f", ""}


def is_column(value: str, table: Table) -> bool:
    """A column of the table."""
    return value in table.columns


def is_column_or_empty(value: str, table: Table) -> bool:
    """A column, or nothing, as a form sends it."""
    return value == "" or value in table.columns


def is_size(value: str, table: Table) -> bool:
    """A number of rows."""
    return value in ("", "max") or (bool(NUMBER.fullmatch(value)) and int(value) <= MAX_ROWS)


def is_next(value: str, table: Table) -> bool:
    """Where the next page begins: a number for a view, else a key, with the sorted value before it or not."""
    if value == "":
        return True
    if table.is_view:
        return bool(re.fullmatch(r"[0-9]{1,6}", value))
    parts = value.split(",")
    return len(parts) in (table.keys, table.keys + 1) and all(p == "$null" or TILDE.fullmatch(p) for p in parts)


def is_any(value: str, table: Table) -> bool:
    """Any text."""
    return True


def is_search(value: str, table: Table) -> bool:
    """Any text, where the table can be searched."""
    return bool(table.searched)


def one_of(*values: str) -> Check:
    """A check for some words."""
    return lambda value, table: value in values


JSON: dict[str, Check] = {
    "_shape": one_of("arrays", "objects", "object", "array", "arrayfirst"),
    "_nl": is_switch,
    "_json": is_column,
    "_json_infinity": is_switch,
}
TABLE: dict[str, Check] = JSON | {
    "_sort": is_column_or_empty,
    "_sort_desc": is_column_or_empty,
    "_sort_by_desc": is_switch,
    "_col": is_column,
    "_nocol": is_column,
    "_facet": is_column,
    "_facet_date": is_column,
    "_facet_size": is_size,
    "_size": is_size,
    "_next": is_next,
    "_search": is_search,
    "_searchmode": one_of("escaped", "raw"),
    "_label": is_column,
    "_labels": is_switch,
    "_nocount": is_switch,
    "_nofacet": is_switch,
    "_nosuggest": is_switch,
    "_dl": is_switch,
    "_stream": is_switch,
    "_header": is_switch,
}
ROW: dict[str, Check] = JSON | {"_label": is_column, "_labels": is_switch}
QUERY: dict[str, Check] = {key: check for key, check in JSON.items() if key != "_json"} | {
    "_hide_sql": is_switch,
    "_show_sql": is_switch,
    "_size": is_size,
    "_dl": is_switch,
    "_header": is_switch,
    "_nl": is_switch,
}
DATABASE: dict[str, Check] = {"_show_hidden": is_switch}


def is_list(value: str) -> bool:
    """A list for `in`: of commas, or JSON of texts and whole numbers."""
    if not value.startswith("["):
        return value.count(",") < MAX_LIST
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return False
    return len(found) <= MAX_LIST and all(
        isinstance(item, str) or (isinstance(item, int) and abs(item) <= MAX_INTEGER) for item in found
    )


def is_filter(name: str, value: str, table: Table) -> bool:
    """Whether `name` is a column of the table, with a lookup or without, and the value one that it takes."""
    column, _, lookup = name.rpartition("__") if "__" in name else (name, "", "exact")
    if column not in table.columns or lookup not in LOOKUPS:
        return False
    if lookup in ("in", "notin"):
        return is_list(value)
    return not value.isdigit() or (value.isascii() and int(value) <= MAX_INTEGER)


def is_filter_form(part: str, value: str, table: Table) -> bool:
    """Whether a value is what the form above a table sends: a column, a lookup or a value."""
    if part == "column":
        return is_column_or_empty(value, table)
    return part == "value" or value.partition("__")[0] in LOOKUPS | {""}


def table_fault(pairs: Pairs, table: Table) -> str | None:
    """The first parameter of a table's page that is none, or whose value is none; None where all are."""
    values = dict(pairs)
    if values.get("_sort") and values.get("_sort_desc"):
        return "_sort_desc"
    for name, value in pairs:
        form = FILTER_FORM.fullmatch(name)
        if form:
            fits = is_filter_form(form[1], value, table)
        elif name.startswith("_search_"):
            fits = name.removeprefix("_search_") in table.searched
        elif name in TABLE:
            fits = TABLE[name](value, table)
        else:
            fits = is_filter(name, value, table)
        if not fits:
            return name
    return None


def closed_fault(pairs: Pairs, known: dict[str, Check], table: Table) -> str | None:
    """The first parameter beginning with `_` that is not known or whose value does not fit; None where all do."""
    return next((n for n, v in pairs if n.startswith("_") and not (n in known and known[n](v, table))), None)
