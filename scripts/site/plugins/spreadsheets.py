"""The rows of Datasette's tables and queries as Excel files, filtered and sorted as they are shown."""

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from scripts.site_pages.delivery import EXCEL, HIDDEN
from scripts.site_pages.page import Page
from scripts.site_pages.reading import DATABASE, Site
from scripts.site_pages.stock_rows import as_excel, kept
from scripts.views import CAVEAT


def render(
    datasette: Datasette, columns: list[str], rows: list[Any], data: dict[str, Any], request: Request
) -> Response:
    """The response that a reader saves; the rows are those of the page that was asked for."""
    site, table = Site(datasette, "en"), data.get("table") or ""
    described = datasette.metadata(database=DATABASE, table=table, fallback=False) if table else {}
    told = described.get("description", "")
    title = described.get("title") or table or site.t["rows_heading"]
    notices = () if CAVEAT in told else (site.t["questions_caveat"],)
    page = Page(request.path, title, lead=(kept(len(rows), data), told), notices=notices)
    headers = HIDDEN | {"content-disposition": f'attachment; filename="kz2018-{table or "query"}.xlsx"'}
    return Response(as_excel(site, page, columns, [list(row) for row in rows]), 200, headers, EXCEL)


@hookimpl  # type: ignore[untyped-decorator]
def register_output_renderer() -> dict[str, Any]:
    """The format of this plugin."""
    return {"extension": "xlsx", "render": render}
