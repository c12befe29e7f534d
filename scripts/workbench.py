"""The tables while corrections are applied to them: rows as text, free ids, and what was retired on the way."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scripts.canonical import GENERATED
from scripts.differences import Row, Tables
from scripts.package import Package, column_names, foreign_keys, primary_key

OWN_ID = re.compile(r"([A-Z])\[0-9\]\{([0-9])\}")
ANY_ID = re.compile(r"\b[A-Z][0-9]{4,5}\b")
LOG_OF_IDS = "retired_ids"
KEPT_BY_PROGRAMS = {*GENERATED, LOG_OF_IDS}  # no correction names a row of these


class Unfit(ValueError):
    """A change does not fit the tables; `key` is the part of the change that does not."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(message)


@dataclass
class Workbench:
    """Tables being changed. `moved` lists (table, id, the id that took its place or "") of the rows retired here."""

    package: Package
    tables: Tables
    moved: list[tuple[str, str, str]] = field(default_factory=list)

    @classmethod
    def over(cls, package: Package, tables: Tables) -> "Workbench":
        """A workbench over a copy of some tables."""
        return cls(package, copy.deepcopy(tables))

    def resource(self, table: str) -> dict[str, Any]:
        """The description of a table that corrections may change. Raises Unfit where there is none."""
        names = {str(r["name"]): r for r in self.package.csv_resources}
        if table not in names:
            raise Unfit("table", f"there is no table {table}")
        if table in KEPT_BY_PROGRAMS:
            raise Unfit("table", f"programs write the table {table}; a correction does not")
        return names[table]

    def id_form(self, table: str) -> tuple[str, int] | None:
        """The letter and the number of digits of a table's own ids; None where its key is none."""
        resource = self.resource(table)
        key = primary_key(resource)
        if len(key) != 1 or key[0] in {column for column, _, _ in foreign_keys(resource)}:
            return None
        constraints = next(f for f in resource["schema"]["fields"] if f["name"] == key[0]).get("constraints", {})
        match = OWN_ID.fullmatch(constraints.get("pattern", ""))
        return (match[1], int(match[2])) if match else None

    def next_id(self, table: str) -> str:
        """The next id of a table that was never used. Raises Unfit where the table has no ids of its own, or none left.

        Ids of retired rows are used ones.
        """
        form = self.id_form(table)
        if form is None:
            raise Unfit("row", f"the rows of {table} have no ids of their own")
        letter, digits = form
        retired = {row["row_id"] for row in self.tables[LOG_OF_IDS].values() if row["table_name"] == table}
        used = [int(row_id[1:]) for row_id in {*self.tables[table], *retired} if row_id[1:].isdigit()]
        number = max(used, default=0) + 1
        if len(str(number)) > digits:
            raise Unfit("table", f"the ids of {table} have run out")
        return f"{letter}{number:0{digits}}"

    def row(self, table: str, row_id: str, key: str = "row_id") -> Row:
        """A row. Raises Unfit where it is not there, with what became of it."""
        self.resource(table)
        if row_id in self.tables[table]:
            return self.tables[table][row_id]
        retired = self.tables[LOG_OF_IDS].get(row_id)
        if retired is not None and retired["table_name"] == table:
            into = f" into {retired['successor_id']}" if retired["successor_id"] else ""
            raise Unfit(key, f"{table} {row_id} is not there any more: it was {retired['reason_code']}{into}")
        raise Unfit(key, f"{table} has no row of this id")

    def put(self, table: str, row: Row) -> str:
        """Add a row; returns its id. Raises Unfit where one of this key is there."""
        row_id = self.key_of(table, row)
        if row_id in self.tables[table]:
            raise Unfit("row", f"{table} has a row of this key")
        self.tables[table][row_id] = row
        return row_id

    def key_of(self, table: str, row: Row) -> str:
        """A row's id: the cells of its key."""
        return "/".join(row[column] for column in primary_key(self.package.resource(table)))

    def blank(self, table: str) -> Row:
        """A row with nothing in it."""
        return dict.fromkeys(column_names(self.package.resource(table)), "")

    def same(self, table: str, cells: Row) -> str:
        """The id of the first row that holds these cells, or nothing."""
        found = (row_id for row_id, row in self.tables[table].items() if cells.items() <= row.items())
        return next(found, "")

    def references(self, table: str) -> Iterator[tuple[str, str, str]]:
        """Where rows of a table are referred to: (table, column, "") by key, ("…", "row_id", table) by name and id."""
        for resource in self.package.csv_resources:
            columns = column_names(resource)
            for column, to, _ in foreign_keys(resource):
                if to == table:
                    yield resource["name"], column, ""
            if {"table_name", "row_id"} <= set(columns) and resource["name"] != LOG_OF_IDS:
                yield resource["name"], "row_id", table

    def referring(self, table: str, row_id: str) -> Iterator[tuple[str, str, str]]:
        """Each (table, row id, column) that refers to a row."""
        for other, column, named in list(self.references(table)):
            for other_id, row in list(self.tables[other].items()):
                if row[column] == row_id and (not named or row["table_name"] == named):
                    yield other, other_id, column


def withheld_ids(tables: Tables) -> set[str]:
    """The ids of withheld persons and of rows that were retired because they were withheld."""
    persons = {row_id for row_id, row in tables.get("persons", {}).items() if row["is_withheld"] == "true"}
    return persons | {i for i, row in tables.get(LOG_OF_IDS, {}).items() if row["reason_code"] == "withheld"}
