"""A table's columns as SQL: as text, typed, and whether a cell is written as its type is."""

from dataclasses import dataclass
from typing import Any

from scripts.engines.literals import name, value, values, whole
from scripts.forms import FORMS
from scripts.package import fields_of, primary_key

SQL_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}  # of text that is to be cast
KEPT_TYPES = {"integer": "BIGINT", "date": "DATE", "boolean": "BOOLEAN"}  # in which a cell of CSV may be kept
TIME_OF_DAY = r"([01][0-9]|2[0-3]):[0-5][0-9]"
FIRST_YEAR = "0001"  # DuckDB has a year 0 and Python's calendar has none


@dataclass(frozen=True)
class Column:
    """One column of a table: its field in the descriptor, and whether the files hold text or values of its type."""

    field: dict[str, Any]
    is_text: bool

    @property
    def sql(self) -> str:
        """The column."""
        return name(self.field["name"])

    @property
    def kind(self) -> str:
        """The type that the descriptor gives."""
        return str(self.field["type"])

    @property
    def text(self) -> str:
        """The cell as text, null where it is empty."""
        if not self.is_text:
            return f"CAST({self.sql} AS VARCHAR)"
        return f"NULLIF({self.sql}, '')"

    @property
    def is_missing(self) -> str:
        """Whether the cell is empty."""
        return f"({self.sql} IS NULL OR {self.sql} = '')" if self.is_text else f"({self.sql} IS NULL)"

    @property
    def is_malformed(self) -> str:
        """Whether the cell is filled and not written as its type is; nothing where that cannot be."""
        if not self.is_text or self.kind == "string":
            return ""
        odd = f"NOT {whole(self.sql, TIME_OF_DAY if self.kind == 'time' else FORMS[self.kind][0])}"
        if self.kind == "date":
            odd += f" OR {self.sql} < {value(FIRST_YEAR)} OR TRY_CAST({self.sql} AS DATE) IS NULL"
        return f"(NOT {self.is_missing} AND ({odd}))"

    @property
    def is_well(self) -> str:
        """Whether the cell is filled and written as its type is."""
        odd = self.is_malformed
        return f"NOT {self.is_missing}" + (f" AND NOT {odd}" if odd else "")

    @property
    def stored(self) -> str:
        """The value of a cell of CSV in a type that gives its text back; an error where the cell is not of the type."""
        if self.kind not in KEPT_TYPES:
            return self.sql
        return (
            f"CASE WHEN {self.sql} IS NULL THEN NULL WHEN {whole(self.sql, FORMS[self.kind][0])} AND {self.sql} <> '-0'"
            f" AND {self.sql} >= {value(FIRST_YEAR if self.kind == 'date' else '')}"
            f" THEN CAST({self.sql} AS {KEPT_TYPES[self.kind]}) ELSE error('not of its type') END"
        )

    def typed(self, times_are_text: bool) -> str:
        """The value, null where the cell is empty or not of its type."""
        if not self.is_text:
            return f"substr({self.text}, 1, 5)" if self.kind == "time" and times_are_text else self.sql
        if self.kind == "boolean":
            return f"CASE {self.sql} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
        if self.kind == "time":
            return self.text if times_are_text else f"TRY_CAST({self.text} AS TIME)"
        if self.kind == "string":
            return self.text
        return f"TRY_CAST({self.text} AS {SQL_TYPES[self.kind]})"

    def beyond(self, constraint: str, limit: Any) -> str:
        """Whether a well written cell is less than a `minimum` or more than a `maximum`."""
        sign = "<" if constraint == "minimum" else ">"
        if self.kind == "date":
            return f"{self.typed(True)} {sign} CAST({value(str(limit))} AS DATE)"
        if self.kind in ("integer", "number"):
            return f"{self.typed(True)} {sign} {value(float(limit))}"
        return f"{self.text} {sign} {value(str(limit))}"

    def outside(self, codes: list[str]) -> str:
        """Whether a filled cell is none of some codes."""
        return f"{self.text} NOT IN {values(codes)}"


@dataclass(frozen=True)
class Columns:
    """The columns of one table as its files hold them."""

    resource: dict[str, Any]
    text: frozenset[str]

    def all(self) -> list[Column]:
        """The columns in order."""
        return [Column(field, field["name"] in self.text) for field in fields_of(self.resource)]

    def one(self, column: str) -> Column:
        """The column of that name. Raises KeyError where there is none."""
        for candidate in self.all():
            if candidate.field["name"] == column:
                return candidate
        raise KeyError(column)

    @property
    def row_id(self) -> str:
        """A row's id: its primary key's cells joined by a slash."""
        parts = [f"COALESCE({self.one(column).text}, '')" for column in primary_key(self.resource)]
        return " || '/' || ".join(parts)

    def typed_view(self, raw: str, times_are_text: bool, more: str = "") -> str:
        """A SELECT of all columns typed from the relation of their cells, and of what `more` adds."""
        columns = (f"{column.typed(times_are_text)} AS {column.sql}" for column in self.all())
        return f"SELECT {', '.join(columns)}{more} FROM {name(raw)}"
