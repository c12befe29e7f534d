"""Measure the site against stock Datasette on the same database, with wrk, in one run; print a Markdown table.

Three servers run one after the other on a free port of this machine: stock Datasette without settings or plugins, this
site, and this site without its cache. Of each page: the median and the 99th percentile of the time for an answer, and
answers a second, at 1 and 16 connections, and how many times stock's that is. Stock has no pages of persons, officials
and questions and no search over everything: there its row, the question's SQL and its search of one table stand in.
Then this site alone, at 64 connections: answers lost and memory. Needs wrk (Debian: apt-get install wrk).

Exit codes: 0 measured, 2 wrk is missing, there is no database, or a server fails.

Examples:
    python -m scripts.bench_site
    python -m scripts.bench_site --seconds 10 --long 60
    python -m scripts.bench_site --write    into metadata/hosting.md
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from scripts import wrk
from scripts.bench_servers import KEPT, MADE, STOCK, memory, server, write_bounds
from scripts.build_parquet import write_atomically
from scripts.build_sqlite import DATABASE
from scripts.marked import with_block
from scripts.package import ROOT
from scripts.questions import read_questions
from scripts.serve import SITE

DOCUMENT = Path("metadata") / "hosting.md"
QUESTION = "persons_detained_by_place"
HEAD = ["page", "server", "1: median ms", "99 % ms", "a second", "16: median ms", "99 % ms", "a second", "times stock"]


@dataclass(frozen=True)
class Subject:
    """A page: its path here, what stands for it in stock, and the form that is sent, where one is."""

    path: str
    stock: str
    body: str = ""


def subjects() -> dict[str, Subject]:
    """The pages that are measured."""
    facets = json.loads((SITE / "tables.json").read_text(encoding="utf-8"))["acts"]["facets"]
    sql = next(question.view.select for question in read_questions() if question.name == QUESTION)
    search = "/kz2018/search?_search=almaty"
    return {
        "home": Subject("/", "/"),
        "table with facets": Subject("/kz2018/acts", "/kz2018/acts?" + urlencode({"_facet": facets}, doseq=True)),
        "person": Subject("/persons/P0001", "/kz2018/persons/P0001"),
        "official": Subject("/officials/O0001", "/kz2018/officials/O0001"),
        "question": Subject(f"/questions/{QUESTION}", "/kz2018?" + urlencode({"sql": sql})),
        "search": Subject("/search", search, "q=almaty"),
        "search of the table": Subject(search, search),
    }


def measured(name: str, root: Path, seconds: int) -> dict[str, tuple[wrk.Measure, wrk.Measure]]:
    """What a server gives for each page at 1 and at 16 connections."""
    found = {}
    with server(name, root) as (address, _):
        for page, subject in subjects().items():
            print(f"bench: {name}, {page} …", file=sys.stderr)
            path, body = (subject.stock, "") if name == STOCK else (subject.path, subject.body)
            wrk.measure(address + path, 1, 1, body)  # the first answer is slower: what it imports stays
            one = wrk.measure(address + path, 1, seconds, body)
            found[page] = one, wrk.measure(address + path, 16, seconds, body)
    return found


def table(found: dict[str, dict[str, tuple[wrk.Measure, wrk.Measure]]]) -> str:
    """The table of what was measured, by server and page."""
    rows = [HEAD, ["---"] * len(HEAD)]
    for page in subjects():
        for name, pages in found.items():
            one, many = pages[page]
            lost = one.lost + many.lost
            figures = [f"{n:,.{d}f}" for m in pages[page] for n, d in ((m.median, 1), (m.late, 1), (m.rate, 0))]
            times = f"{many.rate / found[STOCK][page][1].rate:,.0f}" + (f" ({lost} lost)" if lost else "")
            rows.append([page, name, *figures, times])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def endurance(root: Path, seconds: int) -> list[str]:
    """Lines about 64 connections to this site."""
    lines = []
    with server(KEPT, root) as (address, pid):
        for page in ("home", "table with facets"):
            before = memory(pid)
            print(f"bench: 64 connections, {page} …", file=sys.stderr)
            found = wrk.measure(address + subjects()[page].path, 64, seconds)
            lines.append(
                f"- 64 connections for {seconds} s, {page}: {found.answers:,} answers, {found.lost} lost, median "
                f"{found.median:.1f} ms; memory {before:.0f} MB before, {memory(pid):.0f} MB after."
            )
    return lines


def report(root: Path, seconds: int, long: int) -> str:
    """All that is measured, in Markdown. Raises RuntimeError where a server does not start, ValueError as wrk.parse."""
    write_bounds(root)
    found = {name: measured(name, root, seconds) for name in (STOCK, KEPT, MADE)}
    machine = f"{os.cpu_count()} cores for server and wrk together, Python {platform.python_version()}"
    shared = "Who asks for a page that is being made waits for that one: 16 of them cost one, kept or not."
    return f"{table(found)}\n\nMeasured on {machine}. {shared}\n\n" + "\n".join(endurance(root, long))


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package")
    parser.add_argument("--seconds", type=int, default=5, help="for each measure (default: 5)")
    parser.add_argument("--long", type=int, default=60, help="for 64 connections (default: 60)")
    parser.add_argument("--write", action="store_true", help=f"write it into {DOCUMENT} too")
    options = parser.parse_args(argv)
    if not wrk.is_installed() or not (options.root / DATABASE).is_file():
        print("wrk or the database is missing: install Debian's wrk, run make build", file=sys.stderr)
        return 2
    try:
        text = report(options.root, options.seconds, options.long)
        print(text)
        if options.write:
            document = (options.root / DOCUMENT).read_text(encoding="utf-8")
            written = with_block(document, DOCUMENT, "bench", text)
            write_atomically(options.root / DOCUMENT, written.encode())
    except (OSError, RuntimeError, ValueError, subprocess.SubprocessError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
