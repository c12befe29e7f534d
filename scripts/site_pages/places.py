"""The page of a place: events, cases and bodies there. It lists no persons: the report's headings are no residences."""

from scripts.site_pages.events import EVENTS, event_entries
from scripts.site_pages.naming import with_names_noted
from scripts.site_pages.notes import inconsistencies
from scripts.site_pages.page import Column, Fact, Page, Section, Table, Value
from scripts.site_pages.reading import Row, Site
from scripts.site_pages.sources import sources_section

PLACE = "SELECT * FROM places WHERE place_id = :row_id"
HEADED = "SELECT count(*) AS persons FROM persons WHERE place_id = :row_id AND is_complainant = 1"
CASES = "SELECT case_id, title FROM cases WHERE place_id = :row_id ORDER BY case_id"
BODIES = "SELECT institution_id, name, institution_type FROM institutions WHERE place_id = :row_id ORDER BY name"


async def page(site: Site, row_id: str) -> Page:
    """The page of a place."""
    t = site.t
    place = (await site.rows(PLACE, row_id=row_id))[0]
    events = await site.rows(EVENTS.format(where="events.place_id = :row_id"), row_id=row_id)
    here = site.record("places", row_id)
    told = tuple(entry.without(here) for entry in await event_entries(site, events))
    headed = (await site.rows(HEADED, row_id=row_id))[0]["persons"]
    sections = [
        Section("facts", t["facts"], facts=tuple(place_facts(site, place, headed))),
        Section("events", t["events_here"], entries=told, is_timeline=True),
        Section("cases", t["cases_here"], table=await cases_table(site, row_id)),
        Section("institutions", t["bodies_here"], table=await bodies_table(site, row_id)),
        await inconsistencies(site, {"places": [row_id]}),
    ]
    number = t["events_number"].format(number=len(events))
    made = Page(
        path=f"/places/{row_id}",
        title=place["name"],
        kind=t["kinds_of_pages"]["places"],
        row_id=row_id,
        table="places",
        lead=(t["place_lead"].format(events=number),),
        notices=(t["no_comparison"],),
        sections=(*sections, sources_section(site, sections)),
    )
    return await with_names_noted(site, made)


def place_facts(site: Site, place: Row, headed: int) -> list[Fact]:
    """The facts of a place, from the gazetteer but for the number of complainants."""
    t = site.t
    facts = [Fact(t["kind_of_place"], (Value(site.code("place_type", place["place_type"])),))]
    if place["name_2026"] and place["name_2026"] != place["name"]:
        facts.append(Fact(t["name_today"], (Value(place["name_2026"]),)))
    if place["latitude"] is not None:
        point = t["coordinates_form"].format(latitude=place["latitude"], longitude=place["longitude"])
        facts.append(Fact(t["coordinates"], (Value(point, "", t["gazetteer"]),)))
    if headed:
        facts.append(Fact(t["complainants_under_heading"], (Value(str(headed), "", t["place_note"]),)))
    return facts


async def cases_table(site: Site, row_id: str) -> Table | None:
    """The cases that the report places here."""
    rows = await site.rows(CASES, row_id=row_id)
    if not rows:
        return None
    cells = tuple((site.link("cases", row["case_id"], row["title"]),) for row in rows)
    columns = (Column("case", site.t["kinds_of_pages"]["cases"]),)
    return Table(site.t["rows"].format(number=len(cells)), columns, cells)


async def bodies_table(site: Site, row_id: str) -> Table | None:
    """The courts, police and other bodies that the report places here."""
    rows = await site.rows(BODIES, row_id=row_id)
    if not rows:
        return None
    columns = (Column("name", site.t["institution"]), Column("kind", site.t["kind"]))
    cells = []
    for row in rows:
        kind = await site.label("institution_types", row["institution_type"])
        cells.append((site.link("institutions", row["institution_id"], row["name"]), Value(kind)))
    return Table(site.t["rows"].format(number=len(cells)), columns, tuple(cells))
