"""Cells in our own words: do they speak of the same thing as the cited passages? It takes the report's text to say.

The words of a cell and of its passages are compared by their beginnings, each weighted by how rare it is in the text.
A cell that shares too little of its weight was put into another row, or its row cites another passage.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from scripts.evidence import Evidence, Tables
from scripts.package import Package, primary_key
from scripts.printed_words import read_with, words_in
from scripts.problems import Problem

COMPARED = {
    "cases": ["description"], "events": ["title"], "institutions": ["name"], "penalties": ["description"],
    "recommendations": ["summary"], "reported_totals": ["measure"], "responses": ["description"],
}  # fmt: skip
SHORTEST, BEGINNING = 4, 5  # letters of a word that counts; how many of them are compared
LEAST_SHARE = 0.15  # of the weight; of cells exchanged within a column, half to all share less


def beginnings(text: str) -> set[str]:
    """The beginnings of the words of a text that carry meaning by their length."""
    return {word[:BEGINNING] for word in words_in(text) if len(word) >= SHORTEST}


def distant(package: Package, tables: Tables, texts: Mapping[str, str], evidence: Evidence) -> Iterator[Problem]:
    """A problem for each cell in our own words that shares too little with its cited passages, read with their context.

    `texts` holds the text of each passage by id.
    """
    held = {passage: beginnings(text) for passage, text in texts.items()}
    spread = Counter(word for words in held.values() for word in words)
    passages_of = read_with(tables, evidence)
    for table, columns in COMPARED.items():
        key = primary_key(package.resource(table))[0]
        for row in tables[table].to_pylist():
            read = passages_of((table, row[key]))
            printed: set[str] = set().union(*(held[passage] for passage in read))
            for column in columns if read else []:
                weights = {word: math.log(len(texts) / max(1, spread[word])) for word in beginnings(row[column] or "")}
                shared = sum(weight for word, weight in weights.items() if word in printed)
                if weights and shared < LEAST_SHARE * sum(weights.values()):
                    message = f"“{row[column]}” shares hardly a word with its passages: does it belong to another row?"
                    yield Problem(
                        f"data/{table}.csv", 0, column, row[key], "own-words-meet-the-passage", "error", message
                    )
