"""One run on an engine: open it, run the stages, keep what was found."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.engine_options import MEMORY, Settings
from scripts.engines.engine import Engine, EngineError
from scripts.engines.kept import Kept
from scripts.engines.stages import Run, Suite
from scripts.engines.table_checks import Runner
from scripts.extent import say
from scripts.files import CannotRun
from scripts.outcome import Outcome
from scripts.package import Package
from scripts.problems import Problem

SCRIPTS = Path(__file__).resolve().parent.parent


def check(package: Package, scope: str, settings: Settings) -> tuple[Outcome, dict[Problem, int]]:
    """What an engine finds in a package, and for how many rows each closing problem stands. Raises CannotRun."""
    kept = Kept(settings.state, basis(package, scope) if settings.state else "")
    try:
        with opened(settings) as (engine, suite):
            outcome, unlisted = Run(package, package.root, scope, Runner(engine, settings.most, kept), suite).outcome()
    except EngineError as error:
        raise CannotRun(f"{settings.engine}: {error}") from error
    kept.save()
    say(f"{settings.engine} ran schema, suites and rules; the other checks are left to the engine pandas")
    return outcome, unlisted


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Engine, Suite]]:
    """The engine, and how it runs a suite; it is closed afterwards."""
    if settings.engine == "duckdb":
        from scripts.engines.duckdb_engine import DuckDB
        from scripts.engines.suites_sql import run_suite

        engine: Engine = DuckDB(settings.memory or MEMORY, settings.temp, settings.state is not None)
        suite: Suite = run_suite
    else:
        from scripts.engines.spark_engine import Spark
        from scripts.engines.suites_spark import run_suite as run_spark_suite

        engine, suite = Spark(settings.master), run_spark_suite
    try:
        yield engine, suite
    finally:
        engine.close()


def basis(package: Package, scope: str) -> str:
    """The hash of what every result depends on: descriptor, suites, rules, exceptions, and these programs."""
    validation = package.root / "validation"
    files = [*sorted(validation.rglob("*.json")), *sorted(validation.rglob("*.sql")), validation / "exceptions.csv"]
    programs = [*sorted(SCRIPTS.glob("*.py")), *sorted((SCRIPTS / "engines").glob("*.py"))]
    digest = hashlib.sha256(json.dumps([package.descriptor, scope]).encode())
    for file in [*files, *programs]:
        if file.is_file():
            digest.update(f"{file.name} {file.stat().st_size}\n".encode() + file.read_bytes())
    return digest.hexdigest()
