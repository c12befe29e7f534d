"""The fingerprints without a person's name: the hashes that the name gives are taken out of every passage.

The text is not at hand, so the grams and binds are made from the name's words by the functions that made the
fingerprints. A hash stays where a check of a row that stays asks for it: it confirms somebody or something else.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    spelled = {gram for spelling in name.spellings for form in broken(spelling) for gram in grams_of(form)}
    own = words - words_of_the_named(after, set(after["passages"]["passage_id"].to_pylist()))
    told = LABELS | values_told(before, after)
    rows = []
    for row in prints.to_pylist():
        passage = row["passage_id"]
        grams, binds = (set((row[column] or "").split()) for column in ("grams", "binds"))
        if passage in named and passage not in silent:
            called = words_of_the_named(after, {passage})
            taken = grams_of_name(words - called, {gram for gram in spelled if set(gram.split()) - called})
            ties = binds_of_name(words - called, spelled | pairs_of(words), told, set(name_pairs(before, passage)))
        else:
            taken = grams_of_name(own, set()) if grams & {gram_hash(passage, word) for word in own} else set()
            ties = binds_of_name(own, pairs_of(own), LABELS, set()) if taken else set()
        if passage not in silent:
            grams &= {gram_hash(passage, gram) for gram in taken}
            binds &= {gram_hash(passage, tie) for tie in ties}
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


def name_pairs(tables: Tables, passage: str) -> Iterator[str]:
    """The pairs of words by which everybody in a passage is called in binds."""
    for table in ("person_names", "official_names"):
        for row in tables[table].to_pylist():
            if row["passage_id"] == passage:
                yield " ".join(words_of(row["name_as_printed"])[-2:])


def pairs_of(words: Iterable[str]) -> set[str]:
    """Every pair of two different words."""
    words = sorted(words)
    return {f"{a} {b}" for a in words for b in words if a != b}


def broken(spelling: str) -> Iterator[str]:
    """A spelling as it is, and as the end of a line may break each of its words."""
    yield spelling
    words = spelling.split()
    for i, word in enumerate(words):
        for cut in range(1, len(word)):
            yield " ".join([*words[:i], f"{word[:cut]}- {word[cut:]}", *words[i + 1 :]])


def grams_of_name(words: set[str], spelled: set[str]) -> set[str]:
    """The grams that a name gives: the `spelled`, its words, their pairs, pairs with what may stand beside them."""
    return spelled | words | pairs_of(words) | {f"{a} {b}" for a in BESIDE_A_NAME for b in words}


def binds_of_name(words: set[str], spelled: set[str], labels: set[str], others: set[str]) -> set[str]:
    """The binds of a name: a label tied to a `spelled` pair, the pair or one of the words tied to somebody else."""
    pairs = {gram for gram in spelled if " " in gram}
    tied = {f"{label}|{pair}" for pair in pairs for label in labels | others | words}
    return tied | {f"{mine}|{other}" for mine in pairs | words for other in others | pairs}


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
