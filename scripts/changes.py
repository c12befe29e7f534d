"""Compare two versions of the package, and say it.

changes = compare(read_version("v0.1.0", ROOT), read_version(".", ROOT))
print(as_text(changes))
"""

from scripts.change_comment import as_markdown
from scripts.change_texts import as_json, as_text
from scripts.column_changes import column_changes, renamed_columns
from scripts.differences import Changes, Tables, Version
from scripts.figures import changed_figures
from scripts.row_changes import row_changes
from scripts.silent_rows import without_withheld
from scripts.version_bump import reasons_for

__all__ = ["Changes", "Tables", "Version", "as_json", "as_markdown", "as_text", "compare"]


def compare(old: Version, new: Version) -> Changes:
    """All that differs between two versions; the same versions give the same lists in the same order."""
    renamed = renamed_columns(old, new)
    old, withheld = without_withheld(old, new, renamed)
    rows = sorted([*row_changes(old.tables, new.tables, renamed), *withheld])
    columns = column_changes(old, new, renamed)
    figures, notes = changed_figures(old, new)
    return Changes(old, new, rows, columns, figures, reasons_for(rows, columns, new, old), notes)
