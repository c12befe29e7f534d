"""Filters without SQL: a form over a table, and /filter/<form>, which leads to those rows of Datasette's table.

An empty choice of a plain form would ask Datasette for empty cells; so it is left out on the way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response

from scripts.site_pages.dates import day
from scripts.site_pages.delivery import HIDDEN
from scripts.site_pages.names import provision_name
from scripts.site_pages.reading import DATABASE, Site
from scripts.site_pages.texts import Texts

LONGEST_VALUE = 120


@dataclass(frozen=True)
class Choice:
    """A choice of a form: its field, the column that it filters, the SELECT of its values, and how each is said."""

    field: str
    column: str
    options: str
    words: Callable[[Texts, Mapping[str, Any]], str] = lambda texts, option: str(option["words"])


@dataclass(frozen=True)
class Form:
    """A form over a table or view; `fixed` is asked for with a choice of the field that it is keyed by."""

    table: str
    choices: tuple[Choice, ...]
    fixed: tuple[tuple[str, str, str], ...] = ()


def day_words(texts: Texts, option: Mapping[str, Any]) -> str:
    """A day as the language writes it."""
    return day(texts, option["value"])


def provision_words(texts: Texts, option: Mapping[str, Any]) -> str:
    """A provision in the language, or in English throughout where its law has no name in ours."""
    return provision_name(texts, option) if option["instrument"] in texts["data_words"] else str(option["label"])


LABELLED = """
    SELECT DISTINCT code AS value, label_{{language}} AS words
    FROM {table} JOIN {codes} ON code = {column} ORDER BY words
"""
PLACES = "SELECT DISTINCT {value} AS value, places.name AS words FROM {source} ORDER BY words"
PROVISIONS = """
    SELECT DISTINCT {value} AS value, provisions.*
    FROM provisions JOIN {table} USING (provision_id) ORDER BY instrument, CAST(article AS INTEGER), article, part
"""
CASES = "SELECT DISTINCT case_id AS value, title AS words FROM cases JOIN {table} USING (case_id) ORDER BY words"
DAYS = "SELECT DISTINCT date_start AS value FROM {source} WHERE date_precision = 'day' ORDER BY value"
EVENTS_WITH_ACTS = "(SELECT * FROM events WHERE event_id IN (SELECT event_id FROM acts))"
OF_ACTS = f"places JOIN {EVENTS_WITH_ACTS} USING (place_id)"
FORMS = {
    "acts": Form(
        "acts_flat",
        (
            Choice("place", "event_place", PLACES.format(value="places.name", source=OF_ACTS)),
            Choice("day", "event_date_start", DAYS.format(source=EVENTS_WITH_ACTS), day_words),
            Choice("treatment", "act_type", LABELLED.format(table="acts", codes="act_types", column="act_type")),
        ),
        (("day", "event_date_precision", "day"), ("place", "event_basis", "stated"), ("day", "event_basis", "stated")),
    ),
    "penalties": Form(
        "penalties_flat",
        (
            Choice(
                "penalty",
                "penalty_type",
                LABELLED.format(table="penalties", codes="penalty_types", column="penalty_type"),
            ),
            Choice(
                "article",
                "provision",
                PROVISIONS.format(value="provisions.label", table="penalties"),
                provision_words,
            ),
            Choice("case", "case_id", CASES.format(table="penalties")),
        ),
    ),
    "charges": Form(
        "charges",
        (
            Choice(
                "article", "provision_id", PROVISIONS.format(value="provision_id", table="charges"), provision_words
            ),
            Choice("case", "case_id", CASES.format(table="charges")),
        ),
    ),
    "events": Form(
        "events",
        (
            Choice("place", "place_id", PLACES.format(value="place_id", source="places JOIN events USING (place_id)")),
            Choice("day", "date_start", DAYS.format(source="events"), day_words),
            Choice("event", "event_type", LABELLED.format(table="events", codes="event_types", column="event_type")),
        ),
        (("day", "date_precision", "day"),),
    ),
}


async def forms(site: Site) -> list[dict[str, Any]]:
    """The forms as they are shown: name, heading, and each choice with its label and options."""
    shown = []
    for name, form in FORMS.items():
        choices = [
            {
                "field": choice.field,
                "label": site.t["filter_fields"][choice.field],
                "options": [
                    {"value": option["value"], "words": choice.words(site.t, option)}
                    for option in await site.rows(choice.options.format(language=site.language))
                ],
            }
            for choice in form.choices
        ]
        filled = [choice for choice in choices if choice["options"]]
        shown.append({"name": name, "texts": site.t["filters"][name], "choices": filled})
    return shown


def chosen(form: Form, sent: dict[str, str]) -> list[tuple[str, str]]:
    """What is asked of the table: each column whose field was filled in, with what goes with it."""
    asked = [(choice.column, sent[choice.field]) for choice in form.choices if sent.get(choice.field)]
    return asked + list(dict.fromkeys((column, value) for field, column, value in form.fixed if sent.get(field)))


async def respond(request: Request, site: Site) -> Response:
    """Lead to the table's rows that were chosen; 404 where there is no such form, 400 where a value is too long."""
    form = FORMS.get(request.url_vars["name"])
    headers = HIDDEN
    if form is None:
        return Response.text("", status=404, headers=headers)
    sent = {choice.field: (request.args.get(choice.field) or "").strip() for choice in form.choices}
    if any(len(value) > LONGEST_VALUE or "\0" in value for value in sent.values()):
        return Response.text("", status=400, headers=headers)
    query = urlencode(chosen(form, sent))
    address = str(site.datasette.urls.table(DATABASE, form.table))
    return Response.redirect(f"{address}?{query}" if query else address, headers=headers)
