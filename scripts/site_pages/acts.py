"""Acts as statements: what was done, on what occasion, how the report knows, who did it as reported."""

import json

from scripts.site_pages.marks import all_marks
from scripts.site_pages.page import Entry, Fact, Value
from scripts.site_pages.reading import Row, Site
from scripts.site_pages.responses import answers_to

ACTS = """
    SELECT acts.*, events.title AS event_title, places.name AS place, events.place_id,
        events.date_start AS event_start, events.date_end AS event_end, events.date_precision AS event_precision,
        persons.name, persons.is_withheld, targets.name AS target_name, targets.is_withheld AS target_is_withheld
    FROM acts
    LEFT JOIN events ON events.event_id = acts.event_id
    LEFT JOIN places ON places.place_id = events.place_id
    LEFT JOIN persons ON persons.person_id = acts.person_id
    LEFT JOIN persons AS targets ON targets.person_id = acts.target_person_id
    WHERE {where}
    ORDER BY acts.date_start IS NULL, acts.date_start, acts.act_id
"""
INVOLVED = """
    SELECT involvements.*, officials.name_as_reported, institutions.name AS institution FROM involvements
    LEFT JOIN officials ON officials.official_id = involvements.official_id
    LEFT JOIN institutions ON institutions.institution_id = involvements.institution_id
    WHERE act_id IN (SELECT value FROM json_each(:ids)) ORDER BY involvement_id
"""
TOLD = """
    SELECT attestations.*, persons.name, persons.is_withheld FROM attestations
    LEFT JOIN persons ON persons.person_id = attestations.person_id
    WHERE act_id IN (SELECT value FROM json_each(:ids)) ORDER BY attestation_id
"""


async def act_rows(site: Site, where: str, **values: str) -> list[Row]:
    """Acts with their event, place and persons; `where` is a condition of ours."""
    return await site.rows(ACTS.format(where=where), **values)


async def act_entries(site: Site, acts: list[Row], is_under_person: bool) -> list[tuple[str, Entry]]:
    """A statement for each act, with the day that sorts it: its own, else its stated event's.

    `is_under_person`: the page is the treated person's, so that the statement is headed by the kind of treatment and
    not by the person.
    """
    ids = [act["act_id"] for act in acts]
    marks = await all_marks(site, "acts", ids)
    answers = await answers_to(site, "acts", ids)
    involved = by_act(await site.rows(INVOLVED, ids=json.dumps(ids)))
    told = by_act(await site.rows(TOLD, ids=json.dumps(ids)))
    entries = []
    for act in acts:
        row_id = act["act_id"]
        what = await what_was_done(site, act)
        title = Value(what) if is_under_person else who_was_treated(site, act, what)
        facts = [*act_facts(site, act, is_under_person), *doers(site, involved.get(row_id, []))]
        facts += tellers(site, told.get(row_id, []))
        day, when = act_date(site, act)
        sources, replies = marks.get(row_id, ()), answers.get(row_id, ())
        entries.append((day, Entry(row_id, title, when, tuple(facts), sources, replies, "acts")))
    return entries


