"""Lists of records by which a reader finds a page: events, cases, places, provisions, rights. None of people."""

from scripts.site_pages.charts import detentions_section
from scripts.site_pages.events import EVENTS, event_entries
from scripts.site_pages.naming import with_names_noted
from scripts.site_pages.page import Column, Page, Section, Table, Value
from scripts.site_pages.reading import Site

CASES = """
    SELECT cases.*, places.name AS place FROM cases LEFT JOIN places USING (place_id) ORDER BY case_id
"""
PLACES = """
    SELECT places.*, (SELECT count(*) FROM events WHERE events.place_id = places.place_id) AS events
    FROM places ORDER BY place_type = 'country', place_type = 'province', name
"""
PROVISIONS = """
    SELECT provisions.*, (SELECT count(*) FROM charges WHERE charges.provision_id = provisions.provision_id) AS charges
    FROM provisions ORDER BY jurisdiction <> 'KZ', instrument, CAST(article AS INTEGER), article, part
"""


async def events_page(site: Site, _: str) -> Page:
    """All events along the line of time, after the drawing of detentions."""
    t = site.t
    events = await site.rows(EVENTS.format(where="1"))
    sections = (
        await detentions_section(site),
        Section("all", t["all_events"], entries=tuple(await event_entries(site, events)), is_timeline=True),
    )
    made = Page("/events", t["events_title"], lead=(t["events_lead"],), notices=(t["floor_note"],), sections=sections)
    return await with_names_noted(site, made)


async def cases_page(site: Site, _: str) -> Page:
    """All cases with their state as last reported."""
    t = site.t
    columns = (
        Column("case", t["kinds_of_pages"]["cases"]),
        Column("status", t["case_status"]),
        Column("place", t["place"]),
    )
    rows = tuple(
        (
            site.link("cases", row["case_id"], row["title"]),
            Value(site.code("case_status", row["status_as_last_reported"])),
            site.link("places", row["place_id"], row["place"]),
        )
        for row in await site.rows(CASES)
    )
    return await listing(site, "cases", (t["as_reported"],), columns, rows)


async def places_page(site: Site, _: str) -> Page:
    """All places with the number of events that the report puts there."""
    t = site.t
    columns = (Column("place", t["place"]), Column("kind", t["kind"]), Column("events", t["nav_events"], True))
    rows = tuple(
        (
            site.link("places", row["place_id"], row["name"]),
            Value(site.code("place_type", row["place_type"])),
            Value(str(row["events"])),
        )
        for row in await site.rows(PLACES)
    )
    return await listing(site, "places", (t["no_comparison"],), columns, rows)


async def provisions_page(site: Site, _: str) -> Page:
    """All provisions that the report cites, with the number of charges."""
    t = site.t
    columns = (
        Column("provision", t["kinds_of_pages"]["provisions"]),
        Column("title", t["title"]),
        Column("charges", t["charges"], True),
    )
    rows = tuple(
        (
            site.link("provisions", row["provision_id"], row["label"]),
            Value(row["title"] or ""),
            Value(str(row["charges"])),
        )
        for row in await site.rows(PROVISIONS)
    )
    return await listing(site, "provisions", (t["floor_note"],), columns, rows)


async def rights_page(site: Site, _: str) -> Page:
    """The rights of chapter 5."""
    rows = await site.rows("SELECT * FROM rights ORDER BY right_id")
    cells = tuple((site.link("rights", row["right_id"], row["name"]),) for row in rows)
    return await listing(site, "rights", (), (Column("right", site.t["kinds_of_pages"]["rights"]),), cells)


async def listing(
    site: Site, kind: str, notices: tuple[str, ...], columns: tuple[Column, ...], rows: tuple[tuple[Value, ...], ...]
) -> Page:
    """A page of one table of records."""
    text = site.t["listings"][kind]
    table = Table(text["caption"].format(number=len(rows)), columns, rows)
    sections = (Section("all", text["title"], table=table),)
    made = Page(f"/{kind}", text["title"], lead=(text["lead"],), notices=notices, sections=sections)
    return await with_names_noted(site, made)
