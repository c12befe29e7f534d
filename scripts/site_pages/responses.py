"""What the other side said of rows, to be set beside the claim."""

import json
from collections.abc import Iterable

from scripts.site_pages.marks import all_marks
from scripts.site_pages.page import Answer, Value
from scripts.site_pages.reading import Row, Site

RESPONSES = """
    SELECT responses.*, persons.name AS person, persons.is_withheld, officials.name_as_reported AS official,
        institutions.name AS institution, responses.date_start AS date_end
    FROM responses
    LEFT JOIN persons ON persons.person_id = responses.person_id
    LEFT JOIN officials ON officials.official_id = responses.official_id
    LEFT JOIN institutions ON institutions.institution_id = responses.institution_id
    WHERE {where}
    ORDER BY responses.response_id
"""


async def answers_to(site: Site, table: str, ids: Iterable[str]) -> dict[str, tuple[Answer, ...]]:
    """The answers to rows of a table, by the id of the row."""
    where = "responses.table_name = :table AND responses.row_id IN (SELECT value FROM json_each(:ids))"
    rows = await site.rows(RESPONSES.format(where=where), table=table, ids=json.dumps(list(ids)))
    found: dict[str, tuple[Answer, ...]] = {}
    for row, answer in zip(rows, await read_answers(site, rows), strict=True):
        found[row["row_id"]] = (*found.get(row["row_id"], ()), answer)
    return found


async def own_answers(site: Site, column: str, row_id: str) -> list[Answer]:
    """The answers that a person or official gave; `column` is the key that names who did."""
    rows = await site.rows(RESPONSES.format(where=f"responses.{column} = :row_id"), row_id=row_id)
    return await read_answers(site, rows)


async def read_answers(site: Site, rows: list[Row]) -> list[Answer]:
    """Rows of `responses` as answers."""
    marks = await all_marks(site, "responses", [row["response_id"] for row in rows])
    return [
        Answer(
            row["response_id"],
            responder(site, row),
            site.code("response", row["response"]),
            (row["description"] or "") + (f" {site.t['alleges_pressure']}" if row["source_alleges_pressure"] else ""),
            site.date(row) if row["date_precision"] else "",
            marks.get(row["response_id"], ()),
            about(site, row),
        )
        for row in rows
    ]


def about(site: Site, row: Row) -> Value:
    """The row that is answered, by its kind and id."""
    table, row_id = row["table_name"], row["row_id"]
    return Value(f"{site.t['tables'][table]} {row_id}", site.record(table, row_id))


def responder(site: Site, row: Row) -> str:
    """Who answered: the kind, and the name where the report gives one."""
    person = None if row["is_withheld"] else row["person"]
    name = row["official"] or person or row["institution"]
    kind = site.code("responder_kind", row["responder_kind"])
    return f"{kind}: {name}" if name else kind
