"""Codes in the cells of views as words, for readers of another language than English."""

from scripts.site_pages.reading import Row, Site

CODE_LISTS = {f"{name}_type": f"{name}_types" for name in ("act", "event", "penalty", "person", "institution")}
LABELS = {"act_label": "act_type", "penalty_label": "penalty_type"}  # columns that hold the label of a code beside it
OTHER_NAMES = {"status_as_last_reported": "case_status"}  # a column whose closed set our texts call otherwise


async def words_for(site: Site, row: Row, column: str, value: str) -> str:
    """The words for a cell that holds a code or its English label; any other cell as it is."""
    if column in LABELS and row.get(LABELS[column]):
        return await site.label(CODE_LISTS[LABELS[column]], row[LABELS[column]])
    if column in CODE_LISTS:
        return await site.label(CODE_LISTS[column], value)
    closed = site.t["codes"].get(OTHER_NAMES.get(column, column), {})
    return str(closed[value]) if value in closed else value
