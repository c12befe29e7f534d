"""The search table: names in all their spellings, and titles, for SQLite's full-text search.

SQLite folds case and the accents of Latin letters, but neither ё to е nor й to и, and it cuts words at apostrophes and
hyphens. So each text is stored as written and, where it differs, folded.
"""

import re
import sqlite3
import unicodedata

APOSTROPHES_AND_HYPHENS = re.compile("['’‘ʼ`ʹ-]")
TEXTS = """
    SELECT 'persons' AS kind, person_id AS row_id, name AS title, name AS text FROM persons WHERE is_withheld = 0
    UNION SELECT 'persons', person_id, name, name_as_printed
        FROM person_names JOIN persons USING (person_id) WHERE is_withheld = 0
    UNION SELECT 'officials', official_id, name_as_reported, name_as_reported FROM officials
    UNION SELECT 'officials', official_id, name_as_reported, name_as_printed
        FROM official_names JOIN officials USING (official_id)
    UNION SELECT 'events', event_id, title, title FROM events
    UNION SELECT 'cases', case_id, title, title FROM cases
    UNION SELECT 'places', place_id, name, name FROM places
    UNION SELECT 'places', place_id, name, name_2026 FROM places WHERE name_2026 IS NOT NULL
    UNION SELECT 'institutions', institution_id, name, name FROM institutions
    ORDER BY kind, row_id, text
"""
TITLE = "Search"
DESCRIPTION = (
    "Names in all their spellings, and titles, to be searched: "
    "one row a person, official, event, case, place or institution."
)
COLUMNS = {
    "kind": "Table in which the row stands.",
    "row_id": "Id of the row.",
    "title": "Main name or title of the row.",
    "text": "Every spelling that the report prints, and each without accents, apostrophes and hyphens.",
}


def fold(text: str) -> str:
    """A text in lower case, without accents (ё becomes е, й becomes и), apostrophes and hyphens."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return APOSTROPHES_AND_HYPHENS.sub("", letters)


def with_folded(texts: list[str]) -> str:
    """The texts, then those of their folded forms that are new, one a line."""
    written = {text.casefold() for text in texts}
    folded = [fold(text) for text in texts]
    return "\n".join([*texts, *dict.fromkeys(form for form in folded if form not in written)])


def fill_search(connection: sqlite3.Connection) -> None:
    """Make the table `search` (kind, row_id, title, text), one row a findable row, and its index `search_fts`."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for kind, row_id, title, text in connection.execute(TEXTS):
        found.setdefault((kind, row_id, title), []).append(text)
    connection.execute(
        "CREATE TABLE search (\n"
        "  kind TEXT NOT NULL, row_id TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,\n"
        "  PRIMARY KEY (kind, row_id)\n) STRICT"
    )
    rows = [(*key, with_folded(texts)) for key, texts in found.items()]
    connection.executemany("INSERT INTO search VALUES (?, ?, ?, ?)", rows)
    # Datasette finds the index only by this spelling of content=.
    connection.execute(
        "CREATE VIRTUAL TABLE search_fts "
        'USING fts5 (title, text, content="search", tokenize="unicode61 remove_diacritics 2")'
    )
    connection.execute("INSERT INTO search_fts (search_fts) VALUES ('rebuild')")
