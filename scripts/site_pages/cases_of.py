"""The cases in which a person stands, with the charges against that person."""

import json

from scripts.site_pages.marks import all_marks
from scripts.site_pages.page import Entry, Fact, Value
from scripts.site_pages.reading import Marks, Row, Site
from scripts.site_pages.responses import answers_to

CASES = """
    SELECT cases.*, case_persons.procedural_status FROM case_persons JOIN cases USING (case_id)
    WHERE case_persons.person_id = :row_id ORDER BY case_id
"""
CHARGES = """
    SELECT charges.*, provisions.label AS provision FROM charges
    LEFT JOIN provisions USING (provision_id)
    WHERE person_id = :row_id AND case_id IN (SELECT value FROM json_each(:ids)) ORDER BY charge_id
"""


async def case_entries(site: Site, person_id: str) -> list[Entry]:
    """A statement for each case of a person, the person's charges among its facts."""
    t = site.t
    cases = await site.rows(CASES, row_id=person_id)
    ids = [case["case_id"] for case in cases]
    charges = await site.rows(CHARGES, row_id=person_id, ids=json.dumps(ids))
    marks = await all_marks(site, "cases", ids)
    charge_marks = await all_marks(site, "charges", [charge["charge_id"] for charge in charges])
    answers = await answers_to(site, "cases", ids)
    charge_answers = await answers_to(site, "charges", [charge["charge_id"] for charge in charges])
    entries = []
    for case in cases:
        case_id = case["case_id"]
        own = [charge for charge in charges if charge["case_id"] == case_id]
        facts = [Fact(t["standing_in_case"], (Value(site.code("procedural_status", case["procedural_status"])),))]
        facts.append(Fact(t["case_status"], (Value(site.code("case_status", case["status_as_last_reported"])),)))
        facts += [charge_fact(site, charge, charge_marks.get(charge["charge_id"], ())) for charge in own]
        replies = [answers.get(case_id, ()), *(charge_answers.get(charge["charge_id"], ()) for charge in own)]
        title = site.link("cases", case_id, case["title"])
        spread = tuple(answer for group in replies for answer in group)
        entries.append(Entry(case_id, title, "", tuple(facts), marks.get(case_id, ()), spread, "cases"))
    return entries


def charge_fact(site: Site, charge: Row, marks: Marks) -> Fact:
    """A charge: the provision, its label, what became of it, what was asked for."""
    t = site.t
    notes = [charge["label"], site.code("charge_status", charge["status"])]
    if charge["years_sought"] is not None:
        notes.append(t["years_sought"].format(number=charge["years_sought"]))
    if charge["max_years_stated"] is not None:
        notes.append(t["max_years"].format(number=charge["max_years_stated"]))
    note = "; ".join(filter(None, notes))
    value = site.link("provisions", charge["provision_id"], charge["provision"], note)
    return Fact(t["charge"], (value if charge["provision_id"] else Value(note),), marks)
