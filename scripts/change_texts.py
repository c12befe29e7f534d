"""The differences of two versions as plain text, as Markdown for a pull request, and as JSON."""

from scripts.differences import Changes, Figure, RowChange
from scripts.files import one_line, shortened

NOTHING = "nothing changed"
EMPTY = "(empty)"
WITHHELD = "row withheld"


def as_text(changes: Changes) -> str:
    """Every change, one line each, in sections; ends in the version that they call for."""
    sections = {
        "Rows": [line for change in changes.rows for line in row_lines(change)],
        "Tables and columns": [f"{dotted(c.table, c.column)}: {c.what}" for c in changes.columns],
        "Published figures": [figure_line(figure) for figure in changes.figures],
        "Not compared": changes.notes,
        f"Version: {changes.bump}": [f"{reason.bump}  {reason.why}" for reason in changes.reasons],
    }
    if not any((changes.rows, changes.columns, changes.figures, changes.notes)):
        return f"{NOTHING}\n"
    parts = [
        "\n".join([title, *(f"  {one_line(line)}" for line in lines)]) for title, lines in sections.items() if lines
    ]
    return "\n\n".join(parts) + "\n"


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
