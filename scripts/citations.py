"""The citation check: each cited row's names, numbers, dates, articles, places and roles against its passages.

It proves that the cited words are there, not that what they claim is true, nor that a coder read a negation aright.
"""

import calendar
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scripts.evidence import Evidence, Tables, rows_by_id
from scripts.fingerprints import Prints
from scripts.printed_dates import disagreement
from scripts.problems import Problem
from scripts.tokens import pairs, tokens, words_of

Row = dict[str, Any]
Value = tuple[str, list[str]]  # column, words that must stand together

ROW_KEYS = {
    "persons": "person_id", "events": "event_id", "acts": "act_id", "attestations": "attestation_id",
    "involvements": "involvement_id", "responses": "response_id", "cases": "case_id", "charges": "charge_id",
    "penalties": "penalty_id", "officials": "official_id", "official_roles": "official_role_id",
    "institutions": "institution_id", "recommendations": "recommendation_id", "reported_totals": "total_id",
    "sources": "source_id", "provisions": "provision_id",
}  # fmt: skip
SUBJECTS = {
    "persons": ["person_id"], "acts": ["person_id", "target_person_id"], "attestations": ["person_id"],
    "involvements": ["official_id"], "responses": ["person_id", "official_id"], "charges": ["person_id"],
    "penalties": ["person_id"], "officials": ["official_id"], "official_roles": ["official_id"],
}  # fmt: skip
NUMBERS = {
    "persons": ["age_as_printed"], "acts": ["hours_min", "hours_max", "quantity"],
    "charges": ["years_sought", "max_years_stated"], "penalties": ["amount_kzt", "amount_eur_as_printed"],
    "sources": ["footnote_number"],
}  # fmt: skip
WORDS = {
    "persons": ["surname", "given_name", "patronymic"], "officials": ["surname", "given_name"],
    "cases": ["court"], "penalties": ["court"], "institutions": ["name"], "reported_totals": ["value_as_printed"],
    "provisions": ["article", "part"],
}  # fmt: skip
DAYS = {"responses": "date_start", "sources": "date_published"}  # days without a column for the printed date
UNTIED = {  # parts of the name itself, and what no form ties to a person
    "surname", "given_name", "patronymic", "court", *DAYS.values(),
}  # fmt: skip
ROLE_WORDS = {
    "investigator": [["investigator"]], "prosecutor": [["prosecutor"]], "judge": [["judge"]], "officer": [["officer"]],
    "security_officer": [["nsc", "officer"], ["national", "security", "committee"]], "detention_head": [["head"]],
    "leadership": [["minister"], ["chairman"], ["president"], ["general", "prosecutor"]],
}  # fmt: skip


def number_words(value: float) -> list[str]:
    """A number as the token that stands for it."""
    return [f"{value:g}" if value < 100_000 else f"{value:.0f}"]


def values_of(table: str, row: Row, look_up: dict[str, dict[str, Row]]) -> Iterator[Value]:
    """The values of a row that its passages must hold, as (column, words)."""
    for column in NUMBERS.get(table, []):
        if row[column] is not None:
            yield column, number_words(row[column])
    for column in WORDS.get(table, []):
        for words in runs(row[column] or ""):
            yield column, words
    if row.get("duration_value") is not None and row["duration_unit"] is not None:
        yield "duration_value", [*number_words(row["duration_value"]), row["duration_unit"].removesuffix("s")]
    day = row.get(DAYS.get(table, ""))
    if day is not None and row.get("date_precision", "day") == "day":
        yield DAYS[table], [str(day.day), calendar.month_name[day.month].lower()]
    if row.get("held_until") is not None:
        yield "held_until", [row["held_until"].strftime("%H:%M")]
    if table != "provisions" and row.get("provision_id") is not None:
        provision = look_up["provisions"][row["provision_id"]]
        for word, number in (("article", provision["article"]), ("part", provision["part"])):
            if number is not None:
                yield "provision_id", [word, number]
    event = look_up["events"].get(row["event_id"] or "", {}) if table == "acts" else {}
    place = row.get("place_id") or event.get("place_id")
    if place is not None and table in ("persons", "events", "cases", "official_roles", "acts"):
        yield "place_id", words_of(look_up["places"][place]["name"])


def runs(text: str) -> list[list[str]]:
    """The tokens of a text in runs of neighbours."""
    result: list[list[str]] = []
    for token in tokens(text):
        if token.joined and result:
            result[-1].append(token.text)
        else:
            result.append([token.text])
    return result


def subjects_of(table: str, row: Row, members: dict[str, list[str]]) -> list[str]:
    """Ids of the persons and officials that a row is about; a case's are its members."""
    if table == "cases":
        return members.get(row["case_id"], [])
    return [row[column] for column in SUBJECTS.get(table, []) if row[column] is not None]


