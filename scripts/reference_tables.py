"""The tables that corrections of rows leave alone: code lists, places, rights and their provisions.

A code's meaning, a label or a coordinate changes for every row that uses it, and no other row could show the slip. So
validation/reference.csv keeps the hash of each such table as a maintainer accepted it; `python -m scripts.floors`
writes it.
"""

import csv
import io
from pathlib import Path

from scripts import canonical
from scripts.folder import presence_problems
from scripts.memo import digest
from scripts.package import Package
from scripts.problems import Problem
from scripts.spared import Spared

FILE = Path("validation") / "reference.csv"
HEAD = ["table_name", "sha256"]
NOT_CODES = {"places", "rights", "right_provisions"}
Hashes = dict[str, str]


def hashes(package: Package) -> Hashes:
    """The hash of each reference table that is there, by name."""
    return {
        resource["name"]: digest((package.root / resource["path"]).read_bytes())
        for resource in package.csv_resources
        if (resource["group"] == "codes" or resource["name"] in NOT_CODES)
        and not presence_problems(package.root, str(resource["path"]))
    }


def read_hashes(base: Path) -> Hashes:
    """The hashes that `base` keeps. Raises OSError where the file is missing, ValueError where it is none."""
    with (base / FILE).open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    if head != HEAD:
        raise ValueError(f"{FILE} has the columns {', '.join(HEAD)}")
    return {table: sha256 for table, sha256 in rows}


def render(kept: Hashes) -> str:
    """The file of some hashes."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEAD, *sorted(kept.items())])
    return text.getvalue()


def check_reference(base: Path, package: Package, spared: Spared) -> list[Problem]:
    """The reference tables that are not as `base` keeps them, but for what corrections change. Raises as `read_hashes`.
    """
    kept = read_hashes(base)
    return [
        Problem(
            str(package.resource(table)["path"]), 0, "", "", "reference-table-holds", "error",
            "this table is not as a maintainer accepted it: was it changed by mistake? "
            "If not, a maintainer runs python -m scripts.floors",
        )
        for table, sha256 in hashes(package).items()
        if kept.get(table) not in (sha256, before(package, table, spared))
    ]  # fmt: skip


def before(package: Package, table: str, spared: Spared) -> str:
    """The hash of a table as it was before the pending corrections of it; of one without such, nothing."""
    if table not in spared.undone:
        return ""
    rows = [list(row.values()) for row in spared.undone[table]]
    return digest(canonical.render(package.resource(table), rows).encode("utf-8"))
