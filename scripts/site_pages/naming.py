"""Whether a page shows somebody's name: then search engines are asked to leave it out."""

from dataclasses import replace

from scripts.site_pages.exports import as_csv
from scripts.site_pages.page import Page
from scripts.site_pages.reading import Site

NAMED = """
    SELECT EXISTS (SELECT 1 FROM persons WHERE length(surname) > 2 AND instr(:text, surname))
        OR EXISTS (SELECT 1 FROM officials WHERE length(surname) > 2 AND instr(:text, surname))
        OR EXISTS (SELECT 1 FROM person_names WHERE instr(:text, name_as_printed)) AS is_named
"""


async def with_names_noted(site: Site, page: Page) -> Page:
    """The page, `names_people` set where a surname or a printed name of anybody stands in what it shows."""
    text = "\n".join([page.title, *page.lead, as_csv(site, page)])
    found = await site.row(NAMED, text=text)
    return replace(page, names_people=bool(found and found["is_named"]))