class Check:
    """A run over all cited rows; `problems` and, for the report, `found` (how many names were found in which way)."""

    def __init__(self, tables: Tables, prints: Prints) -> None:
        """`tables`: the typed tables by name; tables left out are not checked."""
        self.tables = tables
        self.evidence = Evidence.of(tables, prints)
        keys = {"provisions": "provision_id", "events": "event_id", "places": "place_id"}
        self.look_up = {name: rows_by_id(tables[name], key) for name, key in keys.items()}
        self.members: dict[str, list[str]] = {}
        for row in tables["case_persons"].to_pylist():
            self.members.setdefault(row["case_id"], []).append(row["person_id"])
        doubtful = tables["anomalies"].to_pylist()
        self.explained = {(row["table_name"], row["row_id"], row["kind"]) for row in doubtful}
        self.problems: list[Problem] = []
        self.found: Counter[str] = Counter()

    def run(self) -> "Check":
        """Check every row of every table that is here; spellings against their own passage first."""
        for table, column in (("person_names", "person_id"), ("official_names", "official_id")):
            self.check_spellings(table, column)
        for table, key in ROW_KEYS.items():
            for row in self.tables[table].to_pylist() if table in self.tables else []:
                if not row.get("is_withheld"):
                    self.check_row(table, row[key], row)
        return self

    def check_spellings(self, table: str, column: str) -> None:
        """Each spelling must stand in the passage that it names."""
        for row in self.tables[table].to_pylist():
            if not self.evidence.prints.has_all(row["passage_id"], words_of(row["name_as_printed"])):
                message = f"the name “{row['name_as_printed']}” does not stand in {row['passage_id']}"
                row_id = "/".join([row[column], row["name_as_printed"], row["passage_id"]])
                self.add(table, row_id, "name_as_printed", "name-in-passage", message)

    def check_row(self, table: str, row_id: str, row: Row) -> None:
        """Names, then values, then dates of one row; a row without a passage is counted and left."""
        passages = self.evidence.cited.get((table, row_id), [])
        if not passages:
            self.found["no passage"] += table != "provisions"  # which need none
            return
        subjects = subjects_of(table, row, self.members)
        for subject in subjects:
            how = self.evidence.find_name(subject, passages)
            self.found[how or "missing"] += 1
            if how is None:
                spelling = self.evidence.names.get(subject, ["(no spelling listed)"])[0]
                message = f"no spelling of {subject} ({spelling}) stands in {', '.join(passages)}"
                self.add(table, row_id, "", "name-in-passage", message)
        owners = set(subjects) | set(self.members.get(row.get("case_id") or "", []))
        for column in WORDS.get(table, []):
            self.found["not checkable"] += row[column] is not None and not tokens(row[column])
        for column, words in values_of(table, row, self.look_up):
            fault = self.evidence.find_value(words, passages, set() if column in UNTIED else owners)
            self.found["values"] += 1
            if fault:
                message = f"“{' '.join(words)}” {fault} {', '.join(passages)}"
                self.add(table, row_id, column, "value-in-passage", message)
        if row.get("role") in ROLE_WORDS:
            self.check_role(row_id, row, passages)
        self.check_case(table, row_id, row, passages)
        self.check_date(table, row_id, row, passages)

    def check_role(self, row_id: str, row: Row, passages: list[str]) -> None:
        """One of the role's words must be tied to the name; a lead-in may give it only where the passages give none."""
        owner = {row["official_id"]}
        stated = [words for words in ROLE_WORDS.values() for p in passages if self.evidence.prints.has_all(p, words[0])]
        wanted = ROLE_WORDS[row["role"]]
        faults = [self.evidence.find_value(words, passages, owner, above=not stated) for words in wanted]
        self.found["values"] += 1
        if all(faults):
            message = f"the role “{row['role']}” {faults[0]} {', '.join(passages)}"
            self.add("official_roles", row_id, "role", "value-in-passage", message)

    def check_case(self, table: str, row_id: str, row: Row, passages: list[str]) -> None:
        """A role in a case must stand where that case's persons are named."""
        if table != "official_roles" or row["case_id"] is None:
            return
        for person in self.members.get(row["case_id"], []):
            if self.evidence.find_name(person, passages) is None:
                message = f"{', '.join(passages)} does not name {person}, of {row['case_id']}"
                self.add(table, row_id, "case_id", "name-in-passage", message)

    def check_date(self, table: str, row_id: str, row: Row, passages: list[str]) -> None:
        """The printed date must stand in one passage (or one that governs it), and the coded one say the same."""
        printed = row.get("date_as_printed")
        if printed is None:
            return
        stream = tokens(printed)
        if not stream:
            self.found["not checkable"] += 1
            return
        grams = {token.text for token in stream} | pairs(stream)
        everywhere = passages + [q for p in passages for q in self.evidence.context(p)]
        if not any(all(self.evidence.prints.has(p, gram) for gram in grams) for p in everywhere):
            message = f"“{printed}” does not stand in {', '.join(passages)}"
            self.add(table, row_id, "date_as_printed", "value-in-passage", message)
        self.found["dates"] += 1
        fault = disagreement(row)
        if fault and (table, row_id, "date") not in self.explained:
            message = f"{fault} (“{printed}”), and no anomaly of kind date explains it"
            self.add(table, row_id, "date_start", "date-as-printed", message)

    def add(self, table: str, row_id: str, column: str, rule: str, message: str) -> None:
        """Note an error; the line is the caller's to find."""
        self.problems.append(Problem(f"data/{table}.csv", 0, column, row_id, rule, "error", message))
