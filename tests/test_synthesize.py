"""A synthetic package: invented, of the size asked for, and with the faults that were planted and no others."""

import csv
import json
from pathlib import Path

import pytest

from scripts import synthesize, validate
from scripts.package import ROOT, load_package


def made(folder: Path, *options: str, rows: int = 600) -> Path:
    """A synthetic package in a folder."""
    assert synthesize.main(["--rows", str(rows), "--out", str(folder), *options]) == 0
    return folder


def found(root: Path, report: Path, *options: str) -> set[tuple[str, str, str, str]]:
    """What the gate on DuckDB finds: table, row id, column, rule."""
    validate.main(["--root", str(root), "--engine", "duckdb", "--report", str(report), *options])
    problems = json.loads(report.read_text(encoding="utf-8"))
    names = {resource["path"]: resource["name"] for resource in load_package(root).resources}
    return {(names[p["path"]], p["row_id"], p["column"], p["rule"]) for p in problems}


def planted(root: Path) -> set[tuple[str, str, str, str]]:
    """What planted.csv lists."""
    with (root / "planted.csv").open(encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["table", "row_id", "column", "rule"]
    return {(row[0], row[1], row[2], row[3]) for row in rows}


def test_planted_faults_are_found_and_none_is_invented(tmp_path: Path) -> None:
    root = made(tmp_path / "parquet", "--faults", "40", rows=1000)
    assert len(planted(root)) == 40
    assert found(root, tmp_path / "report.json") == planted(root)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package without faults, as CSV."""
    return made(tmp_path_factory.mktemp("made") / "clean", "--format", "csv")


def test_as_csv_a_package_without_faults_is_clean(clean: Path, tmp_path: Path) -> None:
    assert found(clean, tmp_path / "report.json") == set()
    assert not (clean / "planted.csv").exists()


def contents(root: Path) -> dict[str, bytes]:
    """Each table's bytes."""
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*.csv"))}


def test_one_seed_gives_one_package_and_another_another(clean: Path, tmp_path: Path) -> None:
    assert contents(clean) == contents(made(tmp_path / "same", "--format", "csv", "--seed", "2018"))
    other = contents(made(tmp_path / "other", "--format", "csv", "--seed", "7"))
    assert contents(clean)["data/acts.csv"] != other["data/acts.csv"]


def test_nobody_of_the_package_is_in_it(clean: Path) -> None:
    names, ours = (
        {row["name"] for row in csv.DictReader((root / "data" / "persons.csv").open(encoding="utf-8"))}
        for root in (clean, ROOT)
    )
    assert len(names) == 61
    assert names & ours == {"withheld"} & ours
    persons = [row["person_id"] for row in csv.DictReader((clean / "data" / "acts.csv").open(encoding="utf-8"))]
    assert len(persons) == 600
    assert len(set(persons) - {""}) == 60


REFUSED: list[tuple[list[str], str]] = [
    (["--rows", "10", "--out", "{tmp}/x"], "--rows is 200 or more: fewer acts leave tables without rows"),
    (["--rows", "600", "--out", "{tmp}"], "{tmp} is there already and not an empty folder"),
    (["--rows", "600", "--out", "data/x"], "a synthetic package is never written into data/"),
    (["--rows", "600", "--out", "{tmp}/x", "--faults", "-1"], "--faults is 0 to 20,000"),
    (["--rows", "600", "--out", "{tmp}/y", "--faults", "900"], "600 acts leave no room for 45 faults of "),
]


@pytest.mark.parametrize(("options", "why"), REFUSED)
def test_what_cannot_be_made_is_refused(
    tmp_path: Path, options: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").touch()
    assert synthesize.main([option.format(tmp=tmp_path) for option in options]) == 2
    assert capsys.readouterr().err.startswith(f"synthesize: could not run: {why.format(tmp=tmp_path)}")
