"""A problem found in the package, and how problems are printed and reported."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place.

    `path` is relative to the package, `line` is 1-based (0: the file as a whole), `column` is a column's name or "",
    `row_id` the row's primary key or "", `rule` the check's id, `severity` "error" or "warning".
    """

    path: str
    line: int
    column: str
    row_id: str
    rule: str
    severity: str
    message: str

    def __str__(self) -> str:
        """`path:line:column  rule-id  message`, with the severity named where it does not block."""
        mark = "" if self.severity == "error" else f"{self.severity}: "
        return f"{self.path}:{self.line}:{self.column}  {self.rule}  {mark}{self.message}"


def write_report(problems: Iterable[Problem], path: Path) -> None:
    """Write the problems as a JSON list of `{path, line, column, row_id, rule, severity, message}`."""
    rows = [asdict(problem) for problem in sorted(problems)]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def finish(problems: Iterable[Problem], what: str) -> int:
    """Print every problem, sorted, on stdout and the total on stderr; return 1 where any is an error, else 0."""
    found = sorted(set(problems))
    errors = sum(problem.severity == "error" for problem in found)
    for problem in found:
        print(problem)
    print(f"{what}: {errors} errors, {len(found) - errors} warnings", file=sys.stderr)
    return 1 if errors else 0