def by_act(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows by the act that they belong to."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["act_id"], []).append(row)
    return found


async def what_was_done(site: Site, act: Row) -> str:
    """The kind of treatment, and that it was only tried or threatened."""
    label = await site.label("act_types", act["act_type"])
    return label if act["completion"] == "completed" else f"{label} ({site.code('completion', act['completion'])})"


def who_was_treated(site: Site, act: Row, what: str) -> Value:
    """The person, or the description of those whom the report does not name; the kind of treatment is the note."""
    if act["person_id"]:
        return site.person(act, what)
    return Value(act["victim_description"] or site.code("victim_scope", act["victim_scope"]), "", what)


def act_date(site: Site, act: Row) -> tuple[str, str]:
    """The day that sorts an act, and its date in words; its event's where it has none and its passage names one."""
    own = site.date(act)
    if own or act["event_basis"] != "stated":
        return act["date_start"] or act["date_end"] or "", own
    event = {"date_start": act["event_start"], "date_end": act["event_end"], "date_precision": act["event_precision"]}
    words = site.date(event)
    return event["date_start"] or event["date_end"] or "", f"{words} {site.t['event_date']}" if words else ""


def act_facts(site: Site, act: Row, is_under_person: bool) -> list[Fact]:
    """The details of an act."""
    t = site.t
    facts = [Fact(t["on_occasion"], occasion(site, act))] if act["event_id"] and is_under_person else []
    if act["event_basis"] == "only_listed_event":
        facts.append(Fact(t["occasion_basis"], (Value(t["only_listed_event"]),)))
    if act["description"]:
        facts.append(Fact(t["report_says"], (Value(act["description"]),)))
    if how_many(site, act):
        facts.append(Fact(t["how_many"], (Value(how_many(site, act)),)))
    if act["target_person_id"]:
        target = {"person_id": act["target_person_id"], "name": act["target_name"]}
        person = site.person(target | {"is_withheld": act["target_is_withheld"]}, act["relation_to_target"] or "")
        facts.append(Fact(t["on_account_of"], (person,)))
    if held(site, act):
        facts.append(Fact(t["held"], (Value(held(site, act)),)))
    if act["quantity"] is not None:
        quantity = f"{site.number(act['quantity'])} {act['quantity_unit'] or ''}".strip()
        facts.append(Fact(t["quantity"], (Value(quantity),)))
    if act["source_label"]:
        facts.append(Fact(t["source_label"], (Value(f"“{act['source_label']}”"),)))
    if act["assertion"] != "stated":
        facts.append(Fact(t["voice"], (Value(site.code("assertion", act["assertion"])),)))
    return facts


def occasion(site: Site, act: Row) -> tuple[Value, ...]:
    """The event of an act, and its place."""
    place = (site.link("places", act["place_id"], act["place"]),) if act["place_id"] else ()
    return (site.link("events", act["event_id"], act["event_title"]), *place)


def how_many(site: Site, act: Row) -> str:
    """How many unnamed persons an act befell, where the report gives a number."""
    least, most = act["victims_min"], act["victims_max"]
    if act["victim_scope"] == "person" or least is None:
        return ""
    if most is None:
        return str(site.t["at_least"].format(number=site.number(least)))
    return site.number(least) if least == most else f"{site.number(least)}–{site.number(most)}"


def held(site: Site, act: Row) -> str:
    """How long and until when the report says that a person was held."""
    t, parts = site.t, []
    least, most = act["hours_min"], act["hours_max"]
    if least is not None or most is not None:
        hours = [number for number in (least, most) if number is not None]
        words = "–".join(dict.fromkeys(site.number(number) for number in hours))
        parts.append(t["hours"].format(number=hours[-1], hours=words))
    if act["held_until"]:
        form = t["until_next_day"] if act["is_next_day"] else t["until"]
        kind = site.code("held_until_kind", act["held_until_kind"])
        parts.append(form.format(time=act["held_until"], kind=kind))
    return "; ".join(parts)


def doers(site: Site, involved: list[Row]) -> list[Fact]:
    """Who did it as reported: the one link between officials and what was done."""
    values = []
    for row in involved:
        note = site.code("actor_kind", row["actor_kind"])
        if row["official_id"]:
            values.append(site.link("officials", row["official_id"], row["name_as_reported"], row["actor_as_reported"]))
        else:
            values.append(Value(row["actor_as_reported"] or row["institution"] or note, "", note))
    return [Fact(site.t["doer"], tuple(values))] if values else []


def tellers(site: Site, told: list[Row]) -> list[Fact]:
    """Who told of it, and how near they were."""
    values = []
    for row in told:
        kind = site.code("attestor_kind", row["attestor_kind"])
        near = site.code("distance", row["distance"]) if row["distance"] != "not_said" else ""
        if row["person_id"]:
            values.append(site.person(row, ", ".join(filter(None, (kind, near)))))
        else:
            values.append(Value(kind, "", near))
    return [Fact(site.t["told_by"], tuple(values))] if values else []
