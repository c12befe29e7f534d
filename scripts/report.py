"""Reports of a run of the gate: the problems as JSON for programs, or a page of everything for people."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.catalogue import Check
from scripts.outcome import Outcome
from scripts.problems import Problem
from scripts.report_page import page


@dataclass(frozen=True)
class Run:
    """What a report tells of: the catalogue, the outcome, the spreadsheet's cell of a problem, and what was asked."""

    checks: list[Check]
    outcome: Outcome
    cells: Mapping[Problem, str]
    scope: str
    only: str | None


def write_report(file: Path, run: Run) -> None:
    """Write the report that the file's ending asks for. Raises ValueError for another ending than .json and .html."""
    if file.suffix == ".json":
        text = as_json(run.outcome.problems)
    elif file.suffix == ".html":
        text = page(run.checks, run.outcome, run.cells, run.scope, run.only)
    else:
        raise ValueError(f"a report is called FILE.json or FILE.html, not {file}")
    file.write_text(text, encoding="utf-8")


def as_json(problems: list[Problem]) -> str:
    """The problems as a JSON list of `{path, line, column, row_id, rule, severity, message}`, sorted."""
    rows = [asdict(problem) for problem in sorted(set(problems))]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
