"""Which requests reach Datasette: the others are answered here, with 400, 404 or 405 and the reason.

Of odd paths, parameters and values Datasette makes errors of its own, with the text of the failure; so they are told
from the good ones before, by what the database has.
"""

import re
from dataclasses import dataclass

from scripts.site_safety import sql_text
from scripts.site_safety.asked import DATABASE, Asked, decoded
from scripts.site_safety.parameters import DATABASE as DATABASE_PAGE
from scripts.site_safety.parameters import QUERY, ROW, Pairs, closed_fault, table_fault
from scripts.site_safety.schema import Schema, Table

MAX_PATH, MAX_QUERY, MAX_VALUES = 1000, 10_000, 100
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HOST = re.compile(r"[A-Za-z0-9.:\[\]_-]{0,255}")
FORMATS = ("", "json", "csv", "xlsx")
OWN = re.compile(r"/-/(?:static/.*|static-plugins/.*|metadata(?:\.json)?|tables)")
CLOSED = re.compile(r"/(?:-|_memory|_internal|:memory:.*)(?:[/.].*)?")
STOCK = re.compile(rf"/{DATABASE}(?:/(?P<table>[^/.]+)(?:/(?P<row>[^/.]+))?)?(?:\.(?P<format>\w+))?")
READS = {"GET", "HEAD"}
MAY_POST = re.compile(r"/(?:(?:ru|kk)/)?search")  # so that the words sought stand in no address
NOWHERE = Table((), 0, ())


@dataclass(frozen=True)
class Refusal:
    """Why a request goes no further: the status and a sentence."""

    status: int
    sentence: str


def address_fault(request: Asked) -> str:
    """What is wrong with an address as such; empty where nothing is."""
    if not HOST.fullmatch(request.host):
        return "The host is none."
    if len(request.path) > MAX_PATH or len(request.query) > MAX_QUERY:
        return "The address is too long."
    try:
        path, pairs = decoded(request.path), request.parameters
    except (UnicodeDecodeError, ValueError):
        return "The address is not written in UTF-8."
    if len(pairs) > MAX_VALUES:
        return "The address has too many parameters."
    if CONTROL.search(path) or any(CONTROL.search(name + value) for name, value in pairs):
        return "The address holds a character that is not text."
    if "//" in path or "\\" in path or re.search(r"(^|/)\.{1,2}(/|$)", path):
        return "The address is no path of this site."
    return ""


def parameter(name: str | None) -> Refusal | None:
    """The refusal of a parameter; None where there is none."""
    if name is None:
        return None
    shown = name if re.fullmatch(r"\w{1,40}", name) else "a parameter"
    return Refusal(400, f"This page does not take {shown}, or not with this value.")


def stock_refusal(path: re.Match[str], pairs: Pairs, schema: Schema) -> Refusal | None:
    """Whether a page of Datasette's is refused, by what its table has."""
    name, row, form = path["table"], path["row"], path["format"] or ""
    if name is None and form == "db":
        return parameter(pairs[0][0] if pairs else None)
    if form not in FORMATS:
        return Refusal(404, "This page has no such format.")
    sql = next((value for key, value in pairs if key == "sql"), "") if name is None else ""
    if sql:
        fault = sql_text.fault(sql)
        if fault:
            return Refusal(400, f"This SQL is not run: {fault}.")
        return parameter(closed_fault(pairs, QUERY, NOWHERE))
    if name is None and form == "csv":
        return Refusal(404, "Rows come as CSV from a table's page or a query's.")
    if name is None:
        return parameter(closed_fault(pairs, DATABASE_PAGE, NOWHERE))
    if row is not None:
        table = schema.get(name, NOWHERE)
        if table.is_view or row.count(",") + 1 != table.keys:
            return Refusal(404, "There is no such row.")
        return parameter(closed_fault(pairs, ROW, table))
    return parameter(table_fault(pairs, schema[name]) if name in schema else closed_fault(pairs, QUERY, NOWHERE))


def refusal(request: Asked, schema: Schema) -> Refusal | None:
    """Why a request is refused; None where it goes on."""
    if request.method not in READS and not (request.method == "POST" and MAY_POST.fullmatch(request.path)):
        return Refusal(405, "This site can only be read.")
    fault = address_fault(request)
    if fault:
        return Refusal(400, fault)
    if CLOSED.fullmatch(request.path) and not OWN.fullmatch(request.path):
        return Refusal(404, "There is no such page.")
    stock = STOCK.fullmatch(request.path)
    if stock:
        return stock_refusal(stock, request.parameters, schema)
    known = {} if request.path not in ("/", "/.json") else DATABASE_PAGE
    return parameter(closed_fault(request.parameters, known, NOWHERE))
