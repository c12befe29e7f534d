"""What is said of an id that has no page: withheld, merged, withdrawn, of another kind, or unknown."""

from scripts.site_pages.page import Page
from scripts.site_pages.reading import Site
from scripts.site_pages.records import Record


def fate_page(site: Site, table: str, typed: str, record: Record | None) -> Page:
    """The page of an id that is no live record of the table; what was typed is shown only where it is an id."""
    t = site.t
    if record is None or record.state == "missing":
        lines = (t["missing_record"],)
        return Page(f"/{table}/{typed}", t["missing_title"], lead=lines, status=404, template="fate.html")
    path = f"/{table}/{typed}"
    if record.state == "withheld":
        return Page(path, typed, row_id=typed, lead=(t["withheld"],), names_people=True, template="fate.html")
    if record.state == "withdrawn":
        lines = (t["withdrawn"].format(version=record.version),)
        return Page(path, typed, lead=lines, status=410, template="fate.html")
    other = record.successor or typed
    link = {"link": site.record(kind_of(site, other), other), "link_text": other}
    if record.state == "merged":
        return Page(path, typed, lead=(t["merged"],), names_people=True, template="fate.html", extra=link)
    return Page(path, typed, lead=(t["other_kind"],), status=404, template="fate.html", extra=link)


def kind_of(site: Site, row_id: str) -> str:
    """The table to which an id belongs by its first letter."""
    return site.tables[row_id[0]][0]


def no_page(site: Site, path: str) -> Page:
    """Nothing stands at this address."""
    t = site.t
    return Page(path, t["missing_page_title"], lead=(t["missing_page"],), status=404, template="fate.html")
