"""The routes of our pages; each is made by a module of scripts/site_pages."""

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from jinja2 import Environment

from scripts.site_pages import persons, routes
from scripts.site_pages.delivery import Handler, defaults
from scripts.site_pages.reading import Site

RECORDS = {
    "persons": persons.page,
}
PAGES: dict[str, Handler] = {}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """A route a kind of page; Datasette's own home is at /-/tables."""
    return [
        *(routes.record_route(table, handler) for table, handler in RECORDS.items()),
        *(routes.page_route(path, handler) for path, handler in PAGES.items()),
        (r"^/static/site\.[0-9a-f]{12}\.css$", routes.send_stylesheet),
        (r"^/-/tables$", routes.send_tables),
    ]


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """What base.html needs on Datasette's own pages and on errors, in English."""
    env.globals.update(defaults(Site(datasette, "en")))
