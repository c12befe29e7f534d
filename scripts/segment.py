"""Cut the report's text into passages, and write data/passages.csv.

The text itself is not part of this package; its SHA-256 is recorded in data/sources.csv, and a text with another hash
is refused. The same text gives the same file, byte for byte. With --check nothing is written: the file is compared with
what the text gives, and each passage that differs is named.

    python -m scripts.segment --source report.txt
    python -m scripts.segment --source report.txt --check
    python -m scripts.segment --source sample.txt --root sample --any-text

Exit codes: 0 done, 1 the file differs from the text, 2 could not run.
"""

import argparse
import csv
import hashlib
import io
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

from scripts.pages import TextError
from scripts.passages import Passage, segment
from scripts.problems import Problem, finish

TABLE = Path("data/passages.csv")
SOURCES = Path("data/sources.csv")
SOURCE_ID = "S0001"
COLUMNS = [field.name for field in fields(Passage)]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; give its exit code."""
    args = _arguments(argv)
    table = args.root / TABLE
    try:
        raw = args.source.read_bytes()
        if not args.any_text:
            refuse_other_text(raw, args.root / SOURCES)
        passages = segment(_decode(raw, args.source), SOURCE_ID)
        rendered = render(passages)
        if args.check:
            return finish(differences(_decode(table.read_bytes(), table), rendered), f"{TABLE} against the text")
        table.parent.mkdir(parents=True, exist_ok=True)
        table.write_bytes(rendered.encode())
    except (OSError, TextError) as error:
        print(f"segment: {error}", file=sys.stderr)
        return 2
    kinds = Counter(passage.passage_kind for passage in passages)
    counts = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    print(f"{TABLE}: {len(passages)} passages ({counts})", file=sys.stderr)
    return 0


def refuse_other_text(raw: bytes, sources: Path) -> None:
    """Raise TextError where the table of sources records another SHA-256 for the text."""
    if not sources.exists():
        return
    given = hashlib.sha256(raw).hexdigest()
    for row in _rows(_decode(sources.read_bytes(), sources), {"source_id", "sha256"}, SOURCES):
        if row["source_id"] == SOURCE_ID and row["sha256"] not in ("", given):
            raise TextError(f"the text's hash is {given}, but {SOURCES} records {row['sha256']} for {SOURCE_ID}: "
                            "take the recorded text, or --any-text for a trial")


def render(passages: Sequence[Passage]) -> str:
    """Give the passages as CSV: the columns of `Passage`, least quoting, LF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(passage) for passage in passages)
    return out.getvalue()


def differences(found: str, wanted: str) -> list[Problem]:
    """Give a problem for each cell in which two renderings differ, and for each passage that only one of them has.

    Raises TextError where the first lacks a column.
    """
    old = {row["passage_id"]: (line, row) for line, row in enumerate(_rows(found, set(COLUMNS), TABLE), 2)}
    new = {row["passage_id"]: row for row in _rows(wanted, set(COLUMNS), TABLE)}
    problems = [_problem(old[name][0], "", name, f"{name} is in the table, but the text does not give it")
                for name in old.keys() - new.keys()]
    problems += [_problem(0, "", name, f"{name} is missing: make the table anew") for name in new.keys() - old.keys()]
    for name in old.keys() & new.keys():
        line, row = old[name]
        problems += [_problem(line, column, name, f"{name} has {row[column]!r}, the text gives {new[name][column]!r}")
                     for column in COLUMNS if row[column] != new[name][column]]
    if not problems and found != wanted:
        problems.append(_problem(0, "", "", "the same passages in another order or form: make the table anew"))
    return problems


def _problem(line: int, column: str, passage_id: str, message: str) -> Problem:
    return Problem(TABLE.as_posix(), line, column, passage_id, "passage-differs", "error", message)


def _rows(text: str, columns: set[str], path: Path) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if missing := columns - set(reader.fieldnames or []):
        raise TextError(f"{path.as_posix()}: no column {', '.join(sorted(missing))}")
    return list(reader)


def _decode(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(f"{path}: not UTF-8 at byte {error.start}") from error


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.segment", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, required=True, metavar="TEXT", help="the report's text, UTF-8")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent, metavar="DIR",
                        help="the package's folder (default: this repository)")
    parser.add_argument("--check", action="store_true", help="compare with the table, write nothing")
    parser.add_argument("--any-text", action="store_true", help="take a text whose hash is not the recorded one")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
