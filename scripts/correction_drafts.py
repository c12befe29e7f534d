"""From a returned text to an undecided correction: the changes that it asks for, by what the record holds now.

Nothing that could show who asks is copied: of how somebody knows, only links and ids; of who they are, the kind alone.
"""

import re
from dataclasses import dataclass
from typing import Any

from scripts.doors import REPLY, WRONG, Question, questions
from scripts.named_rows import Row, cited_passages, column_named, find_row, known_evidence, own_columns
from scripts.package import Package, fields_of
from scripts.returned_texts import Returned, TextFault, chosen, words

FORMS = {  # of a column's type: what a value looks like, and in words
    "integer": ("[0-9]+", "a whole number"),
    "number": (r"[0-9]+(\.[0-9]+)?", "a number such as 36075 or 2.5"),
    "boolean": ("true|false", "true or false"),
    "date": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day as 2018-05-10"),
    "time": ("[0-9]{2}:[0-9]{2}", "a time as 23:30"),
}
NEW_SOURCE = {"source_id": "new:S1"}
EMPTY = {"", "-", "—", "–", "empty", "nothing", "пусто", "ничего", "бос", "ештеңе"}
ASKED_BY = {key: key for key in ("subject", "relative", "lawyer", "researcher")}
ASKED_BY |= dict.fromkeys(("official", "authority", "court"), "subject")
RESPONDERS = {"subject": "affected_person", "lawyer": "affected_person"}
REASONS = {
    "dataset": "A reader says that this dataset misread the report.",
    "report": "A reader says that the report is mistaken.",
    REPLY: "A reply to the record, printed with permission.",
}
Change = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """An undecided correction without its id, the stem proposed for it, and what the maintainer must know."""

    stem: str
    correction: dict[str, Any]
    notes: list[str]


def draft_correction(package: Package, returned: Returned) -> Draft:
    """The correction that a returned text asks for. Raises TextFault with everything that it lacks."""
    table, row = find_row(package, returned.row_id)
    asked = {question.key: question for question in questions(returned.language, returned.door)}
    choices, faults = choose(returned, asked)
    if returned.door == WRONG:
        return draft_wrong(package, returned, table, row, choices, faults)
    return draft_reply(returned, table, row, choices, faults)


def choose(returned: Returned, asked: dict[str, Question]) -> tuple[dict[str, str], list[str]]:
    """The option chosen for each question that has options, and a line for each that is not answered by one."""
    choices, faults = {}, []
    for key, question in asked.items():
        choice = chosen(returned.answers.get(key, ""), question) if question.options else None
        if choice:
            choices[key] = choice
        elif question.options:
            faults.append(f"{question.label}: not answered by one of: {question.hint}")
    return choices, faults


def draft_wrong(
    package: Package, returned: Returned, table: str, row: Row, choices: dict[str, str], faults: list[str]
) -> Draft:
    """The change of a cell, or the other value beside it."""
    answers = {key: returned.answers.get(key, "") for key in ("column", "there", "should", "evidence")}
    field = column_named(package, table, answers["column"])
    known = known_evidence(package, answers["evidence"])
    said = choices.get("mistaken") == "report"
    evidence = known or ([NEW_SOURCE] if said else cited_passages(package, table, returned.row_id))
    if not field:
        faults.append(f"which column: none is named; {table} has {', '.join(own_columns(package, table))}")
    else:
        faults += value_faults(package, table, field, answers["should"])
    if choices.get("mistaken") == "unknown":
        faults.append("who is mistaken is not known: read the passage, then write into the text who is")
    if said and answers["should"].casefold() in EMPTY:
        faults.append("an empty cell is no other value: write into the text what should be there")
    if not evidence:
        faults.append("how somebody knows: no link, passage or source is named, and the record cites none: ask for one")
    if faults:
        raise TextFault(*faults)
    value = in_form(package, table, field, answers["should"])
    cell = {"table": table, "row_id": returned.row_id, "field": field, "expect": row[field], "value": value}
    changes: list[Change] = [{"change": "value"} | cell]
    if said:
        source, added = source_of(known)
        disputed = {"status": "disputed", "note": REASONS["report"]}
        changes = [*added, {"change": "other_value"} | cell | source | disputed]
    notes = []
    if answers["there"] and words(answers["there"]) != words(row[field]):
        notes.append(f"{field} does not hold what the text says is there: was an older version read?")
    if answers["evidence"] and not known:
        notes.append("how somebody knows is not copied, because it can show who asks: look it up in the text")
    made = correction(choices, REASONS[choices["mistaken"]], evidence, changes)
    return Draft(f"{returned.row_id}-{field}", made, notes)


