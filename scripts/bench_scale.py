"""Measure the gate on its engines against other tools on synthetic packages of growing size.

Each contender of scripts/contenders.py runs in a process of its own, with a time limit; counted are its seconds, the
processor's seconds and the peak memory of its tree of processes, looked at ten times a second, and of the gate's
engines the planted faults found. Results are merged into metadata/scaling.csv: those of the same size and contender are
replaced and all others kept. A table and ratios of them all go into metadata/scaling.md, and a picture to
metadata/pictures/scaling.svg. A contender that is stopped at the limit or fails has no seconds, and is not run at
larger sizes. Needs what `make test-scale` installs.

Examples:
  python -m scripts.bench_scale                          10,000, 100,000 and 1,000,000 acts
  python -m scripts.bench_scale --rows 10000000 --only sql --only duckdb --limit 3600     and ten million
  python -m scripts.bench_scale --rows 10000 --only duckdb --out build/scale              without touching metadata/

Exit codes: 0 measured, 2 could not run.
"""

import argparse
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple
from pathlib import Path
from typing import Any

from scripts import synthesize
from scripts.contenders import CONTENDERS
from scripts.endings import exit_code
from scripts.files import CannotRun
from scripts.package import ROOT, load_package
from scripts.scaling import Measured, read, write

SIZES = (10_000, 100_000, 1_000_000)
FAULTS = 200
PAUSE = 0.1  # seconds between two looks at memory
CHUNK = 1 << 20  # bytes


def measured(contender: str, root: Path, acts: int, limit: float) -> Measured:
    """Run a contender over a package. Raises CannotRun where psutil is missing."""
    try:
        import psutil
    except ImportError as error:
        raise CannotRun("psutil is not installed: make bench-scale installs it") from error
    command = [sys.executable, "-m", "scripts.contenders", contender, str(root)]
    spent: dict[int, float] = {}
    begun, peak = time.monotonic(), 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as printed:
        with psutil.Popen(command, cwd=ROOT, stdout=printed, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and time.monotonic() - begun < limit:
                peak = max(peak, look(psutil, process, spent))
                time.sleep(PAUSE)
            took = time.monotonic() - begun
            outcome = "limit" if process.poll() is None else "failed" if process.returncode else "measured"
            for one in reversed(tree(psutil, process)) if outcome == "limit" else ():
                one.kill()
        printed.seek(0)
        faults = printed.read().split() if outcome == "measured" else []
    figures = (f"{took:.1f}", f"{sum(spent.values()):.1f}") if outcome == "measured" else ("", "")
    planted, found, invented = faults or ("", "", "")
    return Measured(acts, rows_in(root), contender, outcome, *figures, f"{peak / 2**20:.0f}", planted, found, invented,
                    machine(psutil, limit))  # fmt: skip


def look(psutil: Any, process: Any, spent: dict[int, float]) -> int:
    """The memory in bytes that a tree of processes has now; `spent` gets the processor's seconds of each by its id."""
    memory = 0
    for one in tree(psutil, process):
        try:
            memory += one.memory_info().rss
            spent[one.pid] = sum(one.cpu_times()[:2])
        except psutil.NoSuchProcess:
            continue
    return memory


def tree(psutil: Any, process: Any) -> list[Any]:
    """A process and all that it started; nothing where it has ended."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def rows_in(root: Path) -> int:
    """How many rows the tables of CSV have; a synthetic one has a line for each."""
    rows = 0
    for resource in load_package(root).csv_resources:
        with (root / resource["path"]).open("rb") as file:
            rows += sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b"")) - 1
    return rows


def machine(psutil: Any, limit: float) -> str:
    """On what a contender is measured."""
    cpus = len(psutil.Process().cpu_affinity())
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{cpus} processors ({system}), limit {limit:g} seconds"


def measure(sizes: list[int], contenders: list[str], limit: float) -> list[Measured]:
    """All contenders at all sizes, the smallest first."""
    found: list[Measured] = []
    for acts in sorted(sizes):
        with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
            root = Path(folder) / "package"
            made = ["--rows", str(acts), "--out", str(root), "--format", "csv", "--faults", str(FAULTS)]
            if synthesize.main(made) != 0:
                raise CannotRun(f"a package of {acts:,} acts could not be made")
            for contender in contenders:
                if any(one.contender == contender and one.outcome != "measured" for one in found):
                    continue
                found.append(measured(contender, root, acts, limit))
                print(f"bench_scale: {' '.join(map(str, astuple(found[-1])[:-1]))}", file=sys.stderr)
    return found


def run(options: argparse.Namespace) -> int:
    """Measure and write; returns the exit code."""
    (ROOT / "build").mkdir(exist_ok=True)
    read(options.out / "scaling.csv")  # what cannot be merged into is told before an hour of measuring
    write(measure(options.rows or list(SIZES), options.only or list(CONTENDERS), options.limit), options.out)
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run the program; returns the exit code. Whatever goes wrong is told in one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, action="append", metavar="N", help="acts; may be given again")
    parser.add_argument("--only", action="append", choices=list(CONTENDERS), help="this contender; may be given again")
    parser.add_argument("--limit", type=float, default=600, metavar="SECONDS", help="of one run (default: 600)")
    parser.add_argument("--out", type=Path, default=ROOT / "metadata", metavar="DIR", help="default: metadata")
    options = parser.parse_args(argv)
    return exit_code("bench_scale", lambda: run(options), (CannotRun, OSError), detail=lambda error: f" ({error})")


if __name__ == "__main__":
    sys.exit(main())
