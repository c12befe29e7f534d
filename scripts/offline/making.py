"""What the copy holds beside the pages that the site has an address for: rows, data, search, readme, the one file."""

import re
from html import unescape
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from scripts.offline.addresses import UNLISTED, correct_examples
from scripts.offline.one_file import TOLD_AT, Group, extract, whole, without_long_rows
from scripts.offline.places import letter_page
from scripts.offline.rendering import Plan, ask, write
from scripts.offline.rewriting import copied
from scripts.offline.risk import risk_html, risk_lines
from scripts.offline.rows import row_tables, rows_page
from scripts.offline.search_data import PROGRAMS, search_script
from scripts.package import ROOT, Package
from scripts.project import read_project
from scripts.search.answer import index_of
from scripts.site_pages.delivery import context, stylesheet, template
from scripts.site_pages.documents import FILES, PROSE
from scripts.site_pages.reading import DATABASE, RECORD_KINDS, Site
from scripts.site_pages.texts import site_texts
from scripts.views import read_views

STYLE = Path(__file__).resolve().parent / "offline.css"
DATA_LINK = re.compile(rf'href="(/{DATABASE}(?:/\w+\.(?:csv|json)\?[^"]*|\.db))"')
CORRECT_STYLE = re.compile(r'href="(/static/correct\.css[^"]*)"')
BLANK = "____"  # in place of the digits of an id, to be filled in by hand


async def write_rows(datasette: Datasette, plan: Plan, package: Package) -> dict[str, str]:
    """Write the pages of rows without a page; their texts for the one file, by address."""
    site, texts = Site(datasette, "en"), {}
    for table in row_tables(package, {letter: name for letter, (name, _) in site.tables.items()}):
        page = await rows_page(site, package, table)
        html = await datasette.render_template(template(page), context(site, page))
        file = plan.places.of(page.path)
        write(plan.folder, file, copied(html, file, plan.places, plan.copy, True).encode())
        texts[page.path] = extract(html)
    return texts


async def write_correct(datasette: Datasette, plan: Plan) -> None:
    """Write the page by which any row of a kind is corrected: that of one row, with the digits of its id left blank."""
    site = Site(datasette, "en")
    for address, row_id in (await correct_examples(site)).items():
        kind = site.tables[row_id[0]][0]
        for language in plan.places.languages:
            prefix = "" if language == "en" else f"/{language}"
            content, _, _ = await ask(datasette, f"{prefix}/correct/{row_id}")
            html = content.decode().replace(row_id, address.rpartition("/")[2] + BLANK)
            file = plan.places.of(prefix + address)
            # Its own address is that of the kind; the way to the row leads to the table.
            html = html.replace(f"{letter_page(row_id[0])}{BLANK}", letter_page(row_id[0]))
            way = re.compile(rf'href="[^"]*/{kind}/{row_id[0]}{BLANK}"')
            html = way.sub(f'href="/{DATABASE}/{kind}"', html)
            write(plan.folder, file, copied(html, file, plan.places, plan.copy, True).encode())


async def write_data(datasette: Datasette, plan: Plan) -> None:
    """Write every file to which the page of downloads leads, and what has no page but an address."""
    page, _, _ = await ask(datasette, "/download")
    correct, _, _ = await ask(datasette, "/correct")
    links = [unescape(link) for link in DATA_LINK.findall(page.decode())]
    for address in dict.fromkeys([*links, *CORRECT_STYLE.findall(correct.decode()), *UNLISTED]):
        content, _, _ = await ask(datasette, address)
        write(plan.folder, plan.places.of(address), content)
    text, digest = stylesheet()
    write(plan.folder, f"static/site.{digest}.css", text.encode())
    write(plan.folder, "static/offline.css", STYLE.read_bytes())


async def write_search(datasette: Datasette, plan: Plan) -> None:
    """Write what the search finds, and the programs that search."""
    rows = await datasette.get_database(DATABASE).execute_fn(lambda connection: index_of(connection).rows)
    write(plan.folder, "search-data.js", search_script(rows, plan.places).encode())
    for program in PROGRAMS:
        write(plan.folder, program.name, program.read_bytes())


def readme(plan: Plan) -> str:
    """README.txt: what this is, of which version, what it may mean to own it, how to read and check it."""
    parts = []
    for language, risk in risk_lines().items():
        t = site_texts(language)
        parts += [t["site_name"], plan.copy.words(language), risk, t["offline_readme"], ""]
    return "\n\n".join(parts).rstrip() + "\n"


def groups_of(texts: dict[str, str]) -> list[Group]:
    """The texts of pages in groups: how to read, lists, each kind of record, other rows, counts, documents."""
    t = site_texts("en")
    kinds = t["search_kinds"]
    named = [("about", t["about_menu"]), ("count", t["counts_title"]), ("questions", t["questions_title"])]
    records = [(kind, kinds.get(kind, t["tables"][kind].capitalize())) for kind in RECORD_KINDS]
    headings: dict[str, Any] = dict([*records, ("tables", t["nav_tables"]), *named])
    found: dict[str, dict[str, str]] = {"": {}, **{name: {} for name in headings}}
    for address, text in texts.items():
        first, _, rest = address.strip("/").partition("/")
        found[first if rest else ""][address] = text
    return [Group(str(headings.get(name, t["site_name"])), pages) for name, pages in found.items() if pages]


def one_file(texts: dict[str, str], plan: Plan) -> str:
    """The file of all pages' text. Left out are pages that are of no use in it."""
    useless = ("/search", "/correct", "/download", *(f"/tables/{table}" for table in TOLD_AT))
    kept = {address: text for address, text in texts.items() if text and not address.startswith(useless)}
    t = site_texts("en")
    for view in read_views():
        address = f"/count/{view.name}"
        kept[address] = without_long_rows(kept[address], t["offline_not_repeated"])
    return whole(groups_of(kept), t, plan.copy.band("en") + risk_html())


def outbound_hosts(package: Package) -> set[str]:
    """Hosts to which pages may lead beside printed addresses: of the descriptor, our documents, the project."""
    named = re.compile(r"https://([\w.-]+)")
    documents = [*(ROOT / file for file in FILES.values()), *PROSE.rglob("*.md")]
    texts = [file.read_text(encoding="utf-8") for file in documents]
    described = [str(part) for part in (package.descriptor["licenses"], package.descriptor["sources"])]
    project = read_project(package.root)
    described += [f"{address}/" for address in (project.repository, project.contact, project.site)]
    return {host.removeprefix("www.") for text in (*texts, *described) for host in named.findall(text)}
