"""The routes of our pages; each is made by a module of scripts/site_pages."""

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import urlsafe_components
from datasette.utils.asgi import Request
from jinja2 import Environment

from scripts.site_pages import (
    anomalies,
    cases,
    counts,
    documents,
    downloads,
    events,
    figures,
    home,
    listings,
    officials,
    passages,
    persons,
    places,
    provisions,
    rights,
    routes,
)
from scripts.site_pages.delivery import Handler, defaults
from scripts.site_pages.reading import Site

RECORDS: dict[str, Handler] = {
    "persons": persons.page,
    "officials": officials.page,
    "events": events.page,
    "cases": cases.page,
    "places": places.page,
    "provisions": provisions.page,
    "rights": rights.page,
    "passages": passages.page,
}
PAGES: dict[str, Handler] = {
    "/": home.page,
    "/events": listings.events_page,
    "/cases": listings.cases_page,
    "/places": listings.places_page,
    "/provisions": listings.provisions_page,
    "/rights": listings.rights_page,
    "/figures": figures.page,
    "/inconsistencies": anomalies.page,
    "/download": downloads.page,
    "/count": counts.page,
    "/count/{name}": counts.page,
    "/about/{name}": documents.page,
}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """A route a kind of page; Datasette's own home is at /-/tables."""
    return [
        *(routes.record_route(table, handler) for table, handler in RECORDS.items()),
        *(routes.page_route(path, handler) for path, handler in PAGES.items()),
        (r"^/static/site\.[0-9a-f]{12}\.css$", routes.send_stylesheet),
        (r"^/offline/(?P<name>[\w.-]{1,80})$", routes.send_copy),
        (r"^/-/tables$", routes.send_tables),
        (r"^/(?P<language>ru|kk)$", routes.send_home),
    ]


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """What base.html needs on Datasette's own pages and on errors, in English."""
    env.globals.update(defaults(Site(datasette, "en")))


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(view_name: str, table: str | None, request: Request, datasette: Datasette) -> dict[str, Any]:
    """For a row among the tables: `record_path`, the address of its page where its kind has one."""
    if view_name != "row" or table not in RECORDS:
        return {}
    return {"record_path": Site(datasette, "en").record(table, urlsafe_components(request.url_vars["pks"])[0])}
