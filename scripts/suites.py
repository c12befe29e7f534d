"""The suites of Great Expectations: what one table as a whole must satisfy beyond the schema.

A suite is `validation/expectations/<table>.json`: {"table": …, "expectations": [{"type", "kwargs", "meta"}]}; its meta
holds id, sentence, why, do (what to do when it fails), example (the message of its case in tests/test_rules.py),
severity (error|warning) and scope (model: any package of this schema; edition: this dataset).
"""

import json
import logging
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.check_words import id_of, missing_words
from scripts.files import fault
from scripts.lines import line_numbers
from scripts.package import primary_key
from scripts.problems import Problem
from scripts.unused import hide

KEYS = ["type", "kwargs", "meta"]


def load_suite(file: Path, scope: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The expectations of a suite that `scope` (model or all) takes in, and what is wrong with the file."""
    path = f"validation/expectations/{file.name}"
    try:
        suite = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        return [], [fault(path, 0, "", "rule-error", f"the suite is not JSON: {error}")]
    expectations = suite["expectations"] if isinstance(suite, dict) and "expectations" in suite else []
    objects = isinstance(expectations, list) and all(isinstance(expectation, dict) for expectation in expectations)
    if not expectations or not objects or suite.get("table") != file.stem:
        return [], [fault(path, 0, "", "rule-error", f"a suite of table {file.stem} holds expectations; this one none")]
    wrong = [(e, reason) for e in expectations if (reason := misshapen(e))]
    if wrong:
        return [], [fault(path, 0, id_of(e.get("meta")), "rule-error", reason) for e, reason in wrong]
    return [e for e in expectations if scope == "all" or e["meta"]["scope"] == "model"], []


def misshapen(expectation: dict[str, Any]) -> str:
    """What an expectation lacks or has too much of, or nothing."""
    if sorted(expectation) != sorted(KEYS):
        return f"an expectation has the keys {', '.join(KEYS)}, and no other"
    return missing_words(expectation["meta"])


@cache
def worker() -> ProcessPoolExecutor:
    """The process that runs the suites: importing Great Expectations takes seconds, so it goes on beside the rest."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def warm() -> None:
    """Import Great Expectations in this process, without its reports to its makers and what takes long and is not used.

    It imports pyspark wherever that is installed, which warns on stderr; rfc3987_syntax takes a second for its grammar.
    Pyspark stays where this process has it already, as the engine spark.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    hide("pyspark", "rfc3987_syntax")
    import great_expectations

    logging.getLogger(great_expectations.__name__).setLevel(logging.CRITICAL + 1)  # what goes wrong becomes a problem


def check_suites(work: list[tuple[dict[str, Any], pa.Table, list[dict[str, Any]]]]) -> list[Problem]:
    """Problems of each (resource, its rows as a typed table, its expectations)."""
    warm()
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    tables = context.data_sources.add_pandas("tables")
    return [problem for resource, table, suite in work for problem in check(tables, resource, table, suite)]


def check(tables: Any, resource: dict[str, Any], table: pa.Table, suite: list[dict[str, Any]]) -> Iterator[Problem]:
    """Problems of one table: a row that fails an expectation is one problem, a table that fails one as a whole too.

    `tables` is a pandas data source of Great Expectations. Its full result is slow: only what fails is run for it.
    """
    import pandas as pd

    path = f"validation/expectations/{resource['name']}.json"
    runnable = {}
    for expectation in suite:
        reason = unrunnable(expectation)
        if reason:
            yield broken(path, expectation, reason)
        else:
            runnable[expectation["meta"]["id"]] = expectation
    whole = tables.add_dataframe_asset(resource["name"]).add_batch_definition_whole_dataframe("whole")
    batch = whole.get_batch({"dataframe": table.to_pandas(types_mapper=pd.ArrowDtype)})
    failed = [runnable[key] for key, _ in failing(batch, list(runnable.values()), {"result_format": "BOOLEAN_ONLY"})]
    detail = {"result_format": "COMPLETE", "unexpected_index_column_names": primary_key(resource)}
    lines = line_numbers(resource, table)
    for key, result in failing(batch, failed, detail | {"include_unexpected_rows": False}):
        yield from failures(resource, lines, runnable[key], result)


def unrunnable(expectation: dict[str, Any]) -> str:
    """Why Great Expectations does not take an expectation, or nothing; a type that it does not know it drops unsaid."""
    from great_expectations.core.expectation_suite import ExpectationSuite

    try:
        taken = ExpectationSuite(name="one", expectations=[expectation]).expectations
    except ValueError as error:
        return str(error)
    return "" if taken else f"there is no expectation {expectation['type']}"


def failing(batch: Any, suite: list[dict[str, Any]], result_format: dict[str, Any]) -> list[tuple[str, Any]]:
    """(id, result) of each expectation that the batch of rows does not meet."""
    from great_expectations.core.expectation_suite import ExpectationSuite

    if not suite:
        return []
    results = batch.validate(ExpectationSuite(name="suite", expectations=suite), result_format=result_format).results
    return [(result.expectation_config.meta["id"], result) for result in results if not result.success]


def failures(
    resource: dict[str, Any], lines: dict[str, int], expectation: dict[str, Any], result: Any
) -> Iterator[Problem]:
    """One failed expectation as problems, with the failing cells in words."""
    meta = expectation["meta"]
    kwargs = expectation["kwargs"]
    named = [kwargs[key] for key in ("column", "column_A") if key in kwargs] + kwargs.get("column_list", [])
    column = str(named[0]) if named else ""
    rows = result.result.get("unexpected_index_list")
    if not result.result:
        reasons = [v["exception_message"] for v in result.exception_info.values() if isinstance(v, dict)]
        message = reasons[0] if reasons else str(result.exception_info)
        yield broken(f"validation/expectations/{resource['name']}.json", expectation, message)
    elif rows is None:
        observed = result.result["observed_value"]
        figure = round(observed, 3) if isinstance(observed, float) else observed
        message = f"{meta['sentence']}: here {in_words(figure)}"
        yield Problem(resource["path"], 0, column, "", meta["id"], meta["severity"], message)
    for row in rows or []:
        row_id = "/".join(str(row[key]) for key in primary_key(resource))
        cells = ", ".join(
            f"{key} is {in_words(value)}"
            for key, value in sorted(row.items())
            if key in named or key not in primary_key(resource)
        )
        message = f"{meta['sentence']}: here {cells}"
        yield Problem(resource["path"], lines[row_id], column, row_id, meta["id"], meta["severity"], message)


def in_words(value: Any) -> str:
    """A cell or a figure of pandas as a reader of the CSV would write it."""
    import pandas as pd

    return cell_words(None if pd.api.types.is_scalar(value) and pd.isna(value) else value)


def cell_words(value: Any) -> str:
    """A value, or None, as a reader of the CSV would write it."""
    if value is None:
        return "empty"
    return str(value).lower() if isinstance(value, bool) else str(value).removesuffix(".0")


def broken(path: str, expectation: dict[str, Any], reason: str) -> Problem:
    """A problem of the suite itself: the expectation could not be run."""
    first = " ".join(reason.split())[:300]
    return fault(path, 0, str(expectation["meta"]["id"]), "rule-error", f"the expectation cannot be run: {first}")
