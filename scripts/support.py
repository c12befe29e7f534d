"""Each citation by itself: does its passage speak of the row at all?

`scripts.citations` checks a row against its passages together, so that a citation moved elsewhere would go unseen where
the others support the row. Here each passage alone must show that it belongs: it names whom the row is about, or holds
something printed that tells this row from others; it governs or continues another passage of the row; the second coder
cites it too; or it was read and is listed, with the reason, in `validation/read_citations.csv`.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from scripts.citations import ROW_KEYS, Check, runs, subjects_of, values_of
from scripts.files import CannotRun
from scripts.problems import Problem
from scripts.second_coding import COMPARED, lines_of_units, successors
from scripts.spared import Spared
from scripts.tokens import CLOSED, MONTHS, pairs, tokens, words_of

Key = tuple[str, str]  # table, row id
FILE = Path("validation") / "read_citations.csv"
HEAD = ["table_name", "row_id", "passage_id", "reason"]
KEYS = ROW_KEYS | {"anomalies": "anomaly_id", "rights": "right_id"}
OWN_WORDS = {  # columns in our words that may hold a name, a day or a number of the passage
    "acts": ["description", "victim_description"], "anomalies": ["description"], "cases": ["description", "title"],
    "events": ["title"], "institutions": ["name"], "involvements": ["actor_as_reported"],
    "officials": ["office", "description"], "penalties": ["description"], "persons": ["description"],
    "provisions": ["instrument", "title"], "recommendations": ["addressee", "summary"],
    "reported_totals": ["value_as_printed", "measure"], "responses": ["description"], "rights": ["name"],
    "sources": ["title"],
}  # fmt: skip
WIDESPREAD = CLOSED | MONTHS.keys() | {  # words that stand in passages of every kind, beside the names of places
    "affairs", "city", "committee", "department", "district", "eu", "european", "general", "human", "internal",
    "kazakh", "kazakhstan", "law", "ministry", "national", "office", "osce", "parliament", "police", "republic",
    "rights", "security", "state", "un", "union",
}  # fmt: skip


class Support:
    """The package's rows and citations, ready to be asked how a passage belongs to a row."""

    def __init__(self, check: Check, coded: dict[Key, set[str]]) -> None:
        """`check` holds the tables and the evidence, `coded` the passages that the second coder cites for a row."""
        self.check, self.evidence, self.coded = check, check.evidence, coded
        self.rows = {(t, row[key]): row for t, key in KEYS.items() for row in check.tables[t].to_pylist()}
        passages = check.tables["passages"].to_pylist()
        self.continues = {row["passage_id"]: row["continues"] for row in passages}
        self.widespread = WIDESPREAD | {w for row in check.look_up["places"].values() for w in words_of(row["name"])}

    def how(self, key: Key, passage: str) -> str:
        """How a passage belongs to a row; empty where nothing printed shows it."""
        if passage in self.coded.get(key, set()):
            return "coded"
        subjects = self.subjects(key)
        ways = {self.evidence.find_name(subject, [passage]) for subject in subjects}
        told = key[0] not in COMPARED or self.is_of_event(key, passage) or self.is_told(key, passage, subjects)
        if ways & {"named", "surname"} and told:
            return "named"
        under_heading = "heading" in ways and key[0] not in ("persons", "officials")
        if (not subjects or under_heading) and self.is_told(key, passage, subjects):
            return "told"
        others = [other for other in self.evidence.cited[key] if other != passage]
        if any(passage in self.evidence.context(other) for other in others):
            return "governs"
        if any(passage == self.continues[other] or other == self.continues[passage] for other in others):
            return "continues"
        return "about" if passage in self.evidence.cited.get(self.concerns(key), []) else ""

    def concerns(self, key: Key) -> Key:
        """The row that a row is about: an act's, an answer's, an inconsistency's; empty for other rows."""
        table, row = key[0], self.rows[key]
        other = (row["table_name"], row["row_id"]) if table in ("responses", "anomalies") else ("", "")
        return ("acts", row["act_id"]) if table in ("attestations", "involvements") else other

    def subjects(self, key: Key) -> list[str]:
        """Whom a row is about, and whom the row that it is about."""
        own = subjects_of(key[0], self.rows[key], self.check.members)
        other = self.concerns(key)
        return own + (subjects_of(other[0], self.rows[other], self.check.members) if other in self.rows else [])

    def is_of_event(self, key: Key, passage: str) -> bool:
        """Whether the passage is one of those that are cited for the row's event."""
        return passage in self.evidence.cited.get(("events", self.rows[key].get("event_id") or ""), [])

    def is_told(self, key: Key, passage: str, subjects: list[str]) -> bool:
        """Whether the passage holds something that tells the row from others, beside the names of its subjects."""
        names = {word for s in subjects for name in self.evidence.names.get(s, []) for word in words_of(name)}
        telling = (words for words in self.words(key) if self.tells(key[0], words) and not names.issuperset(words))
        return any(self.evidence.prints.has_all(passage, words) for words in telling)

    def tells(self, table: str, words: list[str]) -> bool:
        """Whether words tell one row from another: no common word, small number, year or month alone."""
        if len(words) > 1:
            return not all(word in MONTHS or (word.isdigit() and len(word) == 4) for word in words)
        word = words[0]
        if word.isdigit():
            return table == "sources" or (len(word) > 2 and not (len(word) == 4 and word.startswith("20")))
        return len(word) > 2 and word not in self.widespread

    def words(self, key: Key) -> Iterator[list[str]]:
        """All of a row that may be printed: values, days, our own words, its place, its event, the row it is about."""
        table, row = key[0], self.rows[key]
        yield from (words for _, words in values_of(table, row, self.check.look_up))
        if row.get("date_as_printed"):
            stream = tokens(row["date_as_printed"])
            yield from ([pair.split() for pair in pairs(stream)] or [[token.text] for token in stream])
        for column in OWN_WORDS.get(table, []):
            for run in runs(row[column] or ""):
                yield from [run, *([word] for word in run)]
        if row.get("place_id"):
            yield words_of(self.check.look_up["places"][row["place_id"]]["name"])
        if row.get("event_id") and table != "events":
            yield from self.words(("events", row["event_id"]))
        if self.concerns(key) in self.rows:
            yield from self.words(self.concerns(key))


