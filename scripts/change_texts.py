"""The differences of two versions as plain text and as JSON."""

import json
from dataclasses import asdict
from typing import Any

from scripts.differences import Changes, Figure, RowChange
from scripts.files import one_line, shortened

NOTHING = "nothing changed"
EMPTY = "(empty)"
WITHHELD = "row withheld"


def as_text(changes: Changes) -> str:
    """Every change, one line each, in sections; ends in the version that they call for."""
    if is_empty(changes):
        return f"{NOTHING}\n"
    sections = {
        "Rows": [line for change in changes.rows for line in row_lines(change)],
        "Tables and columns": [f"{dotted(c.table, c.column)}: {c.what}" for c in changes.columns],
        "Published figures": [figure_line(figure) for figure in changes.figures],
        "Not compared": changes.notes,
        "Version": [called_for(changes), *(f"{reason.bump}  {reason.why}" for reason in changes.reasons)],
    }
    parts = [
        "\n".join([title, *(f"  {one_line(line)}" for line in lines)]) for title, lines in sections.items() if lines
    ]
    return "\n\n".join(parts) + "\n"


def as_json(changes: Changes) -> str:
    """Every change as one JSON object, described in scripts/diff.py."""
    return json.dumps(json_object(changes), indent=1) + "\n"


def json_object(changes: Changes) -> dict[str, Any]:
    """The object that `as_json` writes."""
    ends = {
        end: {"name": version.name, "version": version.descriptor.get("version")}
        for end, version in (("old", changes.old), ("new", changes.new))
    }
    lists = {
        name: [asdict(item) for item in getattr(changes, name)] for name in ("rows", "columns", "figures", "reasons")
    }
    calls_for = {"bump": changes.bump, "version": changes.next_version}
    return ends | calls_for | lists | {"notes": changes.notes}


def is_empty(changes: Changes) -> bool:
    """Whether nothing at all differs, as far as it could be compared."""
    return not any((changes.rows, changes.columns, changes.figures, changes.notes))


def called_for(changes: Changes) -> str:
    """The version that the changes call for, and whether the new version has it."""
    before, right = changes.old.descriptor.get("version"), changes.next_version
    if right is None:
        return f"these changes call for: {changes.bump}"
    words = f"these changes call for: {changes.bump}, {before} → {right}"
    now = changes.new.descriptor.get("version")
    return words if now == right else f"{words}; the new version says {now}"


def row_lines(change: RowChange) -> list[str]:
    """A changed row, one line a cell; any other row in one line."""
    if change.kind == "withheld":
        return [f"{change.table}: {WITHHELD}"]
    place = f"{change.table} {change.row_id}"
    if change.kind == "changed":
        return [f"{place}  {cell.column}: {shown(cell.old)} → {shown(cell.new)}" for cell in change.cells]
    if change.kind == "added":
        return [f"{place}  added: " + ", ".join(f"{cell.column}={shown(cell.new)}" for cell in change.cells)]
    return [f"{place}  {fate(change)}"]


def fate(change: RowChange) -> str:
    """What became of a row that is no more, in words."""
    return f"merged into {change.into}" if change.kind == "merged" else change.kind


def figure_line(figure: Figure) -> str:
    """A figure that changed."""
    return f"{' '.join(part for part in (figure.name, figure.row, figure.column) if part)}: {span(figure)}"


def span(figure: Figure) -> str:
    """old → new of a figure."""
    return " → ".join("none" if value is None else value for value in (figure.old, figure.new))


def shown(cell: str) -> str:
    """A cell as the text shows it."""
    return shortened(cell) or EMPTY


def dotted(table: str, column: str) -> str:
    """A table, or a column of it, or the package."""
    return ".".join(part for part in (table, column) if part) or "package"
