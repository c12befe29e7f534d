"""The monthly count of persons withheld, metadata/withheld.csv, and the check that it fits the tables.

The file says how many, not whom and not why: one reason for all stands in metadata/ethics.md. A person who is named
again, or taken out without being counted, makes the numbers differ.
"""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.problems import Problem

FILE = Path("metadata") / "withheld.csv"
HEAD = ["month", "rows"]
MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
COUNT_RULE = "withheld-rows-are-counted"
Counts = dict[str, int]
Row = dict[str, Any]


def read_counts(base: Path) -> Counts:
    """The persons withheld by month; none where the file is missing. Raises ValueError where it is no such file."""
    if not (base / FILE).exists():
        return {}
    return parse(base.joinpath(FILE).read_text(encoding="utf-8"))


def parse(text: str) -> Counts:
    """The counts that a file's text holds, as `render` writes it; ValueError where it is another."""
    head, *rows = [*csv.reader(io.StringIO(text))] or [[]]
    shaped = all(len(row) == 2 and MONTH.fullmatch(row[0]) and re.fullmatch(r"[1-9]\d{0,3}", row[1]) for row in rows)
    counts = {row[0]: int(row[1]) for row in rows} if shaped else {}
    if head != HEAD or render(counts) != text:
        raise ValueError(f"{FILE.as_posix()} holds a month (2026-11) and a number of rows a line, sorted: month,rows")
    return counts


def render(counts: Counts) -> str:
    """The file of some counts."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([HEAD, *sorted(counts.items())])
    return out.getvalue()


def with_one_more(counts: Counts, month: str) -> Counts:
    """The counts with one row more in a month."""
    return counts | {month: counts.get(month, 0) + 1}


def withheld_rows(tables: dict[str, pa.Table]) -> int:
    """How many persons are withheld: with a bare row, or with a retired id alone."""
    rows: list[Row] = tables["persons"].select(["is_withheld"]).to_pylist()
    retired: list[Row] = tables["retired_ids"].select(["table_name", "reason_code"]).to_pylist()
    fate = {"table_name": "persons", "reason_code": "withheld"}
    return sum(bool(row["is_withheld"]) for row in rows) + retired.count(fate)


def check_counts(base: Path, tables: dict[str, pa.Table]) -> list[Problem]:
    """Whether as many persons are withheld as `base` has counted; nothing where it keeps no such file."""
    if not (base / FILE).is_file():
        return []
    try:
        here, counted = withheld_rows(tables), sum(read_counts(base).values())
    except ValueError as error:
        return [Problem(FILE.as_posix(), 0, "", "", COUNT_RULE, "error", str(error))]
    if here == counted:
        return []
    message = (
        f"{here} persons are withheld, and {counted} were counted: a withheld row is never filled again, and python -m "
        "scripts.withhold takes a person out"
    )
    return [Problem("data/persons.csv", 0, "is_withheld", "", COUNT_RULE, "error", message)]
