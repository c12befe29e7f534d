"""Cells that quote the report: do all their words stand in the cited passages? It takes the report's text to say.

The fingerprints hold names, numbers and months alone; here every word counts, so that a misspelt or exchanged quotation
is seen too.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from scripts.evidence import Evidence, Tables
from scripts.package import Package, primary_key
from scripts.problems import Problem
from scripts.tokens import fold

QUOTED = {  # table: columns in the report's own words
    "acts": ["date_as_printed", "source_label", "quantity_unit"], "events": ["date_as_printed"],
    "penalties": ["date_as_printed", "court"], "official_roles": ["date_as_printed"],
    "involvements": ["actor_as_reported"], "reported_totals": ["value_as_printed"],
    "officials": ["office", "name_as_reported"],
}  # fmt: skip


def words_in(text: str) -> list[str]:
    """The words and numbers of a text, folded."""
    return re.findall(r"[a-z0-9]+", fold(text).lower())


def read_with(tables: Tables, evidence: Evidence) -> Callable[[tuple[str, str]], list[str]]:
    """For a row, as (table, id), its cited passages, those that govern or continue them, and those they continue."""
    followers: dict[str, list[str]] = {}
    for row in tables["passages"].to_pylist():
        if row["continues"] is not None:
            followers.setdefault(row["continues"], []).append(row["passage_id"])

    def passages_of(row: tuple[str, str]) -> list[str]:
        return [q for p in evidence.cited.get(row, []) for q in (p, *evidence.context(p), *followers.get(p, []))]

    return passages_of


def unprinted(package: Package, tables: Tables, texts: Mapping[str, str], evidence: Evidence) -> Iterator[Problem]:
    """A problem for each quoting cell with a word that its passages do not have; a word broken at a line's end counts.

    `texts` holds the text of each passage by id. Passages that govern a cited one, and what it continues or what
    continues it, are read with it.
    """
    passages_of = read_with(tables, evidence)
    for table, columns in QUOTED.items():
        key = primary_key(package.resource(table))[0]
        for row in tables[table].to_pylist():
            cited = evidence.cited.get((table, row[key]), [])
            printed = [word for passage in passages_of((table, row[key])) for word in words_in(texts[passage])]
            known, joined = set(printed), "".join(printed)
            for column in columns if cited else []:
                missing = [w for w in words_in(row[column] or "") if w not in known and w not in joined]
                if missing:
                    message = f"“{missing[0]}” of “{row[column]}” does not stand in {', '.join(cited)}"
                    yield Problem(f"data/{table}.csv", 0, column, row[key], "printed-words-in-text", "error", message)
