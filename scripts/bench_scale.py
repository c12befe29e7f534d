"""Measure the gate on its engines against other tools on synthetic packages of growing size.

Each contender of scripts/contenders.py runs in a process of its own, with a time limit; counted are its seconds, the
processor's seconds and the peak memory of its tree of processes, looked at ten times a second. Results go to
metadata/scaling.csv, a table of them into metadata/scaling.md, and a picture of both axes in powers of ten to
metadata/pictures/scaling.svg. A contender that is stopped at the limit or fails has no seconds, and is not run at
larger sizes. Needs what `make test-scale` installs.

Examples:
  python -m scripts.bench_scale                          10,000, 100,000 and 1,000,000 acts
  python -m scripts.bench_scale --rows 10000000 --only duckdb --only sql --limit 3600 --out /tmp/ten-million
  python -m scripts.bench_scale --rows 10000 --limit 60 --out build/scale      without touching metadata/

Exit codes: 0 measured, 2 could not run.
"""

import argparse
import csv
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from scripts import synthesize
from scripts.build_parquet import write_atomically
from scripts.contenders import CONTENDERS
from scripts.endings import exit_code
from scripts.files import CannotRun
from scripts.marked import with_block
from scripts.package import ROOT

SIZES = (10_000, 100_000, 1_000_000)
FAULTS = 200
PAUSE = 0.1  # seconds between two looks at memory
LEGEND = {"measured": "", "limit": "over the limit", "failed": "failed"}


@dataclass(frozen=True)
class Measured:
    """One contender at one size; seconds are empty where it did not end by itself with exit 0."""

    acts: int
    contender: str
    outcome: str
    seconds: str
    cpu_seconds: str
    peak_mib: str


def measured(contender: str, root: Path, acts: int, limit: float) -> Measured:
    """Run a contender over a package. Raises CannotRun where psutil is missing."""
    try:
        import psutil
    except ImportError as error:
        raise CannotRun("psutil is not installed: make bench-scale installs it") from error
    command = [sys.executable, "-m", "scripts.contenders", contender, str(root)]
    quiet = subprocess.DEVNULL
    begun, peak, spent = time.monotonic(), 0, {}
    with psutil.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet) as process:
        while process.poll() is None and time.monotonic() - begun < limit:
            memory = 0
            for one in tree(psutil, process):
                try:
                    memory += one.memory_info().rss
                    spent[one.pid] = sum(one.cpu_times()[:2])
                except psutil.NoSuchProcess:
                    continue
            peak = max(peak, memory)
            time.sleep(PAUSE)
        took = time.monotonic() - begun
        outcome = "limit" if process.poll() is None else "failed" if process.returncode else "measured"
        for one in reversed(tree(psutil, process)) if outcome == "limit" else ():
            one.kill()
    done = outcome == "measured"
    cpu = sum(spent.values())
    return Measured(acts, contender, outcome, f"{took:.1f}" if done else "", f"{cpu:.1f}" if done else "",
                    f"{peak / 2**20:.0f}")  # fmt: skip


def tree(psutil: Any, process: Any) -> list[Any]:
    """A process and all that it started; nothing where it has ended."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


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
                print(f"bench_scale: {' '.join(astuple(found[-1])[1:])} at {acts:,} acts", file=sys.stderr)
    return found


def table(found: list[Measured], limit: float) -> str:
    """The results as a table of Markdown, with what they were measured on."""
    cpus = processors()
    lines = ["| acts | contender | seconds | processor's seconds | peak MiB |", "| --: | --- | --: | --: | --: |"]
    lines += [
        f"| {one.acts:,} | {one.contender} | {one.seconds or LEGEND[one.outcome]} | {one.cpu_seconds} |"
        f" {one.peak_mib} |"
        for one in found
    ]
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return "\n".join([*lines, "", f"On {cpus} processors ({system}); limit {limit:g} seconds."])


def processors() -> int:
    """How many processors this process may use."""
    import psutil

    return len(psutil.Process().cpu_affinity())


def draw(found: list[Measured], file: Path) -> None:
    """Seconds by acts, both in powers of ten."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "kz2018"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for number, contender in enumerate(CONTENDERS):
        points = [(one.acts, float(one.seconds)) for one in found if one.contender == contender and one.seconds]
        if points:
            axes.loglog(*zip(*points, strict=True), marker="osD^vP"[number], label=contender)
    axes.set(xlabel="acts", ylabel="seconds", title="Seconds to check a synthetic package")
    axes.grid(True, which="major", alpha=0.3)
    axes.legend()
    figure.savefig(file, metadata={"Date": None}, bbox_inches="tight")
    pyplot.close(figure)


def write(found: list[Measured], folder: Path, limit: float) -> None:
    """Write the results, the picture, and in scaling.md the table, where that document is there."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    with (folder / "scaling.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [[field.name for field in fields(Measured)], *map(astuple, found)]
        csv.writer(file, lineterminator="\n").writerows(rows)
    draw(found, folder / "pictures" / "scaling.svg")
    document = folder / "scaling.md"
    if document.exists():
        text = with_block(document.read_text(encoding="utf-8"), document, "scaling", table(found, limit))
        write_atomically(document, text.encode())


def run(options: argparse.Namespace) -> int:
    """Measure and write; returns the exit code."""
    (ROOT / "build").mkdir(exist_ok=True)
    found = measure(options.rows or list(SIZES), options.only or list(CONTENDERS), options.limit)
    write(found, options.out, options.limit)
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
