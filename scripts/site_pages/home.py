"""The first page: what this is and is not, four figures with the rows behind them, four doors, two drawings."""

import json

from markupsafe import Markup

from scripts.site_pages.charts import detentions_section
from scripts.site_pages.delivery import SITE_FOLDER
from scripts.site_pages.figures import TOTALS, table_of
from scripts.site_pages.maps import map_section
from scripts.site_pages.naming import with_names_noted
from scripts.site_pages.page import Page, Section
from scripts.site_pages.reading import Site


async def page(site: Site, _: str) -> Page:
    """The first page."""
    t = site.t
    chosen = json.loads((SITE_FOLDER / "home.json").read_text(encoding="utf-8"))["figures"]
    where = "total_id IN (SELECT value FROM json_each(:ids))"
    found = {total["total_id"]: total for total in await site.rows(TOTALS.format(where=where), ids=json.dumps(chosen))}
    figures = [found[total_id] for total_id in chosen if total_id in found]
    doors = [(door["title"], door["text"], site.path(door["path"])) for door in t["doors_home"]]
    made = Page(
        path="/",
        title=t["home_title"],
        lead=tuple(t["home_lead"]),
        sections=(
            Section("figures", t["home_figures"], (t["home_figures_note"],), table=await table_of(site, figures)),
            await detentions_section(site),
            await map_section(site),
        ),
        template="home.html",
        extra={"doors": doors, "warnings": t["home_warnings"], "dataset": Markup(site.dataset)},
    )
    return await with_names_noted(site, made)
