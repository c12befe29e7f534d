"""Penalties and restraints as statements: what was imposed, for what occasion, by whom, and what became of it."""

from scripts.site_pages.marks import all_marks
from scripts.site_pages.page import Entry, Fact, Value
from scripts.site_pages.reading import Row, Site
from scripts.site_pages.responses import answers_to

PENALTIES = """
    SELECT penalties.*, persons.name, persons.is_withheld, events.title AS event_title, cases.title AS case_title,
        provisions.label AS provision, decisions.title AS decision_title, decisions.date_start AS event_start,
        decisions.date_end AS event_end, decisions.date_precision AS event_precision
    FROM penalties
    JOIN persons ON persons.person_id = penalties.person_id
    LEFT JOIN events ON events.event_id = penalties.event_id
    LEFT JOIN events AS decisions ON decisions.event_id = penalties.decision_event_id
    LEFT JOIN cases ON cases.case_id = penalties.case_id
    LEFT JOIN provisions ON provisions.provision_id = penalties.provision_id
    WHERE {where}
    ORDER BY penalties.date_start IS NULL, penalties.date_start, penalties.penalty_id
"""


async def penalty_rows(site: Site, where: str, **values: str) -> list[Row]:
    """Penalties with their persons, events and cases; `where` is a condition of ours."""
    return await site.rows(PENALTIES.format(where=where), **values)


async def penalty_entries(site: Site, penalties: list[Row], is_under_person: bool) -> list[tuple[str, Entry]]:
    """A statement for each penalty, with the day that sorts it: its own, else that of the hearing."""
    ids = [penalty["penalty_id"] for penalty in penalties]
    marks = await all_marks(site, "penalties", ids)
    answers = await answers_to(site, "penalties", ids)
    entries = []
    for penalty in penalties:
        row_id = penalty["penalty_id"]
        what = await what_was_imposed(site, penalty)
        title = Value(what) if is_under_person else site.person(penalty, what)
        day, when = penalty_date(site, penalty)
        facts = tuple(penalty_facts(site, penalty))
        sources, replies = marks.get(row_id, ()), answers.get(row_id, ())
        entries.append((day, Entry(row_id, title, when, facts, sources, replies, "penalties")))
    return entries


async def what_was_imposed(site: Site, penalty: Row) -> str:
    """The kind of penalty with its length and amount."""
    label = await site.label("penalty_types", penalty["penalty_type"])
    return ", ".join([label, *measure(site, penalty)])


def measure(site: Site, penalty: Row) -> list[str]:
    """Length and amount of a penalty in words."""
    parts = []
    value = penalty["duration_value"]
    if value is not None:
        parts.append(site.t["units"][penalty["duration_unit"]].format(number=value))
    if penalty["amount_kzt"] is not None:
        euros = penalty["amount_eur_as_printed"]
        printed = f" ({site.t['euros'].format(euros=site.number(euros))})" if euros is not None else ""
        parts.append(site.t["tenge"].format(amount=f"{penalty['amount_kzt']:,.0f}".replace(",", "\u202f")) + printed)
    return parts


def penalty_date(site: Site, penalty: Row) -> tuple[str, str]:
    """The day that sorts a penalty, and its date in words; the hearing's where it has none of its own."""
    own = site.date(penalty)
    if own:
        return penalty["date_start"] or penalty["date_end"], own
    event = {"date_start": penalty["event_start"], "date_end": penalty["event_end"]}
    words = site.date(event | {"date_precision": penalty["event_precision"]})
    return event["date_start"] or event["date_end"] or "", f"{words} {site.t['hearing_date']}" if words else ""


def penalty_facts(site: Site, penalty: Row) -> list[Fact]:
    """The details of a penalty."""
    t = site.t
    links = [
        (t["on_occasion"], "events", penalty["event_id"], penalty["event_title"]),
        (t["imposed_at"], "events", penalty["decision_event_id"], penalty["decision_title"]),
        (t["in_case"], "cases", penalty["case_id"], penalty["case_title"]),
        (t["under"], "provisions", penalty["provision_id"], penalty["provision"]),
    ]
    facts = [Fact(label, (site.link(table, row_id, text),)) for label, table, row_id, text in links if row_id]
    if penalty["event_basis"] == "only_listed_event":
        facts.append(Fact(t["occasion_basis"], (Value(t["only_listed_event"]),)))
    if penalty["description"]:
        facts.append(Fact(t["report_says"], (Value(penalty["description"]),)))
    if penalty["court"]:
        facts.append(Fact(t["court"], (Value(penalty["court"]),)))
    if penalty["duration_kind"] not in (None, "not_said"):
        facts.append(Fact(t["kind_of_term"], (Value(site.code("duration_kind", penalty["duration_kind"])),)))
    if penalty["is_suspended"]:
        facts.append(Fact(t["suspended"], (Value(t["yes"]),)))
    if penalty["status"] != "imposed":
        facts.append(Fact(t["penalty_status"], (Value(site.code("penalty_status", penalty["status"])),)))
    if penalty["relation_to_ban"] != "not_said":
        facts.append(Fact(t["relation_to_ban"], (Value(site.code("relation_to_ban", penalty["relation_to_ban"])),)))
    return facts
