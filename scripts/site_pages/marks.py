"""Citations of whole rows, whatever column each stands for."""

from collections.abc import Iterable

from scripts.site_pages.page import Mark
from scripts.site_pages.reading import Marks, Site


def joined(groups: Iterable[Marks]) -> Marks:
    """The marks of several statements as one list, each place once with all its passages, in the text's order."""
    places: dict[tuple[str, str], dict[str, str]] = {}
    for mark in (mark for group in groups for mark in group):
        places.setdefault((mark.label, mark.source), {}).update(mark.passages)
    ordered = sorted(places.items(), key=lambda item: min(item[1], default="~"))
    return tuple(Mark(label, tuple(sorted(passages.items())), source) for (label, source), passages in ordered)


async def all_marks(site: Site, table: str, ids: Iterable[str]) -> dict[str, Marks]:
    """Every citation of each row of a table, by the row's id."""
    groups: dict[str, list[Marks]] = {}
    for (row_id, _), marks in (await site.marks(table, ids)).items():
        groups.setdefault(row_id, []).append(marks)
    return {row_id: joined(marks) for row_id, marks in groups.items()}
