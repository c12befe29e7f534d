"""The page of a passage: its place in the published report, and how many rows rest on it. Its words are not here.

It lists no rows: a passage that names persons and officials ties nobody to anything by itself.
"""

from scripts.site_pages.page import Column, Fact, Page, Section, Table, Value
from scripts.site_pages.reading import Row, Site

PASSAGE = """
    SELECT passages.*, sources.title AS title, sources.url AS url, coalesce(notes.coding, '') AS coding, notes.reason
    FROM passages JOIN sources USING (source_id) LEFT JOIN passage_notes AS notes USING (passage_id)
    WHERE passage_id = :row_id
"""
NEAR = """
    SELECT passages.*, sources.title AS title, sources.url AS url FROM passages JOIN sources USING (source_id)
    WHERE passage_id IN (:governor, :first)
"""
CITING = """
    SELECT table_name, count(DISTINCT row_id) AS rows FROM citations
    WHERE passage_id = :row_id GROUP BY table_name ORDER BY table_name
"""


async def page(site: Site, row_id: str) -> Page:
    """The page of a passage."""
    t = site.t
    passage = (await site.rows(PASSAGE, row_id=row_id))[0]
    place = site.place(passage)
    return Page(
        path=f"/passages/{row_id}",
        title=place,
        kind=t["kinds_of_pages"]["passages"],
        row_id=row_id,
        table="passages",
        lead=(t["passage_lead"],),
        notices=(t["passage_text_note"],),
        sections=(
            Section("place", t["passage_place"], facts=tuple(await passage_facts(site, passage))),
            Section("citing", t["citing"], table=await citing_table(site, row_id)),
        ),
    )


async def passage_facts(site: Site, passage: Row) -> list[Fact]:
    """Where a passage stands: section, page, lines, and the heading that governs it."""
    t = site.t
    near = await site.rows(NEAR, governor=passage["governed_by"] or "", first=passage["continues"] or "")
    by_id = {row["passage_id"]: row for row in near}
    facts = [
        Fact(t["published_in"], (Value(passage["title"], passage["url"] or "", t["report_host"]),)),
        Fact(t["section_and_page"], (Value(site.place(passage)),)),
        Fact(t["kind"], (Value(site.code("passage_kind", passage["passage_kind"])),)),
        Fact(t["lines"], (Value(lines(passage), "", t["lines_note"]),)),
    ]
    for label, column in ((t["governed_by"], "governed_by"), (t["continues"], "continues")):
        other = by_id.get(passage[column] or "")
        if other:
            link = site.link("passages", other["passage_id"], f"{site.place(other)} ({other['passage_id']})")
            facts.append(Fact(label, (link,)))
    if passage["reason"]:
        facts.append(Fact(t["why_uncoded"], (Value(passage["reason"]),)))
    return facts


def lines(passage: Row) -> str:
    """The lines of the text that a passage takes up."""
    first, last = passage["first_line"], passage["last_line"]
    return str(first) if first == last else f"{first}–{last}"


async def citing_table(site: Site, row_id: str) -> Table | None:
    """How many rows of each table cite the passage."""
    t = site.t
    rows = await site.rows(CITING, row_id=row_id)
    columns = (Column("table", t["kind"]), Column("rows", t["rows_heading"], True))
    table = site.datasette.urls.table("kz2018", "citations")
    cells = tuple(
        (
            Value(t["tables"][row["table_name"]], f"{table}?passage_id={row_id}&table_name={row['table_name']}"),
            Value(str(row["rows"])),
        )
        for row in rows
    )
    return Table(t["citing_caption"], columns, cells) if cells else None
