"""The names of a person who is withheld, found in texts and taken out of them.

A text names the person where it has one of the spellings word by word, or a word of them that nobody and nothing else
in the package is called by. What a mention stands in goes with it: the sentence, or the whole cell.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from scripts.tokens import fold

Tables = dict[str, list[dict[str, str]]]
WORD = re.compile(r"[^\W\d_]+")
SENTENCE_END = re.compile(r"(?<=[.!?])(?<!Art\.)(?<!No\.)(?<!Mr\.)\s+(?=[A-Z“])")
SHORTEST = 3  # letters of a word that can stand for a person alone
SHORTEST_IN_LINK = 5  # letters of a word that is looked for inside a link
OTHERS = {  # where the other names stand
    "persons": ("person_id", ["name", "surname", "given_name", "patronymic"]),
    "person_names": ("person_id", ["name_as_printed"]),
    "officials": ("official_id", ["name_as_reported", "surname", "given_name"]),
    "official_names": ("official_id", ["name_as_printed"]),
    "places": ("place_id", ["name", "name_2026"]),
    "institutions": ("institution_id", ["name"]),
}


@dataclass(frozen=True)
class Name:
    """A person's spellings as printed, their words, and the words that are the person's alone (all folded)."""

    spellings: tuple[str, ...]
    words: frozenset[str]
    own: frozenset[str]

    def mentioned(self, text: str) -> bool:
        """Whether a text names the person."""
        folded, capitals = read(text)
        if not self.own.isdisjoint(capitals):
            return True
        if text.startswith("http"):
            return any(word in fold(text) for word in self.own if len(word) >= SHORTEST_IN_LINK)
        if self.words.isdisjoint(folded):
            return False
        return any(contains(folded, words_in(spelling)) for spelling in self.spellings if len(words_in(spelling)) > 1)

    def without(self, text: str) -> str:
        """A text without the sentences that name the person; the text itself where none does."""
        if not self.mentioned(text):
            return text
        return " ".join(part for part in SENTENCE_END.split(text) if not self.mentioned(part))

    def title_without(self, title: str) -> str:
        """A title without the person where it names somebody else beside them, or nothing."""
        names = sorted((re.escape(spelling) for spelling in self.spellings), key=len, reverse=True)
        for name in names:
            shorter = re.sub(rf"{name}(?: and|,) (?=[A-Z])|(?: and|,) {name}", "", title)
            if shorter != title and not self.mentioned(shorter):
                return shorter
        return ""


def name_of(tables: Tables, person_id: str) -> Name:
    """The name of a person. `tables` holds rows of texts by table."""
    row = next(row for row in tables["persons"] if row["person_id"] == person_id)
    given, patronymic, surname = row["given_name"], row["patronymic"], row["surname"]
    parts = [[given, surname], [surname, given], [surname, given, patronymic], [given, patronymic, surname]]
    spellings = {row["name"], *(" ".join(filter(None, part)) for part in parts)}
    spellings |= {n["name_as_printed"] for n in tables["person_names"] if n["person_id"] == person_id}
    words = {word for spelling in spellings for word in words_in(spelling)}
    own = {word for word in words if len(word) >= SHORTEST} - words_of_others(tables, person_id) - common_words(tables)
    return Name(tuple(sorted(spellings - {""})), frozenset(words), frozenset(own))


def words_of_others(tables: Tables, person_id: str) -> set[str]:
    """The folded words by which anybody or anything but this person is called."""
    return {
        word
        for table, (key, columns) in OTHERS.items()
        for row in tables[table]
        if row[key] != person_id
        for column in columns
        for word in words_in(row[column])
    }


def common_words(tables: Tables) -> set[str]:
    """The folded words that some cell writes without a capital: such a word at a sentence's start names nobody."""
    cells = {cell for rows in tables.values() for row in rows for cell in row.values() if " " in cell}
    return {word for cell in cells for word in uncapitalised(cell)}


@lru_cache(maxsize=200_000)
def uncapitalised(text: str) -> frozenset[str]:
    """The words of a text that are written without a capital, folded."""
    return frozenset(fold(word) for word in WORD.findall(text) if word[0].islower())


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return read(text)[0]


@lru_cache(maxsize=200_000)
def read(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a text, folded, and those among them that are written with a capital."""
    written = WORD.findall(text)
    folded = tuple(fold(word) for word in written)
    return folded, frozenset(word for word, as_written in zip(folded, written, strict=True) if as_written[0].isupper())


def contains(words: tuple[str, ...], run: tuple[str, ...]) -> bool:
    """Whether these words stand together, in this order, among others."""
    return any(words[i : i + len(run)] == run for i in range(len(words) - len(run) + 1))