def read_list(base: Path) -> dict[tuple[str, str, str], int]:
    """The citations that were read, as (table, row, passage) → line; none without the file.

    Raises CannotRun where the file has other columns or a line without a reason.
    """
    if not (base / FILE).is_file():
        return {}
    with (base / FILE).open(encoding="utf-8", newline="") as file:
        head, *lines = list(csv.reader(file))
    if head != HEAD or any(len(cells) != len(HEAD) or not all(cells) for cells in lines):
        raise CannotRun(f"{FILE.as_posix()} has the columns {', '.join(HEAD)}, and no cell of it is empty")
    return {(table, row, passage): number for number, (table, row, passage, _) in enumerate(lines, start=2)}


def check_support(base: Path, check: Check, spared: Spared) -> Iterator[Problem]:
    """The citations whose passage shows no tie to its row and that nobody has read; lists of `base`.

    A citation that a correction brought counts as read, and what was read of a merged row is read of its successor. A
    line of the list that is not needed is a problem too, a warning where the citation is gone.
    """
    coded = lines_of_units(base)
    merged = successors(check.tables)
    support = Support(check, {(t, merged.get(row, row)): lines for (t, row), lines in coded.items()})
    read = {(t, merged.get(row, row), passage): line for (t, row, passage), line in read_list(base).items()}
    met: defaultdict[bool, set[tuple[str, str, str]]] = defaultdict(set)
    for row in check.tables["citations"].to_pylist():
        if row["passage_id"] is None or (row["table_name"], row["row_id"]) not in support.rows:
            continue
        place = (row["table_name"], row["row_id"], row["passage_id"])
        needed = not support.how(place[:2], place[2])
        met[needed].add(place)
        if needed and place not in read and place not in spared.cited:
            message = (
                f"nothing printed in {place[2]} ties it to {place[1]}: was another passage meant? If it tells of it "
                f"without a name, add the line {','.join(place)},REASON to {FILE.as_posix()}"
            )
            yield Problem(
                "data/citations.csv", 0, "passage_id", row["citation_id"], "citation-supports-its-row", "error", message
            )
    for place, line in read.items():
        if place not in met[True]:
            message = f"the citation of {place[2]} for {place[1]} needs no reading: take this line out"
            severity = "error" if place in met[False] else "warning"
            yield Problem(FILE.as_posix(), line, "passage_id", "", "read-citation-is-needed", severity, message)
