"""Check every citation: do the names, numbers, dates, articles, places and roles of each row stand in its passages?

    python -m scripts.verify                     by the fingerprints alone, without the report's text
    python -m scripts.verify --source TEXT       also makes passages, hashes and fingerprints anew and compares them,
                                                 looks for each word of the cells that quote the report,
                                                 compares cells in our own words with it, and checks
                                                 that every passage of the text is accounted for
    python -m scripts.verify --root DIR          a package in another folder

Passing proves that the cited words are there, not that the claim is true. Prints one line a problem,
`path:line:column  rule-id  message`. Exit 0: no errors; 1: errors; 2: could not run.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from scripts import segment
from scripts.cells import cells_of
from scripts.citations import Check
from scripts.evidence import Evidence, Tables
from scripts.fingerprint import fingerprints_of, left_out, passage_texts, without_withheld
from scripts.fingerprints import Prints
from scripts.lines import located
from scripts.memo import Contents, Memo
from scripts.own_words import distant
from scripts.package import ROOT, Package, load_package, read_table
from scripts.pages import TextError
from scripts.parquet_files import CannotRead, read_small
from scripts.passages import segment as cut
from scripts.printed_words import unprinted
from scripts.problems import Problem, finish
from scripts.rules import check_rules, load_rules

LEDGER_RULE = "passage-accounted-for"
UNREADABLE = (OSError, KeyError, ValueError, UnicodeDecodeError, pa.ArrowException, CannotRead, TextError)


def against_text(package: Package, source: Path, tables: Tables, fingerprints: pa.Table) -> Iterator[Problem]:
    """Problems of passages and fingerprints that differ from what the text gives.

    Raises TextError for another text than the recorded one.
    """
    raw = source.read_bytes()
    segment.refuse_other_text(raw, package.csv_path("sources"))
    text = raw.decode("utf-8")
    committed = package.csv_path("passages").read_text(encoding="utf-8")
    yield from segment.differences(committed, segment.render(cut(text)))
    path = package.parquet_path("fingerprints").relative_to(package.root)
    without = left_out(tables["passage_notes"])
    fresh = without_withheld(fingerprints_of(text, without), fingerprints, tables)
    made = {row["passage_id"]: row for row in fresh.to_pylist()}
    held = {row["passage_id"]: row for row in fingerprints.to_pylist()}
    for passage_id in sorted(made.keys() | held.keys()):
        if made.get(passage_id) != held.get(passage_id):
            message = f"the fingerprint of {passage_id} is not the text's: run python -m scripts.fingerprint"
            yield Problem(str(path), 0, "", passage_id, "fingerprint-of-text", "error", message)


def against_words(package: Package, source: Path, tables: Tables) -> Iterator[Problem]:
    """Cells in the report's words that the text, of `source`, does not have, and cells in ours that are far from it."""
    texts = passage_texts(source.read_text(encoding="utf-8"))
    evidence = Evidence.of(tables, Prints())
    yield from unprinted(package, tables, texts, evidence)
    yield from distant(package, tables, texts, evidence)


def unaccounted(package: Package, tables: Tables) -> list[Problem]:
    """Passages that no row cites and no note explains, by the gate's own rule; its other rules are not run here.

    Raises FileNotFoundError where the rule is not there.
    """
    rules, _ = load_rules(package.root / "validation" / "rules", "all")
    chosen = [rule for rule in rules if rule.rule_id == LEDGER_RULE]
    if not chosen:
        raise FileNotFoundError(f"validation/rules/{LEDGER_RULE}.sql")
    found, skipped = check_rules(package, tables, chosen, None, Contents(package, tables), Memo())
    if skipped:
        raise ValueError("; ".join(f"{path} is left out: {why}" for path, why in skipped.items()))
    return found


def summary(found: Counter[str], tables: Tables) -> str:
    """What was checked, for people: how names were found, and what no program verified."""
    loose = sum(row["passage_id"] is None for row in tables["citations"].to_pylist())
    return (
        f"names found: {found['named']} in full, {found['surname']} by a surname that only one person has, "
        f"{found['heading']} by the heading of the section\n"
        f"values found: {found['values']}; printed dates found: {found['dates']}; "
        f"words without a name, number or month, not checkable: {found['not checkable']}\n"
        f"cited by source alone, not machine-verified: {loose} citations, {found['no passage']} rows"
    )


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    parser.add_argument("--source", type=Path, metavar="TEXT", help="the report's text")
    args = parser.parse_args(argv)
    try:
        package = load_package(args.root)
        tables = {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}
        fingerprints = read_small(package.parquet_path("fingerprints"))
        check = Check(tables, Prints.of(fingerprints)).run()
        problems = check.problems
        if args.source:
            problems += against_text(package, args.source, tables, fingerprints)
            problems += [*against_words(package, args.source, tables), *unaccounted(package, tables)]
    except UNREADABLE as error:
        print(f"verify: could not run: {error}; python -m scripts.validate says where", file=sys.stderr)
        return 2
    print(summary(check.found, tables), file=sys.stderr)
    if not args.source:
        print("passages and fingerprints were not made anew: that needs the text (--source)", file=sys.stderr)
    found = located(problems, package, tables)
    return finish(found, "verify", cells_of(found, package))


if __name__ == "__main__":
    sys.exit(main())
