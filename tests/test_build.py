"""Parquet and SQLite are built from a small artificial package: types, keys, constraints, search."""

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from artificial import ROWS, build_all, write_package
from pyarrow import parquet

from scripts import build_parquet, build_sqlite, format
from scripts.package import load_package
from scripts.search_table import aliases


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built artificial package, to be read only."""
    folder = write_package(tmp_path_factory.mktemp("package"))
    build_all(folder)
    return folder


@pytest.fixture
def database(root: Path) -> sqlite3.Connection:
    """A copy, in memory, of the package's database."""
    connection = sqlite3.connect(":memory:")
    sqlite3.connect(root / "build" / "kz2018.db").backup(connection)
    return connection


@pytest.fixture
def package_root(tmp_path: Path) -> Path:
    """An artificial package of its own, not built."""
    return write_package(tmp_path)


def with_row(table: str, number: int, **cells: Any) -> dict[str, list[dict[str, Any]]]:
    """The artificial rows with some cells of one row changed."""
    rows = list(ROWS[table])
    rows[number] = rows[number] | cells
    return ROWS | {table: rows}


def rows_of(connection: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    return connection.execute(sql).fetchall()


# Parquet


def test_parquet_types(root: Path) -> None:
    acts = parquet.read_table(root / "data/parquet/acts.parquet", columns=["date_start", "held_until", "hours_min"])
    assert acts.slice(0, 1).to_pylist() == [
        {"date_start": dt.date(2018, 5, 10), "held_until": dt.time(23, 30), "hours_min": 2.5}
    ]
    persons = parquet.read_table(root / "data/parquet/persons.parquet", columns=["is_complainant", "age_as_printed"])
    assert [str(field.type) for field in persons.schema] == ["bool", "int64"]


def test_parquet_says_what_it_holds(root: Path) -> None:
    schema = parquet.read_schema(root / "data/parquet/penalties.parquet")
    fields = load_package().resource("penalties")["schema"]["fields"]
    described = next(field for field in fields if field["name"] == "amount_kzt")
    assert schema.field("amount_kzt").metadata == {
        b"title": described["title"].encode(),
        b"description": described["description"].encode(),
        b"unit": b"KZT",
    }
    assert {key.decode() for key in schema.metadata} == {
        *("title", "description", "version", "license", "license_url", "source", "source_url")
    }
    assert schema.metadata[b"license_url"] == b"https://creativecommons.org/licenses/by/4.0/"


def test_parquet_is_the_same_bytes_twice(root: Path, package_root: Path) -> None:
    build_parquet.main(["--root", str(package_root)])
    first, second = root / "data/parquet", package_root / "data/parquet"
    assert {p.name: p.read_bytes() for p in first.iterdir()} == {p.name: p.read_bytes() for p in second.iterdir()}


def test_parquet_check_names_stale_files(package_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_parquet.main(["--root", str(package_root)])
    assert build_parquet.main(["--root", str(package_root), "--check"]) == 0
    folder = package_root / "data/parquet"
    (folder / "acts.parquet").unlink()
    (folder / "cases.parquet").write_text("not Parquet")
    (folder / "old_table.parquet").write_bytes((folder / "events.parquet").read_bytes())
    persons = package_root / "data/persons.csv"
    persons.write_text(persons.read_text(encoding="utf-8").replace("Gamma", "Delta"), encoding="utf-8")
    assert build_parquet.main(["--root", str(package_root), "--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "data/parquet/acts.parquet:0:  stale-parquet  is missing: run make build",
        "data/parquet/cases.parquet:0:  stale-parquet  is not a Parquet file: run make build",
        "data/parquet/old_table.parquet:0:  stale-parquet  belongs to no table of datapackage.json: run make build",
        "data/parquet/persons.parquet:0:  stale-parquet  "
        "differs from data/persons.csv or from its description in datapackage.json: run make build",
    ]


def test_parquet_removes_leftovers_and_spares_fingerprints(package_root: Path) -> None:
    folder = package_root / "data/parquet"
    folder.mkdir()
    (folder / "old_table.parquet").write_bytes(b"old")
    (folder / "fingerprints.parquet").write_bytes(b"made by another program")
    assert build_parquet.main(["--root", str(package_root)]) == 0
    assert not (folder / "old_table.parquet").exists()
    assert (folder / "fingerprints.parquet").read_bytes() == b"made by another program"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"date_start": "10 May"}, "data/acts.csv: In CSV column #14: CSV conversion error to date32[day]"),
        ({"victim_scope": ""}, "data/acts.csv: Casting field 'victim_scope' with null values to non-nullable"),
    ],
)
def test_parquet_refuses_untyped_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cells: dict[str, str], message: str
) -> None:
    write_package(tmp_path, with_row("acts", 0, **cells))
    assert build_parquet.main(["--root", str(tmp_path)]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "data/parquet").exists()


# SQLite: tables


def test_sqlite_keeps_types(database: sqlite3.Connection) -> None:
    row = "SELECT date_start, held_until, is_next_day, hours_min, typeof(hours_min) FROM acts WHERE act_id = 'A0001'"
    assert rows_of(database, row) == [("2018-05-10", "23:30", 0, 2.5, "real")]


