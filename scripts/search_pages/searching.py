"""/search: one box over everything. The words come by POST, so that no address, log or referrer holds them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

from datasette.utils.asgi import Request, Response

from scripts.search.answer import KINDS, LONGEST_QUERY, search
from scripts.search.results import Group, Hit, Results
from scripts.site_pages.delivery import HIDDEN, context
from scripts.site_pages.foreign_words import marked
from scripts.site_pages.page import Page
from scripts.site_pages.reading import DATABASE, Site
from scripts.site_safety.layer import LARGEST_BODY

PATH = "/search"
OWN_HEADERS = HIDDEN | {"cache-control": "no-store"}


class TooLargeError(ValueError):
    """More was sent than a search holds."""


async def sent_fields(request: Request) -> dict[str, str]:
    """The fields of a form, from the address or from the body. Raises TooLargeError, or ValueError where it is none."""
    if request.method != "POST":
        return {name: request.args.get(name) or "" for name in ("q", "kind")}
    body, is_more = b"", True
    while is_more:
        message = await request.receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise TooLargeError
        is_more = message.get("more_body", False)
    fields = parse_qs(body.decode("utf-8", errors="replace"), max_num_fields=8)
    return {name: values[0] for name, values in fields.items()}


async def respond(request: Request, site: Site) -> Response:
    """The page of the search, with what was found where words were sent."""
    if request.method not in ("GET", "HEAD", "POST"):
        return Response.text("405", status=405, headers=OWN_HEADERS | {"allow": "GET, HEAD, POST"})
    try:
        fields = await sent_fields(request)
    except ValueError as error:
        return Response.text("", status=413 if isinstance(error, TooLargeError) else 400, headers=OWN_HEADERS)
    words, kind = fields.get("q", "").strip(), fields.get("kind", "")
    page = await search_page(site, words, kind if kind in KINDS else "")
    body = await site.datasette.render_template("search.html", context(site, page) | {"is_hidden": True})
    return Response.html(marked(body, site.language), headers=OWN_HEADERS)


async def search_page(site: Site, words: str, kind: str) -> Page:
    """The page as data; without results where nothing was typed."""
    results = None
    if words:
        database = site.datasette.get_database(DATABASE)
        results = await database.execute_fn(lambda connection: search(connection, words, site.language, kind))
    extra: dict[str, Any] = {"query": words[:LONGEST_QUERY], "longest": LONGEST_QUERY, "kind": kind, "results": results}
    extra |= {"groups": list(shown_groups(site, results)) if results else []}
    return Page(path=PATH, title=site.t["search_title"], names_people=True, template="search.html", extra=extra)


def shown_groups(site: Site, results: Results) -> Iterator[dict[str, Any]]:
    """Each group with its heading, and its hits with the addresses to which they lead."""
    for group in results.groups:
        hits = [{"hit": hit, "href": address(site, hit)} for hit in group.hits]
        yield {"group": group, "heading": heading(site, group), "hits": hits, "has_more": group.total > len(hits)}


def heading(site: Site, group: Group) -> str:
    """The name of a kind in the reader's language."""
    return str(site.t["search_kinds"][group.kind])


def address(site: Site, hit: Hit) -> str:
    """The page of a found row, or its row among the tables where its kind has no page."""
    if hit.kind == "documents":
        return site.path(f"/about/{hit.row_id}")
    if hit.kind == "reported_totals":
        return site.path(f"/count/{hit.row_id}")
    return site.record(hit.kind, hit.row_id)
