"""Spark: every rule is translated and run, and faults are found as on DuckDB. `make test-scale` runs this."""

import csv
import json
from pathlib import Path

import pytest
from test_engines import own_checks, verdicts

from scripts import synthesize, validate
from scripts.engine_options import Settings
from scripts.engines.running import check
from scripts.package import ROOT, load_package
from scripts.rules import load_rules

pytestmark = pytest.mark.scale
SPARK = ["--engine", "spark", "--master", "local[2]"]


def test_every_rule_is_translated_and_runs(package: Path) -> None:
    for rule in load_rules(ROOT / "validation" / "rules", "all")[0]:
        (package / "validation" / "rules" / f"{rule.rule_id}.sql").write_text(rule.sql, encoding="utf-8")
    here = load_package(package)
    outcome, _ = check(here, "all", Settings("spark", 10_000, master="local[2]"))
    on_duckdb, _ = check(here, "all", Settings("duckdb", 10_000))
    own = own_checks(package / "validation") | {"rule-error"}
    assert [problem for problem in outcome.problems if problem.rule == "rule-error"] == []
    assert verdicts(outcome.problems, own) == verdicts(on_duckdb.problems, own)


def test_planted_faults_are_found_and_none_is_invented(tmp_path: Path) -> None:
    root, report = tmp_path / "made", tmp_path / "report.json"
    assert synthesize.main(["--rows", "2000", "--out", str(root), "--partitioned", "--faults", "40"]) == 0
    assert validate.main(["--root", str(root), "--report", str(report), *SPARK]) == 1
    names = {resource["path"]: resource["name"] for resource in load_package(root).resources}
    problems = json.loads(report.read_text(encoding="utf-8"))
    found = {(names[p["path"]], p["row_id"], p["column"], p["rule"]) for p in problems}
    with (root / "planted.csv").open(encoding="utf-8") as file:
        planted = {tuple(row) for row in list(csv.reader(file))[1:]}
    assert found == planted
