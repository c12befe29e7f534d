"""The history of ids, metadata/history.csv: in which versions each stood, and what became of it.

Columns: `table_name`, `row_id`; `first_version` and `last_version` in which it stood, both as released, but that the
newest version may still be on its way; `state` (live, merged, withdrawn) and `successor_id`, the row that it is part
of now. `last_version` is empty while the row lives. An id that went before any version held it has neither. An id that
is new since the last release has no `first_version` until the next version has its number.

What the file says of a released version is never changed; the rest is made from the tables, `retired_ids` and the
CHANGELOG. A withheld row has no line, and neither has any row that went with it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from scripts.changelog_sections import number_of, read_versions
from scripts.package import Package
from scripts.problems import Problem
from scripts.record_ids import id_tables

FILE = Path("metadata") / "history.csv"
HEAD = ["table_name", "row_id", "first_version", "last_version", "state", "successor_id"]
KEPT = "released-id-is-kept"
LIVE = "live"
WITHHELD = "withheld"
Line = dict[str, str]
Tables = Mapping[str, pa.Table]


def read_history(base: Path) -> list[Line]:
    """The lines that `base` keeps, none where there is no file. Raises ValueError where it is no history."""
    file = base / FILE
    if not file.exists():
        return []
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    if not rows or rows[0] != HEAD or any(len(row) != len(HEAD) for row in rows):
        raise ValueError(f"{FILE.as_posix()} has the columns {', '.join(HEAD)}")
    return [dict(zip(HEAD, row, strict=True)) for row in rows[1:]]


def render(lines: Iterable[Line]) -> str:
    """The file of some lines."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEAD, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def history_text(package: Package, tables: Tables) -> str:
    """The file as it should be, from what it was and the typed tables. Raises ValueError where it, or the CHANGELOG,
    cannot be read."""
    versions = read_versions(package.root)
    return render(history(package, tables, read_history(package.root), versions))


def history(package: Package, tables: Tables, kept: list[Line], versions: Mapping[str, date | None]) -> list[Line]:
    """The lines of every id, sorted. `kept` are those of the file before; `versions` those of the CHANGELOG."""
    version = package.descriptor["version"]
    here = "" if versions.get(version) else version
    first = {(k["table_name"], k["row_id"]): k["first_version"] for k in kept if versions.get(k["first_version"])}
    retired = {row["row_id"]: row for row in tables["retired_ids"].to_pylist()}
    lines = [
        line(table, row_id, first.get((table, row_id), here), "", LIVE, "")
        for table, row_id in live_ids(package, tables)
    ]
    for row_id, row in retired.items():
        if row["reason_code"] != WITHHELD:
            began = first.get((row["table_name"], row_id), "")
            ended = last_before(row["version"], versions) if began else ""
            lines.append(
                line(row["table_name"], row_id, began, ended, row["reason_code"], row["successor_id"] or "")
            )
    told = {(each["table_name"], each["row_id"]) for each in lines} | set(withheld_ids(tables))
    lines += [each for each in kept if (each["table_name"], each["row_id"]) not in told and is_released(each, versions)]
    return sorted(lines, key=lambda each: (each["table_name"], each["row_id"]))


def line(table: str, row_id: str, first: str, last: str, state: str, successor: str) -> Line:
    """One line of the file."""
    return dict(zip(HEAD, (table, row_id, first, last, state, successor), strict=True))


def live_ids(package: Package, tables: Tables) -> Iterator[tuple[str, str]]:
    """The table and id of every row that has an id of its own; withheld persons are left out."""
    hidden = set(withheld_ids(tables))
    for table, key in id_tables(package).values():
        for row_id in tables[table][key].to_pylist():
            if (table, row_id) not in hidden:
                yield table, row_id


def withheld_ids(tables: Tables) -> Iterator[tuple[str, str]]:
    """The table and id of what is withheld: persons with a bare row, and ids retired for it."""
    for row in tables["persons"].select(["person_id", "is_withheld"]).to_pylist():
        if row["is_withheld"]:
            yield "persons", row["person_id"]
    for row in tables["retired_ids"].select(["table_name", "row_id", "reason_code"]).to_pylist():
        if row["reason_code"] == WITHHELD:
            yield row["table_name"], row["row_id"]


def last_before(version: str, versions: Mapping[str, date | None]) -> str:
    """The newest released version before one; empty where there is none."""
    earlier = [each for each, day in versions.items() if day and number_of(each) < number_of(version)]
    return max(earlier, key=number_of, default="")


def is_released(each: Line, versions: Mapping[str, date | None]) -> bool:
    """Whether a line tells of a version that was released."""
    return bool(versions.get(each["first_version"]))


def check_history(base: Path, package: Package, tables: Tables) -> list[Problem]:
    """A problem for each id of a released version that is neither in its table nor in retired_ids any more."""
    try:
        lines, versions = read_history(base), read_versions(base)
    except ValueError as error:
        return [Problem(FILE.as_posix(), 0, "", "", KEPT, "error", str(error))]
    there = {*live_ids(package, tables), *withheld_ids(tables)}
    there |= {(row["table_name"], row["row_id"]) for row in tables["retired_ids"].to_pylist()}
    paths = {resource["name"]: str(resource["path"]) for resource in package.csv_resources}
    return [
        Problem(paths.get(table, FILE.as_posix()), 0, "", row_id, KEPT, "error", gone(table, row_id, first))
        for table, row_id, first in (
            (each["table_name"], each["row_id"], each["first_version"]) for each in lines if is_released(each, versions)
        )
        if (table, row_id) not in there
    ]


def gone(table: str, row_id: str, first: str) -> str:
    """What is said of an id that is nowhere any more."""
    return f"{row_id} stood in version {first} and is gone: merge or withdraw {table} rows by a correction, not by hand"
