"""Problems as commands of GitHub's workflows, which show them beside the changed lines of a pull request.

GitHub shows ten errors and ten warnings of a step; the lines above the commands name them all.
"""

from collections.abc import Mapping

from scripts.problems import Problem

TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def annotation(problem: Problem, cell: str = "", remedy: str = "") -> str:
    """One line, `::error file=…,line=…,title=…::…`; the line is left out where the problem has none."""
    places = {"file": problem.path, "line": str(problem.line or ""), "title": problem.rule}
    properties = ",".join(f"{key}={value.translate(PROPERTY)}" for key, value in places.items() if value)
    where = f"{problem.column}, cell {cell}: " if cell else f"{problem.column}: " if problem.column else ""
    advice = f"\nWhat to do: {remedy}" if remedy else ""
    return f"::{problem.severity} {properties}::{(where + problem.message + advice).translate(TEXT)}"


def annotations(problems: list[Problem], cells: Mapping[Problem, str], remedies: Mapping[str, str]) -> list[str]:
    """The commands of all problems, sorted; `cells` by problem, `remedies` by rule."""
    return [
        annotation(problem, cells.get(problem, ""), remedies.get(problem.rule, "")) for problem in sorted(set(problems))
    ]
