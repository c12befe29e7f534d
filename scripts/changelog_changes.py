"""What the CHANGELOG says of a version's changes, from a comparison with the one before: counts and no values.

Each corrected row has its line in the part on corrections; here rows are counted by table. Of withheld rows, and of the
rows that went with them, nothing is said.
"""

from collections import Counter
from collections.abc import Iterator

from scripts.change_texts import dotted, span
from scripts.differences import Changes
from scripts.figures import ROWS, TOTAL
from scripts.version_bump import LOST, counted
from scripts.workbench import LOG_OF_IDS

NOTHING = "No change that is told row by row."
KINDS = {"added": "added", "changed": "changed"} | LOST


def changes_text(changes: Changes) -> str:
    """The lines, in Markdown: tables and their rows, tables and columns of the schema, figures."""
    lines = [*row_lines(changes), *column_lines(changes), *figure_lines(changes)]
    return "\n".join(f"- {line}" for line in lines) or NOTHING


def row_lines(changes: Changes) -> Iterator[str]:
    """`acts`: 2 rows added, 1 row merged into others."""
    counts = Counter((change.table, change.kind) for change in changes.rows if change.table != LOG_OF_IDS)
    for table in sorted({table for table, kind in counts if kind in KINDS}):
        told = [f"{counted(counts[table, kind], 'row')} {word}" for kind, word in KINDS.items() if counts[table, kind]]
        yield f"`{table}`: {', '.join(told)}"


def column_lines(changes: Changes) -> Iterator[str]:
    """`acts.quantity`: what became of it."""
    for change in changes.columns:
        yield f"`{dotted(change.table, change.column)}`: {change.what}"


def figure_lines(changes: Changes) -> Iterator[str]:
    """Views with another number of rows, totals that are counted otherwise, and how many figures of rows differ."""
    single = [figure for figure in changes.figures if figure.column == ROWS or figure.name == TOTAL]
    for figure in single:
        name = f"total `{figure.row}` as counted" if figure.name == TOTAL and figure.row else f"rows of `{figure.name}`"
        yield f"{name}: {span(figure)}"
    if more := len(changes.figures) - len(single):
        yield f"{counted(more, 'more published figure')} changed"
