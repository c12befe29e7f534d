"""Make a package of any size with this package's schema, for trying the engines: invented rows, and faults on purpose.

Nothing of data/ is in it but the code lists and rights: names are made of syllables, ids are running numbers, countries
have codes that ISO 3166 leaves to its users. It passes the checks of scope model, which are copied beside it; those of
this edition say nothing of it. Its descriptor is this package's, but that an id may have up to 12 digits and that the
files are elsewhere. --faults K plants K faults and writes planted.csv: `python -m scripts.validate --engine duckdb
--root DIR` must find those and no others.

Chance is DuckDB's hash of the seed: one seed and one version of DuckDB give the same rows. Memory does not grow with N.

Examples:
  python -m scripts.synthesize --rows 10000 --out build/synthetic                    10,000 acts, as Parquet
  python -m scripts.synthesize --rows 10000 --out build/synthetic --format csv       as CSV
  python -m scripts.synthesize --rows 1000000 --out build/million --partitioned      acts and events by year and country
  python -m scripts.synthesize --rows 10000 --out build/broken --faults 40 --seed 7  with faults

Exit codes: 0 made, 2 could not run.
"""

import argparse
import sys
from pathlib import Path

from scripts.endings import exit_code
from scripts.files import CannotRun
from scripts.package import ROOT, load_package
from scripts.synthetic.faults import kinds
from scripts.synthetic.sizes import LEAST, Sizes
from scripts.synthetic.writing import FORMATS, MEMORY, Writing

MOST_FAULTS = 1000  # of one kind


def run(options: argparse.Namespace) -> int:
    """Make the package; returns the exit code."""
    sizes = Sizes(options.rows)
    if options.rows < LEAST:
        raise CannotRun(f"--rows is {LEAST} or more: fewer acts leave tables without rows")
    if options.faults < 0 or options.faults > MOST_FAULTS * len(kinds(sizes)):
        raise CannotRun(f"--faults is 0 to {MOST_FAULTS * len(kinds(sizes)):,}")
    if options.out.resolve().is_relative_to((ROOT / "data").resolve()):
        raise CannotRun("a synthetic package is never written into data/")
    if options.out.exists() and (not options.out.is_dir() or any(options.out.iterdir())):
        raise CannotRun(f"{options.out} is there already and not an empty folder")
    writing = Writing(load_package(), sizes, options.out, options.format, options.partitioned, options.memory)
    rows = writing.write(options.seed, options.faults)
    print(f"synthesize: {rows:,} rows in {options.out}", file=sys.stderr)
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run the program; returns the exit code. Whatever goes wrong is told in one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--rows", type=int, required=True, metavar="N", help=f"acts, {LEAST} or more; other tables follow"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder, or one to be made")
    parser.add_argument("--format", choices=FORMATS, default="parquet", help="of the tables (default: parquet)")
    parser.add_argument("--partitioned", action="store_true", help="acts and events by year and country")
    parser.add_argument("--faults", type=int, default=0, metavar="K", help="plant K faults")
    parser.add_argument("--seed", type=int, default=2018, metavar="N", help="of all chances (default: 2018)")
    parser.add_argument("--memory", default=MEMORY, metavar="SIZE", help=f"what DuckDB may take (default: {MEMORY})")
    options = parser.parse_args(argv)
    return exit_code("synthesize", lambda: run(options), (CannotRun, OSError), detail=lambda error: f" ({error})")


if __name__ == "__main__":
    sys.exit(main())
