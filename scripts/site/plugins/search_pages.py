"""The routes of the search, of the ready questions and of the forms over tables."""

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from scripts.search_pages import filters, questions, searching
from scripts.site_pages.reading import Site
from scripts.site_pages.routes import LANGUAGE, page_route


async def send_search(request: Request, datasette: Datasette) -> Response:
    """The page of the search."""
    return await searching.respond(request, Site(datasette, request.url_vars["language"] or "en"))


async def send_filtered(request: Request, datasette: Datasette) -> Response:
    """From a form over a table to the rows chosen."""
    return await filters.respond(request, Site(datasette, request.url_vars["language"] or "en"))


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """The routes of this plugin."""
    return [
        (rf"{LANGUAGE}/search$", send_search),
        (rf"{LANGUAGE}/filter/(?P<name>[a-z_]{{1,40}})$", send_filtered),
        page_route("/questions", questions.page),
        page_route("/questions/{name}", questions.page),
    ]


@hookimpl  # type: ignore[untyped-decorator]
def skip_csrf(scope: dict[str, Any]) -> bool:
    """A search changes nothing, and no page of ours sets the cookie that a token needs."""
    return str(scope["path"]).endswith(searching.PATH)
