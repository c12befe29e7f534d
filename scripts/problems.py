"""A problem found in the package, and how problems are printed."""

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


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


def finish(problems: Iterable[Problem], what: str, cells: Mapping[Problem, str] | None = None) -> int:
    """Print the total on stderr, then every problem on stdout, sorted, so that those of a file stand together.

    `cells` names the spreadsheet's cell of a problem, which ends its line. Returns 1 where any is an error, else 0.
    """
    found = sorted(set(problems))
    print(f"{what}: {total(found)}", file=sys.stderr, flush=True)
    for problem in found:
        print(f"{problem} (cell {cells[problem]})" if cells and problem in cells else problem)
    return 1 if any(problem.severity == "error" for problem in found) else 0


def total(problems: Collection[Problem]) -> str:
    """How many problems there are, in words."""
    errors = sum(problem.severity == "error" for problem in problems)
    return f"{errors} errors, {len(problems) - errors} warnings"
