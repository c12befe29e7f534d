"""A check as SQL, and what it found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from scripts.files import one_line
from scripts.problems import Problem

Place = tuple[str, str, str]  # table, column and rule of a check
Told = Sequence[tuple[str, str]]  # rule id and message of each thing to tell of one row


@dataclass(frozen=True)
class Check:
    """One check of one table.

    `reads` is the relation that holds its rows, `cells` the SQL of what `tell` needs of an offending row. A check of
    single rows has its condition in `bad`, which is never null; one of the table as a whole has in `rows` a SELECT of
    the row id and the cells of each offender, and in `also` the other tables that it reads.
    """

    table: str
    path: str
    column: str
    rule: str
    severity: str
    reads: str
    cells: tuple[str, ...]
    tell: Callable[[tuple[Any, ...]], Told]
    bad: str = ""
    rows: str = ""
    also: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """What is checked, and for what."""
        return self.table, self.column, self.rule

    def problems(self, row_id: str, cells: tuple[Any, ...]) -> list[Problem]:
        """What to tell of one offending row; no cell of it can forge a line of output."""
        told = [(rule, one_line(message)) for rule, message in self.tell(cells)]
        return [Problem(self.path, 0, self.column, one_line(row_id), rule, self.severity, m) for rule, m in told]


class Offender(NamedTuple):
    """A row that fails a check; `cells` is the text by which rows with one id are told apart and put in order."""

    row_id: str
    cells: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Found:
    """What one check found: how many rows in all, and the first of them by id and cells."""

    count: int
    offenders: tuple[Offender, ...]

    @property
    def problems(self) -> list[Problem]:
        """The problems of the rows that are listed."""
        return [problem for offender in self.offenders for problem in offender.problems]

    @property
    def unlisted(self) -> int:
        """How many rows are not listed."""
        return self.count - len(self.offenders)


NOTHING = Found(0, ())


def merged(parts: Sequence[Found], most: int) -> Found:
    """What a check found in several parts of its table, as if it had looked at them together."""
    offenders = sorted(offender for part in parts for offender in part.offenders)
    return Found(sum(part.count for part in parts), tuple(offenders[:most]))
