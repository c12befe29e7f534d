"""Withhold a person: take them out of every table, spelling, text, coding, fingerprint and built file in one step.

    python -m scripts.withhold P0000 --mode pseudonymise --month 2026-11    the id stays, with a row that says withheld
    python -m scripts.withhold P0000 --mode withdraw --month 2026-11        the id alone stays, in retired_ids
    python -m scripts.withhold P0000 --mode withdraw --month 2026-11 --dry-run

Whatever is about nobody else goes with the person; what is about others too stays without them (metadata/ethics.md
says what that is, and what it cannot undo). The gate is run first on what it would find afterwards; then all files are
written, or none, also when the program is killed. metadata/withheld.csv counts the row in the month that is given.

No name and no reason is asked for, printed or kept. There is no way back by a correction.

Exit codes: 0 withheld (with --dry-run: it can be), 1 no such person, withheld already, or the gate has errors; 2 could
not run.
"""

import argparse
import re
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from scripts.files import CannotRun
from scripts.memo import Memo
from scripts.package import ROOT
from scripts.transaction import lock, recover, write_all
from scripts.withheld_log import MONTH
from scripts.withheld_package import MODES, Refused, withheld_files

PERSON = re.compile(r"P[0-9]{4}")
AFTERWARDS = (
    "then: make build, make measure, and metadata/ethics.md for history, old releases and copies; "
    "say nothing of it in the commit but “row withheld”"
)


def month(text: str) -> str:
    """A month as the command line gives it; argparse's error where it is none."""
    if not MONTH.fullmatch(text):
        raise argparse.ArgumentTypeError("a month is written 2026-11")
    return text


def person(text: str) -> str:
    """A person's id as the command line gives it; argparse's error where it is none, without repeating it."""
    if not PERSON.fullmatch(text):
        raise argparse.ArgumentTypeError("a person's id is P and four digits; give no name")
    return text


def withhold(
    root: Path, person_id: str, mode: str, in_month: str, dry_run: bool, memo: Memo | None = None
) -> str:
    """Withhold a person in the package in `root`, or with `dry_run` only find out that it can be; what to print.

    `memo` holds what the gate found earlier in this process. Raises Refused where it cannot be, CannotRun where another
    program writes there, OSError and ValueError where the package cannot be read.
    """
    with lock(root):
        recover(root)
        files = withheld_files(root, person_id, mode, in_month, memo)
        if dry_run:
            return "persons: row withheld\nnothing was written (--dry-run)"
        write_all(root, files)
    return f"persons: row withheld\n{AFTERWARDS}"


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("person", type=person, metavar="ID", help="the person's id")
    parser.add_argument("--mode", choices=MODES, required=True, help="a bare row stays, or the retired id alone")
    parser.add_argument("--month", type=month, required=True, help="in which it is counted: 2026-11")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; find out whether the gate would pass")
    args = parser.parse_args(argv)
    try:
        print(withhold(args.root, args.person, args.mode, args.month, args.dry_run))
    except Refused as error:
        print(f"withhold: {error}", file=sys.stderr)
        return 1
    except (CannotRun, OSError, ValueError, KeyError, BrokenProcessPool) as error:
        print(f"withhold: could not run: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("withhold: could not run: it was stopped", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
