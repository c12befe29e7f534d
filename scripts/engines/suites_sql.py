"""The suites on DuckDB: each expectation as SQL."""

from typing import Any

from scripts.engines.checks import Check
from scripts.engines.columns import Columns
from scripts.engines.conditions_sql import NoSql
from scripts.engines.expectations_sql import expectation_check
from scripts.engines.relations import Relation
from scripts.engines.table_checks import Result, Runner
from scripts.problems import Problem
from scripts.suites import broken


def run_suite(
    runner: Runner, relation: Relation, columns: Columns, suite: list[dict[str, Any]]
) -> tuple[list[Result], list[Problem]]:
    """What the expectations of one table found, and those that have no SQL."""
    checks: list[Check] = []
    refused: list[Problem] = []
    for expectation in suite:
        try:
            checks.append(expectation_check(columns, expectation))
        except (NoSql, KeyError, TypeError) as error:
            path = f"validation/expectations/{relation.table}.json"
            what = error if isinstance(error, NoSql) else f"{type(error).__name__} {error}"
            refused.append(broken(path, expectation, f"this engine does not know the {what}"))
    return runner.check({relation.table: relation}, {relation.table: columns}, checks), refused
