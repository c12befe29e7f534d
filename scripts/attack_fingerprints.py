"""Measure what the fingerprints reveal to somebody who guesses words.

    python -m scripts.attack_fingerprints             a table on stdout (Markdown)
    python -m scripts.attack_fingerprints --root DIR

The guesser has a list of names: here every word of every spelling that the tables already publish, and as many made-up
words beside it as make the list 10,000 long. Published words are tested against the passages for which they are
listed, made-up words against every tenth passage. A true hit is a word of a name in a
passage for which the tables list that name; a hit of a made-up word is false for certain.
"""

import argparse
import sys
from pathlib import Path

from pyarrow import parquet

from scripts.evidence import Tables
from scripts.fingerprints import Prints
from scripts.package import ROOT, load_package, read_table
from scripts.tokens import words_of

GUESSES = 10_000


def published_words(tables: Tables) -> dict[str, set[str]]:
    """The words of the listed spellings, each with the passages for which it is listed."""
    found: dict[str, set[str]] = {}
    for table in ("person_names", "official_names"):
        for row in tables[table].to_pylist():
            for word in words_of(row["name_as_printed"]):
                if len(word) > 1:
                    found.setdefault(word, set()).add(row["passage_id"])
    return found


def made_up_words(count: int) -> list[str]:
    """Words that are in no text: a letter, digits and a mark that no token holds."""
    return [f"q{number}!" for number in range(count)]


def attack(tables: Tables, prints: Prints) -> list[tuple[str, str]]:
    """What the guesser gets, as (what, figure)."""
    listed = published_words(tables)
    invented = made_up_words(GUESSES - len(listed))
    passages = [passage for passage, grams in prints.grams.items() if grams]
    pairs = sum(len(places) for places in listed.values())
    true = sum(prints.has(passage, word) for word, places in listed.items() for passage in places)
    sample = passages[::10]
    false = sum(prints.has(passage, word) for word in invented for passage in sample)
    return [
        ("passages with a fingerprint", f"{len(passages):,}"),
        ("hashes of tokens and pairs in them", f"{sum(len(prints.grams[p]) for p in passages):,}"),
        ("words of published names that the guesser tries", f"{len(listed):,}"),
        ("of the places where the tables list them, confirmed", f"{true:,} of {pairs:,}"),
        ("made-up words that the guesser tries", f"{len(invented):,}"),
        ("false confirmations of a made-up word, a passage", f"{false / len(sample):.2f}"),
    ]


def render(found: list[tuple[str, str]]) -> str:
    """The result as a Markdown table."""
    return "\n".join(["| measured | figure |", "| --- | ---: |", *(f"| {a} | {b} |" for a, b in found)]) + "\n"


def measured(root: Path) -> str:
    """The result for the package in a folder. Raises OSError, KeyError or ValueError where it cannot be read."""
    package = load_package(root)
    tables = {name: read_table(package, name) for name in ("person_names", "official_names")}
    prints = Prints.of(parquet.read_table(package.parquet_path("fingerprints")))
    return render(attack(tables, prints))


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    args = parser.parse_args(argv)
    try:
        print(measured(args.root), end="")
    except (OSError, KeyError, ValueError) as error:
        print(f"attack_fingerprints: could not run: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
