"""Spark: every rule is translated and run, and pandas, DuckDB and Spark find the same. `make test-scale` runs this.

Of the faults of tables it runs those of three copies, some two hundred. All of them, in some ninety copies and in
several parts, take 40 minutes or more: `.venv/bin/python -m pytest -n 2 -m "scale and long" tests/test_spark.py`.
"""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packed_faults import packed
from test_engines import DUCKDB, own_checks, table_faults, unlike, verdicts

from scripts import synthesize, validate
from scripts.engine_options import Settings
from scripts.engines.kept import hash_of
from scripts.engines.relations import Relation
from scripts.engines.running import check
from scripts.package import ROOT, load_package
from scripts.rules import load_rules

pytestmark = pytest.mark.scale
SPARK = Settings("spark", 10_000, master="local[2]")
PARTS = 17  # of all faults, so that several processes can share them


@pytest.fixture(autouse=True, scope="module")
def soon_started() -> Iterator[None]:
    """Java compiles quickly rather than well: what runs here is over before the best code would pay.

    What is asked again of the same rows is not worked out again: a query's translation, the suite of a table.
    """
    from scripts.engines import spark_engine, suites_spark  # here, for they need what `make test-scale` installs

    run_suite, known = suites_spark.run_suite, {}

    def run_once(runner: Any, relation: Relation, columns: Any, suite: Any) -> Any:
        asked = json.dumps([relation.path, [hash_of(Path(file)) for file in relation.files], suite, runner.most])
        if asked not in known:
            known[asked] = run_suite(runner, relation, columns, suite)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        patch.setattr(spark_engine, "in_spark", cache(spark_engine.in_spark))
        patch.setattr(suites_spark, "run_suite", run_once)
        yield


def test_every_rule_is_translated_and_runs(package: Path) -> None:
    for rule in load_rules(ROOT / "validation" / "rules", "all")[0]:
        (package / "validation" / "rules" / f"{rule.rule_id}.sql").write_text(rule.sql, encoding="utf-8")
    here = load_package(package)
    outcome, _ = check(here, "all", SPARK)
    on_duckdb, _ = check(here, "all", DUCKDB)
    own = own_checks(package / "validation") | {"rule-error"}
    assert [problem for problem in outcome.problems if problem.rule == "rule-error"] == []
    assert verdicts(outcome.problems, own) == verdicts(on_duckdb.problems, own)


def test_planted_faults_are_found_and_none_is_invented(tmp_path: Path) -> None:
    root, report = tmp_path / "made", tmp_path / "report.json"
    assert synthesize.main(["--rows", "2000", "--out", str(root), "--partitioned", "--faults", "40"]) == 0
    options = ["--report", str(report), "--engine", "spark", "--master", "local[2]"]
    assert validate.main(["--root", str(root), *options]) == 1
    names = {resource["path"]: resource["name"] for resource in load_package(root).resources}
    problems = json.loads(report.read_text(encoding="utf-8"))
    found = {(names[p["path"]], p["row_id"], p["column"], p["rule"]) for p in problems}
    with (root / "planted.csv").open(encoding="utf-8") as file:
        planted = {tuple(row) for row in list(csv.reader(file))[1:]}
    assert found == planted


def test_a_sample_of_faults_is_judged_as_on_pandas_and_duckdb(package: Path, tmp_path: Path) -> None:
    sample = [groups[0] for groups in packed(package, table_faults(package))]
    assert list(unlike(package, tmp_path / "copy", sample, (DUCKDB, SPARK))) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_fault_of_a_table_is_judged_as_on_pandas_and_duckdb(package: Path, tmp_path: Path, part: int) -> None:
    groups = [group for of_kind in packed(package, table_faults(package)) for group in of_kind]
    assert list(unlike(package, tmp_path / "copy", groups[part::PARTS], (DUCKDB, SPARK))) == []
