"""The page of an official: the name as reported, the answers first, in what part the report names this person."""

from scripts.site_pages import names
from scripts.site_pages.acts import act_entries, act_rows
from scripts.site_pages.marks import all_marks
from scripts.site_pages.notes import inconsistencies
from scripts.site_pages.page import Answer, Entry, Fact, Page, Section, Value
from scripts.site_pages.reading import Row, Site
from scripts.site_pages.responses import answers_to, own_answers
from scripts.site_pages.sources import sources_section
from scripts.site_pages.spellings import spellings_section

OFFICIAL = """
    SELECT officials.*, institutions.name AS institution FROM officials
    LEFT JOIN institutions USING (institution_id) WHERE official_id = :row_id
"""
ROLES = """
    SELECT official_roles.*, official_roles.date_start AS date_end, places.name AS place
    FROM official_roles
    LEFT JOIN places ON places.place_id = official_roles.place_id
    WHERE official_id = :row_id ORDER BY official_roles.date_start IS NULL, official_roles.date_start, official_role_id
"""
EVENTS = f"{names.EVENTS} WHERE event_id IN (SELECT event_id FROM official_roles WHERE official_id = :row_id)"
INVOLVED = "acts.act_id IN (SELECT act_id FROM involvements WHERE official_id = :row_id)"
SAYS_NO_MORE = {"acted", "not_said"}


async def page(site: Site, row_id: str) -> Page:
    """The page of an official."""
    t = site.t
    official = (await site.rows(OFFICIAL, row_id=row_id))[0]
    roles = await site.rows(ROLES, row_id=row_id)
    acts = await act_rows(site, INVOLVED, row_id=row_id)
    answers = await own_answers(site, "official_id", row_id)
    answers += (await answers_to(site, "officials", [row_id])).get(row_id, ())
    entries = await role_entries(site, roles, await occasions(site, row_id))
    done = [entry for _, entry in await act_entries(site, acts, False)]
    ids = {"officials": [row_id], "official_roles": [role["official_role_id"] for role in roles]}
    sections = [
        Section("answers", t["answers_heading_page"], entries=tuple(answer_entry(site, answer) for answer in answers)),
        Section("roles", t["roles"], (t["roles_note"],), entries=tuple(entries), is_timeline=True),
        Section("acts", t["involved"], (t["involved_note"],), entries=tuple(done)),
        Section("facts", t["facts"], facts=tuple(await official_facts(site, official))),
        await inconsistencies(site, ids),
        await spellings_section(site, "official_names", "official_id", row_id),
    ]
    return Page(
        path=f"/officials/{row_id}",
        title=official["name_as_reported"],
        kind=t["kinds_of_pages"]["officials"],
        row_id=row_id,
        table="officials",
        lead=(lead(site, roles, bool(acts)),),
        notices=tuple(notices(site, official, roles, bool(acts), bool(answers))),
        sections=(*sections, sources_section(site, sections)),
        names_people=True,
    )


def lead(site: Site, roles: list[Row], is_involved: bool) -> str:
    """What the report says of an official, in one line."""
    t = site.t
    named = {role["participation"] for role in roles}
    if is_involved:
        return str(t["official_involved"])
    if not named & SAYS_NO_MORE:
        return str(t["official_no_allegation"])
    return str(t["official_responsible"] if named == {"not_said"} else t["official_named"])


def notices(site: Site, official: Row, roles: list[Row], is_involved: bool, is_answered: bool) -> list[str]:
    """What must be read with the name."""
    t = site.t
    found = [t["partial_name"]] if official["name_is_partial"] else []
    acted = [role for role in roles if role["participation"] == "acted"]
    if acted and not is_involved:
        by_day = any(role["basis"] == "self_presented_or_remembered" for role in acted)
        found.append(t["named_for_day"] if by_day else t["named_for_case"])
    if not is_answered:
        found.append(t["no_answer"])
    return [*found, t["as_reported"]]


def answer_entry(site: Site, answer: Answer) -> Entry:
    """An answer as a statement of its own, with what it answers."""
    facts = tuple(Fact(site.t["in_answer_to"], (about,)) for about in (answer.about,) if about)
    return Entry(answer.row_id, Value(answer.text, "", answer.what), answer.when, facts, answer.marks)


async def occasions(site: Site, official_id: str) -> dict[str, str]:
    """The events of an official's roles by kind, place and day, by id.

    Their titles may name the person to whom something happened: beside an official they would say more than the report.
    """
    events = await site.rows(EVENTS.format(language=site.language), row_id=official_id)
    named = names.event_names(site.t, events)
    return {event["event_id"]: str(named.get(("events", event["event_id"]), event["kind"])) for event in events}


async def role_entries(site: Site, roles: list[Row], occasion_of: dict[str, str]) -> list[Entry]:
    """A statement for each part in which the report names an official; a case stands by its id alone, for its title may
    name a person."""
    t, ids = site.t, [role["official_role_id"] for role in roles]
    marks = await all_marks(site, "official_roles", ids)
    answers = await answers_to(site, "official_roles", ids)
    entries = []
    for role in roles:
        links = [
            (t["on_occasion"], "events", role["event_id"], occasion_of.get(role["event_id"])),
            (t["in_case"], "cases", role["case_id"], role["case_id"]),
            (t["place"], "places", role["place_id"], role["place"]),
        ]
        facts = [Fact(label, (Value(text, site.record(table, key)),)) for label, table, key, text in links if key]
        facts.append(Fact(t["basis"], (Value(site.code("basis", role["basis"])),)))
        if role["description"]:
            facts.append(Fact(t["report_says"], (Value(role["description"]),)))
        title = Value(site.code("role", role["role"]), "", site.code("participation", role["participation"]))
        when = site.date(role) if role["date_precision"] else ""
        row_id = role["official_role_id"]
        replies = answers.get(row_id, ())
        entries.append(Entry(row_id, title, when, tuple(facts), marks.get(row_id, ()), replies, "official_roles"))
    return entries


async def official_facts(site: Site, official: Row) -> list[Fact]:
    """The facts of an official."""
    t, row_id = site.t, official["official_id"]
    marks = (await all_marks(site, "officials", [row_id])).get(row_id, ())
    facts = [Fact(t["name_as_reported"], (Value(official["name_as_reported"]),), marks)]
    if official["office"]:
        facts.append(Fact(t["office"], (Value(official["office"]),), marks))
    if official["institution_id"]:
        body = site.link("institutions", official["institution_id"], official["institution"])
        facts.append(Fact(t["institution"], (body,), marks))
    if official["description"]:
        facts.append(Fact(t["report_says"], (Value(official["description"]),), marks))
    return facts
