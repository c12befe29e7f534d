"""Every address of the site that has a page, from its routes and the rows of its tables.

No list is kept by hand: records come from the tables that have a route, the other pages from the routes themselves,
names in a route from what its handler knows. `unwalked` tells of a route that nobody walks.
"""

import re
from collections.abc import Callable, Iterable

from datasette.app import Datasette
from datasette.plugins import pm

from scripts.offline.places import OWN_CORRECT, letter_page
from scripts.questions import read_questions
from scripts.site.plugins.pages import PAGES, RECORDS
from scripts.site_pages.documents import FILES, OWN
from scripts.site_pages.reading import DATABASE, Site
from scripts.views import read_views

OWN_IDS = """
    SELECT "{key}" AS row_id FROM "{table}" UNION SELECT row_id FROM retired_ids WHERE table_name = '{table}' ORDER BY 1
"""
FIRST_ID = 'SELECT min("{key}") AS row_id FROM "{table}"'
TOTALS = "SELECT total_id FROM reported_totals ORDER BY total_id"
OTHERS = ("/questions", "/questions/{name}", "/search", "/correct")  # pages of the other plugins
UNLISTED = ("/robots.txt", "/CONTRIBUTING.md")  # no page, but in the copy
# Routes that have no page in the copy, and why.
LEFT_OUT = {
    "/filter/acts": "leads to chosen rows, which needs a server",
    "/-/tables": "lists databases, of which there is one",
    "/ru": "leads to /ru/",
    "/sitemap.xml": "is for search engines, which are asked to leave copies out",
    "/static/site.000000000000.css": "is written under the address that pages give",
    "/offline/kz2018-0.0.0-all.html": "is this copy",
}


async def names(site: Site, pattern: str) -> list[str]:
    """The values of `{name}` in the pattern of a route; KeyError where the pattern is unknown."""
    totals = [row["total_id"] for row in await site.rows(TOTALS)]
    known = {
        "/count/{name}": [*(view.name for view in read_views()), *totals],
        "/about/{name}": [*OWN, *FILES],
        "/questions/{name}": [question.name for question in read_questions()],
    }
    return known[pattern]


async def own_ids(site: Site, table: str, key: str) -> list[str]:
    """The ids of a table's rows, withheld and retired ones among them."""
    return [row["row_id"] for row in await site.rows(OWN_IDS.format(key=key, table=table))]


async def english(site: Site) -> list[str]:
    """The addresses of all pages in English."""
    found = []
    for pattern in (*PAGES, *OTHERS):
        has_name = pattern.endswith("{name}")
        found += [pattern.replace("{name}", name) for name in await names(site, pattern)] if has_name else [pattern]
    for table, key in site.tables.values():
        ids = await own_ids(site, table, key) if table in RECORDS else []
        found += [f"/{table}/{row_id}" for row_id in ids]
        found += [f"/correct/{row_id}" for row_id in ids if table in OWN_CORRECT]
    return found


async def correct_examples(site: Site) -> dict[str, str]:
    """For each table whose rows share a page /correct/<letter>: that page's address, and the id of a row."""
    found = {}
    for letter, (table, key) in site.tables.items():
        first = await site.row(FIRST_ID.format(key=key, table=table))
        if table not in OWN_CORRECT and first and first["row_id"]:
            found[letter_page(letter)] = first["row_id"]
    return found


def in_all_languages(addresses: list[str], languages: Iterable[str]) -> list[str]:
    """The addresses in each of the languages."""
    return [("" if language == "en" else f"/{language}") + address for language in languages for address in addresses]


def unwalked(datasette: Datasette, addresses: Iterable[str]) -> list[str]:
    """The routes of our plugins that no address takes, and that are not left out with a reason."""
    known = [*addresses, *UNLISTED, *LEFT_OUT, f"/{DATABASE}"]
    routes: list[tuple[str, Callable[..., object]]] = [
        route for plugin in pm.hook.register_routes(datasette=datasette) for route in plugin
    ]
    ours = [pattern for pattern, view in routes if "site" in str(view.__module__)]
    return sorted(pattern for pattern in ours if not any(re.match(pattern, address) for address in known))
