"""Check a release, its folder or its .zip, without network: name every file that was altered, added or taken out.

SHA256SUMS must list every other file with its hash; the hashes and sizes in the descriptors must agree; CSV and Parquet
of a table must hold the same rows, and where they do not, the rows are named. With --key the signature of SHA256SUMS
must be that of the key's owner (minisign checks it); without it, hashes show only that the parts belong together, not
who made them. The release may be anybody's: links, paths that lead out and archives that unpack to too much are
refused.

Examples:
  python -m scripts.verify_release dist/kz2018-0.1.0.zip
  python -m scripts.verify_release kz2018-0.1.0 --key kz2018.pub

Exit codes: 0 nothing was altered, 1 something was (a line a file on stdout), 2 could not run or refused.
"""

import argparse
import sys
from pathlib import Path

from scripts.endings import exit_code
from scripts.files import CannotRun
from scripts.releasing.alterations import Alteration, alterations
from scripts.releasing.disagreements import disagreements
from scripts.releasing.opened import open_release, shown
from scripts.releasing.signature import is_signed_by
from scripts.releasing.sums import SIGNATURE, SUMS


def signature_faults(files: dict[str, bytes], key: Path) -> list[Alteration]:
    """What is wrong with the signature. Raises CannotRun where minisign or the key's file is missing."""
    if SIGNATURE not in files:
        return [Alteration(SIGNATURE, "is missing: the release is not signed")]
    if SUMS not in files or is_signed_by(files[SUMS], files[SIGNATURE], key):
        return []
    return [Alteration(SUMS, f"was altered after it was signed, or {key.name} is not the signer's key")]


def one_a_path(found: list[Alteration]) -> list[str]:
    """A line for each path, with all that is known of it."""
    said: dict[str, list[str]] = {}
    for alteration in sorted(set(found)):
        said.setdefault(shown(alteration.path), []).append(alteration.what)
    return [f"{path}: {'; '.join(words)}" for path, words in said.items()]


def run(place: Path, key: Path | None) -> int:
    """Check and print; returns the exit code."""
    files = open_release(place)
    found = alterations(files) + disagreements(files)
    found += signature_faults(files, key) if key else []
    lines = one_a_path(found)
    print(f"verify_release: {len(files)} files, {len(lines)} not as they were released", file=sys.stderr)
    if key is None:
        signed = "signed, but by whom was not checked: give --key" if SIGNATURE in files else "not signed"
        print(f"verify_release: {SUMS} is {signed}", file=sys.stderr)
    for line in lines:
        print(line)
    return 1 if lines else 0


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path, metavar="FILE", help="the .zip, or the folder that holds SHA256SUMS")
    parser.add_argument("--key", type=Path, metavar="FILE", help="minisign's public key of whoever signed it")
    options = parser.parse_args(arguments)
    return exit_code("verify_release", lambda: run(options.release, options.key), (CannotRun, OSError))


if __name__ == "__main__":
    sys.exit(main())
