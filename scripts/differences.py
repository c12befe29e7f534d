"""What two versions of the package can differ in, as values: rows, columns, figures and the version they call for."""

import re
from dataclasses import dataclass
from typing import Any

Row = dict[str, str]
Tables = dict[str, dict[str, Row]]
VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})")
BUMPS = ("none", "patch", "minor", "major")


@dataclass(frozen=True)
class Version:
    """One version of the package: its name for people, its descriptor and its rows as text.

    `tables` is table → row key → column → cell; a key of several columns is joined by "/" in the order of the key.
    """

    name: str
    descriptor: dict[str, Any]
    tables: Tables

    def resources(self) -> dict[str, dict[str, Any]]:
        """The descriptor's CSV tables by name."""
        return {r["name"]: r for r in self.descriptor["resources"] if r["format"] == "csv"}


@dataclass(frozen=True, order=True)
class CellChange:
    """One cell of a changed row; old and new are as in the CSV, empty where the cell is."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, order=True)
class RowChange:
    """What became of one row.

    `kind` is added, changed, removed, merged, withdrawn or withheld. `cells` are those that differ: of an added row the
    filled ones, of a changed row the changed ones, else none. `into` is the row into which it was merged. A withheld
    row has no `row_id`.
    """

    table: str
    row_id: str
    kind: str
    cells: tuple[CellChange, ...] = ()
    into: str = ""


@dataclass(frozen=True, order=True)
class ColumnChange:
    """What became of a table (`column` is empty) or column, in words; `bump` is what it calls for by itself."""

    table: str
    column: str
    what: str
    bump: str


@dataclass(frozen=True, order=True)
class Figure:
    """A published figure that changed: a view's number of rows (`column` is "rows"), a cell of a view or a total.

    `row` is the key of the view's row, or the id of the total; None stands for no such row, or no number.
    """

    name: str
    row: str
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Reason:
    """Why the version rises: `bump` is patch, minor or major."""

    bump: str
    why: str


@dataclass(frozen=True)
class Changes:
    """All that differs between two versions; each list is sorted, `reasons` by weight, heaviest first.

    `notes` say what could not be compared.
    """

    old: Version
    new: Version
    rows: list[RowChange]
    columns: list[ColumnChange]
    figures: list[Figure]
    reasons: list[Reason]
    notes: list[str]

    @property
    def bump(self) -> str:
        """none, patch, minor or major: the heaviest of the reasons."""
        return max((reason.bump for reason in self.reasons), key=BUMPS.index, default="none")

    @property
    def next_version(self) -> str | None:
        """The version that follows the old one by this bump, or None where the old one is not three numbers."""
        numbers = VERSION.fullmatch(str(self.old.descriptor.get("version", "")))
        if numbers is None:
            return None
        major, minor, patch = map(int, numbers.groups())
        following = {
            "none": (major, minor, patch),
            "patch": (major, minor, patch + 1),
            "minor": (major, minor + 1, 0),
            "major": (major + 1, 0, 0),
        }[self.bump]
        return ".".join(map(str, following))
