"""--state: what did not change is not checked again, and the result is that of a full run."""

import json
import random
import shutil
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts import synthesize
from scripts.engine_options import Settings
from scripts.engines import duckdb_engine
from scripts.engines.running import check
from scripts.package import load_package
from scripts.problems import Problem

CELLS = {  # a column of acts, and what it may come to hold
    "act_type": ["'no_such_type'", "'search'"], "person_id": ["'P99999'", "NULL"], "date_start": ["DATE '2011-01-01'"],
    "hours_min": ["-1.0", "90.0", "NULL"], "act_id": ["'A00001'", "act_id"], "assertion": ["'alleged'", "NULL"],
}  # fmt: skip
MOST = 3  # rows that a check lists, so that the cap is tried too


@pytest.fixture(scope="module")
def partitioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic package with acts in partitions, and the state of a run over it."""
    root = tmp_path_factory.mktemp("package") / "synthetic"
    assert synthesize.main(["--rows", "200", "--out", str(root), "--partitioned"]) == 0
    return root


def run(root: Path, state: Path | None) -> tuple[list[Problem], dict[Problem, int]]:
    """What a run finds."""
    outcome, unlisted = check(load_package(root), "model", Settings("duckdb", MOST, state=state))
    return sorted(outcome.problems), unlisted


def edit(root: Path, seed: int) -> list[str]:
    """Change a few cells in a few partitions of acts, or take one away; the files that changed."""
    chance = random.Random(seed)
    files = sorted((root / "data" / "acts").rglob("*.parquet"))
    chosen = chance.sample(files, min(3, len(files)))
    for file in chosen:
        column = chance.choice(sorted(CELLS))
        cell = f"CASE WHEN hash(act_id) % 4 = 0 THEN {chance.choice(CELLS[column])} ELSE {column} END AS {column}"
        copy = file.with_suffix(".new")
        duckdb.sql(
            f"COPY (SELECT * REPLACE ({cell}) FROM read_parquet('{file}', hive_partitioning = false))"
            f" TO '{copy}' (FORMAT parquet)"
        )
        copy.replace(file)
    return [str(file) for file in chosen]


def add(root: Path, seed: int) -> None:
    """Add a partition: the rows of another under other ids."""
    file = a_file(root, seed)
    more = root / "data" / "acts" / f"year={2030 + seed % 7}" / "country=XZ"
    more.mkdir(parents=True, exist_ok=True)
    ids = "'B' || substr(act_id, 2) AS act_id"
    rows = f"SELECT * REPLACE ({ids}) FROM read_parquet('{file}', hive_partitioning = false)"
    duckdb.sql(f"COPY ({rows}) TO '{more / f'more_{seed}.parquet'}' (FORMAT parquet)")


def remove(root: Path, seed: int) -> None:
    """Take a partition away."""
    a_file(root, seed).unlink()


def rename(root: Path, seed: int) -> None:
    """Give the rows of a partition another place."""
    file = a_file(root, seed)
    file.rename(file.with_name(f"renamed_{seed}.parquet"))


def change_a_rule(root: Path, seed: int) -> None:
    """Make a rule milder, or take it away where it is mild already."""
    file = random.Random(seed).choice(sorted((root / "validation" / "rules").glob("*.sql")))
    text = file.read_text(encoding="utf-8")
    if "severity: warning" in text:
        file.unlink()
    else:
        file.write_text(text.replace("severity: error", "severity: warning"), encoding="utf-8")


def change_a_suite(root: Path, seed: int) -> None:
    """Say the expectations of a table in other words."""
    file = random.Random(seed).choice(sorted((root / "validation" / "expectations").glob("*.json")))
    suite = json.loads(file.read_text(encoding="utf-8"))
    for expectation in suite["expectations"]:
        expectation["meta"]["sentence"] += f" ({seed})"
    file.write_text(json.dumps(suite), encoding="utf-8")


def a_file(root: Path, seed: int) -> Path:
    """One of the files of acts."""
    return random.Random(seed).choice(sorted((root / "data" / "acts").rglob("*.parquet")))


CHANGES = {"edit": edit, "add": add, "remove": remove, "rename": rename, "rule": change_a_rule, "suite": change_a_suite}


def same(partitioned: Path, folder: Path, steps: list[list[tuple[str, int]]]) -> None:
    """Change a copy step by step; after each the run with a state finds what the one without finds."""
    root, state = folder / "copy", folder / "state.json"
    shutil.rmtree(root, ignore_errors=True)
    state.unlink(missing_ok=True)
    shutil.copytree(partitioned, root)
    run(root, state)
    for step in steps:
        for change, seed in step:
            CHANGES[change](root, seed)
        assert run(root, state) == run(root, None)


STEP = st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 10**6)), min_size=1, max_size=3)


@pytest.mark.long
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=1, max_size=3))
def test_any_changes_of_partitions_and_checks_are_found_as_by_a_full_run(
    partitioned: Path, tmp_path: Path, steps: list[list[tuple[str, int]]]
) -> None:
    same(partitioned, tmp_path, steps)


def test_each_kind_of_change_is_found_as_by_a_full_run(partitioned: Path, tmp_path: Path) -> None:
    of_rows = [(change, 1) for change in ("edit", "add", "remove", "rename")]
    same(partitioned, tmp_path, [of_rows, [("rule", 2), ("suite", 0)]])


def test_only_what_changed_is_asked_again_and_found_as_by_a_full_run(
    partitioned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    rows = duckdb_engine.DuckDB.rows

    def counted(self: duckdb_engine.DuckDB, sql: str) -> list[tuple[object, ...]]:
        asked.append(sql)
        return rows(self, sql)

    monkeypatch.setattr(duckdb_engine.DuckDB, "rows", counted)
    root, state = tmp_path / "copy", tmp_path / "state.json"
    shutil.copytree(partitioned, root)
    assert run(root, state) == ([], {})
    assert len(asked) > 200
    asked.clear()
    assert run(root, state) == ([], {})
    assert asked == []
    changed = edit(root, 1)
    again = run(root, state)
    counts = [sql for sql in asked if "COUNT(*) FILTER" in sql and "raw_acts" in sql]
    assert sorted(file for sql in counts for file in changed if file in sql) == sorted(changed * 2)  # cells, and suite
    assert len(counts) == 2 * len(changed) > 0
    assert again == run(root, None)
    assert again[0] != []


def test_a_state_that_is_none_is_refused(partitioned: Path, tmp_path: Path) -> None:
    from scripts import validate

    state = tmp_path / "state.json"
    state.write_text(json.dumps({"form": 0}), encoding="utf-8")
    assert validate.main(["--root", str(partitioned), "--engine", "duckdb", "--state", str(state)]) == 2
    assert json.loads(state.read_text(encoding="utf-8")) == {"form": 0}
