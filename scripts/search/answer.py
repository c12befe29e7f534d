"""Search: what a reader types, in any spelling and alphabet, answered by the rows that have all of its words."""

import sqlite3
from functools import lru_cache
from pathlib import Path

from scripts.package import ROOT
from scripts.record_ids import as_id
from scripts.search.documents import read_documents
from scripts.search.index import Index, make_index, read_rows
from scripts.search.letters import fold, words_of
from scripts.search.ranking import Fits, costs, found_words, standing, sums
from scripts.search.results import Group, Hit, Results
from scripts.search.snippets import marked, snippet
from scripts.search.spellings import near_spellings

LONGEST_QUERY = 120
MOST_WORDS = 8
HITS_A_GROUP = 8
HITS_OF_ONE_KIND = 100
KINDS = [
    "persons", "officials", "places", "events", "cases", "acts", "penalties", "charges", "institutions", "provisions",
    "rights", "responses", "reported_totals", "anomalies", "recommendations", "sources", "documents",
    "act_types", "event_types", "penalty_types", "person_types", "institution_types",
]  # fmt: skip
SMALL_WORDS = frozenset(
    [
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "was", "were", "with"),
        *("в", "во", "за", "и", "или", "из", "к", "на", "о", "об", "от", "по", "при", "с", "со", "у", "мен", "және"),
        *("art", "article", "ст", "статья", "бап"),
    ]
)


def search(connection: sqlite3.Connection, words: str, language: str, kind: str = "") -> Results:
    """The rows that have all the words, in groups; with a kind of KINDS, more of that kind and no other.

    A row that has a word as typed stands before one that has it as a beginning, then in another spelling, then with an
    error forgiven. Where no row has all the words, the rows with most of them are given.
    """
    return answer(index_of(connection), words, language, kind)


def index_of(connection: sqlite3.Connection) -> Index:
    """The index of a database, made once for each state of its file."""
    path = next(row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    if not path:
        return make_index(read_rows(connection) + read_documents(ROOT))
    return index_of_file(path, Path(path).stat().st_mtime_ns)


@lru_cache(maxsize=1)
def index_of_file(path: str, modified_ns: int) -> Index:
    """The index of a database file of a time, and of the documents."""
    connection = sqlite3.connect(f"{Path(path).as_uri()}?mode=ro", uri=True)
    try:
        return make_index(read_rows(connection) + read_documents(ROOT))
    finally:
        connection.close()


def typed_words(query: str) -> list[str]:
    """The words of a query, each once, without small words where there are others."""
    words = list({fold(word): word for word in words_of(query)}.values())
    telling = [word for word in words if word.casefold() not in SMALL_WORDS]
    return telling or words


def answer(index: Index, query: str, language: str, kind: str) -> Results:
    """The results of a query in an index."""
    every = typed_words(query[:LONGEST_QUERY])
    words = every[:MOST_WORDS]
    was_cut = len(query) > LONGEST_QUERY or len(every) > MOST_WORDS
    if not words:
        return Results([], was_cut=was_cut)
    fits = [index.fits(word) for word in words]
    costs_of_words = [costs(index, one) for one in fits]
    ranked, most = sums(costs_of_words)
    row_id = as_id(query)
    if row_id in index.by_id:
        ranked[index.by_id[row_id]] = -1
    return Results(
        words=words,
        groups=groups(index, ranked, fits, language, kind),
        unknown=[word for word, cost in zip(words, costs_of_words, strict=True) if not cost],
        has_all=most == len(words),
        spellings=[] if ranked else near_spellings(index, words),
        was_cut=was_cut,
    )


def groups(index: Index, ranked: dict[int, int], fits: list[Fits], language: str, kind: str) -> list[Group]:
    """The ranked rows in groups, those found by name first; of a kind of KINDS more rows, and no other."""
    by_kind: dict[str, list[int]] = {}
    for number in sorted(ranked, key=lambda number: (ranked[number], number)):
        by_kind.setdefault(index.rows[number].kind, []).append(number)
    ordered = sorted(by_kind, key=lambda name: (standing(name, ranked[by_kind[name][0]]), KINDS.index(name)))
    chosen = [kind] if kind in by_kind else ordered
    most = HITS_OF_ONE_KIND if kind in by_kind else HITS_A_GROUP
    return [
        Group(name, [hit(index, number, fits, language) for number in by_kind[name][:most]], len(by_kind[name]))
        for name in chosen
    ]


def hit(index: Index, number: int, fits: list[Fits], language: str) -> Hit:
    """A row as it is shown."""
    row = index.rows[number]
    found, is_similar = found_words(index.words_of_rows[number], fits)
    title = marked(row.titles[language], found)
    return Hit(row.kind, row.row_id, title, snippet(row, title, found), is_similar)
