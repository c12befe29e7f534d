"""Likely misspellings: a word that stands once in all tables and is one letter away from a word that stands elsewhere.

One letter away is: a letter less, a letter more, or two neighbours exchanged, but for the last letter, where
languages inflect. validation/words.csv lists the words that are right nevertheless.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from scripts.canonical import GENERATED
from scripts.files import Rows
from scripts.mutations import row_name
from scripts.package import Package, column_names, fields_of
from scripts.problems import Problem

WORDS = Path("validation") / "words.csv"
WORD = re.compile(r"[^\W\d_]{5,}")
ENDING = 1  # letters at a word's end that may differ
Use = tuple[int, str, str, str, str]  # how often, and of the last: path, column, row id, as written


def uses(package: Package, name: str, rows: Rows) -> dict[str, Use]:
    """The words of a table's texts, folded; links and what the schema closes are left out."""
    resource = package.resource(name)
    found: dict[str, Use] = {}
    for at, field in enumerate(fields_of(resource)):
        if field["type"] != "string" or name in GENERATED:
            continue
        for row in rows:
            for word in WORD.findall(row[at]) if not row[at].startswith("http") else []:
                times = found[word.lower()][0] if word.lower() in found else 0
                place = (str(resource["path"]), column_names(resource)[at], row_name(resource, row), word)
                found[word.lower()] = (times + 1, *place)
    return found


def check_spelling(base: Path, tables: list[dict[str, Use]]) -> list[Problem]:
    """The likely misspellings of some tables' words, without their lines. Raises OSError where words.csv is missing."""
    with (base / WORDS).open(encoding="utf-8", newline="") as file:
        right = {row["word"] for row in csv.DictReader(file)}
    times: dict[str, int] = {}
    places: dict[str, Use] = {}
    for words in tables:
        for word, use in words.items():
            times[word] = times.get(word, 0) + use[0]
            places[word] = use
    longer: dict[str, set[str]] = {}
    for word in times:
        for i in range(len(word) - ENDING):
            longer.setdefault(word[:i] + word[i + 1 :], set()).add(word)
    found = []
    for word in sorted(word for word, number in times.items() if number == 1 and word not in right):
        near = (set(shorter_or_swapped(word)) & set(times)) | longer.get(word, set())
        other = max(sorted(near - {word}), key=lambda other: times[other], default="")
        if other and times[other] > 1:
            _, path, column, row_id, written = places[word]
            message = f"“{written}” stands nowhere else, and “{other}” does: is it misspelt?"
            found.append(Problem(path, 0, column, row_id, "word-is-not-misspelt", "error", message))
    return found


def shorter_or_swapped(word: str) -> Iterator[str]:
    """A word with one letter less, or with two neighbours exchanged."""
    for i in range(len(word) - ENDING):
        yield word[:i] + word[i + 1 :]
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
