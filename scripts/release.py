"""Make a release: dist/<name>-<version>/ and its .zip, in every form in which the package is handed out.

The gate runs first: an error, or Parquet that is not current, and nothing is made. All of it depends on the files of
the package alone, with no clock: the same lock, SQLite and zlib give the same bytes. Every date in it is the version's
day in CHANGELOG.md, from its heading `## 1.2.3 (2027-01-31)`; while that says “not yet released”, the descriptor's
`created`. While metadata/project.json has no publisher or no contact, every file with room for it says that it is a
draft.

With --sign-key SHA256SUMS is signed by minisign, under SHA256SUMS.minisig.

Examples:
  python -m scripts.release
  python -m scripts.release --out ../releases --sign-key ~/keys/kz2018.key

Exit codes: 0 made, 1 the gate found errors, 2 could not run.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from scripts.build_parquet import stale_parquet
from scripts.catalogue import read_catalogue
from scripts.cells import cells_of
from scripts.endings import exit_code
from scripts.extent import Extent
from scripts.files import CannotRun
from scripts.gate import check_package
from scripts.outcome import Outcome
from scripts.package import ROOT, Package, load_package, read_table
from scripts.problems import finish
from scripts.progress import told
from scripts.project import read_project
from scripts.releasing.analysis_files import analysis_files
from scripts.releasing.database import database_file
from scripts.releasing.document_links import with_living_links
from scripts.releasing.documents import document_files, report_files
from scripts.releasing.edition import Edition, release_date
from scripts.releasing.excel import excel_file
from scripts.releasing.json_lines import json_lines_files
from scripts.releasing.made import Made
from scripts.releasing.placing import place, zip_bytes
from scripts.releasing.signature import signed
from scripts.releasing.spss import spss_files
from scripts.releasing.stata import stata_files
from scripts.releasing.statistics_notes import notes_files
from scripts.releasing.sums import SIGNATURE, SUMS, sums_text
from scripts.releasing.tables import csv_files, parquet_files
from scripts.standards import standards_files
from scripts.transaction import recover

FORMATS: dict[str, Callable[[Edition], list[Made]]] = {
    "CSV": csv_files,
    "Parquet": parquet_files,
    "JSON Lines": json_lines_files,
    "Excel": lambda edition: [excel_file(edition)],
    "Stata": stata_files,
    "SPSS": spss_files,
    "notes on both": notes_files,
    "documents": document_files,
}


def checked(package: Package, scope: str) -> Outcome:
    """What the gate finds; what it only warns of in Parquet is an error here."""
    outcome = check_package(package, package.root, Extent(scope))
    stale = {replace(problem, severity="warning"): problem for problem in stale_parquet(package)}
    return Outcome([stale.get(problem, problem) for problem in outcome.problems], outcome.left_out)


def edition_of(package: Package) -> Edition:
    """What the release is made from. Raises OSError and ValueError where settings or the version's date are missing."""
    tables = {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}
    return Edition(package, read_project(package.root), release_date(package), tables)


def made_files(edition: Edition, outcome: Outcome, scope: str) -> dict[str, bytes]:
    """Every file of the release by path, but for SHA256SUMS and its signature."""
    told("release", "writing SQLite …")
    database = database_file(edition)
    told("release", "writing the flat tables …")
    made = [database, *analysis_files(edition, database.content)]
    for name, files in FORMATS.items():
        told("release", f"writing {name} …")
        made += files(edition)
    made += report_files(edition, read_catalogue(edition.package.root / "validation"), outcome, scope)
    made = with_living_links(edition, sorted(made, key=lambda file: file.path))
    told("release", "writing the standards' files …")
    described = [file.described() for file in made]
    standards = standards_files(edition.package, edition.project, described, edition.released)
    return {file.path: file.content for file in made} | standards


def run(options: argparse.Namespace) -> int:
    """Check, make and put in place; returns the exit code."""
    recover(options.root)
    try:
        package = load_package(options.root)
        edition = edition_of(package)
    except (KeyError, ValueError) as error:
        raise CannotRun(f"{error}: run make validate") from error
    told("release", "running the gate …")
    outcome = checked(package, options.scope)
    if finish(outcome.problems, "release", cells_of(outcome.problems, package)):
        return 1
    files = made_files(edition, outcome, options.scope)
    files[SUMS] = sums_text(files).encode()
    if options.sign_key:
        files[SIGNATURE] = signed(files[SUMS], options.sign_key, " ".join(filter(None, [edition.name, edition.draft])))
    told("release", "packing …")
    archive = zip_bytes(edition.name, files, edition.stamp, edition.draft)
    place(options.out or options.root / "dist", edition.name, files, archive, edition.stamp)
    print(f"release: {edition.name}, {len(files)} files, {sum(map(len, files.values())):,} bytes", file=sys.stderr)
    print(f"release: {edition.draft or 'published by ' + edition.project.publisher}", file=sys.stderr)
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="folder of the package (default: here)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where it goes (default: dist/ in the package)")
    parser.add_argument("--sign-key", type=Path, metavar="FILE", help="minisign's secret key, which signs SHA256SUMS")
    parser.add_argument(
        "--scope", choices=["model", "all"], default="all", help="model: leave out what holds for this edition alone"
    )
    options = parser.parse_args(arguments)
    return exit_code("release", lambda: run(options), (CannotRun, OSError))


if __name__ == "__main__":
    sys.exit(main())
