"""The search table: names in all their spellings, titles and what is said, for the page /search and for SQLite's FTS5.

Each text is stored as written. `aliases` holds what no reader typed or printed: the folded form of each word that
SQLite would cut or not fold, and the skeletons by which scripts.search finds a word in any spelling and alphabet.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from scripts.search.letters import forms, skeletons, words_of

FOLDER = Path(__file__).resolve().parent / "search"
SPELLINGS_OF_WITHHELD = """
    SELECT name FROM persons WHERE is_withheld = 1 AND name <> 'withheld'
    UNION SELECT name_as_printed FROM person_names JOIN persons USING (person_id) WHERE is_withheld = 1
"""
TITLE = "Search"
DESCRIPTION = (
    "What the page /search looks through: one row a record that can be found by a name, a title or what is said."
)
COLUMNS = {
    "kind": "Table in which the row stands.",
    "row_id": "Id of the row.",
    "title": "Main name or title of the row.",
    "title_ru": "The title with its code's Russian label. Empty where the title has none.",
    "title_kk": "The title with its code's Kazakh label. Empty where the title has none.",
    "names": "Every spelling of the name that the report prints, one a line. Empty where the row has no other.",
    "text": "What the row says, one text a line. Empty where it says no more than its title.",
    "aliases": "Letters by which a search finds each word in other spellings and alphabets. No spelling of any name.",
}
DDL = """
CREATE TABLE search (
  kind TEXT NOT NULL, row_id TEXT NOT NULL, title TEXT NOT NULL, title_ru TEXT, title_kk TEXT,
  names TEXT, text TEXT, aliases TEXT NOT NULL,
  PRIMARY KEY (kind, row_id)
) STRICT
"""
# Datasette finds the index only by this spelling of content=.
INDEX_DDL = """
CREATE VIRTUAL TABLE search_fts USING fts5 (
  title, title_ru, title_kk, names, text, aliases, content="search", tokenize="unicode61 remove_diacritics 2"
)
"""


def aliases(texts: Iterable[str | None]) -> str:
    """The other forms and the skeletons of all words of the texts, each once, in order of the alphabet."""
    words = {word for text in texts if text for word in words_of(text)}
    found = {form for word in words for form in forms(word)}
    reduced = {skeleton for form in found for skeleton in skeletons(form)}
    return " ".join(sorted((found | reduced) - {word.casefold() for word in words} - {""}))


def lines(texts: Iterable[str], title: str) -> str | None:
    """The texts but the title, each once, one a line; None where there is none."""
    return "\n".join(text for text in dict.fromkeys(texts) if text != title) or None


def names_a_withheld_person(texts: Iterable[str | None], spellings: list[set[str]]) -> bool:
    """Whether a text holds all words of a spelling of a withheld person."""
    words = [{form for word in words_of(text) for form in forms(word)} for text in texts if text]
    return any(spelling <= found for spelling in spellings for found in words)


def fill_search(connection: sqlite3.Connection) -> None:
    """Make the table `search`, one row a findable row, and its index `search_fts`; a withheld person is in neither."""
    said: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for kind, row_id, is_name, _, text in connection.execute((FOLDER / "texts.sql").read_text(encoding="utf-8")):
        if text:
            said.setdefault((kind, row_id), ([], []))[0 if is_name else 1].append(text)
    withheld = [
        {form for word in words_of(row[0]) for form in forms(word)} for row in connection.execute(SPELLINGS_OF_WITHHELD)
    ]
    rows = []
    for kind, row_id, *titles in connection.execute((FOLDER / "titles.sql").read_text(encoding="utf-8")):
        names, texts = said.get((kind, row_id), ([], []))
        cells = [*titles, lines(names, titles[0]), lines(texts, titles[0])]
        if not names_a_withheld_person(cells, withheld):
            rows.append((kind, row_id, *cells, aliases(cells)))
    connection.execute(DDL)
    connection.executemany("INSERT INTO search VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute(INDEX_DDL)
    connection.execute("INSERT INTO search_fts (search_fts) VALUES ('rebuild')")
