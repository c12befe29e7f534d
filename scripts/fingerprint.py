"""Make the fingerprints of the passages from the report's text.

    python -m scripts.fingerprint --source TEXT            writes data/parquet/fingerprints.parquet
    python -m scripts.fingerprint --source TEXT --check    compares; exit 1 where they differ

The passages are those of data/passages.csv: run `python -m scripts.segment` first. A passage that passage_notes.csv
calls context or layout gets none. The file is sealed (scripts/seals.py).

While anybody is withheld, a fingerprint can only lose hashes: the text still has the name, and what the committed file
does not hold stays out.

Exit 2: could not run, or the text is not the one of those passages.
"""

import argparse
import sys
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from scripts.fingerprints import Prints, make_fingerprints
from scripts.package import ROOT, Package, load_package, read_table
from scripts.pages import TextError
from scripts.passages import Passage, lines_of, passage_text, segment
from scripts.seals import sealed
from scripts.segment import render
from scripts.withheld_log import withheld_rows


def passage_texts(text: str) -> dict[str, str]:
    """The text of each passage by its id.

    A passage whose last word or sentence runs on elsewhere also gets the first words of its continuation, and that one
    the last words before it, so that a name broken over a caption or a page is found from either side.
    """
    lines = lines_of(text)
    passages = segment(text)
    texts = {passage.passage_id: passage_text(lines, passage) for passage in passages}
    whole = dict(texts)
    for before, after in continuations(passages):
        texts[before] += " " + " ".join(whole[after].split()[:2])
        texts[after] = " ".join(whole[before].split()[-2:]) + " " + texts[after]
    return texts


def continuations(passages: list[Passage]) -> list[tuple[str, str]]:
    """Pairs of ids (earlier piece, next piece) of the passages that run on."""
    last: dict[str, str] = {}
    found = []
    for passage in passages:
        if passage.continues:
            found.append((last.get(passage.continues, passage.continues), passage.passage_id))
            last[passage.continues] = passage.passage_id
    return found


def refuse_other_passages(text: str, package: Package) -> None:
    """Raise TextError where a text is not the one that data/passages.csv was cut from."""
    if render(segment(text)) != package.csv_path("passages").read_text(encoding="utf-8"):
        raise TextError("its passages are not those of data/passages.csv: take that text, or run scripts.segment first")


def left_out(notes: pa.Table) -> set[str]:
    """The passages that need no fingerprint: those that hold nothing to code (`passage_notes`: context or layout)."""
    return {row["passage_id"] for row in notes.to_pylist() if row["coding"] in ("context", "layout")}


def fingerprints_of(text: str, without: set[str]) -> pa.Table:
    """The table `fingerprints` of the report's text; empty for the passages in `without`."""
    texts = passage_texts(text)
    return make_fingerprints({passage: "" if passage in without else text for passage, text in texts.items()})


def withholding(package: Package) -> dict[str, pa.Table]:
    """The tables that tell who is withheld."""
    return {name: read_table(package, name) for name in ("persons", "retired_ids")}


def without_withheld(made: pa.Table, committed: pa.Table, tables: dict[str, pa.Table]) -> pa.Table:
    """What the text gives without what `committed` lacks, where anybody is withheld: their names are in the text.

    A passage that `committed` does not have gets nothing.
    """
    if not withheld_rows(tables):
        return made
    held = Prints.of(committed)
    rows = [
        row
        | {
            column: " ".join(part for part in row[column].split() if part in kept.get(row["passage_id"], set()))
            for column, kept in (("grams", held.grams), ("binds", held.binds))
        }
        for row in made.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=made.schema)


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, required=True, metavar="TEXT", help="the report's text")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    parser.add_argument("--check", action="store_true", help="compare with the committed file instead of writing")
    args = parser.parse_args(argv)
    try:
        package = load_package(args.root)
        without = left_out(read_table(package, "passage_notes"))
        text = args.source.read_bytes().decode("utf-8")
        refuse_other_passages(text, package)
        path = package.parquet_path("fingerprints")
        made = fingerprints_of(text, without)
        if path.exists():
            made = without_withheld(made, parquet.read_table(path), withholding(package))
        made = sealed(made, package.csv_path("passages").read_bytes())
    except (OSError, UnicodeDecodeError, KeyError, pa.ArrowException, TextError) as error:
        print(f"fingerprint: {error}", file=sys.stderr)
        return 2
    if args.check:
        same = path.exists() and parquet.read_table(path).equals(made, check_metadata=True)
        print(f"{path.name}: {'current' if same else 'differs; run python -m scripts.fingerprint'}", file=sys.stderr)
        return 0 if same else 1
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    parquet.write_table(made, draft)
    draft.replace(path)
    print(f"{path.name}: {made.num_rows} passages, {path.stat().st_size // 1024} KiB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
