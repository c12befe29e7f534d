"""Names of records in other languages than English, from their coded parts: events, provisions of law, rights.

An event is named by its kind, place and day; a provision by the official name of its law, article and part; a right by
its name. Whatever else names a record, a person above all, stays as it is in the data.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from scripts.site_pages.dates import in_words
from scripts.site_pages.texts import Texts

EVENTS = """
    SELECT events.*, places.name AS place, event_types.label_{language} AS kind
    FROM events JOIN event_types ON code = event_type LEFT JOIN places USING (place_id)
"""
PROVISIONS = "SELECT * FROM provisions"
RIGHTS = "SELECT * FROM rights"
Row = Mapping[str, Any]
Names = dict[tuple[str, str], str]


def event_names(texts: Texts, events: Iterable[Row]) -> Names:
    """The names of events with a place or a date; one with neither has only its title."""
    found: Names = {}
    for event in events:
        about = [part for part in (event["place"], in_words(texts, event)) if part]
        if about:
            found["events", event["event_id"]] = ", ".join([event["kind"], *about])
    return found


def provision_names(texts: Texts, provisions: Iterable[Row]) -> Names:
    """The names of provisions."""
    return {("provisions", row["provision_id"]): provision_name(texts, row) for row in provisions}


def provision_name(texts: Texts, provision: Row) -> str:
    """Law, article and part in words."""
    return ", ".join(filter(None, [in_own_words(texts, provision["instrument"]), article(texts, provision)]))


def article(texts: Texts, provision: Row) -> str:
    """Article and part in words; empty where a law is cited as a whole."""
    parts = [texts["article"].format(number=provision["article"])] if provision["article"] else []
    parts += [texts["part"].format(number=provision["part"])] if provision["part"] else []
    return ", ".join(parts)


def right_names(texts: Texts, rights: Iterable[Row]) -> Names:
    """The names of rights."""
    return {("rights", row["right_id"]): in_own_words(texts, row["name"]) for row in rights}


def in_own_words(texts: Texts, english: str) -> str:
    """A text of the data in the language, where our texts know it: a law, a right, a figure of the first page."""
    return str(texts["data_words"].get(english, english))
