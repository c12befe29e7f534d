"""Codes in the cells of views as words, for readers of another language than English."""

import re

from scripts.site_pages.reading import Row, Site

LISTS = {f"{name}_type": f"{name}_types" for name in ("act", "event", "penalty", "person", "institution")}
LABELS = ("act_label", "penalty_label", "what")  # columns that hold the English label of a code
# The closed sets of our texts (`codes`) from which a column takes its values, where they are not called as the column.
SETS = {
    "status": ("penalty_status", "passage_status"),
    "status_as_last_reported": ("case_status",),
    "certainty": ("completion", "assertion", "penalty_status"),
    "told_by": ("attestor_kind",),
    "event_date_precision": ("date_precision",),
    "decision_date_precision": ("date_precision",),
}
PARTED = re.compile("([,;] )")


async def words_for(site: Site, row: Row, column: str, value: str) -> str:
    """The words for a cell that holds a code, several of them, or a code's English label; any other cell as it is.

    A code beside which the row has its label stays a code.
    """
    if column in LABELS:
        return await site.label_for(value)
    if column in LISTS:
        return value if f"{column.removesuffix('_type')}_label" in row else await site.label(LISTS[column], value)
    sets: dict[str, dict[str, str]] = site.t["codes"] | {"table_name": site.t["tables"], "section": site.t["sections"]}
    known = {code: words for name in SETS.get(column, (column,)) for code, words in sets.get(name, {}).items()}
    return "".join(known.get(part, part) for part in PARTED.split(value)) if known else value