def in_form(package: Package, table: str, field: str, answer: str) -> str:
    """A value as its column holds it: empty where an answer says so, numbers without the spaces that group them."""
    if answer.casefold() in EMPTY:
        return ""
    numeric = column_type(package, table, field) in ("integer", "number")
    return re.sub(r"(?<=[0-9])\s(?=[0-9]{3})", "", answer) if numeric else answer


def value_faults(package: Package, table: str, field: str, answer: str) -> list[str]:
    """A line where nothing is said of what should be there, or it is not in the column's form."""
    if not answer:
        return ["what should be there: nothing is said; for an empty cell write “empty”"]
    value = in_form(package, table, field, answer)
    pattern, form = FORMS.get(column_type(package, table, field), (".*", "text"))
    return [] if value == "" or re.fullmatch(pattern, value) else [f"what should be there: {field} takes {form}"]


def column_type(package: Package, table: str, field: str) -> str:
    """The type of a column by the descriptor."""
    return next(str(found["type"]) for found in fields_of(package.resource(table)) if found["name"] == field)


def draft_reply(returned: Returned, table: str, row: Row, choices: dict[str, str], faults: list[str]) -> Draft:
    """The answer set beside the record, word for word."""
    if not returned.answers.get("words"):
        faults.append("the words to be printed: there are none")
    if choices.get("allowed") == "no":
        faults.append("the words may not be printed: there is nothing to write; answer in private")
    if faults:
        raise TextFault(*faults)
    who, notes = responder(table, row, choices["who"])
    answer = {"table_name": table, "row_id": returned.row_id} | who
    answer |= {"response": choices["effect"], "source_alleges_pressure": "false"}
    answer |= {"description": returned.answers["words"]} | NEW_SOURCE
    source, added = source_of([])
    changes = [*added, {"change": "add", "table": "responses", "row": answer, "sources": [*source.values()]}]
    notes.append("the words are printed as they stand: read them for names and for what could show where somebody is")
    return Draft(f"{returned.row_id}-reply", correction(choices, REASONS[REPLY], [source], changes), notes)


def correction(choices: dict[str, str], reason: str, evidence: list[Row], changes: list[Change]) -> dict[str, Any]:
    """The undecided correction, without its id."""
    return {"asked_by": ASKED_BY[choices["who"]], "reason": reason, "evidence": evidence, "changes": changes}


def source_of(evidence: list[Row]) -> tuple[Row, list[Change]]:
    """Who says the other value: a passage or source of the tables, else a source that is added."""
    known = [row for row in evidence if "url" not in row]
    if known:
        return known[0], []
    row = {"source_type": "note", "title": "A statement sent to the maintainers"}
    if evidence:
        row = {"source_type": "web_page", "title": "A page that a reader names"} | evidence[0]
    return NEW_SOURCE, [{"change": "add", "table": "sources", "new": "S1", "row": row}]


def responder(table: str, row: Row, who: str) -> tuple[Row, list[str]]:
    """The columns of `responses` that say who answers, and what is left to fill."""
    if who == "subject" and row.get("official_id") and not row.get("person_id"):
        who = "official"
    kind = RESPONDERS.get(who, who)
    key = {"affected_person": "person_id", "relative": "person_id", "official": "official_id"}.get(kind)
    if key is None:
        return {"responder_kind": kind}, []
    if kind != "relative" and row.get(key):
        return {"responder_kind": kind, key: row[key]}, []
    return {"responder_kind": kind}, [f"{key} of the one who answers is not known from the record: fill it in"]
