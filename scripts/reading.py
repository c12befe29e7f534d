"""The tables as the later stages read them: checked cell by cell, typed, and whether every key leads to a row."""

from collections.abc import Callable, Iterable
from functools import partial

import pyarrow as pa

from scripts.extent import say
from scripts.files import Rows
from scripts.memo import Contents, Memo
from scripts.package import Package, column_names, foreign_keys, read_table
from scripts.problems import Problem
from scripts.schema_check import check_schema
from scripts.suite_runs import suite_path


def of_tables(
    stage: str, names: Iterable[str], contents: Contents, memo: Memo, check: Callable[[str], Iterable[Problem]]
) -> list[Problem]:
    """Problems of a stage that looks at one table at a time."""
    return [
        problem
        for name in names
        for problem in memo.get((stage, *contents.of(name)), lambda name=name: list(check(name)))  # type: ignore[misc]
    ]


def check_cells(
    package: Package, tables: dict[str, Rows], contents: Contents, only: str | None, memo: Memo
) -> list[Problem]:
    """Problems of cells and keys of the tables that passed the door, or of the one that matters."""
    return [
        problem
        for name in tables
        if only in (None, name)
        for problem in memo.get(
            ("schema", *contents.with_references(name)), partial(check_schema, package, tables, [name])
        )
    ]


def typed_tables(
    package: Package, names: list[str], unreadable: set[str], contents: Contents, memo: Memo
) -> tuple[dict[str, pa.Table], dict[str, str]]:
    """The tables that can be read, typed, and by home why checks of the others are left out."""
    typed: dict[str, pa.Table] = {}
    left_out: dict[str, str] = {}
    for name in sorted(names):
        try:
            if name not in unreadable:
                typed[name] = memo.get(("typed", contents.of(name)), partial(read_table, package, name))
                continue
        except pa.ArrowInvalid:  # of a table that --only left unchecked
            pass
        path = str(package.resource(name)["path"])
        say(f"{path} cannot be read as a table: suites, rules and citations leave it out")
        left_out |= dict.fromkeys((path, suite_path(name)), f"{path} cannot be read as a table")
    return typed, left_out


def loose_ends(package: Package, tables: dict[str, Rows]) -> bool:
    """Whether a key leads to no row, or a place has no name: a cited row is looked up by both."""
    columns = {name: column_names(package.resource(name)) for name in tables}

    def cells(name: str, column: str) -> set[str]:
        at = columns[name].index(column)
        return {row[at] for row in tables[name]}

    return "" in cells("places", "name") or any(
        cells(name, column) - cells(table, key) - {""}
        for name in tables
        for column, table, key in foreign_keys(package.resource(name))
    )
