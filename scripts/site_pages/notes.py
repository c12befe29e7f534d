"""What stands beside rows: the report's inconsistencies, and values from other sources."""

import json

from scripts.site_pages.marks import all_marks
from scripts.site_pages.page import Entry, Fact, Section, Value
from scripts.site_pages.reading import Row, Site

PAIRS = "(table_name, row_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(:pairs))"
ANOMALIES = f"SELECT * FROM anomalies WHERE {PAIRS} ORDER BY anomaly_id"
OTHER_VALUES = f"""
    SELECT other_values.*, sources.title, sources.publisher, sources.date_published FROM other_values
    LEFT JOIN sources USING (source_id) WHERE {PAIRS} ORDER BY other_value_id
"""
Ids = dict[str, list[str]]


def pairs(ids: Ids) -> str:
    """Tables and ids as JSON pairs."""
    return json.dumps([[table, row_id] for table, rows in ids.items() for row_id in rows])


async def anomaly_entries(site: Site, rows: list[Row]) -> tuple[Entry, ...]:
    """A statement for each inconsistency; those that concern several rows with the same words are told once."""
    marks = await all_marks(site, "anomalies", [row["anomaly_id"] for row in rows])
    told: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        told.setdefault((row["description"], row["resolution"] or ""), []).append(row)
    entries = []
    for (description, resolution), same in told.items():
        first = same[0]
        concerned = tuple(site.link(row["table_name"], row["row_id"], row["row_id"]) for row in same)
        facts = [Fact(site.t["concerns"], concerned)]
        if resolution:
            facts.insert(0, Fact(site.t["how_coded"], (Value(resolution),)))
        kind = site.code("anomaly_kind", first["kind"])
        title = Value(description, "", kind)
        entries.append(Entry(first["anomaly_id"], title, "", tuple(facts), marks.get(first["anomaly_id"], ())))
    return tuple(entries)


async def inconsistencies(site: Site, ids: Ids) -> Section:
    """The section of the report's inconsistencies about these rows."""
    rows = await site.rows(ANOMALIES, pairs=pairs(ids))
    entries = await anomaly_entries(site, rows)
    return Section("inconsistencies", site.t["inconsistencies"], (site.t["inconsistencies_note"],), entries=entries)


async def other_values(site: Site, ids: Ids) -> Section:
    """The section of what other sources, or the person concerned, say of values of these rows."""
    t = site.t
    entries = []
    for row in await site.rows(OTHER_VALUES, pairs=pairs(ids)):
        source = ", ".join(filter(None, (row["title"], row["publisher"], row["date_published"])))
        facts = [Fact(t["other_source"], (Value(source),))] if source else []
        facts.append(Fact(t["other_status"], (Value(site.code("other_status", row["status"])),)))
        if row["note"]:
            facts.append(Fact(t["note"], (Value(row["note"]),)))
        title = Value(row["value"] or "", "", f"{row['field']} · {row['row_id']}")
        entries.append(Entry(row["other_value_id"], title, "", tuple(facts)))
    return Section("other-values", t["other_values"], (t["other_values_note"],), entries=tuple(entries))
