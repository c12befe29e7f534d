"""The real tables can be loaded with the tools that researchers use, with their types."""

import datetime as dt
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from pyarrow import parquet

from scripts import build_parquet, build_sqlite
from scripts.package import ARROW_TYPES, ROOT, fields_of, load_package

PACKAGE = load_package()
NAMES = [resource["name"] for resource in PACKAGE.csv_resources]
DUCKDB_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIME",
}
POLARS_TYPES: dict[str, Any] = {
    "string": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "time": pl.Time,
}


def parquet_file(name: str) -> str:
    """A committed Parquet file, as a path from the repository's root."""
    return PACKAGE.parquet_path(name).relative_to(ROOT).as_posix()


def types(name: str) -> dict[str, str]:
    """Column to Table Schema type."""
    return {field["name"]: field["type"] for field in fields_of(PACKAGE.resource(name))}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the real data."""
    path = tmp_path_factory.mktemp("build") / "kz2018.db"
    assert build_sqlite.main(["--out", str(path)]) == 0
    return path


def test_parquet_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert build_parquet.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("name", NAMES)
def test_parquet_has_the_types_of_the_descriptor(name: str) -> None:
    schema = parquet.read_schema(ROOT / parquet_file(name))
    assert {field.name: field.type for field in schema} == {
        column: ARROW_TYPES[kind] for column, kind in types(name).items()
    }


def test_pandas() -> None:
    persons = pd.read_parquet(ROOT / parquet_file("persons"))
    assert persons["person_id"].is_unique
    assert persons["is_complainant"].dtype == bool
    events = pd.read_parquet(ROOT / parquet_file("events"))
    assert {type(day) for day in events["date_start"].dropna()} == {dt.date}


def test_polars() -> None:
    acts = pl.read_parquet(ROOT / parquet_file("acts"))
    assert dict(acts.schema) == {column: POLARS_TYPES[kind] for column, kind in types("acts").items()}


def test_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = duckdb.sql("SELECT * FROM 'data/parquet/acts.parquet'")
    expected = {column: DUCKDB_TYPES[kind] for column, kind in types("acts").items()}
    assert dict(zip(found.columns, map(str, found.types), strict=True)) == expected
    assert len(found.fetchall()) == parquet.read_metadata("data/parquet/acts.parquet").num_rows


@pytest.mark.parametrize("name", NAMES)
def test_sqlite_has_every_row(database: Path, name: str) -> None:
    count = sqlite3.connect(database).execute(f"SELECT count(*) FROM {name}").fetchone()[0]
    assert count == parquet.read_metadata(ROOT / parquet_file(name)).num_rows


def test_sqlite_is_sound(database: Path) -> None:
    connection = sqlite3.connect(database)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 command is not installed")
def test_sqlite_command(database: Path) -> None:
    sql = "SELECT count(*) = (SELECT count(*) FROM acts) FROM acts_flat"
    done = subprocess.run(["sqlite3", str(database), sql], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_frictionless_command() -> None:
    command = Path(sys.executable).with_name("frictionless")
    done = subprocess.run([command, "validate", "datapackage.json"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
