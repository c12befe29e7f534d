"""The options by which the builds are told to stream through DuckDB, and what such a run has cost."""

import argparse
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.engine_options import MEMORY
from scripts.files import CannotRun

PARQUET = Path("build") / "parquet"
MOST = 200_000  # rows of a database that holds all of a package: more, and its flat views answer too late


@dataclass(frozen=True)
class Limits:
    """What DuckDB may take of memory, and where it puts what memory does not hold; None is left to the engine."""

    memory: str | None = None
    temp: Path | None = None


def add_options(parser: argparse.ArgumentParser) -> Any:
    """The options that both builds have; the group, to which each adds its own."""
    group = parser.add_argument_group("packages larger than memory")
    group.add_argument(
        "--engine", choices=["arrow", "duckdb"], default="arrow", help="duckdb: stream any package that it can read"
    )
    group.add_argument("--memory", metavar="SIZE", help=f"what duckdb may take, such as 2GB (default: {MEMORY})")
    group.add_argument("--temp", type=Path, metavar="DIR", help="where duckdb puts what memory does not hold")
    return group


def limits_of(options: argparse.Namespace) -> Limits:
    """The limits on the command line. Raises CannotRun where the folder is none."""
    if options.temp is not None and not options.temp.is_dir():
        raise CannotRun(f"{options.temp} is no folder")
    if getattr(options, "most", None) is not None and options.most < 1:
        raise CannotRun("--most is 1 or more")
    return Limits(options.memory, options.temp)


def refuse_without_duckdb(options: argparse.Namespace, *names: str) -> None:
    """Raises CannotRun where an option that only duckdb knows stands without it."""
    for name in ("memory", "temp", *names):
        if getattr(options, name):
            raise CannotRun(f"--{name} is for --engine duckdb alone")


def spent(before: float) -> str:
    """What the process has cost since its `time.process_time()` was `before`, in words."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mib = peak / 1024 if sys.platform == "linux" else peak / 2**20
    return f"{time.process_time() - before:,.1f} seconds of processor, at most {mib:,.0f} MiB of memory"
