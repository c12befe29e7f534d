"""The spellings in which the report prints a name."""

from scripts.site_pages.page import Fact, Section, Value
from scripts.site_pages.reading import Row, Site

SPELLINGS = """
    SELECT names.name_as_printed, names.match_basis, names.passage_id, passages.section, passages.page,
        passages.page_latest, sources.title, sources.url
    FROM {table} AS names JOIN passages USING (passage_id) JOIN sources USING (source_id)
    WHERE names.{key} = :row_id ORDER BY names.passage_id, names.name_as_printed
"""


async def spellings_section(site: Site, table: str, key: str, row_id: str) -> Section:
    """Each spelling with the passages that print it; `table` and `key` are names of ours."""
    rows = await site.rows(SPELLINGS.format(table=table, key=key), row_id=row_id)
    spelt: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        spelt.setdefault((row["name_as_printed"], row["match_basis"]), []).append(row)
    facts = tuple(
        Fact(name, (Value(site.code("match_basis", basis)),), site.marks_of(same))
        for (name, basis), same in spelt.items()
    )
    return Section("spellings", site.t["spellings"], (site.t["spellings_note"],), facts=facts)
