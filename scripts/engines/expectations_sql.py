"""The suites' expectations as SQL, for DuckDB, which Great Expectations does not speak.

The list of types is closed: one that is not on it, or a keyword that is not read here, is refused. What each means is
what Great Expectations on pandas finds; tests/test_engines.py compares the two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from scripts.engines.checks import Check, Told
from scripts.engines.columns import Columns
from scripts.engines.conditions_sql import NoSql, condition_sql
from scripts.engines.literals import name, value, values
from scripts.package import column_names, primary_key
from scripts.suites import cell_words

Keywords = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """How a type of expectation becomes SQL.

    `judged` says which rows have a value to judge, and `bad` which of those fail; `repeated`: the rows that share their
    value with another fail; `observed`: the table as a whole has a figure, between min_value and max_value.
    """

    keywords: frozenset[str]
    judged: Callable[[Keywords], str] = lambda keywords: "TRUE"
    bad: Callable[[Keywords], str] | None = None
    repeated: bool = False
    observed: Callable[[Keywords], str] | None = None


def filled(keywords: Keywords) -> str:
    """That the cell is filled."""
    return f"{name(keywords['column'])} IS NOT NULL"


def both_filled(keywords: Keywords) -> str:
    """That both cells of a pair are filled; any other treatment of missing cells is refused."""
    if keywords.get("ignore_row_if") != "either_value_is_missing":
        raise NoSql("a pair without ignore_row_if: either_value_is_missing")
    return f"{name(keywords['column_A'])} IS NOT NULL AND {name(keywords['column_B'])} IS NOT NULL"


def all_filled(keywords: Keywords) -> str:
    """That no cell of a list of columns is missing, where the expectation leaves such rows out."""
    ignored = keywords.get("ignore_row_if", "never")
    if ignored not in ("any_value_is_missing", "never"):
        raise NoSql(f"ignore_row_if: {ignored}")
    columns = [f"{name(column)} IS NOT NULL" for column in keywords["column_list"]]
    return " AND ".join(columns) if ignored == "any_value_is_missing" else "TRUE"


def outside(keywords: Keywords, of: str) -> str:
    """That a figure is below min_value or above max_value."""
    bounds = [(keywords.get("min_value"), "<"), (keywords.get("max_value"), ">")]
    return " OR ".join(f"{of} {sign} {value(bound)}" for bound, sign in bounds if bound is not None) or "FALSE"


def ordered(keywords: Keywords) -> str:
    """That the first of a pair is not greater than the second, or, where that will do, less than it."""
    sign = "<" if keywords.get("or_equal", False) else "<="
    return f"{name(keywords['column_A'])} {sign} {name(keywords['column_B'])}"


COLUMN, PAIR, BOUNDS = {"column"}, {"column_A", "column_B", "ignore_row_if"}, {"min_value", "max_value"}
ROWS = {"row_condition", "mostly"}
FORMS = {
    "expect_column_values_to_not_be_null": Form(
        frozenset(COLUMN | ROWS), bad=lambda k: f"{name(k['column'])} IS NULL"
    ),
    "expect_column_values_to_be_null": Form(
        frozenset(COLUMN | ROWS), bad=lambda k: f"{name(k['column'])} IS NOT NULL"
    ),
    "expect_column_values_to_be_in_set": Form(
        frozenset(COLUMN | ROWS | {"value_set"}),
        filled,
        lambda k: f"{name(k['column'])} NOT IN {values(k['value_set'])}"
    ),
    "expect_column_values_to_be_between": Form(
        frozenset(COLUMN | ROWS | BOUNDS), filled, lambda k: outside(k, name(k["column"]))
    ),
    "expect_column_value_lengths_to_be_between": Form(
        frozenset(COLUMN | ROWS | BOUNDS), filled, lambda k: outside(k, f"LENGTH({name(k['column'])})")
    ),
    "expect_column_values_to_not_match_regex": Form(
        frozenset(COLUMN | ROWS | {"regex"}),
        filled,
        lambda k: f"regexp_matches({name(k['column'])}, {value(k['regex'])})"
    ),
    "expect_column_values_to_be_unique": Form(frozenset(COLUMN | {"row_condition"}), filled, repeated=True),
    "expect_column_pair_values_to_be_equal": Form(
        frozenset(PAIR | ROWS), both_filled, lambda k: f"{name(k['column_A'])} <> {name(k['column_B'])}"
    ),
    "expect_column_pair_values_a_to_be_greater_than_b": Form(
        frozenset(PAIR | ROWS | {"or_equal"}), both_filled, ordered
    ),
    "expect_compound_columns_to_be_unique": Form(
        frozenset({"column_list", "ignore_row_if", "row_condition"}), all_filled, repeated=True
    ),
    "expect_column_proportion_of_non_null_values_to_be_between": Form(
        frozenset(COLUMN | BOUNDS | {"row_condition"}),
        observed=lambda k: f"COALESCE(CAST(COUNT({name(k['column'])}) AS DOUBLE) / NULLIF(COUNT(*), 0), 0)",
    ),
    "expect_column_unique_value_count_to_be_between": Form(
        frozenset(COLUMN | BOUNDS | {"row_condition"}), observed=lambda k: f"COUNT(DISTINCT {name(k['column'])})"
    ),
}  # fmt: skip


def expectation_check(columns: Columns, expectation: dict[str, Any]) -> Check:
    """An expectation of one table as a check. Raises NoSql where its type, a keyword or a condition is not known."""
    meta, keywords = expectation["meta"], expectation["kwargs"]
    form = FORMS.get(expectation["type"])
    if form is None:
        raise NoSql(f"type {expectation['type']}")
    unread = sorted(set(keywords) - form.keywords)
    if unread:
        raise NoSql(f"keyword {unread[0]} of {expectation['type']}")
    concerned = named_columns(keywords)
    unknown = [column for column in concerned if column not in column_names(columns.resource)]
    if unknown:
        raise NoSql(f"column {unknown[0]}, which {columns.resource['name']} has not")
    table, path = str(columns.resource["name"]), str(columns.resource["path"])
    first = concerned[0]
    within = condition_sql(keywords["row_condition"]) if "row_condition" in keywords else "TRUE"
    if form.observed is not None:
        observed = f"SELECT {form.observed(keywords)} AS observed FROM {name(table)} WHERE {within}"
        rows = f"SELECT '' AS row_id, observed FROM ({observed}) AS figure WHERE {outside(keywords, 'observed')}"
        tell = partial(tell_figure, meta)
        return Check(table, path, first, meta["id"], meta["severity"], table, ("observed",), tell, rows=rows)
    shown = sorted(c for c in concerned if c in named(keywords) or c not in primary_key(columns.resource))
    cells = tuple(name(column) for column in shown)
    tell = partial(tell_row, meta, tuple(shown))
    check = partial(Check, table, path, first, meta["id"], meta["severity"], table, cells, tell)
    judged = f"({within}) AND ({form.judged(keywords)})"
    if form.repeated:
        return check(rows=repeated(columns, concerned, cells, judged))
    assert form.bad is not None
    bad = f"({judged} AND ({form.bad(keywords)}))"
    if keywords.get("mostly", 1) == 1:
        return check(bad=f"COALESCE({bad}, FALSE)")
    share = (
        f"SELECT COUNT(*) FILTER (WHERE {judged}) AS judged, COUNT(*) FILTER (WHERE {bad}) AS bad FROM {name(table)}"
    )
    rows = (
        f"SELECT {row_id_of(columns)} AS row_id, {', '.join(cells)} FROM {name(table)}"
        f" CROSS JOIN ({share}) AS share"
        f" WHERE {bad} AND share.judged - share.bad < {value(float(keywords['mostly']))} * share.judged"
    )
    return check(rows=rows)


def row_id_of(columns: Columns) -> str:
    """The row id in the typed table."""
    return " || '/' || ".join(f"CAST({name(column)} AS VARCHAR)" for column in primary_key(columns.resource))


def repeated(columns: Columns, concerned: list[str], cells: tuple[str, ...], judged: str) -> str:
    """A SELECT of the rows that share their cells with another row."""
    table, by = name(columns.resource["name"]), ", ".join(name(column) for column in concerned)
    twice = f"SELECT {by} FROM {table} WHERE {judged} GROUP BY {by} HAVING COUNT(*) > 1"
    same = " AND ".join(f"one.{name(column)} IS NOT DISTINCT FROM twice.{name(column)}" for column in concerned)
    ones = f"SELECT {row_id_of(columns)} AS named, {', '.join(sorted({*cells, *map(name, concerned)}))} FROM {table}"
    shown = ", ".join(f"one.{cell}" for cell in cells)
    return f"SELECT named AS row_id, {shown} FROM ({ones} WHERE {judged}) AS one JOIN ({twice}) AS twice ON {same}"


def named(keywords: Keywords) -> list[str]:
    """The columns that a message always shows: the one, the first of a pair, or the list."""
    return [str(keywords[key]) for key in ("column", "column_A") if key in keywords] + list(
        keywords.get("column_list", [])
    )


def named_columns(keywords: Keywords) -> list[str]:
    """All columns that an expectation judges, the one that a problem names first."""
    return named(keywords) + [keywords[key] for key in ("column_B",) if key in keywords]


def tell_row(meta: dict[str, Any], columns: tuple[str, ...], cells: tuple[Any, ...]) -> Told:
    """What to tell of a row that fails."""
    here = ", ".join(f"{column} is {cell_words(cell)}" for column, cell in zip(columns, cells, strict=True))
    return [(meta["id"], f"{meta['sentence']}: here {here}")]


def tell_figure(meta: dict[str, Any], cells: tuple[Any, ...]) -> Told:
    """What to tell of a table that fails as a whole."""
    figure = round(cells[0], 3) if isinstance(cells[0], float) else cells[0]
    return [(meta["id"], f"{meta['sentence']}: here {cell_words(figure)}")]
