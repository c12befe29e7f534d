"""/inconsistencies: where the report contradicts itself, misprints or leaves something open, by kind."""

from scripts.site_pages.naming import with_names_noted
from scripts.site_pages.notes import anomaly_entries
from scripts.site_pages.page import Page, Section
from scripts.site_pages.reading import Row, Site
from scripts.site_pages.sources import sources_section


async def page(site: Site, _: str) -> Page:
    """Every inconsistency, told once, under its kind."""
    t = site.t
    by_kind: dict[str, list[Row]] = {}
    for row in await site.rows("SELECT * FROM anomalies ORDER BY anomaly_id"):
        by_kind.setdefault(row["kind"], []).append(row)
    sections = [
        Section(kind, site.code("anomaly_kind", kind).capitalize(), entries=await anomaly_entries(site, rows))
        for kind, rows in sorted(by_kind.items(), key=lambda item: -len(item[1]))
    ]
    made = Page(
        path="/inconsistencies",
        title=t["inconsistencies"],
        lead=(t["inconsistencies_note"],),
        notices=(t["inconsistencies_caveat"],),
        sections=(*sections, sources_section(site, sections)),
    )
    return await with_names_noted(site, made)
