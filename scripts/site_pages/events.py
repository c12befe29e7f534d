"""The page of an event: when and where, what was done to whom on that occasion, what was imposed, figures about it.

It names no official but where the report says that one did an act: an event ties nobody to anything.
"""

from scripts.site_pages.acts import act_entries, act_rows
from scripts.site_pages.figures import totals_table
from scripts.site_pages.marks import all_marks
from scripts.site_pages.naming import with_names_noted
from scripts.site_pages.notes import inconsistencies
from scripts.site_pages.page import Entry, Fact, Page, Section, Value
from scripts.site_pages.penalties import penalty_entries, penalty_rows
from scripts.site_pages.reading import Row, Site
from scripts.site_pages.responses import answers_to
from scripts.site_pages.sources import sources_section

EVENTS = """
    SELECT events.*, places.name AS place, cases.title AS case_title, parents.title AS parent_title FROM events
    LEFT JOIN places ON places.place_id = events.place_id
    LEFT JOIN cases ON cases.case_id = events.case_id
    LEFT JOIN events AS parents ON parents.event_id = events.parent_event_id
    WHERE {where}
    ORDER BY events.date_start IS NULL, events.date_start, events.event_id
"""


async def page(site: Site, row_id: str) -> Page:
    """The page of an event."""
    t = site.t
    event = (await site.rows(EVENTS.format(where="events.event_id = :row_id"), row_id=row_id))[0]
    parts = await site.rows(EVENTS.format(where="events.parent_event_id = :row_id"), row_id=row_id)
    acts = await act_rows(site, "acts.event_id = :row_id", row_id=row_id)
    imposed_for = await penalty_rows(site, "penalties.event_id = :row_id", row_id=row_id)
    imposed_at = await penalty_rows(site, "penalties.decision_event_id = :row_id", row_id=row_id)
    ids = {
        "events": [row_id],
        "acts": [act["act_id"] for act in acts],
        "penalties": [penalty["penalty_id"] for penalty in imposed_for + imposed_at],
    }
    here = site.record("events", row_id)
    imposed = [await penalty_entries(site, rows, False) for rows in (imposed_for, imposed_at)]
    sections = [
        Section("facts", t["facts"], facts=tuple(await event_facts(site, event))),
        Section("answers", t["answers_heading_page"], entries=await answers_section(site, row_id)),
        Section("parts", t["parts_of_event"], entries=tuple(await event_entries(site, parts)), is_timeline=True),
        *await act_sections(site, acts),
        Section("imposed-for", t["penalties_for"], entries=entries_of(imposed[0], here)),
        Section("imposed-at", t["penalties_at"], entries=entries_of(imposed[1], here)),
        Section("figures", t["figures_about"], (t["figures_about_note"],), table=await totals_table(site, row_id)),
        await inconsistencies(site, ids),
    ]
    made = Page(
        path=f"/events/{row_id}",
        title=site.name("events", row_id, event["title"]),
        kind=t["kinds_of_pages"]["events"],
        row_id=row_id,
        table="events",
        lead=tuple(filter(None, [await lead(site, event), event["description"]])),
        notices=(t["floor_note"],) if acts else (),
        sections=(*sections, sources_section(site, sections)),
    )
    return await with_names_noted(site, made)


def entries_of(pairs: list[tuple[str, Entry]], here: str = "") -> tuple[Entry, ...]:
    """Statements without the days that sort them, and without what only leads `here`, to their own page."""
    return tuple(entry.without(here) if here else entry for _, entry in pairs)


async def lead(site: Site, event: Row) -> str:
    """Kind, day and place of an event in one line; empty where its name in this language says them."""
    if site.name("events", event["event_id"], event["title"]) != event["title"]:
        return ""
    words = [await site.label("event_types", event["event_type"]), event["place"], site.date(event)]
    return ", ".join(filter(None, words)) + "."


async def event_facts(site: Site, event: Row) -> list[Fact]:
    """The facts of an event, each with the passages of its column, else of the row."""
    t, row_id = site.t, event["event_id"]
    marks = (await all_marks(site, "events", [row_id])).get(row_id, ())
    facts = [Fact(t["kind_of_event"], (Value(await site.label("event_types", event["event_type"])),), marks)]
    printed = t["as_printed"].format(printed=event["date_as_printed"]) if event["date_as_printed"] else ""
    facts.append(Fact(t["when"], (Value(site.date(event) or t["date_not_stated"], "", printed),), marks))
    links = [
        (t["place"], "places", event["place_id"], event["place"]),
        (t["part_of"], "events", event["parent_event_id"], event["parent_title"]),
        (t["in_case"], "cases", event["case_id"], event["case_title"]),
    ]
    if site.name("events", row_id, event["title"]) != event["title"]:
        facts.insert(0, Fact(t["title_in_english"], (Value(event["title"]),), marks))
    return facts + [Fact(label, (site.link(table, key, text),), marks) for label, table, key, text in links if key]


async def answers_section(site: Site, row_id: str) -> tuple[Entry, ...]:
    """What the other side said of the event itself."""
    answers = (await answers_to(site, "events", [row_id])).get(row_id, ())
    return tuple(
        Entry(answer.row_id, Value(f"{answer.who} {answer.what}.", "", answer.text), answer.when, marks=answer.marks)
        for answer in answers
    )


async def event_entries(site: Site, events: list[Row]) -> list[Entry]:
    """A statement for each of some events."""
    marks = await all_marks(site, "events", [event["event_id"] for event in events])
    entries = []
    for event in events:
        row_id = event["event_id"]
        kind = await site.label("event_types", event["event_type"])
        facts = (Fact(site.t["place"], (site.link("places", event["place_id"], event["place"]),)),)
        shown = facts if event["place_id"] else ()
        title = site.link("events", row_id, event["title"], kind)
        entries.append(Entry(row_id, title, site.date(event), shown, marks.get(row_id, ()), (), "events"))
    return entries


async def act_sections(site: Site, acts: list[Row]) -> list[Section]:
    """A section for each kind of treatment: named persons, then unnamed ones, then groups; never summed."""
    t = site.t
    by_type: dict[str, list[Row]] = {}
    for act in sorted(acts, key=lambda act: (act["victim_scope"] != "person", act["victim_scope"], act["name"] or "")):
        by_type.setdefault(act["act_type"], []).append(act)
    sections = []
    for code, rows in sorted(by_type.items(), key=lambda item: -len(item[1])):
        named = len({row["person_id"] for row in rows if row["person_id"]})
        note = t["named_persons"].format(number=named) if named else t["nobody_named"]
        heading = await site.label("act_types", code)
        entries = entries_of(await act_entries(site, rows, False))
        order = {row["act_id"]: number for number, row in enumerate(rows)}
        ordered = tuple(sorted(entries, key=lambda entry: order[entry.row_id]))
        sections.append(Section(code.replace("_", "-"), heading, (note,), entries=ordered))
    return sections
