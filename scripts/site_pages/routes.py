"""Routes: an address to the page that a module makes, in the language and form that the address asks for."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from datasette.app import Datasette
from datasette.utils.asgi import AsgiFileDownload, NotFound, Request, Response
from datasette.views.index import IndexView

from scripts.offline.copies import copy_file
from scripts.record_ids import as_id
from scripts.site_pages.delivery import FORMATS, HIDDEN, Handler, deliver, stylesheet
from scripts.site_pages.fates import fate_page, no_page
from scripts.site_pages.reading import DATABASE, Site
from scripts.site_pages.records import find

LANGUAGE = r"^(?:/(?P<language>ru|kk)(?=/))?"
FORM = rf"(?:\.(?P<form>{'|'.join(FORMATS)}))?$"
View = Callable[[Request, Datasette], Awaitable[Response]]
IMMUTABLE = {"cache-control": "public, max-age=31536000, immutable"}


def record_route(table: str, handler: Handler) -> tuple[str, View]:
    """The route of the records of a table: /persons/P0001, in other languages, in other forms."""

    async def view(request: Request, datasette: Datasette) -> Response:
        typed, form = unquote(request.url_vars["typed"], errors="replace"), request.url_vars["form"]
        site = Site(datasette, request.url_vars["language"] or "en")
        row_id = as_id(typed)
        if row_id is None:
            return await deliver(site, fate_page(site, table, typed, None), None)
        if row_id != typed:
            return Response.redirect(site.path(f"/{table}/{row_id}" + (f".{form}" if form else "")))
        record = await find(datasette.get_database(DATABASE), site.tables, row_id)
        if record.state == "live" and record.table == table:
            return await deliver(site, await handler(site, row_id), form)
        return await deliver(site, fate_page(site, table, row_id, record), None)

    return (rf"{LANGUAGE}/{table}/(?P<typed>[^/.]{{1,40}}){FORM}", view)


def page_route(path: str, handler: Handler) -> tuple[str, View]:
    """The route of a page: `path` may end in `{name}`, which is handed to the handler as it stands."""
    pattern = path.replace("{name}", r"(?P<name>[A-Za-z0-9_-]{1,60})") if path != "/" else "/(?:home(?=\\.))?"

    async def view(request: Request, datasette: Datasette) -> Response:
        variables: dict[str, Any] = request.url_vars
        site = Site(datasette, variables["language"] or "en")
        page = await handler(site, variables.get("name") or "")
        form = variables["form"]
        if form and page.status == 200 and not page.has_data:
            page = no_page(site, page.path)
        return await deliver(site, page, form if page.status == 200 else None)

    return (rf"{LANGUAGE}{pattern}{FORM}", view)


async def send_home(request: Request, datasette: Datasette) -> Response:
    """/ru leads to /ru/."""
    return Response.redirect(Site(datasette, request.url_vars["language"]).path("/"))


async def send_stylesheet() -> Response:
    """The stylesheet, under an address that changes with it."""
    return Response(stylesheet()[0], 200, IMMUTABLE, "text/css; charset=utf-8")


async def send_copy(request: Request, datasette: Datasette) -> AsgiFileDownload:
    """A file in which the site can be taken away. Raises NotFound where it is not offered, or gone."""
    name = request.url_vars["name"]
    root = Path(datasette.get_database(DATABASE).path).resolve().parent.parent
    if name not in datasette.plugin_config("site_pages")["copies"] or not copy_file(root, name).is_file():
        raise NotFound("There is no such offline copy here")
    kind = "application/zip" if name.endswith(".zip") else "text/html; charset=utf-8"
    return AsgiFileDownload(str(copy_file(root, name)), name, kind, dict(HIDDEN))


async def send_tables(request: Request, datasette: Datasette) -> Response:
    """Datasette's own first page: its databases and tables."""
    request.scope["url_route"]["kwargs"]["format"] = None
    return await IndexView(datasette).get(request)
