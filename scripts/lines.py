"""Where a row stands in its file."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pyarrow as pa

from scripts.package import Package, primary_key
from scripts.problems import Problem


def row_ids(resource: dict[str, Any], table: pa.Table) -> list[str]:
    """The id of each row, in order: its primary key's cells joined by a slash."""
    columns = [table.column(column).to_pylist() for column in primary_key(resource)]
    return ["/".join(str(cell) for cell in cells) for cells in zip(*columns, strict=True)]


def line_numbers(resource: dict[str, Any], table: pa.Table) -> dict[str, int]:
    """The 1-based line of the CSV on which each row stands, by row id; the door has seen to one line a row."""
    return {row_id: line for line, row_id in enumerate(row_ids(resource, table), start=2)}


def located(problems: Iterable[Problem], package: Package, tables: dict[str, pa.Table]) -> list[Problem]:
    """The problems, each that names a row and no line with the line of that row."""
    problems = list(problems)
    needed = {problem.path for problem in problems if problem.row_id and not problem.line}
    lines = {
        str(r["path"]): line_numbers(r, tables[r["name"]])
        for r in package.csv_resources
        if r["name"] in tables and str(r["path"]) in needed
    }
    return [
        replace(problem, line=lines[problem.path][problem.row_id])
        if problem.row_id and not problem.line and problem.path in lines
        else problem
        for problem in problems
    ]
