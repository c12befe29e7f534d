"""The page of a person: facts, chronology, cases and charges, inconsistencies, spellings, each with its citation."""

from collections import Counter

from scripts.site_pages.acts import act_entries, act_rows
from scripts.site_pages.cases_of import case_entries
from scripts.site_pages.marks import joined
from scripts.site_pages.notes import inconsistencies, other_values
from scripts.site_pages.page import Entry, Fact, Page, Section, Value
from scripts.site_pages.penalties import penalty_entries, penalty_rows
from scripts.site_pages.reading import Row, Site
from scripts.site_pages.sources import sources_section
from scripts.site_pages.spellings import spellings_section

PERSON = """
    SELECT persons.*, places.name AS place FROM persons
    LEFT JOIN places ON places.place_id = persons.place_id WHERE person_id = :row_id
"""


async def page(site: Site, row_id: str) -> Page:
    """The page of a person who is in the table and not withheld."""
    t = site.t
    person = (await site.rows(PERSON, row_id=row_id))[0]
    acts = await act_rows(site, "acts.person_id = :row_id", row_id=row_id)
    on_account = await act_rows(site, "acts.target_person_id = :row_id", row_id=row_id)
    penalties = await penalty_rows(site, "penalties.person_id = :row_id", row_id=row_id)
    told = await act_entries(site, acts, True) + await penalty_entries(site, penalties, True)
    chronology = [entry for _, entry in sorted(told, key=lambda pair: (pair[0] == "", pair[0], pair[1].row_id))]
    others = [entry for _, entry in await act_entries(site, on_account, False)]
    cases = await case_entries(site, row_id)
    sections = [
        Section("facts", t["facts"], facts=tuple(await person_facts(site, person))),
        Section("chronology", t["chronology"], (t["chronology_note"],), entries=tuple(chronology), is_timeline=True),
        Section("others", t["others_on_account"], (t["others_on_account_note"],), entries=tuple(others)),
        Section("cases", t["cases_and_charges"], (t["as_reported"],), entries=tuple(cases)),
        await inconsistencies(site, {"persons": [row_id]} | ids_by_table([*chronology, *others, *cases])),
        await other_values(site, {"persons": [row_id]} | ids_by_table(chronology)),
        await spellings_section(site, "person_names", "person_id", row_id),
    ]
    return Page(
        path=f"/persons/{row_id}",
        title=person["name"],
        kind=t["kinds_of_pages"]["persons"],
        row_id=row_id,
        table="persons",
        lead=(lead(site, person, chronology),),
        notices=(t["as_reported"],),
        sections=(*sections, sources_section(site, sections)),
        names_people=True,
    )


def ids_by_table(entries: list[Entry]) -> dict[str, list[str]]:
    """The ids of the rows that stand on a page, by table."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        found.setdefault(entry.table, []).append(entry.row_id)
    return found


def lead(site: Site, person: Row, chronology: list[Entry]) -> str:
    """What the report says of a person, in one line."""
    t = site.t
    standing = t["is_complainant"] if person["is_complainant"] else site.code("relation", person["relation"])
    counted = Counter(entry.title.text.split(",")[0] for entry in chronology)
    told = "; ".join(f"{what.lower()} ×{times}" if times > 1 else what.lower() for what, times in counted.items())
    return f"{standing} {t['report_tells'].format(what=told) if told else t['report_tells_nothing']}"


async def person_facts(site: Site, person: Row) -> list[Fact]:
    """The facts of a person, each with the passages of its column, else of the row."""
    t, row_id = site.t, person["person_id"]
    marks = await site.marks("persons", [row_id])
    whole = joined(marks.get((row_id, column), ()) for column in ("", "name"))

    def fact(label: str, column: str, value: Value) -> Fact:
        return Fact(label, (value,), marks.get((row_id, column), whole))

    why = Value(site.code("naming_basis", person["naming_basis"]))
    facts = [Fact(t["named_at"], (why,), whole)]
    if person["person_type"] != "not_stated":
        occupation = await site.label("person_types", person["person_type"])
        facts.append(fact(t["occupation"], "person_type", Value(occupation)))
    if person["description"]:
        facts.append(fact(t["why_named"], "description", Value(person["description"])))
    if person["age_as_printed"] is not None:
        facts.append(fact(t["age"], "age_as_printed", Value(str(person["age_as_printed"]), "", t["age_note"])))
    if person["patronymic"]:
        facts.append(fact(t["patronymic"], "patronymic", Value(person["patronymic"])))
    if person["place_id"]:
        place = site.link("places", person["place_id"], person["place"], t["place_note"])
        facts.append(fact(t["list_heading"], "place_id", place))
    return facts
