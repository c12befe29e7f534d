"""The cell that a problem is about as spreadsheets name it, such as K31."""

from collections.abc import Iterable
from string import ascii_uppercase

from scripts.package import Package, column_names
from scripts.problems import Problem

HEADER_RULES = ("column-", "header-")  # where the header differs, the descriptor does not tell where a column stands


def cells_of(problems: Iterable[Problem], package: Package) -> dict[Problem, str]:
    """The cell of each problem whose line and column are known, by the descriptor's order of columns."""
    placed = [problem for problem in problems if problem.line and problem.column]
    if not placed:
        return {}
    columns = {str(resource["path"]): column_names(resource) for resource in package.csv_resources}
    other = {problem.path for problem in placed if problem.line == 1 and problem.rule.startswith(HEADER_RULES)}
    return {
        problem: f"{letters(columns[problem.path].index(problem.column))}{problem.line}"
        for problem in placed
        if problem.path not in other and problem.column in columns.get(problem.path, [])
    }


def letters(index: int) -> str:
    """The letters over the column at a 0-based index: A to Z, then AA, AB and so on."""
    before, last = divmod(index, len(ascii_uppercase))
    return (letters(before - 1) if before else "") + ascii_uppercase[last]
