"""Stated beside counted: each figure of the report, and what its counting rule gives in our rows."""

from collections.abc import Iterable

from scripts.site_pages.marks import all_marks
from scripts.site_pages.names import in_own_words
from scripts.site_pages.naming import with_names_noted
from scripts.site_pages.page import Column, Page, Section, Table, Value
from scripts.site_pages.reading import Marks, Row, Site

TOTALS = """
    SELECT totals.*, counted.counted_value FROM reported_totals AS totals
    LEFT JOIN counted_totals AS counted USING (total_id)
    WHERE {where}
    ORDER BY (
        SELECT min(passage_id) FROM citations
        WHERE table_name = 'reported_totals' AND citations.row_id = totals.total_id
    ), total_id
"""
ABOUT_EVENT = "total_id IN (SELECT total_id FROM total_events WHERE event_id = :row_id)"


async def page(site: Site, _: str) -> Page:
    """All figures: first those that can be counted in our rows, then the others."""
    t = site.t
    counted = await site.rows(TOTALS.format(where="counting_rule IS NOT NULL"))
    others = await site.rows(TOTALS.format(where="counting_rule IS NULL"))
    made = Page(
        path="/figures",
        title=t["figures_title"],
        lead=(t["figures_lead"],),
        notices=(t["floor_note"],),
        sections=(
            Section("counted", t["figures_counted"], (t["figures_note"],), table=await table_of(site, counted)),
            Section("uncounted", t["figures_uncounted"], (t["uncounted_note"],), table=await table_of(site, others)),
        ),
    )
    return await with_names_noted(site, made)


async def totals_table(site: Site, event_id: str) -> Table | None:
    """The figures about an event."""
    return await table_of(site, await site.rows(TOTALS.format(where=ABOUT_EVENT), row_id=event_id))


async def table_of(site: Site, totals: list[Row]) -> Table | None:
    """Figures as a table: what is measured, in what unit, as stated with its passages, as counted with its rows."""
    if not totals:
        return None
    t = site.t
    columns = (
        Column("measure", t["measure"]),
        Column("unit", t["unit"]),
        Column("stated", t["stated"]),
        Column("counted", t["counted"], True),
        Column("difference", t["difference"]),
    )
    marks = await all_marks(site, "reported_totals", ids_of(totals))
    rows = tuple(figure_cells(site, total, marks.get(total["total_id"], ())) for total in totals)
    return Table(t["figures_caption"].format(number=len(rows)), columns, rows)


def ids_of(totals: Iterable[Row]) -> list[str]:
    """The ids of totals."""
    return [total["total_id"] for total in totals]


def figure_cells(site: Site, total: Row, marks: Marks) -> tuple[Value, ...]:
    """A figure as cells."""
    return (
        Value(in_own_words(site.t, total["measure"]), site.path(f"/count/{total['total_id']}")),
        Value(site.code("unit", total["unit"])),
        Value(total["value_as_printed"], marks=marks),
        counted_cell(site, total),
        Value(in_own_words(site.t, total["difference_note"] or "")),
    )


def counted_cell(site: Site, total: Row) -> Value:
    """The number counted in our rows, with the way to them; a dash where nothing can be counted."""
    if total["counted_value"] is None:
        return Value("", "", site.t["not_counted"])
    return Value(f"{total['counted_value']:g}", site.path(f"/count/{total['total_id']}"))
