"""/download: the whole dataset as one database, each table as CSV and JSON, and the site itself as files."""

from scripts.offline.risk import risk_html
from scripts.site_pages.page import Column, Fact, Page, Section, Table, Value
from scripts.site_pages.reading import DATABASE, Site
from scripts.views import read_views

COLUMNS = ("table", "holds", "csv", "json")


async def page(site: Site, _: str) -> Page:
    """Every table with what it holds and where it is had."""
    t = site.t
    urls = site.datasette.urls
    described = site.datasette.metadata("tables", database=DATABASE) or {}
    columns = (Column("table", t["table"]), Column("holds", t["holds"]), Column("csv", "CSV"), Column("json", "JSON"))
    views = {view.name for view in read_views()}
    rows = []
    for name in sorted({table for table, _ in site.tables.values()} | set(described) - {"search"}):
        about = described.get(name, {})
        if "description" not in about or name.startswith(("search", "sqlite")):
            continue
        address = str(urls.table(DATABASE, name))
        key = f"views.{name}.title" if name in views else f"tables.{name}"
        title = Value(site.words(key, about["title"]), address)
        files = (Value("CSV", f"{address}.csv?_stream=on"), Value("JSON", f"{address}.json?_shape=array"))
        rows.append((title, Value(about["description"]), *files))
    database = Value(f"{DATABASE}.db", str(urls.path(f"/{DATABASE}.db")), t["database_note"])
    listed = Table(t["tables_caption"], columns, tuple(rows))
    excel = Fact("Excel", (Value(t["questions_title"], site.path("/questions"), t["questions_lead"]),))
    return Page(
        path="/download",
        title=t["download_title"],
        lead=(t["download_lead"],),
        notices=(t["download_caveat"],),
        sections=(
            Section("whole", t["download_whole"], facts=(Fact("SQLite", (database,)),)),
            offline(site),
            Section("tables", t["download_tables"], facts=(excel,), table=listed),
        ),
    )


def offline(site: Site) -> Section:
    """The copies of the site that can be had, and beside them what it may mean to own one, in every language."""
    t = site.t
    told = {"zip": t["offline_zip"], "html": t["offline_all"]}
    names = site.datasette.plugin_config("site_pages")["copies"]
    path = site.datasette.urls.path
    files = [Value(name, str(path(f"/offline/{name}")), told[name.rpartition(".")[2]]) for name in names]
    fact = Fact(t["offline_heading"], tuple(files) or (Value(t["offline_none"]),))
    return Section("offline", t["offline_heading"], (t["offline_what"],), facts=(fact,), markup=risk_html())
