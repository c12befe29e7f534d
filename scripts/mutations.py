"""What a fault made on purpose is, and the package of which `python -m scripts.mutate` makes them.

The same seed gives the same faults. What is chosen at one place depends on that place alone, so that a new column or
rule does not change the faults of the others.
"""

import random
from dataclasses import dataclass
from typing import Any

from scripts.canonical import render
from scripts.files import Rows
from scripts.package import Package, column_names, primary_key

LINE = str.maketrans({"\n": " "})
QUOTED = 60  # characters of a cell in a sentence


@dataclass(frozen=True)
class Mutation:
    """One fault: its class, its operator, what it does in words, the file, and its new bytes (None: it is gone).

    `place` is table.column, a table or a file: what the fault is about, for counting.
    """

    kind: str
    operator: str
    place: str
    words: str
    path: str
    content: bytes | None


@dataclass(frozen=True)
class Target:
    """A package that passes the gate, its rows by table (header left out), and the seed of all choices."""

    package: Package
    tables: dict[str, Rows]
    seed: int

    def chance(self, *where: str) -> random.Random:
        """The choices at one place."""
        return random.Random("/".join((str(self.seed), *where)))

    def filled(self) -> list[dict[str, Any]]:
        """The resources that hold rows."""
        return [resource for resource in self.package.csv_resources if self.tables[resource["name"]]]

    def column(self, table: str, column: str) -> int:
        """Where a column stands."""
        return column_names(self.package.resource(table)).index(column)

    def with_rows(
        self, resource: dict[str, Any], fault: tuple[str, str], column: str, words: str, rows: Rows
    ) -> Mutation:
        """A table with other rows, in canonical form, so that its form is not what betrays it.

        `fault` is (class, operator); `column` may be empty.
        """
        place = f"{resource['name']}.{column}".rstrip(".")
        text = f"{resource['name']} {words}".translate(LINE)
        return Mutation(*fault, place, text, str(resource["path"]), render(resource, rows).encode())

    def with_cell(
        self, resource: dict[str, Any], fault: tuple[str, str], row: list[str], column: str, new: str
    ) -> Mutation:
        """A table with one other cell."""
        rows, at = self.tables[resource["name"]], column_names(resource).index(column)
        changed = [[*r[:at], new, *r[at + 1 :]] if r is row else r for r in rows]
        words = f"{row_name(resource, row)}.{column}: {quoted(row[at])} → {quoted(new)}"
        return self.with_rows(resource, fault, column, words, changed)


def row_name(resource: dict[str, Any], row: list[str]) -> str:
    """A row's id."""
    columns = column_names(resource)
    return "/".join(row[columns.index(column)] for column in primary_key(resource))


def quoted(cell: str) -> str:
    """A cell in a sentence, shortened."""
    return f"“{cell if len(cell) <= QUOTED else cell[:QUOTED] + '…'}”"
