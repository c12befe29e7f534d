"""Measure how often a wrong value would pass the citation check by chance.

    python -m scripts.estimate_chance            a table on stdout (Markdown)
    python -m scripts.estimate_chance --root DIR

Each cited row is changed in one respect at a time: its person (official, amount, day, …) is replaced by every other one
that the same column holds anywhere in the table, and the row is checked again; a changed row that another row of the
table already states is left out. Nothing is drawn by lot and nothing is written. A share counts changed rows that pass,
of all changed rows.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyarrow import parquet

from scripts.citations import ROW_KEYS, Check
from scripts.fingerprints import Prints
from scripts.package import ROOT, load_package, read_table

Row = dict[str, Any]
DATES = ("date_start", "date_end", "date_precision", "date_as_printed")
CHANGES: list[tuple[str, str, tuple[str, ...]]] = [
    ("another person", "acts", ("person_id",)),
    ("another person", "penalties", ("person_id",)),
    ("another person", "charges", ("person_id",)),
    ("another official", "official_roles", ("official_id",)),
    ("another age", "persons", ("age_as_printed",)),
    ("another amount in tenge", "penalties", ("amount_kzt",)),
    ("another amount in euros", "penalties", ("amount_eur_as_printed",)),
    ("another duration", "penalties", ("duration_value", "duration_unit")),
    ("another article or part", "charges", ("provision_id",)),
    ("another day", "acts", DATES),
    ("another day", "events", DATES),
    ("another day", "penalties", DATES),
    ("another day", "official_roles", ("date_start", "date_precision", "date_as_printed")),
    ("another place", "events", ("place_id",)),
    ("another place", "official_roles", ("place_id",)),
    ("another role", "official_roles", ("role",)),
    ("another case", "official_roles", ("case_id",)),
]


def changed_rows(rows: list[Row], columns: tuple[str, ...], key: str) -> Iterator[Row]:
    """Each row that fills the last column, with every other value (of all columns together) found in the table.

    Left out: what another row says but for its key, its event's basis and its description.
    """
    told = {statement(row, key) for row in rows}
    values = {tuple(row[c] for c in columns): None for row in rows if row[columns[-1]] is not None}
    for row in rows:
        if row[columns[-1]] is None:
            continue
        for value in values:
            changed = row | dict(zip(columns, value, strict=True))
            if statement(changed, key) not in told:
                yield changed


def statement(row: Row, key: str) -> tuple[object, ...]:
    """What a row says, without its key, its event's basis and its description."""
    return tuple(value for column, value in row.items() if column not in (key, "event_basis", "description"))


def passes(check: Check, table: str, row: Row) -> bool:
    """Whether a row passes the citation check."""
    check.problems.clear()
    check.check_row(table, row[ROW_KEYS[table]], row)
    return not check.problems


def chances(check: Check) -> list[tuple[str, str, int, int]]:
    """(what was changed, table, changed rows, how many of them passed), in the order of CHANGES."""
    found = []
    for what, table, columns in CHANGES:
        rows = changed_rows(check.tables[table].to_pylist(), columns, ROW_KEYS[table])
        verdicts = [passes(check, table, row) for row in rows]
        found.append((what, table, len(verdicts), sum(verdicts)))
    return found


def render(found: list[tuple[str, str, int, int]]) -> str:
    """The chances as a Markdown table."""
    lines = ["| changed to | in table | wrong rows tried | passed | share |", "| --- | --- | ---: | ---: | ---: |"]
    for what, table, tried, passed in found:
        share = f"{100 * passed / tried:.1f} %" if tried else "nothing to try"
        lines.append(f"| {what} | `{table}` | {tried} | {passed} | {share} |")
    return "\n".join(lines) + "\n"


def measured(root: Path) -> str:
    """The result for the package in a folder. Raises OSError, KeyError or ValueError where it cannot be read."""
    package = load_package(root)
    tables = {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}
    prints = Prints.of(parquet.read_table(package.parquet_path("fingerprints")))
    return render(chances(Check(tables, prints)))


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    args = parser.parse_args(argv)
    try:
        print(measured(args.root), end="")
    except (OSError, KeyError, ValueError) as error:
        print(f"estimate_chance: could not run: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
