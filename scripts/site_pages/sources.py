"""Where a page's statements stand in the report: every passage that a page cites."""

from collections.abc import Iterable

from scripts.site_pages.marks import joined
from scripts.site_pages.page import Fact, Section, Value
from scripts.site_pages.reading import Marks, Site


def marks_on(sections: Iterable[Section]) -> Iterable[Marks]:
    """The citations of everything that sections show."""
    for section in sections:
        yield from (fact.marks for fact in section.facts)
        for entry in section.entries:
            yield entry.marks
            yield from (fact.marks for fact in entry.facts)
            yield from (answer.marks for answer in entry.answers)
        if section.table:
            yield from (cell.marks for row in section.table.rows for cell in row)


def sources_section(site: Site, sections: Iterable[Section]) -> Section:
    """A list of the passages on which a page rests, by their place in the report."""
    marks = joined(marks_on(sections))
    facts = tuple(
        Fact(mark.label, tuple(Value(passage_id, path) for passage_id, path in mark.passages)) for mark in marks
    )
    return Section("sources", site.t["sources"], (site.t["sources_note"],), facts=facts)
