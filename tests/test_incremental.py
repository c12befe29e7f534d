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
    if chance.random() < 0.3:
        chance.choice(files).unlink()
    return [str(file) for file in chosen if file.exists()]


def same(partitioned: Path, folder: Path, seeds: list[int]) -> None:
    """Edit a copy again and again; each time the run with a state finds what the one without finds."""
    root, state = folder / "copy", folder / "state.json"
    shutil.rmtree(root, ignore_errors=True)
    state.unlink(missing_ok=True)
    shutil.copytree(partitioned, root)
    run(root, state)
    for seed in seeds:
        edit(root, seed)
        assert run(root, state) == run(root, None)


@pytest.mark.long
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=3))
def test_any_edits_of_partitions_are_found_as_by_a_full_run(
    partitioned: Path, tmp_path: Path, seeds: list[int]
) -> None:
    same(partitioned, tmp_path, seeds)


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
