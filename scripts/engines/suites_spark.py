"""The suites on Spark, by Great Expectations' own engine; rows that fail are looked up by the SQL used elsewhere.

Great Expectations on Spark leaves a row without a value undecided where a condition says NOT_IN, and on pandas takes it
in. Here such a condition says so itself, so that both find the same.
"""

import os
from itertools import product
from typing import Any, cast

from scripts.engines.columns import Columns
from scripts.engines.conditions_sql import NoSql
from scripts.engines.expectations_sql import expectation_check
from scripts.engines.relations import Relation
from scripts.engines.table_checks import Result, Runner
from scripts.problems import Problem
from scripts.suites import broken, failing, unrunnable, warm

VERDICT = {"result_format": "BOOLEAN_ONLY"}
COUNTS = {"result_format": "BASIC", "partial_unexpected_count": 0}


def run_suite(
    runner: Runner, relation: Relation, columns: Columns, suite: list[dict[str, Any]]
) -> tuple[list[Result], list[Problem]]:
    """What the expectations of one table found, and those that cannot be run."""
    path = f"validation/expectations/{relation.table}.json"
    checks, refused = {}, []
    for expectation in suite:
        try:
            checks[expectation["meta"]["id"]] = (expectation_check(columns, expectation), expectation)
        except (NoSql, KeyError, TypeError) as error:
            what = error if isinstance(error, NoSql) else f"{type(error).__name__} {error}"
            refused.append(broken(path, expectation, f"this engine does not know the {what}"))
    if not checks:
        return [], refused
    batch = batch_of(runner, relation.table)
    wrong = {key: reason for key, (_, e) in checks.items() if (reason := unrunnable(explicit(e)))}
    refused += [broken(path, checks[key][1], reason) for key, reason in wrong.items()]
    asked = {key: explicit(expectation) for key, (_, expectation) in checks.items() if key not in wrong}
    failed = [asked[key] for key, _ in failing(batch, list(asked.values()), VERDICT)]
    results: list[Result] = []
    for key, result in failing(batch, failed, COUNTS):
        check, expectation = checks[key]
        if not result.result:
            reasons = [v["exception_message"] for v in result.exception_info.values() if isinstance(v, dict)]
            refused.append(broken(path, expectation, reasons[0] if reasons else str(result.exception_info)))
            continue
        found = runner.check({relation.table: relation}, {relation.table: columns}, [check])[0][1]
        counted = result.result.get("unexpected_count")
        if counted is not None and counted != found.count:
            reason = f"Great Expectations finds {counted:,} rows, and its SQL {found.count:,}"
            refused.append(broken(path, expectation, reason))
        results.append((check, found))
    return results, refused


def batch_of(runner: Runner, table: str) -> Any:
    """A table as a batch of Great Expectations on Spark."""
    warm()
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_spark("tables", persist=False).add_dataframe_asset(table)
    frame = cast(Any, runner.engine).frame(table)
    return asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})


def explicit(expectation: dict[str, Any]) -> dict[str, Any]:
    """The expectation, its condition saying that a row without a value is outside any list."""
    keywords = expectation["kwargs"]
    if "row_condition" not in keywords:
        return expectation
    condition = disjunction([conjunction(parts) for parts in alternatives(keywords["row_condition"])])
    return expectation | {"kwargs": keywords | {"row_condition": condition}}


Condition = dict[str, Any]


def alternatives(condition: Condition) -> list[list[Condition]]:
    """A condition as alternatives, each a list of what must all be so, as Great Expectations puts no OR into an AND.

    Where a part says NOT_IN or !=, rows without a value are an alternative of their own.
    """
    if condition["type"] == "or":
        return [parts for one in condition["conditions"] for parts in alternatives(one)]
    if condition["type"] == "and":
        chosen = product(*(alternatives(one) for one in condition["conditions"]))
        return [[part for parts in choice for part in parts] for choice in chosen]
    if condition["type"] == "comparison" and condition["operator"] in ("NOT_IN", "!="):
        return [[condition], [{"type": "nullity", "column": condition["column"], "is_null": True}]]
    return [[condition]]


def conjunction(parts: list[Condition]) -> Condition:
    """What must all be so."""
    return parts[0] if len(parts) == 1 else {"type": "and", "conditions": parts}


def disjunction(parts: list[Condition]) -> Condition:
    """What must be so in one way at least."""
    return parts[0] if len(parts) == 1 else {"type": "or", "conditions": parts}
