"""Measure how soon stock Datasette shows the first pages of a database.

Datasette is started on each database, immutable, and asked for each page once. Printed, as a table of Markdown, are
the seconds until it listens and until the whole page is there, and in brackets the processor's seconds, which other
work on the machine changes less; or the status that came instead. Its limit of one second for a query is lifted, so
that a page that would be refused is seen to be slow.

Examples:
    python -m scripts.bench_first_pages build/kz2018.db
    python -m scripts.bench_first_pages whole.db part.db --metadata part.metadata.json

Exit codes: 0 measured, 2 a database is missing or Datasette does not start.
"""

import argparse
import os
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from scripts.bench_servers import started
from scripts.endings import exit_code
from scripts.files import CannotRun
from scripts.serve import HOST

PAGES = {
    "home": "/",
    "tables": "/{name}",
    "acts": "/{name}/acts",
    "acts by kind": "/{name}/acts?_facet=act_type",
    "acts_flat": "/{name}/acts_flat",
}
PATIENCE = 120  # seconds for one page


def datasette(database: Path, metadata: Path | None) -> AbstractContextManager[tuple[str, int]]:
    """Stock Datasette over a database on a free port; its address and process."""
    arguments = ["-m", "datasette", "serve", "-i", str(database), "--host", HOST]
    arguments += ["--setting", "sql_time_limit_ms", f"{1000 * PATIENCE}"]
    return started([*arguments, *(["--metadata", str(metadata)] if metadata else [])])


def processor(pid: int) -> float:
    """Seconds that a process has had of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def seconds_for(address: str, pid: int) -> str:
    """Seconds until a page's whole answer is there, and the processor's, or the status that came instead."""
    begun, before = time.monotonic(), processor(pid)
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            answer.read()
    except (HTTPError, TimeoutError) as error:
        return f"{error.code}" if isinstance(error, HTTPError) else f"over {PATIENCE}"
    return f"{time.monotonic() - begun:.2f} ({processor(pid) - before:.2f})"


def measured(database: Path, metadata: Path | None) -> list[str]:
    """A row of the table: the database, its size, and the seconds until it listens and for each page."""
    begun = time.monotonic()
    with datasette(database, metadata) as (address, pid):
        start = f"{time.monotonic() - begun:.1f} ({processor(pid):.1f})"
        pages = [seconds_for(address + page.format(name=database.stem), pid) for page in PAGES.values()]
    return [database.name, f"{database.stat().st_size / 1e6:,.0f}", start, *pages]


def run(options: argparse.Namespace) -> int:
    """Measure and print; the exit code."""
    for database in options.databases:
        if not database.is_file():
            raise CannotRun(f"{database} is missing")
    rows = [["database", "MB", "listens after s", *PAGES], ["---"] * (len(PAGES) + 3)]
    rows += [measured(database, options.metadata) for database in options.databases]
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("databases", type=Path, nargs="+", metavar="FILE.db")
    parser.add_argument("--metadata", type=Path, metavar="FILE.json", help="what Datasette is told of them")
    options = parser.parse_args(argv)
    return exit_code("bench_first_pages", lambda: run(options), (CannotRun, OSError, RuntimeError))


if __name__ == "__main__":
    sys.exit(main())
