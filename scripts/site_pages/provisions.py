"""The page of a provision of law: the charges and penalties that the report ties to it, the rights it protects."""

from scripts.site_pages.cases_of import charge_fact
from scripts.site_pages.events import entries_of
from scripts.site_pages.marks import all_marks
from scripts.site_pages.names import article, in_own_words, provision_name
from scripts.site_pages.naming import with_names_noted
from scripts.site_pages.notes import inconsistencies
from scripts.site_pages.page import Entry, Fact, Page, Section, Value
from scripts.site_pages.penalties import penalty_entries, penalty_rows
from scripts.site_pages.reading import Row, Site
from scripts.site_pages.sources import sources_section

PROVISION = "SELECT * FROM provisions WHERE provision_id = :row_id"
RIGHTS = "SELECT right_id, name FROM right_provisions JOIN rights USING (right_id) WHERE provision_id = :row_id"
CHARGES = """
    SELECT charges.*, persons.name, persons.is_withheld, cases.title AS case_title, NULL AS provision FROM charges
    JOIN persons USING (person_id) JOIN cases USING (case_id)
    WHERE charges.provision_id = :row_id ORDER BY charge_id
"""


async def page(site: Site, row_id: str) -> Page:
    """The page of a provision."""
    t = site.t
    provision = (await site.rows(PROVISION, row_id=row_id))[0]
    penalties = await penalty_rows(site, "penalties.provision_id = :row_id", row_id=row_id)
    imposed = await penalty_entries(site, penalties, False)
    sections = [
        Section("facts", t["facts"], facts=tuple(await provision_facts(site, provision))),
        Section("charges", t["charges"], (t["as_reported"],), entries=tuple(await charge_entries(site, row_id))),
        Section("penalties", t["penalties"], entries=entries_of(imposed, site.record("provisions", row_id))),
        await inconsistencies(site, {"provisions": [row_id]}),
    ]
    made = Page(
        path=f"/provisions/{row_id}",
        title=provision_name(t, provision),
        kind=t["kinds_of_pages"]["provisions"],
        row_id=row_id,
        table="provisions",
        lead=(provision["title"] or t["provision_lead"],),
        sections=(*sections, sources_section(site, sections)),
    )
    return await with_names_noted(site, made)


async def provision_facts(site: Site, provision: Row) -> list[Fact]:
    """Instrument, article, jurisdiction, and the rights of chapter 5."""
    t = site.t
    facts = [Fact(t["instrument"], (Value(in_own_words(t, provision["instrument"])),))]
    if provision["article"]:
        facts.append(Fact(t["article_label"], (Value(article(t, provision)),)))
    facts.append(Fact(t["jurisdiction"], (Value(provision["jurisdiction"]),)))
    rights = await site.rows(RIGHTS, row_id=provision["provision_id"])
    if rights:
        facts.append(Fact(t["protects"], tuple(site.link("rights", r["right_id"], r["name"]) for r in rights)))
    return facts


async def charge_entries(site: Site, row_id: str) -> list[Entry]:
    """Who the report says was charged under the provision, in which case, and what became of it."""
    charges = await site.rows(CHARGES, row_id=row_id)
    marks = await all_marks(site, "charges", [charge["charge_id"] for charge in charges])
    entries = []
    for charge in charges:
        said = charge_fact(site, charge | {"provision_id": None}, ())
        facts = (said, Fact(site.t["in_case"], (site.link("cases", charge["case_id"], charge["case_title"]),)))
        sources = marks.get(charge["charge_id"], ())
        entries.append(Entry(charge["charge_id"], site.person(charge), "", facts, sources, (), "charges"))
    return entries
