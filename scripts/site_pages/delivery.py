"""A page as a response: HTML, JSON, CSV or Excel, with the headers that keep it private."""

import hashlib
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from scripts.doors import LANGUAGES, read_texts
from scripts.site_pages import exports
from scripts.site_pages.foreign_words import marked
from scripts.site_pages.page import Page
from scripts.site_pages.reading import Site

SITE_FOLDER = Path(__file__).resolve().parent.parent / "site"
STATIC = SITE_FOLDER / "static"
FORMATS = ("json", "csv", "xlsx")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HIDDEN = {"x-robots-tag": "noindex, nofollow"}
Handler = Callable[[Site, str], Awaitable[Page]]


@cache
def stylesheet() -> tuple[str, str]:
    """The stylesheet, and the part of its hash that stands in its address."""
    text = (STATIC / "site.css").read_text(encoding="utf-8")
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


def defaults(site: Site) -> dict[str, Any]:
    """What every template needs, pages of Datasette's own included."""
    return {
        "t": site.t,
        "language": site.language,
        "languages": {code: read_texts(code)["language"] for code in LANGUAGES},
        "project": site.project,
        "version": site.version,
        "report": site.source,
        "site_path": site.path,
        "stylesheet": site.datasette.urls.path(f"/static/site.{stylesheet()[1]}.css"),
        "is_hidden": True,
    }


def context(site: Site, page: Page) -> dict[str, Any]:
    """What the template of a page needs."""
    return defaults(site) | {
        "page": page,
        "citation": citation(site, page),
        "is_hidden": page.names_people or page.status != 200,
        "correct_path": site.path(f"/correct/{page.row_id}") if page.row_id else "",
        "row_path": str(site.datasette.urls.row("kz2018", page.table, page.row_id)) if page.table else "",
        "formats": {name: site.path(exports.address(page.path, name)) for name in FORMATS},
        "language_paths": {code: Site(site.datasette, code).path(page.path) for code in LANGUAGES},
    }


def citation(site: Site, page: Page) -> str:
    """The line that cites a page: who, what, which version, which record or page, where, and what it reports."""
    t = site.t
    what = t["cite_record"].format(row_id=page.row_id) if page.row_id else t["cite_page"].format(title=page.title)
    publisher = f" {site.project.publisher}." if site.project.publisher else ""
    address = site.path(page.path)
    words = {"creator": site.creator, "title": site.title, "version": site.version, "source": site.source["title"]}
    return str(t["cite_form"].format(**words, publisher=publisher, what=what, address=address))


def template(page: Page) -> str:
    """The template of a page: its own, else that of records or of other pages."""
    return page.template or ("record.html" if page.row_id else "page.html")


async def deliver(site: Site, page: Page, form: str | None) -> Response:
    """The response that shows a page, in HTML where `form` is None, else in one of FORMATS."""
    headers = dict(HIDDEN if page.names_people or page.status != 200 or form else {})
    if form is None:
        body = await site.datasette.render_template(template(page), context(site, page))
        return Response.html(marked(body, site.language), status=page.status, headers=headers)
    name = page.row_id or page.path.strip("/").replace("/", "-") or "home"
    if form == "json":
        return Response(exports.as_json(site, page), page.status, headers, "application/json; charset=utf-8")
    headers |= {"content-disposition": f'attachment; filename="kz2018-{name}.{form}"'}
    if form == "csv":
        return Response(exports.as_csv(site, page), page.status, headers, "text/csv; charset=utf-8")
    return Response(exports.as_excel(site, page), page.status, headers, EXCEL)
