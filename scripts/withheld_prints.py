"""The fingerprints without a person's name: the hashes that the name gives are taken out of every passage.

The text is not at hand, so the grams and binds are made from the name's words by the functions that made the
fingerprints. A hash stays where a check of a row that stays asks for it: it confirms somebody or something else.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from scripts.citations import ROW_KEYS, Check, values_of
from scripts.evidence import Tables
from scripts.fingerprints import SCHEMA, Prints, gram_hash, grams_of
from scripts.tokens import CLOSED, MONTHS, words_of
from scripts.withheld_names import Name

TITLES = {"mr", "mrs", "ms", "miss", "dr", "photo", "case"}
BESIDE_A_NAME = TITLES | CLOSED | set(MONTHS) | {str(number) for number in range(1, 151)}  # numbers of a list too
LABELS = {str(number) for number in [*range(1, 101), *range(2005, 2019)]} | set(MONTHS) | CLOSED
Asked = dict[str, set[str]]  # hashes by passage


class Asking(Prints):
    """Fingerprints that note which hashes were asked for and found."""

    def __init__(self, prints: Prints) -> None:
        super().__init__(prints.grams, prints.binds)
        self.asked_grams: Asked = defaultdict(set)
        self.asked_binds: Asked = defaultdict(set)

    def has(self, passage_id: str, gram: str) -> bool:
        """As of `Prints`, noted."""
        found = super().has(passage_id, gram)
        if found:
            self.asked_grams[passage_id].add(gram_hash(passage_id, gram))
        return found

    def ties(self, passage_id: str, token: str, name: str) -> bool:
        """As of `Prints`, noted."""
        found = super().ties(passage_id, token, name)
        if found:
            self.asked_binds[passage_id].add(gram_hash(passage_id, f"{token}|{name}"))
        return found


def prints_without(before: Tables, after: Tables, prints: pa.Table, name: Name, silent: set[str]) -> pa.Table:
    """The fingerprints without the name and what was tied to it; `silent` passages, which nothing cites, lose all.

    `before` and `after` are the typed tables with and without the person. The seals are not set.
    """
    asking = Asking(Prints.of(prints))
    Check(after, asking).run()
    named = passages_that_name(before, after)
    words = {word for spelling in name.spellings for word in words_of(spelling)}
    own = words - words_of_the_named(after, set(after["passages"]["passage_id"].to_pylist()))
    told = values_told(before, after)
    spelled = {gram for spelling in name.spellings for gram in grams_of(spelling) if " " in gram}
    rows = []
    for row in prints.to_pylist():
        passage = row["passage_id"]
        grams, binds = (set((row[column] or "").split()) for column in ("grams", "binds"))
        if passage not in silent:
            theirs, keys, labels = own, pairs_of(own), LABELS
            if passage in named:
                theirs, keys = words - words_of_the_named(after, {passage}), pairs_of(words)
                labels = LABELS | told | set(name_pairs(after, passage))
            elif not grams & {gram_hash(passage, word) for word in own}:
                rows.append(row)  # nobody can be told from what stands beside a name that is not there
                continue
            grams &= {gram_hash(passage, gram) for gram in grams_of_name(spelled, theirs)}
            binds &= {gram_hash(passage, bind) for bind in binds_of_name(keys, labels)}
        less_grams, less_binds = grams - asking.asked_grams[passage], binds - asking.asked_binds[passage]
        rows.append(row | {"grams": less(row["grams"], less_grams), "binds": less(row["binds"], less_binds)})
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def less(held: str | None, taken: set[str]) -> str:
    """A string of hashes without some."""
    return " ".join(part for part in (held or "").split() if part not in taken)


def passages_that_name(before: Tables, after: Tables) -> set[str]:
    """The passages of the spellings that are gone."""
    left = {tuple(row.values()) for row in after["person_names"].to_pylist()}
    return {row["passage_id"] for row in before["person_names"].to_pylist() if tuple(row.values()) not in left}


def words_of_the_named(after: Tables, passages: set[str]) -> set[str]:
    """The words of everybody else whom these passages name, and of all places and bodies."""
    named = [
        row["name_as_printed"]
        for table in ("person_names", "official_names")
        for row in after[table].to_pylist()
        if row["passage_id"] in passages
    ]
    called = [row["name"] for table in ("places", "institutions") for row in after[table].to_pylist()]
    return {word for text in [*named, *called] for word in words_of(text)}


def name_pairs(after: Tables, passage: str) -> Iterable[str]:
    """The pairs of words by which everybody else in a passage is called in binds."""
    for table in ("person_names", "official_names"):
        for row in after[table].to_pylist():
            if row["passage_id"] == passage:
                yield " ".join(words_of(row["name_as_printed"])[-2:])


def pairs_of(words: Iterable[str]) -> set[str]:
    """Every pair of two different words."""
    words = sorted(words)
    return {f"{a} {b}" for a in words for b in words if a != b}


def grams_of_name(spelled: set[str], words: set[str]) -> set[str]:
    """The grams that a name's words give: themselves, the `spelled` pairs, pairs with what may stand beside them."""
    mine = {gram for gram in spelled if set(gram.split()) & words}
    return words | mine | pairs_of(words) | {f"{a} {b}" for a in BESIDE_A_NAME for b in words}


def binds_of_name(keys: set[str], labels: set[str]) -> set[str]:
    """The binds in which the name is tied to a label, or labels somebody else."""
    both = [(key, label) for key in keys for label in labels]
    return {f"{label}|{key}" for key, label in both} | {f"{key}|{label}" for key, label in both}


def values_told(before: Tables, after: Tables) -> set[str]:
    """The words of the values of the rows that are gone: numbers, days, places, courts."""
    keys = {"provisions": "provision_id", "events": "event_id", "places": "place_id"}
    look_up = {table: {row[key]: row for row in before[table].to_pylist()} for table, key in keys.items()}
    told: set[str] = set()
    for table, key in ROW_KEYS.items():
        left = set(after[table][key].to_pylist())
        for row in before[table].to_pylist():
            if row[key] not in left:
                told |= {words[0] for _, words in values_of(table, row, look_up) if words}
                told |= day_words(row)
    return told


def day_words(row: dict[str, Any]) -> set[str]:
    """The day and month of a row's first day, as tokens."""
    day = row.get("date_start")
    return set() if day is None else {str(day.day), calendar.month_name[day.month].lower(), str(day.year)}
