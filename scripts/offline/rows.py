"""Pages of rows that have no page of their own on the site: /tables/<table>, each row under its id as an anchor.

On the site these rows are Datasette's. A row says what it says there: every column that holds something, with its
citations and the answers to it.
"""

from scripts.offline.places import ONLY_CSV
from scripts.package import Package, fields_of, primary_key
from scripts.search.answer import KINDS
from scripts.site_metadata import public_title
from scripts.site_pages.marks import all_marks
from scripts.site_pages.page import Entry, Fact, Page, Section, Value
from scripts.site_pages.reading import RECORD_KINDS, Row, Site
from scripts.site_pages.responses import answers_to
from scripts.site_safety.outbound import outbound

TITLES = "SELECT row_id, title FROM search WHERE kind = :table"
RETIRED = "SELECT row_id, reason_code, successor_id, version FROM retired_ids WHERE table_name = :table ORDER BY row_id"


def row_tables(package: Package, letters: dict[str, str]) -> list[str]:
    """The tables that get such a page: whose rows have ids or are found by the search, and have no page yet."""
    named = {*letters.values(), *KINDS} - {*RECORD_KINDS, "reported_totals", ONLY_CSV}
    return sorted(resource["name"] for resource in package.csv_resources if resource["name"] in named)


async def rows_page(site: Site, package: Package, table: str) -> Page:
    """The page of a table's rows, live ones first, then what became of the others."""
    t, resource = site.t, package.resource(table)
    key = primary_key(resource)[0]
    rows = await site.rows(f'SELECT * FROM "{table}" ORDER BY "{key}"')
    ids = [row[key] for row in rows]
    titles = {row["row_id"]: row["title"] for row in await site.rows(TITLES, table=table)}
    marks, answers = await all_marks(site, table, ids), await answers_to(site, table, ids)
    entries = [
        Entry(
            row[key],
            Value(str(titles.get(row[key], row[key])), "", row[key] if row[key] in titles else ""),
            facts=facts(site, fields_of(resource), row, key),
            marks=marks.get(row[key], ()),
            answers=answers.get(row[key], ()),
        )
        for row in rows
    ]
    retired = [fate(site, row) for row in await site.rows(RETIRED, table=table)]
    return Page(
        path=f"/tables/{table}",
        title=public_title(resource),
        lead=(resource["description"],),
        notices=(t["offline_rows_lead"],),
        sections=(
            Section("rows", t["the_rows"], entries=tuple(entries)),
            Section("retired", t["offline_retired"], entries=tuple(retired)),
            Section("correct", t["correct"], facts=correct(site, table, ids)),
        ),
        names_people=True,
    )


def correct(site: Site, table: str, ids: list[str]) -> tuple[Fact, ...]:
    """The way to have a row corrected; none for codes, which have no ids."""
    if not ids or table not in {name for name, _ in site.tables.values()}:
        return ()
    return (Fact(site.t["correct_note"], (Value(site.t["correct"], site.path(f"/correct/{ids[0]}")),)),)


def facts(site: Site, fields: list[Row], row: Row, key: str) -> tuple[Fact, ...]:
    """The columns of a row that hold something, but its key."""
    filled = [field for field in fields if field["name"] != key and row[field["name"]] is not None]
    return tuple(Fact(f["name"].replace("_", " "), (cell(site, f, row),)) for f in filled)


def cell(site: Site, field: Row, row: Row) -> Value:
    """A cell: ids lead to their rows, printed addresses where the site lets them lead."""
    value, name = row[field["name"]], field["name"]
    if field["type"] == "boolean":
        return Value(site.t["yes" if value else "no"])
    if isinstance(value, float):
        return Value(f"{value:g}")
    if name == "url":
        link = outbound(value)
        return Value(value, link.href, link.reason)
    ids = site.datasette.plugin_config("row_links")["columns"]
    table = row["table_name"] if name == "row_id" and "table_name" in row else ids.get(name)
    return site.link(table, value, value) if table else Value(str(value))


def fate(site: Site, row: Row) -> Entry:
    """What became of a retired row; of a withheld one nothing but that it is."""
    t = site.t
    if row["reason_code"] == "withheld":
        return Entry(row["row_id"], Value(t["withheld"], "", row["row_id"]))
    if row["successor_id"]:
        table = site.tables[row["successor_id"][0]][0]
        into = Fact(t["merged"].rstrip(":"), (site.link(table, row["successor_id"], row["successor_id"]),))
        return Entry(row["row_id"], Value(row["row_id"]), facts=(into,))
    return Entry(row["row_id"], Value(t["withdrawn"].format(version=row["version"]), "", row["row_id"]))
