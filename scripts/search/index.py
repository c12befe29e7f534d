"""The index in memory: where each word stands, by its folded form and by its skeletons."""

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scripts.search.distance import Lexicon
from scripts.search.letters import fold, forms, readings, skeletons, words_of

ROWS = "SELECT kind, row_id, title, title_ru, title_kk, names, text FROM search ORDER BY kind, row_id"
NAMED_KINDS = {"persons", "officials", "places", "institutions"}
SHORTEST_PREFIX = 2
SHORTEST_SKELETON_PREFIX = 3
# How well a word fits the one typed, best first; a word forgiven two errors is one worse than SIMILAR.
EXACT, PREFIX, SKELETON, SKELETON_PREFIX, SIMILAR = range(5)


@dataclass(frozen=True)
class Row:
    """A findable row: its titles by language, the other spellings of its name, and what it says."""

    kind: str
    row_id: str
    titles: dict[str, str]
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass
class Index:
    """Rows, and the numbers of those in which each folded word stands: in a title or name, or elsewhere.

    `by_skeleton` and `by_reading` lead back to the folded words; `written_names` from a skeleton to a word of a name as
    it is written.
    """

    rows: list[Row]
    in_names: dict[str, set[int]] = field(default_factory=dict)
    in_texts: dict[str, set[int]] = field(default_factory=dict)
    by_id: dict[str, int] = field(default_factory=dict)
    by_skeleton: dict[str, set[str]] = field(default_factory=dict)
    written_names: dict[str, str] = field(default_factory=dict)
    words_of_rows: list[frozenset[str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    skeletons: list[str] = field(default_factory=list)
    by_reading: dict[str, set[str]] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=lambda: Lexicon([]))

    def fits(self, typed: str) -> dict[str, int]:
        """The known words that a typed word may mean, each with how well it fits."""
        word, reduced = fold(typed), skeletons(typed)
        found: dict[str, int] = {}
        for fit, words in [
            (EXACT, [word] if word in self.in_names or word in self.in_texts else ()),
            (PREFIX, starting(self.words, word) if len(word) >= SHORTEST_PREFIX else ()),
            (SKELETON, self._with_skeletons(skeleton for skeleton in reduced if 2 * len(skeleton) >= len(word))),
            (SKELETON_PREFIX, self._with_skeletons(self._longer(reduced))),
        ]:
            for other in words:
                found.setdefault(other, fit)
        for other, errors in self._similar(word, typed, 1 if found else 2).items():
            found.setdefault(other, SIMILAR + errors - 1)
        return found

    def _with_skeletons(self, reduced: Iterable[str]) -> Iterator[str]:
        for skeleton in reduced:
            yield from sorted(self.by_skeleton.get(skeleton, ()))

    def _longer(self, reduced: Iterable[str]) -> Iterator[str]:
        # The last i of a beginning may be one that only softens in the whole word.
        for skeleton in reduced:
            if len(skeleton) >= SHORTEST_SKELETON_PREFIX:
                yield from starting(self.skeletons, skeleton.rstrip("i"))

    def _similar(self, word: str, typed: str, most: int) -> dict[str, int]:
        """Words within the forgiven errors, in any of the readings of both, with the number of errors."""
        found: dict[str, int] = {}
        for reading in {word} | readings(typed):
            for other, errors in self.lexicon.near(reading, most).items():
                for known in self.by_reading[other]:
                    found[known] = min(max(errors, 1), found.get(known, errors))
        return found


def starting(words: list[str], beginning: str) -> list[str]:
    """Those of the sorted words that begin so."""
    first = bisect_left(words, beginning)
    return words[first : bisect_left(words, beginning + "\U0010ffff", lo=first)]


def read_rows(connection: sqlite3.Connection) -> list[Row]:
    """The rows of the table `search`."""
    found = []
    for kind, row_id, title, title_ru, title_kk, names, text in connection.execute(ROWS):
        titles = {"en": title, "ru": title_ru or title, "kk": title_kk or title}
        found.append(Row(kind, row_id, titles, tuple((names or "").splitlines()), tuple((text or "").splitlines())))
    return found


def make_index(rows: list[Row]) -> Index:
    """The index of the rows."""
    index = Index(rows)
    for number, row in enumerate(rows):
        in_names = {form for text in (*row.titles.values(), *row.names) for form in forms_in(text)}
        in_texts = {form for text in row.texts for form in forms_in(text)}
        for placed, words in ((index.in_names, in_names), (index.in_texts, in_texts)):
            for word in words:
                placed.setdefault(word, set()).add(number)
        index.words_of_rows.append(frozenset(in_names | in_texts))
        index.by_id[row.row_id] = number
    index.words = sorted(index.in_names.keys() | index.in_texts.keys())
    for word in index.words:
        for skeleton in skeletons(word):
            index.by_skeleton.setdefault(skeleton, set()).add(word)
    index.skeletons = sorted(index.by_skeleton)
    for word in words_to_mistype(index):
        for reading in {word} | readings(word):
            index.by_reading.setdefault(reading, set()).add(word)
    index.lexicon = Lexicon(index.by_reading)
    for row in rows:
        for word in words_of(row.titles["en"]) if row.kind in NAMED_KINDS else ():
            index.written_names.setdefault(skeletons(word)[0], word)
    return index


def words_to_mistype(index: Index) -> list[str]:
    """The words that are found with an error too: all but those that stand in documents alone."""
    documents = {number for number, row in enumerate(index.rows) if row.kind == "documents"}
    placed = [*index.in_names.items(), *index.in_texts.items()]
    return sorted({word for word, numbers in placed if not numbers <= documents})


def forms_in(text: str) -> Iterator[str]:
    """The folded forms of all words of a text."""
    for word in words_of(text):
        yield from forms(word)
