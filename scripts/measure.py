"""Write the measured tables of metadata/methodology.md: agreement of two codings, fingerprints, the check's chances.

    python -m scripts.measure             about half a minute
    python -m scripts.measure --check     exit 1 where a table in the document is not what the programs give
    python -m scripts.measure --only agreement

The tables stand between `<!-- NAME:begin -->` and `<!-- NAME:end -->`, with NAME one of first-round, second-round,
agreement, given-units, attack and chance; each is what `python -m scripts.agreement`, `attack_fingerprints` or
`estimate_chance` prints. Exit 2: could not run.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from scripts import agreement, attack_fingerprints, estimate_chance
from scripts.build_parquet import write_atomically
from scripts.marked import with_block
from scripts.package import ROOT
from scripts.problems import Problem, finish

DOCUMENT = Path("metadata") / "methodology.md"


def agreement_of(number: int, root: Path) -> str:
    """The agreement of a round."""
    return agreement.render(agreement.matchings(root, number))


TABLES: dict[str, Callable[[Path], str]] = {
    "first-round": partial(agreement_of, 1),
    "second-round": partial(agreement_of, 2),
    "agreement": partial(agreement_of, agreement.MEASURED),
    "given-units": agreement.render_given,
    "attack": attack_fingerprints.measured,
    "chance": estimate_chance.measured,
}


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    parser.add_argument("--check", action="store_true", help="write nothing; name what is not current")
    parser.add_argument("--only", choices=sorted(TABLES), help="one of the tables")
    args = parser.parse_args(argv)
    try:
        path = args.root / DOCUMENT
        written = path.read_text(encoding="utf-8")
        text = written
        for name, measured in TABLES.items():
            if args.only in (None, name):
                print(f"measure: {name} …", file=sys.stderr)
                text = with_block(text, DOCUMENT, name, measured(args.root).rstrip("\n"))
    except (OSError, ValueError, ImportError) as error:
        print(f"measure: {error}", file=sys.stderr)
        return 2
    if args.check:
        message = "its measured tables are not current: run make measure"
        problem = Problem(DOCUMENT.as_posix(), 0, "", "", "stale-document", "error", message)
        return finish([problem] if text != written else [], "measure")
    write_atomically(path, text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
