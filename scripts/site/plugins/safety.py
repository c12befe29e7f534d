"""What makes the site safe and fast, given to Datasette: the layer, templates without inline code, printed addresses.

Configured by the generated metadata: `schema` lists tables and columns, `bounds` is scripts/site/safety.json, `site`
the address under which the site is published, empty while it is not.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import is_url
from datasette.utils.asgi import NotFound, Request, Response
from jinja2 import Environment
from markupsafe import Markup

from scripts.site_pages import events
from scripts.site_pages.reading import Site
from scripts.site_safety import amounts
from scripts.site_safety.failures import error_page, outcome
from scripts.site_safety.indexing import robots_txt, sitemap
from scripts.site_safety.inline import WithoutInline
from scripts.site_safety.layer import App, Layer
from scripts.site_safety.outbound import outbound
from scripts.site_safety.schema import as_schema
from scripts.site_safety.settings import Bounds

OPEN_PAGES = ("/", "/figures", "/events", "/about/methodology", "/about/read")
EVENTS = "SELECT event_id FROM events ORDER BY event_id"


def config(datasette: Datasette) -> dict[str, Any]:
    """The plugin's part of the generated metadata."""
    return dict(datasette.plugin_config("safety"))


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Callable[[App], Layer]:
    """The layer around Datasette."""
    settings = config(datasette)
    return lambda app: Layer(app, as_schema(settings["schema"]), Bounds(**settings["bounds"]), settings["site"])


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    """Templates without inline scripts and styles."""
    env.add_extension(WithoutInline)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Bounds on what a query may make in memory."""
    amounts.bound(conn)


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """The page of an error."""
    return lambda: error_page(datasette, request, *outcome(exception))


@hookimpl  # type: ignore[untyped-decorator]
def forbidden(datasette: Datasette, request: Request, message: str) -> Any:
    """The page of what nobody may do here, such as SQL where it is turned off."""
    return lambda: error_page(datasette, request, 403, "", message)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any) -> Markup | None:
    """A printed address as `outbound` shows it; anything else as others render it."""
    return outbound(value).html if is_url(value) else None


async def robots_page(datasette: Datasette) -> Response:
    """robots.txt."""
    return Response.text(robots_txt(config(datasette)["site"]))


async def sitemap_page(datasette: Datasette) -> Response:
    """sitemap.xml: home, figures, methods and the events that name nobody; none while the site has no address."""
    site = config(datasette)["site"]
    if not site:
        raise NotFound("There is no sitemap: the site has no address yet")
    pages = Site(datasette, "en")
    ids = [row[0] for row in await datasette.get_database("kz2018").execute(EVENTS)]
    nobody = [f"/events/{event_id}" for event_id in ids if not (await events.page(pages, event_id)).names_people]
    return Response(sitemap(site, [*OPEN_PAGES, *nobody]), content_type="application/xml; charset=utf-8")


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The routes of this plugin."""
    return [(r"^/robots\.txt$", robots_page), (r"^/sitemap\.xml$", sitemap_page)]
