"""The pages /correct/<id>, /ru/correct/<id>, /kk/correct/<id>: how a reader without GitHub corrects, objects, replies.

They show the id and the kind of record alone. Configured by the generated metadata: `tables` gives the table and key of
an id's first letter, `project` the settings of metadata/project.json.
"""

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import urlsafe_components
from datasette.utils.asgi import Request, Response

from scripts.doors import DANGER, DOORS, LANGUAGES, REPLY, WRONG, read_texts, text_to_copy
from scripts.issue_links import issue_link
from scripts.package import ROOT
from scripts.project import Project
from scripts.record_ids import as_id
from scripts.site_pages.foreign_words import marked
from scripts.site_pages.reading import RECORD_KINDS, Site
from scripts.site_pages.records import Record, find
from scripts.site_pages.texts import site_texts

DATABASE = "kz2018"
CONTRIBUTING = "/CONTRIBUTING.md"
FORMS = {WRONG: "correct", REPLY: "dispute"}  # none for what is dangerous
STYLE = (Path(__file__).resolve().parent.parent / "static" / "correct.css").read_bytes()
STYLE_PATH = f"/static/correct.css?{hashlib.sha256(STYLE).hexdigest()[:12]}"
HEADERS = {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow"}


def path_of(language: str, row_id: str = "") -> str:
    """The path of a record's page in a language; of the page that asks for an id where there is none."""
    prefix = "" if language == "en" else f"/{language}"
    return f"{prefix}/correct/{row_id}" if row_id else f"{prefix}/correct"


def answer_lines(texts: dict[str, Any], project: Project) -> list[str]:
    """Who answers and by when, or that nobody does."""
    if not project.contact:
        return list(texts["nobody"])
    who = texts["answered"].format(answered_by=project.answered_by) if project.answered_by else ""
    days = project.answered_within_days
    when = texts["within_unknown"] if days is None else texts["within"].format(days=days)
    return [who or texts["answered_by_unnamed"], when]


def contact_link(contact: str) -> str:
    """The address behind the contact; empty where it is neither a page nor a mailbox."""
    if contact.startswith("https://"):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""


def door_parts(texts: dict[str, Any], language: str, row_id: str, table: str, project: Project) -> list[dict[str, Any]]:
    """The doors in order: heading, lines, text to copy, and the public way where there is one."""
    parts = []
    for door in DOORS:
        text = text_to_copy(language, door, row_id)
        part = {"key": door, "text": text, "rows": sum(len(line) // 34 + 1 for line in text.splitlines())}
        if door != DANGER and project.repository:
            link = issue_link(project, FORMS[door], table, row_id, "")
            part |= {"link": link, "link_text": texts["public_form"], "link_note": texts["public_warning"]}
        elif door == WRONG:
            part |= {"link": CONTRIBUTING, "link_text": texts["contributing"]}
            part |= {"link_note": texts["contributing_warning"]}
        parts.append(part | {name: texts["doors"][door][name] for name in ("heading", "about")})
    return parts


def config(datasette: Datasette) -> dict[str, Any]:
    """The plugin's part of the generated metadata."""
    return dict(datasette.plugin_config("correct_pages"))


async def correct_page(request: Request, datasette: Datasette) -> Response:
    """The page of the id in the path, or one that helps to find an id."""
    language = request.url_vars["language"] or "en"
    typed = unquote(request.url_vars["typed"] or "", errors="replace") or request.args.get("id") or ""
    row_id = as_id(typed)
    if row_id and request.url_vars["typed"] != row_id:
        return Response.redirect(datasette.urls.path(path_of(language, row_id)))
    settings = config(datasette)
    project = Project(**settings["project"])
    database = datasette.get_database(DATABASE)
    record = await find(database, settings["tables"], row_id) if row_id else Record("missing" if typed else "ask")
    texts = read_texts(language)
    known = row_id if row_id and record.state != "missing" else ""
    page = {
        "t": texts,
        "language": language,
        "record": record,
        "row_id": known,
        "style_path": datasette.urls.path(STYLE_PATH),
        "project": project,
        "contact_link": contact_link(project.contact),
        "answer_lines": answer_lines(texts, project),
        "doors": door_parts(texts, language, known, record.table, project) if record.state == "live" else [],
        "path_of": lambda other, row_id=known: datasette.urls.path(path_of(other, row_id)),
        "languages": {name: read_texts(name)["language"] for name in LANGUAGES},
        "record_path": record_path(Site(datasette, language), record.table, known),
        "search_path": Site(datasette, language).path("/search"),
        "search_title": site_texts(language)["search_title"],
    }
    body = await datasette.render_template("correct.html", page)
    return Response.html(marked(body, language), status=404 if record.state == "missing" else 200, headers=HEADERS)


def record_path(site: Site, table: str, row_id: str) -> str:
    """The address of a record's own page where it has one, else of its row; empty without a table."""
    if table in RECORD_KINDS or not table:
        return site.path(f"/{table}/{row_id}") if table else ""
    return str(site.datasette.urls.row(DATABASE, table, row_id))


async def contributing_page() -> Response:
    """CONTRIBUTING.md as it is."""
    return Response.text((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), headers=HEADERS)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """The routes of this plugin."""
    return [
        (r"^/(?:(?P<language>ru|kk)/)?correct(?:/(?P<typed>.*))?$", correct_page),
        (rf"^{CONTRIBUTING}$", contributing_page),
    ]


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(view_name: str, request: Request, datasette: Datasette) -> dict[str, Any]:
    """For stock pages: `correct_path`, on a row's page a path, on a table's a function of a displayed row."""
    if view_name == "row":
        first = urlsafe_components(request.url_vars["pks"])[0]
        return {"correct_path": datasette.urls.path(path_of("en", as_id(first) or ""))}
    if view_name == "table":
        return {"row_correct_path": lambda row: datasette.urls.path(path_of("en", id_of_row(row)))}
    return {}


def id_of_row(row: Any) -> str:
    """The id of the record that a displayed row is or is about; empty where its first column holds none."""
    cells = list(row)
    named = [cell["raw"] for cell in cells[:1]] + [cell["raw"] for cell in cells if cell["column"] == "row_id"]
    found = (as_id(str(raw).partition(",")[0]) for raw in named)
    return next((row_id for row_id in found if row_id), "")
