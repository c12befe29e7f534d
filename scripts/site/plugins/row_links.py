"""Links that foreign keys cannot give: to the row that a citation or response is about, from views, and back.

Configured by the generated metadata: `columns` maps a column's name to the table whose id it holds, `about` lists the
tables whose rows name a row of any table by `table_name` and `row_id`.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import urlsafe_components
from markupsafe import Markup

RESPONSES = """
    SELECT response_id, responder_kind, response, description FROM responses
    WHERE table_name = ? AND row_id = ? ORDER BY response_id
"""
LABELS: WeakKeyDictionary[Database, dict[str, dict[str, str]]] = WeakKeyDictionary()
TABLES: WeakKeyDictionary[Database, frozenset[str]] = WeakKeyDictionary()
OTHER_VALUES = """
    SELECT other_value_id, field, value, status, note, source_id, title AS source FROM other_values
    JOIN sources USING (source_id)
    WHERE table_name = ? AND row_id = ? ORDER BY other_value_id
"""


def config(datasette: Datasette) -> dict[str, Any]:
    """The plugin's part of the generated metadata."""
    return dict(datasette.plugin_config("row_links"))


def target(row: Any, column: str, columns: dict[str, str]) -> str | None:
    """The table to whose row the cell leads; None where it leads nowhere."""
    if column != "row_id":
        return columns.get(column)
    keys = row.keys()
    return next((str(row[name]) for name in ("table_name", "kind") if name in keys), None)


async def table_names(database: Database) -> frozenset[str]:
    """The tables of a database, read once."""
    if database not in TABLES:
        TABLES[database] = frozenset(await database.table_names())
    return TABLES[database]


async def labels(database: Database, table: str) -> dict[str, str]:
    """The readable labels of a table's rows by id, read once: the database does not change. Empty where it has none."""
    kept = LABELS.setdefault(database, {})
    if table not in kept:
        column = await database.label_column_for_table(table)
        keys = await database.primary_keys(table)
        sql = f'SELECT "{keys[0]}", "{column}" FROM "{table}"' if column and len(keys) == 1 else ""
        kept[table] = dict(tuple(row) for row in await database.execute(sql)) if sql else {}
    return kept[table]


def whole(value: Any) -> Any:
    """A whole number without its `.0`; anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Datasette
) -> Callable[[], Awaitable[Markup | None]] | str | None:
    """A whole number without its `.0`, an id as a link; anything else as Datasette renders it."""
    if isinstance(value, float) and value.is_integer():
        return str(whole(value))
    other = target(row, column, config(datasette)["columns"]) if isinstance(value, str) else None
    if other is None:
        return None

    async def link() -> Markup | None:
        source = datasette.get_database(database)
        tables = await table_names(source)
        if other not in tables or other == table:
            return None
        href = datasette.urls.row(database, other, value)
        text = (await labels(source, other)).get(value) if table in tables and column != "row_id" else None
        shown = Markup('<a href="{}">{}</a>').format(href, text or value)
        return shown + Markup("&nbsp;<em>{}</em>").format(value) if text else shown

    return link


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(
    view_name: str, database: str, table: str, request: Any, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]] | dict[str, Any]:
    """For a row's page: `mentions`, the tables that name this row with count and link, its `responses` and `others`.

    `others` are the other values of its cells, each with the cell's own value, `here`.
    """
    if view_name != "row":
        return {}

    async def mentions() -> dict[str, Any]:
        source = datasette.get_database(database)
        row_id = urlsafe_components(request.url_vars["pks"])[0]
        found = []
        for other in config(datasette)["about"]:
            sql = f'SELECT count(*) FROM "{other}" WHERE table_name = ? AND row_id = ?'
            count = (await source.execute(sql, [table, row_id])).single_value()
            href = f"{datasette.urls.table(database, other)}?table_name={table}&row_id={row_id}"
            found.append({"table": other, "count": count, "link": href})
        answers = [dict(answer) for answer in await source.execute(RESPONSES, [table, row_id])]
        responses = [a | {"link": datasette.urls.row(database, "responses", a["response_id"])} for a in answers]
        others = await other_values(source, table, row_id, datasette)
        return {"mentions": [m for m in found if m["count"]], "responses": responses, "others": others}

    return mentions


async def other_values(database: Database, table: str, row_id: str, datasette: Datasette) -> list[dict[str, Any]]:
    """What others say of the cells of a row, each beside what the row says: `here`, None where the cell is empty."""
    found = [dict(other) for other in await database.execute(OTHER_VALUES, [table, row_id])]
    keys = await database.primary_keys(table) if found else []
    if len(keys) != 1:
        return []
    row = dict((await database.execute(f'SELECT * FROM "{table}" WHERE "{keys[0]}" = ?', [row_id])).first() or {})
    return [
        other
        | {
            "here": whole(row.get(other["field"])),
            "link": datasette.urls.row(database.name, "other_values", other["other_value_id"]),
            "source_link": datasette.urls.row(database.name, "sources", other["source_id"]),
        }
        for other in found
    ]
