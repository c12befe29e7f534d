"""The texts of rows that stay when a person is withheld: sentences, titles and links that name the person go."""

import re

from scripts.package import Package, fields_of, foreign_keys, primary_key
from scripts.withheld_names import OTHERS, Name, Tables

Row = dict[str, str]
Gone = set[tuple[str, str]]  # table, row id
EXAMPLE = re.compile(r"`([A-Z][0-9]{4,5})`")
NEUTRAL = {("acts", "victim_description"): "people"}  # for a text that may not be empty


def figures_that_name(tables: Tables, name: Name) -> Gone:
    """The report's figures that are about the person by their own words."""
    return {("reported_totals", f["total_id"]) for f in tables["reported_totals"] if name.mentioned(f["measure"])}


def hide_links(tables: Tables, name: Name) -> None:
    """Leave of a footnote whose link or title names the person that it is there: the report's footnotes are counted."""
    for source in tables["sources"]:
        if name.mentioned(source["title"]) or name.mentioned(source["url"]):
            number = source["footnote_number"] or source["source_id"]
            kept = {column: source[column] for column in ("source_id", "footnote_number", "parent_source_id")}
            source.update(dict.fromkeys(source, "") | kept | {"source_type": "note", "title": f"Footnote ({number})"})


def clear_texts(package: Package, tables: Tables, name: Name) -> Gone:
    """Take the sentences that name the person out of every text; the rows that say nothing without them."""
    gone: Gone = set()
    for resource in package.csv_resources:
        table, key = resource["name"], primary_key(resource)[0]
        columns = [] if table in OTHERS and table not in ("persons", "officials") else text_columns(resource)
        for row in tables[table]:
            for column in columns:
                if not name.mentioned(row[column]):
                    continue
                if column == "title":
                    row[column] = name.title_without(row[column]) or neutral_title(table, row)
                elif column == "counting_rule":
                    row[column] = ""
                else:
                    row[column] = name.without(row[column]) or NEUTRAL.get((table, column), "")
                    if not row[column] and table == "anomalies":
                        gone.add((table, row[key]))
    return gone


def without_examples(text: str, ids: frozenset[str]) -> str:
    """A document that no longer gives the rows with these ids as examples: what it says of them would lead to them."""
    return EXAMPLE.sub(lambda example: "withheld" if example[1] in ids else example[0], text)


def text_columns(resource: dict[str, object]) -> list[str]:
    """The columns in which people write what they like: no names, codes or keys."""
    keys = {*primary_key(resource), *(column for column, _, _ in foreign_keys(resource))}
    named = set(OTHERS.get(str(resource["name"]), ("", []))[1])
    return [
        field["name"]
        for field in fields_of(resource)
        if field["type"] == "string" and field["name"] not in keys | named
        and not {"enum"} & set(field.get("constraints", {}))
    ]  # fmt: skip


def neutral_title(table: str, row: Row) -> str:
    """A title that names nobody; an event's begins as it did, for its first word tells the type."""
    if table == "cases":
        return f"Case {row['case_id']}"
    return f"{row['title'].split()[0]} ({row['event_id']})"
