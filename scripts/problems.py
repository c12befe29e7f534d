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


def finish(
    problems: Iterable[Problem],
    what: str,
    cells: Mapping[Problem, str] | None = None,
    unlisted: Mapping[Problem, int] | None = None,
) -> int:
    """Print the total on stderr, then every problem on stdout, sorted, so that those of a file stand together.

    `cells` names the spreadsheet's cell of a problem, which ends its line. `unlisted` is given where lines of files are
    not known: the row's id ends a line instead, and it says of a closing problem, which stands last among its check's,
    for how many it stands.
    Returns 1 where any is an error, else 0.
    """
    more = unlisted or {}
    order = None if unlisted is None else (lambda problem: place(problem, problem in more))
    found = sorted(set(problems), key=order)
    print(f"{what}: {total(found, more)}", file=sys.stderr, flush=True)
    for problem in found:
        row = f" (row {problem.row_id})" if unlisted is not None and problem.row_id and not problem.line else ""
        print(f"{problem} (cell {cells[problem]})" if cells and problem in cells else f"{problem}{row}")
    return 1 if any(problem.severity == "error" for problem in found) else 0


def place(problem: Problem, is_last: bool) -> tuple[str | int | bool | Problem, ...]:
    """Where a problem stands among others: by file, line and column; without a line by rule too."""
    rule = "" if problem.line else problem.rule
    return problem.path, problem.line, problem.column, rule, is_last, problem


def total(problems: Collection[Problem], unlisted: Mapping[Problem, int] | None = None) -> str:
    """How many problems there are, in words."""
    more = unlisted or {}
    counts = {severity: 0 for severity in ("error", "warning")}
    for problem in problems:
        counts[problem.severity] += more.get(problem, 1)
    return f"{counts['error']:,} errors, {counts['warning']:,} warnings"
