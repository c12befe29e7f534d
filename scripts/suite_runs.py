"""Which suites a run of the gate needs, and running those whose result is not remembered beside the other stages."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts import suites
from scripts.extent import Extent
from scripts.files import CannotRun, fault
from scripts.memo import Contents, Memo
from scripts.package import Package
from scripts.problems import Problem

Work = list[tuple[dict[str, Any], pa.Table, list[dict[str, Any]]]]  # (resource, rows, expectations)


def start_suites(
    work: Work, contents: Contents, memo: Memo
) -> Callable[[], list[Problem]]:
    """Start those suites whose result is not remembered; the function returned waits for their problems."""
    keys = [("suite", contents.of(item[0]["name"]), json.dumps(item[2])) for item in work]
    running = {
        key: suites.worker().submit(suites.check_suites, [item])
        for key, item in zip(keys, work, strict=True)
        if key not in memo.results
    }

    def wait() -> list[Problem]:
        for key, future in running.items():
            memo.get(key, future.result)
        return [problem for key in keys for problem in memo.results[key]]

    return wait


def suite_path(table: str) -> str:
    """The file of a table's suite, whether there is one or not."""
    return f"validation/expectations/{table}.json"


def suite_work(
    package: Package, base: Path, typed: dict[str, pa.Table], extent: Extent
) -> tuple[Work, list[Problem]]:
    """What the suites have to check: (resource, rows, expectations) of each table with a suite; unreadable suites."""
    files = sorted((base / "validation" / "expectations").glob("*.json"))
    if not files:
        raise CannotRun(f"{base}/validation/expectations holds no suite")
    work, problems = [], []
    for file in files:
        if file.stem not in {resource["name"] for resource in package.csv_resources}:
            message = f"datapackage.json declares no table {file.stem}"
            problems.append(fault(f"validation/expectations/{file.name}", 0, "", "rule-error", message))
        elif file.stem in typed and extent.runs_suites and extent.only in (None, file.stem):
            expectations, more = suites.load_suite(file, extent.scope)
            problems += more
            if expectations:
                work.append((package.resource(file.stem), typed[file.stem], expectations))
    return work, problems
