"""/count: each counting view and each counting rule as a page, with its SQL and the rows behind it."""

from scripts.messages import heading
from scripts.site_pages.coded_cells import words_for
from scripts.site_pages.counted_rows import rows_sql, rows_table
from scripts.site_pages.fates import no_page
from scripts.site_pages.figures import TOTALS, table_of
from scripts.site_pages.names import in_own_words
from scripts.site_pages.naming import with_names_noted
from scripts.site_pages.page import Column, Page, Section, Table, Value
from scripts.site_pages.reading import DATABASE, Row, Site
from scripts.views import CAVEAT, View, read_views

MOST_ROWS = 200


async def page(site: Site, name: str) -> Page:
    """The page of a view, or of the rule of a reported total; the list of all where there is no name."""
    views = {view.name: view for view in read_views()}
    if not name:
        return index_page(site, list(views.values()))
    if name in views:
        return await with_names_noted(site, await view_page(site, views[name]))
    total = await site.row(TOTALS.format(where="total_id = :row_id"), row_id=name)
    if total:
        return await with_names_noted(site, await total_page(site, total))
    return no_page(site, "/count")


def index_page(site: Site, views: list[View]) -> Page:
    """All views with what one row of each is."""
    t = site.t
    columns = (Column("view", t["view"]), Column("row", t["one_row_is"]))
    names = [Value(title(site, view), site.path(f"/count/{view.name}")) for view in views]
    rows = tuple((name, Value(said(site, view))) for name, view in zip(names, views, strict=True))
    table = Table(t["views_caption"].format(number=len(rows)), columns, rows)
    return Page(
        path="/count",
        title=t["counts_title"],
        lead=(t["counts_lead"],),
        notices=(site.words("caveat", CAVEAT),),
        sections=(Section("views", t["views"], table=table),),
    )


async def view_page(site: Site, view: View) -> Page:
    """A view: what one row is, its rows, its SQL."""
    t = site.t
    whole = (await site.rows(f"SELECT count(*) AS number FROM {view.name}"))[0]["number"]
    rows = await site.rows(f"SELECT * FROM {view.name} LIMIT {MOST_ROWS}")
    address = str(site.datasette.urls.table(DATABASE, view.name))
    shown = t["first_rows"].format(shown=site.number(len(rows)), whole=site.number(whole))
    more = (shown,) if whole > len(rows) else ()
    return Page(
        path=f"/count/{view.name}",
        title=title(site, view),
        lead=(said(site, view),),
        notices=(site.words("caveat", CAVEAT),),
        sections=(
            Section("rows", t["the_rows"], more, table=await view_table(site, view, rows)),
            Section("sql", t["the_sql"], (t["sql_note"].format(address=address),), code=view.select),
        ),
    )


def title(site: Site, view: View) -> str:
    """A view's name in words."""
    return site.words(f"views.{view.name}.title", view.title)


def said(site: Site, view: View, kind: str = "views") -> str:
    """What one row of a view is; `kind` is the folder of its file."""
    return site.words(f"{kind}.{view.name}.sentence", view.sentence)


async def view_table(site: Site, view: View, rows: list[Row], kind: str = "views") -> Table | None:
    """The rows of a view, ids as links, under its columns; in other languages than English codes as their words."""
    if not rows:
        return None
    columns = tuple(column(site, f"{kind}.{view.name}", view, rows, name) for name in rows[0])
    ids = site.datasette.plugin_config("row_links")["columns"]
    cells = [tuple([await cell(site, ids, row, name) for name in row]) for row in rows]
    return Table(site.t["rows"].format(number=len(rows)), columns, tuple(cells))


def column(site: Site, key: str, view: View, rows: list[Row], name: str) -> Column:
    """A column of a view: its heading, and its description where the view makes it."""
    described = site.words(f"{key}.columns.{name}", view.columns[name]) if name in view.columns else ""
    return Column(name, site.words(f"columns.{name}", heading(name)), is_number(rows, name), described)


def is_number(rows: list[Row], name: str) -> bool:
    """Whether a column holds numbers and nothing else."""
    values = [row[name] for row in rows if row[name] is not None]
    return bool(values) and all(isinstance(value, int | float) for value in values)


async def cell(site: Site, ids: dict[str, str], row: Row, name: str) -> Value:
    """A value of a view's row; an id leads to its record."""
    value = row[name]
    if value is None:
        return Value("")
    if site.language != "en" and isinstance(value, str):
        words = await words_for(site, row, name, value)
        if words != value:
            return Value(words, code=value)
    text = f"{value:g}" if isinstance(value, float) else str(value)
    table = row.get("table_name") if name == "row_id" else ids.get(name)
    if table and name.endswith("_id") and isinstance(value, str):
        return Value(text, site.record(table, text))
    return Value(text)


async def total_page(site: Site, total: Row) -> Page:
    """The rule of a reported total: stated beside counted, the rows that it counts, its SQL."""
    t, rule = site.t, total["counting_rule"]
    keys = {table: key for table, key in site.tables.values()}
    sql = rows_sql(rule, keys) if rule else None
    counted = Section("rows", t["counted_rows"], table=await rows_table(site, sql) if sql else None)
    return Page(
        path=f"/count/{total['total_id']}",
        title=in_own_words(t, total["measure"]),
        kind=t["kinds_of_pages"]["reported_totals"],
        row_id=total["total_id"],
        table="reported_totals",
        lead=(t["total_lead"],),
        notices=(t["floor_note"],),
        sections=(
            Section("figure", t["stated_and_counted"], table=await table_of(site, [total])),
            counted,
            Section("sql", t["the_rule"], (t["rule_note"],), code=rule or ""),
        ),
    )
