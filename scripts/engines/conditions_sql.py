"""The row conditions of expectations as SQL: which rows an expectation is about.

A row without a value is not among those that a condition names: it is outside any list, and unequal to any value, as in
pandas. SQL alone would leave it undecided, so each condition says so.
"""

from typing import Any

from scripts.engines.literals import name, value, values

COMPARISONS = {"==": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class NoSql(ValueError):
    """An expectation that has no SQL here; the message says what in it."""


def condition_sql(condition: Any) -> str:
    """A row condition that is true or false of each row, and never null. Raises NoSql for another form."""
    kind = condition.get("type") if isinstance(condition, dict) else None
    if kind in ("and", "or"):
        return f" {kind.upper()} ".join(f"({condition_sql(part)})" for part in condition["conditions"])
    if kind == "nullity":
        return f"{name(condition['column']['name'])} IS {'' if condition['is_null'] else 'NOT '}NULL"
    if kind != "comparison":
        raise NoSql(f"row_condition {condition}")
    column, operator, parameter = name(condition["column"]["name"]), condition["operator"], condition["parameter"]
    if operator == "IN":
        return f"COALESCE({column} IN {values(parameter)}, FALSE)"
    if operator == "NOT_IN":
        return f"COALESCE({column} NOT IN {values(parameter)}, TRUE)"
    if operator == "!=":
        return f"COALESCE({column} <> {value(parameter)}, TRUE)"
    if operator not in COMPARISONS:
        raise NoSql(f"operator {operator}")
    return f"COALESCE({column} {COMPARISONS[operator]} {value(parameter)}, FALSE)"
