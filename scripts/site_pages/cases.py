"""The page of a legal case: its state as last reported, who stands in it, charges, penalties, hearings, officials."""

from scripts.site_pages.cases_of import charge_fact
from scripts.site_pages.events import EVENTS, entries_of, event_entries
from scripts.site_pages.marks import all_marks
from scripts.site_pages.notes import inconsistencies
from scripts.site_pages.page import Entry, Fact, Page, Section, Value
from scripts.site_pages.penalties import penalty_entries, penalty_rows
from scripts.site_pages.reading import Row, Site
from scripts.site_pages.responses import answers_to
from scripts.site_pages.sources import sources_section

CASE = "SELECT cases.*, places.name AS place FROM cases LEFT JOIN places USING (place_id) WHERE case_id = :row_id"
PERSONS = """
    SELECT case_persons.procedural_status, persons.person_id, persons.name, persons.is_withheld
    FROM case_persons JOIN persons USING (person_id) WHERE case_id = :row_id ORDER BY persons.name
"""
CHARGES = """
    SELECT charges.*, provisions.label AS provision FROM charges LEFT JOIN provisions USING (provision_id)
    WHERE case_id = :row_id ORDER BY charge_id
"""
OFFICIALS = """
    SELECT official_roles.*, official_roles.date_start AS date_end, officials.name_as_reported, officials.office
    FROM official_roles JOIN officials USING (official_id) WHERE case_id = :row_id ORDER BY official_role_id
"""


async def page(site: Site, row_id: str) -> Page:
    """The page of a case."""
    t = site.t
    case = (await site.rows(CASE, row_id=row_id))[0]
    events = await site.rows(EVENTS.format(where="events.case_id = :row_id"), row_id=row_id)
    penalties = await penalty_rows(site, "penalties.case_id = :row_id", row_id=row_id)
    charges = await site.rows(CHARGES, row_id=row_id)
    officials = await official_entries(site, row_id)
    ids = {
        "cases": [row_id],
        "charges": [charge["charge_id"] for charge in charges],
        "penalties": [penalty["penalty_id"] for penalty in penalties],
        "events": [event["event_id"] for event in events],
    }
    about = await about_section(site, case)
    here = site.record("cases", row_id)
    imposed = await penalty_entries(site, penalties, False)
    sections = [
        about,
        Section("facts", t["facts"], facts=tuple(await case_facts(site, case))),
        Section("persons", t["persons_in_case"], entries=tuple(await person_entries(site, row_id, charges))),
        Section("penalties", t["penalties"], entries=entries_of(imposed, here)),
        Section("events", t["events_in_case"], entries=tuple(await event_entries(site, events)), is_timeline=True),
        Section("officials", t["officials_in_case"], (t["officials_in_case_note"],), entries=officials),
        await inconsistencies(site, ids),
    ]
    status = site.code("case_status", case["status_as_last_reported"])
    return Page(
        path=f"/cases/{row_id}",
        title=case["title"],
        kind=t["kinds_of_pages"]["cases"],
        row_id=row_id,
        table="cases",
        lead=(t["case_lead"].format(kind=site.code("case_type", case["case_type"]).capitalize(), status=status),),
        notices=(t["as_reported"],),
        sections=(*sections, sources_section(site, sections)),
        names_people=True,
    )


async def about_section(site: Site, case: Row) -> Section:
    """What the report tells of the case, the other side's answers level with it."""
    row_id = case["case_id"]
    answers = (await answers_to(site, "cases", [row_id])).get(row_id, ())
    marks = (await all_marks(site, "cases", [row_id])).get(row_id, ())
    if not case["description"] and not answers:
        return Section("about", site.t["about_case"])
    entry = Entry(row_id, Value(case["description"] or case["title"]), "", (), marks, answers, "cases")
    return Section("about", site.t["about_case"], entries=(entry,))


async def case_facts(site: Site, case: Row) -> list[Fact]:
    """The facts of a case, each with the passages of its column, else of the row."""
    t, row_id = site.t, case["case_id"]
    marks = await site.marks("cases", [row_id])
    whole = marks.get((row_id, ""), ())
    status = Value(site.code("case_status", case["status_as_last_reported"]))
    facts = [
        Fact(t["case_status"], (status,), marks.get((row_id, "status_as_last_reported"), whole)),
        Fact(t["kind_of_case"], (Value(site.code("case_type", case["case_type"])),), whole),
        Fact(t["relation_to_ban"], (Value(site.code("relation_to_ban", case["relation_to_ban"])),), whole),
    ]
    if case["court"]:
        facts.append(Fact(t["court"], (Value(case["court"]),), whole))
    if case["place_id"]:
        facts.append(Fact(t["place"], (site.link("places", case["place_id"], case["place"]),), whole))
    return facts


async def person_entries(site: Site, case_id: str, charges: list[Row]) -> list[Entry]:
    """Who stands in the case, with the charges against each and the answers to them."""
    ids = [charge["charge_id"] for charge in charges]
    marks = await all_marks(site, "charges", ids)
    answers = await answers_to(site, "charges", ids)
    entries = []
    for person in await site.rows(PERSONS, row_id=case_id):
        own = [charge for charge in charges if charge["person_id"] == person["person_id"]]
        facts = tuple(charge_fact(site, charge, marks.get(charge["charge_id"], ())) for charge in own)
        replies = tuple(answer for charge in own for answer in answers.get(charge["charge_id"], ()))
        title = site.person(person, site.code("procedural_status", person["procedural_status"]))
        entries.append(Entry(person["person_id"], title, "", facts, answers=replies, table="persons"))
    return entries


async def official_entries(site: Site, case_id: str) -> tuple[Entry, ...]:
    """The officials whom the report names in the case, each with the part and how the report has the name."""
    t, roles = site.t, await site.rows(OFFICIALS, row_id=case_id)
    marks = await all_marks(site, "official_roles", [role["official_role_id"] for role in roles])
    answers = await answers_to(site, "official_roles", [role["official_role_id"] for role in roles])
    entries = []
    for role in roles:
        row_id = role["official_role_id"]
        part = f"{site.code('role', role['role'])}, {site.code('participation', role['participation'])}"
        facts = [Fact(t["basis"], (Value(site.code("basis", role["basis"])),))]
        if role["description"]:
            facts.append(Fact(t["report_says"], (Value(role["description"]),)))
        title = site.link("officials", role["official_id"], role["name_as_reported"], part)
        when = site.date(role) if role["date_precision"] else ""
        replies = answers.get(row_id, ())
        entries.append(Entry(row_id, title, when, tuple(facts), marks.get(row_id, ()), replies, "official_roles"))
    return tuple(entries)
