"""The floor of the measurements: bare SQL counts of each check what the gate on DuckDB tells."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from fixture_package import artificial_rows, build_package

from scripts import contenders, synthesize
from scripts.catalogue import gather
from scripts.engine_options import Settings
from scripts.engines.running import check
from scripts.floor import counts
from scripts.package import load_package

TOLD_AS = {"enum": "unknown-code"}  # the floor counts by constraint


def told(root: Path) -> Counter[tuple[str, str, str]]:
    """How many rows the gate tells of, by table, column and check; of a rule by its id alone."""
    package = load_package(root)
    outcome, _ = check(package, "model", Settings("duckdb", 10_000))
    names = {resource["path"]: resource["name"] for resource in package.resources}
    rules = {one.check_id for one in gather(root / "validation")[0] if one.kind == "rule"}
    return Counter(("", "", p.rule) if p.rule in rules else (names[p.path], p.column, p.rule) for p in outcome.problems)


def counted(root: Path) -> Counter[tuple[str, str, str]]:
    """What the floor counts, under the names by which the gate tells it."""
    found: Counter[tuple[str, str, str]] = Counter()
    for (table, column, rule), failing in counts(load_package(root)).items():
        found[table, column, TOLD_AS.get(rule, rule)] += failing
    return found


def test_planted_faults_are_counted_as_the_gate_tells_them(tmp_path: Path) -> None:
    root = tmp_path / "made"
    assert synthesize.main(["--rows", "1000", "--out", str(root), "--format", "csv", "--faults", "40"]) == 0
    found = counted(root)
    assert found == told(root)
    with (root / "planted.csv").open(encoding="utf-8") as file:
        planted = Counter(row["rule"] for row in csv.DictReader(file))
    assert {rule for _, _, rule in found} == set(planted)
    assert found.total() == planted.total() == 40


def test_malformed_repeated_and_missing_cells_are_counted(tmp_path: Path) -> None:
    rows = artificial_rows()
    rows["passages"][3] |= {"page": "seven"}
    rows["sources"].append(rows["sources"][0])
    rows["acts"][0] |= {"assertion": "", "act_type": "detentoin", "date_start": "2018-13-45"}
    found = counts(load_package(build_package(tmp_path / "package", rows)))
    schema = {key: failing for key, failing in found.items() if key[0] and key[2] in ("cell-form", "primary-key")}
    assert schema == {
        ("passages", "page", "cell-form"): 1,
        ("acts", "date_start", "cell-form"): 1,
        ("sources", "source_id", "primary-key"): 1,
    }


def test_the_contender_counts_or_says_in_a_line_why_it_cannot(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert contenders.main(["sql", str(package)]) == 0
    assert capsys.readouterr() == ("", "")
    (package / "data" / "acts.csv").unlink()
    assert contenders.main(["sql", str(package)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].startswith("contenders: could not run: IO Error: ")
