"""Write the whole site as static files, which work from any web server and from a folder: dist/snapshot/.

Every page in every language, the data, a search that runs in the browser, and one HTML file of all pages' text. Beside
the folder stands its archive, dist/<name>-<version>-offline.zip. The same database gives the same bytes. The site is
asked in process; nothing is sent over a network. What is written is read again: every link must lead to a file and an
anchor that are there, or to a host that the site shows.

Exit codes: 0 written, 1 a link leads nowhere (one line each; nothing is replaced), 2 there is nothing current to copy.

Examples:
    python -m scripts.snapshot
    python -m scripts.snapshot --out /media/stick/kz2018
    python -m scripts.snapshot --language en --processes 1
"""

import argparse
import asyncio
import os
import shutil
import sys
import time
from pathlib import Path

from datasette.app import Datasette

from scripts.changelog_sections import read_versions, stamp
from scripts.doors import LANGUAGES
from scripts.endings import exit_code
from scripts.offline import making
from scripts.offline.addresses import english, in_all_languages, unwalked
from scripts.offline.copies import FOLDER, archive_name, one_file_name
from scripts.offline.links import link_faults
from scripts.offline.packing import NotOursError, check_replaceable, file_names, put_in_place, write_archive, write_sums
from scripts.offline.places import Places
from scripts.offline.rendering import Plan, RenderingError, rendered, started, write
from scripts.offline.rewriting import Copy
from scripts.offline.rows import row_tables
from scripts.package import ROOT, Package, load_package
from scripts.progress import told
from scripts.serve import CannotServeError
from scripts.site_pages.dates import day
from scripts.site_pages.reading import Site
from scripts.site_pages.texts import site_texts

LARGEST_ONE_FILE = 5_000_000  # bytes


class IncompleteError(Exception):
    """The site has a route that nobody walks, or the one file has outgrown its bound."""


def plan_of(package: Package, datasette: Datasette, folder: Path, languages: tuple[str, ...]) -> Plan:
    """What every process must know."""
    letters = {letter: table for letter, (table, _) in Site(datasette, "en").tables.items()}
    places = Places(letters, frozenset(row_tables(package, letters)), languages)
    version = package.descriptor["version"]
    made = stamp(read_versions(package.root).get(version), package.descriptor["created"]).isoformat()
    dates = {language: day(site_texts(language), made) for language in LANGUAGES}
    return Plan(package.root, folder, places, Copy(version, dates))


async def planned(
    package: Package, folder: Path, copies: list[str], languages: tuple[str, ...]
) -> tuple[Datasette, Plan, list[str]]:
    """The site, the plan, the addresses of all pages. Raises CannotServeError, IncompleteError."""
    datasette = await started(package.root, copies)
    addresses = await english(Site(datasette, "en"))
    missed = unwalked(datasette, addresses)
    if missed:
        raise IncompleteError(f"routes of the site that the copy would lack: {', '.join(missed)}")
    return datasette, plan_of(package, datasette, folder, languages), in_all_languages(addresses, languages)


def write_pages(plan: Plan, copies: list[str], addresses: list[str], processes: int) -> dict[str, str]:
    """Write the pages of all addresses; the texts of the English ones by address."""
    texts: dict[str, str] = {}
    done = 0
    for chunk in rendered(plan, copies, addresses, processes):
        texts |= chunk
        done += len(chunk)
        told("snapshot", f"{done} of {len(addresses)} pages …")
    return texts


async def write_others(datasette: Datasette, plan: Plan, package: Package) -> dict[str, str]:
    """Write what has no address of its own; the texts of pages of rows by address."""
    await making.write_data(datasette, plan)
    await making.write_search(datasette, plan)
    await making.write_correct(datasette, plan)
    return await making.write_rows(datasette, plan, package)


def make(package: Package, folder: Path, languages: tuple[str, ...], processes: int) -> list[str]:
    """Write the copy into a folder; what is wrong with its links, one line each."""
    about = package.descriptor
    name = one_file_name(about["name"], about["version"])
    with asyncio.Runner() as runner:
        datasette, plan, addresses = runner.run(planned(package, folder, [name], languages))
        texts = write_pages(plan, [name], addresses, processes)
        told("snapshot", "rows, data and search …")
        texts |= runner.run(write_others(datasette, plan, package))
        datasette.executor.shutdown()
    whole = making.one_file(texts, plan).encode()
    if len(whole) > LARGEST_ONE_FILE:
        raise IncompleteError(f"{name} would be {len(whole):,} bytes; the bound is {LARGEST_ONE_FILE:,}")
    write(folder, name, whole)
    write(folder, "README.txt", making.readme(plan).encode())
    told("snapshot", "links …")
    return list(link_faults(folder, making.outbound_hosts(package)))


def summary(folder: Path, archive: Path, digest: str) -> str:
    """What was written: files, sizes, the sum of the archive."""
    names = file_names(folder)
    size = sum((folder / name).stat().st_size for name in names)
    return (
        f"{folder}: {len(names):,} files, {size / 1e6:.1f} MB\n"
        f"{archive}: {archive.stat().st_size / 1e6:.1f} MB, sha256 {digest}"
    )


def snapshot(root: Path, out: Path, languages: tuple[str, ...], processes: int) -> int:
    """Write the copy and its archive; the exit code."""
    started_at = time.monotonic()
    package = load_package(root)
    check_replaceable(out)
    part = out.with_name(f".{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        faults = make(package, part, languages, processes)
        if faults:
            print("\n".join(faults))
            print(f"snapshot: {len(faults)} links lead nowhere; {out} is left as it was", file=sys.stderr)
            return 1
        write_sums(part)
        put_in_place(part, out)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    told("snapshot", "archive …")
    archive = out.with_name(archive_name(package.descriptor["name"], package.descriptor["version"]))
    print(summary(out, archive, write_archive(out, archive)))
    told("snapshot", f"{time.monotonic() - started_at:.0f} seconds")
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package")
    parser.add_argument("--out", type=Path, help="folder to write (default: dist/snapshot in the package)")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="these alone; English is always there")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many processes share the work")
    options = parser.parse_args(argv)
    root = options.root.resolve()
    out = (options.out or root / FOLDER).resolve()
    languages = tuple(name for name in LANGUAGES if name in ("en", *(options.language or LANGUAGES)))
    expected = (CannotServeError, IncompleteError, NotOursError, RenderingError, OSError, ValueError)
    return exit_code("snapshot", lambda: snapshot(root, out, languages, options.processes), expected)


if __name__ == "__main__":
    sys.exit(main())
