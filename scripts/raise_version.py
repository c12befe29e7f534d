"""Begin the next version, or say on what day the newest was released: datapackage.json, the CHANGELOG, the documents.

    python -m scripts.raise_version --since v0.1.0             the number that the changes since then call for
    python -m scripts.raise_version --since v0.1.0 --to 1.0.0  a higher one; never a lower one
    python -m scripts.raise_version --released 2026-12-01      the version that datapackage.json names was released

OLD is a folder, a release (folder or .zip) or a git revision, as for python -m scripts.diff; the CHANGELOG must say
when it was released. What changed since then goes into the CHANGELOG between `<!-- changes:begin -->` and
`<!-- changes:end -->`, and may be made anew as often as rows change; what people write around it stays. Corrections
have their own part there, made from their files. A withheld row shows in neither.

Exit codes: 0 written, 1 it cannot be so (the reason is printed), 2 could not run.
"""

import argparse
import re
import sys
from datetime import date
from pathlib import Path

from scripts.changelog_changes import changes_text
from scripts.changelog_sections import FILE as CHANGELOG
from scripts.changelog_sections import NOT_YET, number_of, versions_of, with_part
from scripts.changes import compare
from scripts.correction_log import read_log
from scripts.differences import VERSION, Changes
from scripts.document import about_tables, standard_documents
from scripts.endings import exit_code
from scripts.files import CannotRun
from scripts.package import ROOT, load_package
from scripts.transaction import lock, recover, write_all
from scripts.versions import read_version
from scripts.withheld_copy import laid_out

DESCRIPTOR = Path("datapackage.json")
Versions = dict[str, date | None]
THEN = "then: make build, make validate, and commit"


class Refused(ValueError):
    """What cannot be so; the message says why."""


def raised(root: Path, changes: Changes, to: str | None) -> dict[Path, str]:
    """The descriptor and the CHANGELOG of the next version; `to` is its number, or None for the one called for.

    Raises Refused where the changes call for a higher number or for none, or the CHANGELOG says otherwise.
    """
    old = str(changes.old.descriptor["version"])
    changelog = (root / CHANGELOG).read_text(encoding="utf-8")
    versions = versions_of(changelog)
    if not versions.get(old):
        raise Refused(f"{CHANGELOG} does not say when {old} was released: --released says it, of the newest version")
    if changes.bump == "none" or changes.next_version is None:
        raise Refused(f"nothing changed since {old}")
    version = to or changes.next_version
    if number_of(version) < number_of(changes.next_version):
        raise Refused(f"the changes since {old} call for {changes.next_version} or higher (python -m scripts.diff)")
    if versions.get(version):
        raise Refused(f"{version} was released already")
    refuse_other_numbers(root, version, versions)
    text = with_part(changelog, version, "Changes", changes_text(changes))
    return {DESCRIPTOR: with_version(root, version), CHANGELOG: text}


def refuse_other_numbers(root: Path, version: str, versions: Versions) -> None:
    """Raise Refused where an accepted correction, or a part of the CHANGELOG, waits for another number."""
    waiting = {row["version"]: row["correction_id"] for row in read_log(root) if row["decision"] == "accepted"}
    for number, correction_id in waiting.items():
        if number != version and not versions.get(number):
            raise Refused(f"the correction {correction_id} says {number}: its file must say {version} first")
    for number, day in versions.items():
        if number != version and day is None:
            raise Refused(f"{CHANGELOG} has {number}, which is not released: give its part the heading {version} first")


def with_version(root: Path, version: str) -> str:
    """The descriptor's text with another version. Raises CannotRun where its line is not found."""
    text = (root / DESCRIPTOR).read_text(encoding="utf-8")
    new, times = re.subn(r'(?m)^(  "version": )"[^"]*"', rf'\g<1>"{version}"', text)
    if times != 1:
        raise CannotRun(f"{DESCRIPTOR} has no line of two spaces and “version”")
    return new


def dated(root: Path, day: date) -> dict[Path, str]:
    """The CHANGELOG with the day on which the descriptor's version was released; raises Refused where it has one."""
    version = load_package(root).descriptor["version"]
    changelog = (root / CHANGELOG).read_text(encoding="utf-8")
    versions = versions_of(changelog)
    if version not in versions:
        raise Refused(f"{CHANGELOG} has no part on {version}: --since begins it")
    if known := versions[version]:
        raise Refused(f"{version} was released on {known}")
    if (newest := max((each for each in versions.values() if each), default=day)) > day:
        raise Refused(f"a version was released on {newest}, after this day")
    return {CHANGELOG: changelog.replace(f"## {version} ({NOT_YET})", f"## {version} ({day})")}


def write(root: Path, texts: dict[Path, str]) -> None:
    """Write these files and the documents that follow from them, all or none."""
    files: dict[Path, bytes | None] = {path: text.encode() for path, text in texts.items()}
    with laid_out(root, files) as copy:
        files |= {path: text.encode() for path, text in (about_tables(copy) | standard_documents(copy)).items()}
    write_all(root, files)


def run(options: argparse.Namespace) -> int:
    """Write, and say what; the exit code."""
    root = options.root
    try:
        with lock(root):
            recover(root)
            if options.released:
                texts = dated(root, options.released)
            else:
                changes = compare(read_version(options.since, root), read_version(str(root), root))
                texts = raised(root, changes, options.to)
            write(root, texts)
    except Refused as error:
        print(f"raise_version: {error}", file=sys.stderr)
        return 1
    version = load_package(root).descriptor["version"]
    print(f"{version} was released on {options.released}" if options.released else f"version {version}", THEN, sep="\n")
    return 0


def version(text: str) -> str:
    """A version as the command line gives it; argparse's error where it is none."""
    if not VERSION.fullmatch(text):
        raise argparse.ArgumentTypeError("a version is written 0.2.0")
    return text


def day(text: str) -> date:
    """A day as the command line gives it; argparse's error where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day is written 2026-12-01") from error


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--since", metavar="OLD", help="the last release: a folder, a .zip or a git revision")
    action.add_argument("--released", type=day, metavar="DAY", help="the day on which the newest version was released")
    parser.add_argument("--to", type=version, metavar="VERSION", help="a higher number than is called for")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    options = parser.parse_args(arguments)
    if options.released and options.to:
        parser.error("--to goes with --since")
    return exit_code("raise_version", lambda: run(options), (CannotRun, OSError, ValueError, KeyError))


if __name__ == "__main__":
    sys.exit(main())
