"""The differences of two versions as Markdown for a comment on a pull request.

Every word of it may be a stranger's: a cell, a column's name, a branch. So nothing of theirs reaches Markdown, HTML or
GitHub as more than text: no table cell ends early, no link, image, mention or reference is made. Each list is capped,
with the exact number of those left out, so that the whole stays under GitHub's limit of 65,536 characters.
"""

from scripts.change_texts import NOTHING, WITHHELD, called_for, dotted, fate, is_empty, shown
from scripts.differences import Changes, Figure, RowChange
from scripts.files import one_line

ROOM = {"rows": 24_000, "columns": 8_000, "figures": 12_000, "notes": 6_000, "reasons": 8_000}  # characters of a list
AS_THEMSELVES = set("0123456789 ,;=?%()-“”’…→–—")
BREAKS = {"@", "#"}  # GitHub makes mentions and references after rendering: a word joiner after these stops it
JOINER = "&#8288;"


def as_markdown(changes: Changes) -> str:
    """Every change, in tables and lists that end in the number of those left out; first the version called for."""
    between = f"{code(changes.old.name)} → {code(changes.new.name)}"
    if is_empty(changes):
        return f"### {NOTHING.capitalize()}\n\n{between}\n"
    rows = [line for change in changes.rows for line in row_cells(change)]
    parts = [
        f"### {inert(called_for(changes).capitalize())}\n\n{between}",
        listed("", [f"- **{r.bump}** {inert(r.why)}" for r in changes.reasons], ROOM["reasons"]),
        listed("#### Rows\n\n| row | column | old | new |\n| --- | --- | --- | --- |", rows, ROOM["rows"]),
        listed(
            "#### Tables and columns",
            [f"- {code(dotted(c.table, c.column))} {inert(c.what)}" for c in changes.columns],
            ROOM["columns"],
        ),
        listed(
            "#### Published figures\n\n| figure | of | old | new |\n| --- | --- | --- | --- |",
            [figure_cells(figure) for figure in changes.figures],
            ROOM["figures"],
        ),
        listed("#### Not compared", [f"- {inert(note)}" for note in changes.notes], ROOM["notes"]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def listed(head: str, lines: list[str], room: int) -> str:
    """The lines below a head, as many as fit into `room` characters, then how many are left out; "" for no lines."""
    if not lines:
        return ""
    fitting, used = 0, 0
    while fitting < len(lines) and used + len(lines[fitting]) < room:
        used += len(lines[fitting]) + 1
        fitting += 1
    head += "\n" if head.endswith("|") else "\n\n" if head else ""
    left_out = len(lines) - fitting
    more = f"\n\n… and {left_out:,} more, which the text and JSON forms have." if left_out else ""
    return head + "\n".join(lines[:fitting]) + more


def row_cells(change: RowChange) -> list[str]:
    """A row's lines in the table: one a changed cell, else one."""
    if change.kind == "withheld":
        return [table_line(code(change.table), "", WITHHELD, "")]
    place = code(f"{change.table} {change.row_id}")
    if change.kind == "changed":
        return [table_line(place, code(c.column), code(shown(c.old)), code(shown(c.new))) for c in change.cells]
    if change.kind == "added":
        cells = ", ".join(f"{code(cell.column)} {code(shown(cell.new))}" for cell in change.cells)
        return [table_line(place, "", "added", cells)]
    return [table_line(place, "", inert(fate(change)), "")]


def figure_cells(figure: Figure) -> str:
    """A figure's line in the table."""
    old, new = ("none" if value is None else inert(value) for value in (figure.old, figure.new))
    return table_line(code(f"{figure.name} {figure.column}"), code(figure.row) if figure.row else "", old, new)


def table_line(*cells: str) -> str:
    """One line of a table."""
    return f"| {' | '.join(cells)} |"


def code(text: str) -> str:
    """A text in the type of code, in which GitHub makes no mentions."""
    return f"<code>{inert(text)}</code>"


def inert(text: str) -> str:
    """A text of which Markdown, HTML and GitHub make nothing: all but letters, digits and a few marks as numbers."""
    return "".join(
        character
        if character.isalpha() or character in AS_THEMSELVES
        else f"&#{ord(character)};{JOINER if character in BREAKS else ''}"
        for character in one_line(text)
    )