def test_sqlite_has_the_keys(database: sqlite3.Connection) -> None:
    keys = {row[3]: (row[2], row[4]) for row in database.execute("PRAGMA foreign_key_list(penalties)")}
    assert keys == {
        "person_id": ("persons", "person_id"),
        "event_id": ("events", "event_id"),
        "decision_event_id": ("events", "event_id"),
        "case_id": ("cases", "case_id"),
        "penalty_type": ("penalty_types", "code"),
        "provision_id": ("provisions", "provision_id"),
    }
    indexes = {row[1] for row in database.execute("PRAGMA index_list(penalties)") if row[3] == "c"}
    assert indexes == {f"index_penalties_{column}" for column in keys}
    columns = database.execute("PRAGMA table_info(case_persons)")
    assert [(row[1], row[5]) for row in columns if row[5]] == [("case_id", 1), ("person_id", 2)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE acts SET completion = 'maybe' WHERE act_id = 'A0001'", "CHECK constraint failed: completion"),
        ("UPDATE persons SET is_withheld = 2 WHERE person_id = 'P0001'", "CHECK constraint failed: is_withheld"),
        ("UPDATE persons SET name = NULL WHERE person_id = 'P0001'", "NOT NULL constraint failed: persons.name"),
        ("UPDATE acts SET hours_min = 'two' WHERE act_id = 'A0001'", "cannot store TEXT value in REAL column"),
        ("UPDATE acts SET person_id = 'P9999' WHERE act_id = 'A0001'", "FOREIGN KEY constraint failed"),
        ("INSERT INTO case_persons SELECT * FROM case_persons", "UNIQUE constraint failed"),
    ],
)
def test_sqlite_refuses(database: sqlite3.Connection, change: str, message: str) -> None:
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match=message):
        database.execute(change)


def test_sqlite_labels(database: sqlite3.Connection) -> None:
    assert rows_of(database, "SELECT provision_id, label FROM provisions ORDER BY 1") == [
        ("B0001", "Example Code, art. 12, part 2"),
        ("B0002", "Example Charter"),
    ]
    assert rows_of(database, "SELECT label FROM passages WHERE passage_id IN ('X0003', 'X0004')") == [
        ("3.1 J, p. 22",),
        ("4, p. 61–63",),
    ]


def test_sqlite_is_the_same_bytes_twice(root: Path, package_root: Path) -> None:
    assert build_all(package_root).read_bytes() == (root / "build/kz2018.db").read_bytes()


def test_sqlite_rows_stand_in_key_order(tmp_path: Path, root: Path) -> None:
    """The order of a CSV's rows does not matter to the database."""
    write_package(tmp_path, {table: list(reversed(rows)) for table, rows in ROWS.items()})
    assert build_all(tmp_path).read_bytes() == (root / "build/kz2018.db").read_bytes()


def test_sqlite_names_rows_that_do_not_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_package(
        tmp_path, with_row("acts", 0, person_id="P9999") | {"cases": with_row("cases", 0, case_type="odd")["cases"]}
    )
    build_parquet.main(["--root", str(tmp_path)])
    (tmp_path / "build").mkdir()
    (tmp_path / "build/kz2018.db").write_bytes(b"the old one")
    assert build_sqlite.main(["--root", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "data/acts.csv:0:person_id  foreign-key  A0001: persons has no row P9999" in lines
    assert any(line.startswith("data/cases.csv:0:  constraint  K0001: CHECK constraint failed") for line in lines)
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["kz2018.db"]
    assert (tmp_path / "build/kz2018.db").read_bytes() == b"the old one"


def test_sqlite_needs_current_parquet(package_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_parquet.main(["--root", str(package_root)])
    (package_root / "data/parquet/acts.parquet").unlink()
    assert build_sqlite.main(["--root", str(package_root)]) == 1
    assert "data/parquet/acts.parquet:0:  stale-parquet  is missing" in capsys.readouterr().out
    assert not (package_root / "build").exists()


@pytest.mark.parametrize("program", [build_parquet, build_sqlite])
def test_no_package(tmp_path: Path, capsys: pytest.CaptureFixture[str], program: Any) -> None:
    assert program.main(["--root", str(tmp_path)]) == 2
    assert "datapackage.json" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": 7}'])
@pytest.mark.parametrize("program", [build_parquet, build_sqlite, format])
def test_descriptor_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str], program: Any, text: str) -> None:
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    assert program.main(["--root", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)


def test_build_in_memory(root: Path) -> None:
    package = load_package(root)
    connection = sqlite3.connect(":memory:")
    build_sqlite.build(connection, build_sqlite.read_parquet_tables(package), package.descriptor)
    assert rows_of(connection, "SELECT * FROM counted_totals") == [("F0001", 1)]


# SQLite: search


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("exemple", [("persons", "P0001")]),  # a second spelling
        ("alfa", [("cases", "K0001"), ("events", "E0003"), ("persons", "P0001")]),
        ("BETA", [("persons", "P0002")]),  # written Béta
        ("osample", [("persons", "P0002")]),  # written O'Sample
        ("кеппа", [("officials", "O0002")]),  # written Кёппа
        ("кёппа", [("officials", "O0002")]),
        ("ёл", [("events", "E0002"), ("places", "L0001")]),
        ("withheld", []),
    ],
)
def test_search(database: sqlite3.Connection, words: str, found: list[tuple[str, str]]) -> None:
    sql = """
        SELECT kind, row_id FROM search
        WHERE rowid IN (SELECT rowid FROM search_fts WHERE search_fts MATCH ?) AND kind NOT IN ('acts', 'penalties')
    """
    assert database.execute(f"{sql} ORDER BY kind, row_id", [words]).fetchall() == found


def test_aliases_are_what_no_text_prints() -> None:
    assert aliases(["Ёлка Élan", "Anne-Marie", None, "Жұма"]) == (
        "ane anemare anne annemarie elan elka juma mare marie елка"
    )
