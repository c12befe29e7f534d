"""The rows behind a number: the SELECT that gives what a counting rule counts, and those rows as a table."""

import re

from scripts.record_ids import ID
from scripts.site_pages.page import Column, Table, Value
from scripts.site_pages.reading import Row, Site

RULE = re.compile(
    r"SELECT\s+(?P<how>count|sum)\s*\(\s*(?P<distinct>DISTINCT\s+)?(?P<what>\*|[\w.]+)\s*\)\s+"
    r"(?P<rest>FROM\s+(?P<table>\w+)(?:\s+(?:AS\s+)?(?!JOIN\b|WHERE\b|GROUP\b|ORDER\b)(?P<alias>\w+))?.*)",
    re.IGNORECASE | re.DOTALL,
)
LABELS = {
    "persons": "name",
    "officials": "name_as_reported",
    "events": "title",
    "cases": "title",
    "places": "name",
    "provisions": "label",
    "institutions": "name",
}


def rows_sql(rule: str, keys: dict[str, str]) -> str | None:
    """The SELECT of the rows that a rule counts; None where the rule has another form. `keys`: table to its key.

    `count(DISTINCT x)` counts the values of x; `count(*)` and `sum(x)` count rows of the first table.
    """
    match = RULE.fullmatch(rule.strip().rstrip(";"))
    if match is None:
        return None
    if match["distinct"]:
        return f"SELECT DISTINCT {match['what']} AS id {match['rest']} ORDER BY 1"
    if match["table"] not in keys:
        return None
    key = f"{match['alias'] or match['table']}.{keys[match['table']]}"
    number = f", {match['what']} AS number" if match["how"].casefold() == "sum" else ""
    return f"SELECT {key} AS id{number} {match['rest']} ORDER BY 1"


async def rows_table(site: Site, sql: str) -> Table | None:
    """These rows as a table: each by its name and id; a missing id is no row."""
    t = site.t
    found = [row for row in await site.rows(sql) if row["id"] is not None]
    if not found:
        return None
    has_number = "number" in found[0]
    columns = [Column("id", "Id"), Column("name", t["name"])]
    columns += [Column("number", t["number"], True)] if has_number else []
    cells = []
    for row in found:
        value = await named(site, str(row["id"]))
        number = (Value(f"{row['number']:g}" if row["number"] is not None else ""),) if has_number else ()
        cells.append((Value(str(row["id"]), value.href), value, *number))
    return Table(t["rows"].format(number=len(cells)), tuple(columns), tuple(cells))


async def named(site: Site, row_id: str) -> Value:
    """A row by its name, with the link to it; by its kind where its table has no names."""
    if not ID.fullmatch(row_id) or row_id[0] not in site.tables:
        return Value(row_id)
    table, key = site.tables[row_id[0]]
    if table == "acts":
        return await act_name(site, row_id)
    column = LABELS.get(table)
    if column is None:
        return site.link(table, row_id, f"{site.t['tables'][table]} {row_id}")
    row = await site.row(f'SELECT * , "{column}" AS shown FROM "{table}" WHERE "{key}" = :row_id', row_id=row_id)
    if row is None or row.get("is_withheld"):
        return Value(site.t["withheld_person"] if row else row_id)
    return site.link(table, row_id, row["shown"])


async def act_name(site: Site, row_id: str) -> Value:
    """An act by its kind."""
    act: Row = (await site.rows("SELECT act_type FROM acts WHERE act_id = :row_id", row_id=row_id))[0]
    return site.link("acts", row_id, await site.label("act_types", act["act_type"]))
