"""The floors: how many cells of each column are filled, so that a cell blanked or a row dropped by mistake is noticed.

    python -m scripts.floors            write validation/floors.csv from the tables as they are, and print what changed;
                                        and validation/reference.csv, the hashes of code lists, places and rights
    python -m scripts.floors --check    write nothing; exit 1 where a file is not what the tables give

A maintainer who accepts a correction that empties a cell runs this; a contributor need not. Rows that were retired and
persons who are withheld count as filled. Exit 2: could not run.
"""

import argparse
import csv
import io
import sys
from collections import Counter
from pathlib import Path

import pyarrow as pa

from scripts import reference_tables
from scripts.build_parquet import write_atomically
from scripts.canonical import GENERATED
from scripts.files import CannotRun
from scripts.package import ROOT, Package, foreign_keys, load_package, read_table
from scripts.problems import Problem, finish
from scripts.spared import Spared
from scripts.transaction import recover

FILE = Path("validation") / "floors.csv"
HEAD = ["table_name", "column_name", "filled"]
Floors = dict[tuple[str, str], int]


def filled(package: Package, tables: dict[str, pa.Table]) -> Floors:
    """The number of filled cells by (table, column), of the tables that people write and that are in `tables`.

    A row that was retired, or is of or about a withheld person, counts as filled: neither takes anything away later.
    """
    withheld = withheld_persons(tables)
    spared = Counter(tables["retired_ids"].column("table_name").to_pylist())
    for resource in package.csv_resources:
        name = str(resource["name"])
        about = [column for column, table, _ in foreign_keys(resource) if table == "persons"]
        columns = ["person_id"] if name == "persons" else about
        for cells in tables[name].select(columns).to_pylist() if withheld and columns and name in tables else []:
            spared[name] += bool(withheld.intersection(cells.values()))
    return {
        (name, column): tables[name].num_rows - tables[name].column(column).null_count + spared[name]
        for name in (resource["name"] for resource in package.csv_resources)
        if name in tables and name not in GENERATED
        for column in tables[name].column_names
    }


def withheld_persons(tables: dict[str, pa.Table]) -> set[str]:
    """The ids of the withheld persons."""
    return {row["person_id"] for row in tables["persons"].to_pylist() if row["is_withheld"]}


def read_floors(base: Path) -> Floors:
    """The floors that `base` keeps. Raises OSError where the file is missing, ValueError where it is none."""
    with (base / FILE).open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    if head != HEAD:
        raise ValueError(f"{FILE} has the columns {', '.join(HEAD)}")
    return {(table, column): int(number) for table, column, number in rows}


def render(floors: Floors) -> str:
    """The file of some floors."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows((*key, number) for key, number in sorted(floors.items()))
    return text.getvalue()


def check_floors(base: Path, package: Package, tables: dict[str, pa.Table], spared: Spared) -> list[Problem]:
    """The columns with fewer filled cells than `base` has as floor, but for those that a correction emptied.

    A table without ids of its own (spellings, people of cases) leaves nothing that could be counted: there
    scripts.withhold lowers the floors itself. Raises as `read_floors`.
    """
    floors = read_floors(base)
    return [
        Problem(
            str(package.resource(table)["path"]), 0, column, "", "filled-cells-hold", "error",
            f"{number} cells are filled, and {floors[table, column]} were: was a cell emptied or a row dropped by "
            "mistake? If not, a maintainer runs python -m scripts.floors",
        )
        for (table, column), number in filled(package, tables).items()
        if number < floors.get((table, column), 0) - spared.emptied[table, column]
    ]  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the file is current")
    args = parser.parse_args(argv)
    try:
        recover(args.root)
        package = load_package(args.root)
        now = filled(package, {r["name"]: read_table(package, r["name"]) for r in package.csv_resources})
        before = read_floors(args.root) if (args.root / FILE).is_file() else {}
        reference = reference_tables.hashes(package)
        accepted = reference_tables.read_hashes(args.root) if (args.root / reference_tables.FILE).is_file() else {}
    except (CannotRun, OSError, ValueError, KeyError) as error:
        print(f"floors: could not run: {error}", file=sys.stderr)
        return 2
    if args.check:
        message = "differs from what the tables give: run python -m scripts.floors"
        current = {FILE: now == before, reference_tables.FILE: reference == accepted}
        stale = [file for file, same in current.items() if not same]
        told = [Problem(file.as_posix(), 0, "", "", "stale-document", "error", message) for file in stale]
        return finish(told, "floors")
    for key in sorted(now.keys() | before.keys()):
        if now.get(key) != before.get(key):
            print(f"{'.'.join(key)}: {before.get(key, 'no floor')} → {now.get(key, 'no floor')}")
    for table in sorted(reference.keys() | accepted.keys()):
        if reference.get(table) != accepted.get(table):
            print(f"{table}: taken as it is now")
    write_atomically(args.root / FILE, render(now).encode())
    write_atomically(args.root / reference_tables.FILE, reference_tables.render(reference).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
