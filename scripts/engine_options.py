"""The options by which `python -m scripts.validate` is told on which engine to run, and how."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from scripts.files import CannotRun

MOST = 100  # rows that a check lists
MEMORY = "600MB"  # what DuckDB itself may take; Python and buffers come on top


@dataclass(frozen=True)
class Settings:
    """An engine's name and settings; what is None is left to the engine."""

    engine: str
    most: int = MOST
    memory: str | None = None
    temp: Path | None = None
    master: str | None = None
    state: Path | None = None


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of engines; what none of them was given is None."""
    group = parser.add_argument_group("engines for large tables")
    group.add_argument("--engine", choices=["pandas", "duckdb", "spark"], default="pandas", help="what runs the checks")
    group.add_argument("--most", type=int, metavar="N", help=f"rows that one check lists at most (default: {MOST})")
    group.add_argument("--memory", metavar="SIZE", help=f"duckdb: what it may take, such as 2GB (default: {MEMORY})")
    group.add_argument("--temp", type=Path, metavar="DIR", help="duckdb: where it puts what memory does not hold")
    group.add_argument(
        "--state", type=Path, metavar="FILE",
        help="duckdb: check again only what changed since FILE; not for spark, whose files are not here to be compared",
    )  # fmt: skip
    group.add_argument(
        "--master", metavar="URL", help="spark: the cluster (default: Spark's own settings, else local[*])"
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings on the command line. Raises CannotRun where they do not go together."""
    own = {"pandas": (), "duckdb": ("most", "memory", "temp", "state"), "spark": ("most", "master")}[options.engine]
    others = [
        n for n in ("most", "memory", "temp", "state", "master") if getattr(options, n) is not None and n not in own
    ]
    if others:
        raise CannotRun(f"--{others[0]} says nothing to the engine {options.engine}")
    refused = [n for n in ("trusted", "only", "suites", "github") if options.engine != "pandas" and getattr(options, n)]
    if refused:
        raise CannotRun(f"--{refused[0]} is for the engine pandas alone")
    if options.most is not None and options.most < 1:
        raise CannotRun("--most is 1 or more")
    if options.temp is not None and not options.temp.is_dir():
        raise CannotRun(f"{options.temp} is no folder")
    most = MOST if options.most is None else options.most
    return Settings(options.engine, most, options.memory, options.temp, options.master, options.state)
