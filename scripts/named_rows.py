"""The rows that a returned text names: the record, its column, and the evidence."""

import csv
import re

from scripts.package import Package, column_names, primary_key
from scripts.record_ids import id_tables
from scripts.returned_texts import TextFault, words, written_ids

URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
MOST_EVIDENCE = 20  # a correction file takes no more
Row = dict[str, str]


def read_rows(package: Package, table: str) -> list[Row]:
    """The rows of a table, each cell as its CSV has it."""
    with package.csv_path(table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find_row(package: Package, row_id: str) -> tuple[str, Row]:
    """The table and row of an id. Raises TextFault where it is retired, withheld or unknown."""
    for row in read_rows(package, "retired_ids"):
        if row["row_id"] == row_id:
            successor = row["successor_id"]
            to_do = f" into {successor}: write that id" if successor else ": no row is left to change"
            raise TextFault(f"{row_id} was {row['reason_code']}{to_do}")
    table, key = id_tables(package).get(row_id[0], ("", ""))
    found = [row for row in read_rows(package, table) if row[key] == row_id] if table else []
    if not found:
        raise TextFault(f"no record has the id {row_id}: ask which one is meant")
    if found[0].get("is_withheld") == "true":
        raise TextFault(f"{row_id} is withheld: no correction of it may stand in a file")
    return table, found[0]


def own_columns(package: Package, table: str) -> list[str]:
    """The columns of a table but for its key, which is never corrected, and for what scripts.withhold alone sets."""
    resource = package.resource(table)
    return [name for name in column_names(resource) if name not in (*primary_key(resource), "is_withheld")]


def column_named(package: Package, table: str, answer: str) -> str:
    """The one column that an answer names by its name or title; empty where it names none or several."""
    said = set(re.findall(r"\w+", answer.casefold()))
    columns = own_columns(package, table)
    titles = {field["name"]: field.get("title", "") for field in package.resource(table)["schema"]["fields"]}
    named = [name for name in columns if name in said]
    found = named or [name for name in columns if words(titles[name]) == words(answer) != []]
    return found[0] if len(found) == 1 else ""


def known_evidence(package: Package, answer: str) -> list[Row]:
    """The links, and the passages and sources of the tables, that an answer names."""
    tables = {"X": ("passages", "passage_id"), "S": ("sources", "source_id")}
    found = [{"url": url} for url in dict.fromkeys(URL.findall(answer))]
    for row_id in written_ids(URL.sub(" ", answer)):
        if row_id[0] in tables:
            table, key = tables[row_id[0]]
            found += [{key: row_id} for row in read_rows(package, table) if row[key] == row_id]
    return found[:MOST_EVIDENCE]


def cited_passages(package: Package, table: str, row_id: str) -> list[Row]:
    """The passages and sources that a row cites: where a maintainer looks first."""
    rows = [r for r in read_rows(package, "citations") if (r["table_name"], r["row_id"]) == (table, row_id)]
    found = [{"passage_id": r["passage_id"]} if r["passage_id"] else {"source_id": r["source_id"]} for r in rows]
    return [row for number, row in enumerate(found) if row not in found[:number]][:MOST_EVIDENCE]
