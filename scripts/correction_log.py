"""The log of corrections, metadata/corrections.csv, and the CHANGELOG's sections on them, both made from the files.

The log has one line a change of each decided file, in the order in which the corrections were applied, and neither an
old nor a new value. It is also where the id stands that a row got which a file adds.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.changelog_sections import FILE as CHANGELOG
from scripts.changelog_sections import parts_of, version_of, with_part
from scripts.corrections import Correction
from scripts.marked import with_block
from scripts.workbench import ANY_ID

FILE = Path("metadata") / "corrections.csv"
HEAD = [
    "correction_id", "asked_by", "table_name", "row_id", "field", "change", "decision", "decided_on", "version",
    "reason",
]  # fmt: skip
MAX_BYTES = 5_000_000
MARK = re.compile(r"([\\`*_{}\[\]<>#|!])")
WORDS = {
    "value": "corrected", "add": "added", "merge": "merged", "withdraw": "withdrawn",
    "other_value": "other value added",
}  # fmt: skip
NONE = "None yet."
TITLE = "Corrections"
BLOCK = TITLE.lower()
LogRow = dict[str, str]


def read_log(base: Path) -> list[LogRow]:
    """The lines of the log that `base` keeps, none where there is no file. Raises ValueError where it is no log."""
    file = base / FILE
    if not file.exists():
        return []
    if file.is_symlink() or not file.is_file() or file.stat().st_size > MAX_BYTES:
        raise ValueError(f"{FILE.as_posix()} is no plain file of at most {MAX_BYTES:,} bytes")
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    if not rows or rows[0] != HEAD or any(len(row) != len(HEAD) for row in rows):
        raise ValueError(f"{FILE.as_posix()} has the columns {', '.join(HEAD)}")
    return [dict(zip(HEAD, row, strict=True)) for row in rows[1:]]


def log_rows(correction: Correction, row_ids: Mapping[int, str]) -> list[LogRow]:
    """A decided file's lines; `row_ids` are the ids of rows that it adds, by the number of the change."""
    return [
        {
            "correction_id": correction.correction_id,
            "asked_by": correction.said["asked_by"],
            "table_name": change.table,
            "row_id": shown(row_ids.get(change.number, "") if change.kind == "add" else change.text("row_id")),
            "field": change.text("field"),
            "change": change.kind,
            "decision": correction.decision,
            "decided_on": correction.said["decided_on"],
            "version": correction.version,
            "reason": correction.said["reason"],
        }
        for change in correction.changes
    ]


def shown(row_id: str) -> str:
    """A row's id as the log shows it: of a key of several columns the ids alone, for the other parts may be a name."""
    parts = row_id.split("/")
    return row_id if len(parts) == 1 else "/".join(part if ANY_ID.fullmatch(part) else "…" for part in parts)


def right_log(kept: list[LogRow], corrections: Iterable[Correction]) -> list[LogRow]:
    """The log as the files give it: in the order of `kept`, whose ids of added rows it keeps; then the new files.

    A line of `kept` whose file is gone, or undecided again, is not in it.
    """
    decided = {c.correction_id: c for c in corrections if c.decision}
    order = list(dict.fromkeys(row["correction_id"] for row in kept))
    order = [*(i for i in order if i in decided), *(i for i in decided if i not in order)]
    return [row for i in order for row in log_rows(decided[i], given_ids(kept, i))]


def given_ids(kept: list[LogRow], correction_id: str) -> dict[int, str]:
    """The ids in a correction's lines of the log, by the number of the change."""
    lines = [row for row in kept if row["correction_id"] == correction_id]
    return {number: row["row_id"] for number, row in enumerate(lines)}


def render(rows: Iterable[LogRow]) -> str:
    """The file of some lines."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEAD, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def section(rows: Iterable[LogRow], version: str) -> str:
    """What the CHANGELOG says of a version's corrections: one line a change, without old or new values."""
    lines = [
        f"- `{row['table_name']}` {plain(row['row_id'])}"
        + (f", `{row['field']}`" if row["field"] else "")
        + f": {WORDS[row['change']]}. {plain(row['reason'])} ({row['correction_id']}, asked by: {row['asked_by']})"
        for row in rows
        if row["decision"] == "accepted" and row["version"] == version
    ]
    return "\n".join(lines) or NONE


def plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return MARK.sub(r"\\\1", text)


def with_sections(changelog: str, rows: list[LogRow]) -> str:
    """The CHANGELOG with the corrections of each version; a version that it lacks gets a heading at its top.

    Raises ValueError where the marks in a version's part are amiss.
    """
    versions = list(dict.fromkeys(row["version"] for row in rows if row["decision"] == "accepted"))
    for version in sorted(versions, key=lambda text: [int(part) for part in text.split(".")]):
        changelog = with_part(changelog, version, TITLE, section(rows, version))
    parts = parts_of(changelog)
    return "".join(emptied(part) if begins(part) and version_of(part) not in versions else part for part in parts)


def emptied(part: str) -> str:
    """A version's part without corrections in its block."""
    return with_block(part, CHANGELOG, BLOCK, NONE)


def begins(part: str) -> bool:
    """Whether a part of the CHANGELOG has a block."""
    return f"<!-- {BLOCK}:begin -->" in part
