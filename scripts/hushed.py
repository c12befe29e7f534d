"""What no message may repeat: the private cells that hygiene names, such as a telephone number or a login in a link.

A rule may quote a cell of another column, row or table, so its message is compared with the pieces of those cells.
"""

import re
from collections.abc import Iterator

from scripts.files import Rows
from scripts.hygiene import CHECKS
from scripts.package import Package, column_names
from scripts.problems import Problem

PIECE = re.compile(r"[^\s/“”,;]*[0-9@:][^\s/“”,;]*")
SHORTEST = 6  # characters; a shorter piece, such as a year, tells nothing


def without_private(
    problems: list[Problem], hygiene: list[Problem], package: Package, tables: dict[str, Rows]
) -> list[Problem]:
    """The problems without those whose message repeats a piece of a cell that `hygiene` calls private."""
    pieces = set(private_pieces(hygiene, package, tables))
    return [p for p in problems if not any(piece in p.message.casefold() for piece in pieces)]


def private_pieces(hygiene: list[Problem], package: Package, tables: dict[str, Rows]) -> Iterator[str]:
    """The pieces with a digit, @ or colon of each private cell, and the cell as a whole, in small letters."""
    private = {check.rule for check in CHECKS if not check.group}
    resources = {str(resource["path"]): resource for resource in package.csv_resources}
    for problem in hygiene:
        resource = resources.get(problem.path)
        if problem.rule in private and resource is not None and problem.line > 1:
            row = tables[resource["name"]][problem.line - 2]
            cell = row[column_names(resource).index(problem.column)].casefold()
            yield from (piece for piece in [cell, *PIECE.findall(cell)] if len(piece) >= SHORTEST)
