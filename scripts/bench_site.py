"""Measure the site against stock Datasette on the same database, with wrk, in one run; print a Markdown table.

Three servers run one after the other on a free port of this machine: stock Datasette without settings or plugins, this
site, and this site without its cache. Of each page: the median and the 99th percentile of the time for an answer, and
answers a second, at 1 and 16 connections. Then this site alone, at 64 connections: answers lost and memory.
Needs wrk (Debian: apt-get install wrk).

Exit codes: 0 measured, 2 wrk is missing or there is no database.

Examples:
    python -m scripts.bench_site
    python -m scripts.bench_site --seconds 10 --long 60
"""

import argparse
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from scripts.build_sqlite import DATABASE
from scripts.package import ROOT
from scripts.serve import HOST, bound_socket

PAGES = {
    "home": "/",
    "table with facets": "/kz2018/acts",
    "row": "/kz2018/persons/P0001",
    "search": "/kz2018/search?_search=almaty",
}
OURS = {"person": "/persons/P0001", "search page": "/search?q=almaty"}  # stock has none
STOCK, CACHED, UNCACHED = "stock", "this site", "this site, nothing kept"
SERVERS = {
    STOCK: ["-m", "datasette", "serve", "--host", HOST, "-i", DATABASE.as_posix()],
    CACHED: ["-m", "scripts.serve"],
    UNCACHED: ["-m", "scripts.serve", "--bounds", "build/bench_bounds.json"],
}
WITHOUT_BOUNDS = {"one": [1e9, 1e9], "everyone": [1e9, 1e9]}
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}
TIME = re.compile(r"([\d.]+)(us|ms|s|m)\b")


@dataclass(frozen=True)
class Measure:
    """What wrk found: milliseconds of the median and 99th percentile, answers a second, answers, and those lost."""

    median: float
    late: float
    rate: float
    answers: int
    lost: int


def milliseconds(text: str) -> float:
    """A time as wrk writes it."""
    match = TIME.search(text)
    if not match:
        raise ValueError(f"no time: {text}")
    return float(match[1]) * UNITS[match[2]]


def parse(text: str) -> Measure:
    """wrk's report (with --latency). Raises ValueError where it is none."""
    lines = {name: re.search(rf"^ *{name} +(\S+)", text, re.MULTILINE) for name in ("50%", "99%", "Requests/sec:")}
    missing = [name for name, match in lines.items() if match is None]
    if missing:
        raise ValueError(f"wrk said nothing of {', '.join(missing)}")
    found = {name: match[1] for name, match in lines.items() if match}
    lost = [int(number) for number in re.findall(r"(?:connect|read|write|timeout) (\d+)", text)]
    lost += [int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", text)]
    answers = re.search(r"(\d+) requests in", text)
    return Measure(
        milliseconds(found["50%"]),
        milliseconds(found["99%"]),
        float(found["Requests/sec:"]),
        int(answers[1]) if answers else 0,
        sum(lost),
    )


def measure(address: str, connections: int, seconds: int) -> Measure:
    """Ask for one page over and over."""
    command = ["wrk", "--latency", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", address]
    return parse(subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout)


@contextmanager
def server(name: str, root: Path) -> Iterator[tuple[str, int]]:
    """A server of SERVERS on a free port: its address and process."""
    with bound_socket(0) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        running = subprocess.Popen(
            [sys.executable, *SERVERS[name], "--port", str(port)], cwd=root, stdout=log, stderr=log
        )
        address = f"http://{HOST}:{port}"
        try:
            wait_for(address, running)
            yield address, running.pid
        finally:
            running.send_signal(signal.SIGINT)
            try:
                running.wait(timeout=20)
            except subprocess.TimeoutExpired:
                running.kill()


def wait_for(address: str, running: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers. Raises RuntimeError where it ends, or does not within a minute."""
    for _ in range(300):
        if running.poll() is not None:
            break
        try:
            urlopen(address + "/robots.txt", timeout=5).close()
        except URLError as error:
            if "refused" not in str(error):
                return
        else:
            return
        time.sleep(0.2)
    raise RuntimeError(f"no server at {address}")


def memory(pid: int) -> float:
    """Megabytes that a process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def rows_of(name: str, root: Path, seconds: int) -> list[str]:
    """A server's rows of the table."""
    rows = []
    with server(name, root) as (address, _):
        for page, path in PAGES.items() if name == STOCK else (PAGES | OURS).items():
            try:
                urlopen(address + path, timeout=30).close()
            except URLError:
                continue
            one, many = measure(address + path, 1, seconds), measure(address + path, 16, seconds)
            rows.append(
                f"| {page} | {name} | {one.median:.1f} | {one.late:.1f} | {one.rate:,.0f} "
                f"| {many.median:.1f} | {many.late:.1f} | {many.rate:,.0f} | {one.lost + many.lost} |"
            )
    return rows


def endurance(root: Path, seconds: int) -> list[str]:
    """Lines about 64 connections to this site."""
    lines = []
    with server(CACHED, root) as (address, pid):
        for page in ("home", "table with facets"):
            before = memory(pid)
            found = measure(address + PAGES[page], 64, seconds)
            lines.append(
                f"64 connections for {seconds} s, {page}: {found.answers:,} answers, {found.lost} lost, median "
                f"{found.median:.1f} ms; memory {before:.0f} MB before, {memory(pid):.0f} MB after."
            )
    return lines


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package")
    parser.add_argument("--seconds", type=int, default=5, help="for each measure (default: 5)")
    parser.add_argument("--long", type=int, default=60, help="for 64 connections (default: 60)")
    options = parser.parse_args(argv)
    if not shutil.which("wrk") or not (options.root / DATABASE).is_file():
        print("wrk or the database is missing: install Debian's wrk, run make build", file=sys.stderr)
        return 2
    bounds = {"cache_bytes": 0, "pages": WITHOUT_BOUNDS, "sql": WITHOUT_BOUNDS}
    (options.root / "build" / "bench_bounds.json").write_text(json.dumps(bounds), encoding="utf-8")
    head = ["page", "server", "1: median ms", "99 % ms", "a second", "16: median ms", "99 % ms", "a second", "lost"]
    print("| " + " | ".join(head) + " |\n" + "| " + " | ".join(["---"] * len(head)) + " |")
    for name in SERVERS:
        print("\n".join(rows_of(name, options.root, options.seconds)), flush=True)
    print("\nWho asks this site for a page that is being made waits for that one: 16 of them cost one, kept or not.")
    print("\n" + "\n".join(endurance(options.root, options.long)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
