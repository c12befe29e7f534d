"""The views count the right thing on a small artificial package, and tie no official to an act, person or penalty."""

import re
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from artificial import ROWS, build_all, write_package

from scripts import build_parquet, build_sqlite, counted_totals
from scripts.views import CAVEAT, parse_view, read_views


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """The database of an artificial package."""
    return sqlite3.connect(build_all(write_package(tmp_path_factory.mktemp("package"))))


CASES: list[tuple[str, list[tuple[Any, ...]]]] = [
    (
        "SELECT * FROM persons_affected",
        [("P0001", "Alfa Example", 1, 2, 0, 3, 1), ("P0002", "Béta O'Sample", 1, 1, 1, 1, 0)],
    ),
    # Left out: P0002, whose event is only concluded from a list, and the unnamed.
    ("SELECT * FROM persons_detained", [("P0001", "Alfa Example", 1, 2, 2, "2018-05-10")]),
    (
        "SELECT event_id, place, persons_named, persons_named_only_listed, unnamed_persons_min, unnamed_persons_max,"
        " unnamed_groups FROM detentions_by_event",
        [("E0002", "Oldtown", 1, 1, 2, 3, 1), ("E0003", None, 1, 0, 0, 0, 0)],
    ),
    (
        "SELECT * FROM acts_by_type",
        [
            ("detention", "Detention", "completed", 3, 2, 1, 2, 3, 1, 1),
            ("search", "Search", "threatened", 1, 1, 0, 0, 0, 0, 1),
        ],
    ),
    (
        "SELECT person_id, decision_event_id, decision_date_precision, case_title, penalties, penalties_listed,"
        " citations FROM sentences",
        [
            (
                *("P0001", "E0003", "month", "Case of Alfa", 2),
                *("Imprisonment, 4 years; Ban on meetings, 18 months", "4, p. 61–63"),
            )
        ],
    ),
    ("SELECT * FROM fines_by_amount", [("fine", 1000.0, 2, 2)]),
    # O0002 declined to judge: left out as judge, counted as investigator.
    (
        "SELECT * FROM officials_by_case",
        [("K0001", "Case of Alfa", "investigator", 1, 0), ("K0001", "Case of Alfa", "judge", 1, 1)],
    ),
    (
        "SELECT person_id, date_start, date_end, date_precision, date_basis, row_id, certainty, has_response"
        " FROM person_timeline",
        [
            ("P0001", "2018-05-10", "2018-05-10", "day", "own", "A0001", "completed, stated", 1),
            ("P0001", "2018-06-01", "2018-06-30", "month", "event", "A0006", "completed, stated", 0),
            ("P0001", "2018-06-01", "2018-06-30", "month", "event", "N0001", "imposed", 0),
            ("P0001", "2018-06-01", "2018-06-30", "month", "event", "N0002", "imposed", 0),
            ("P0001", None, None, "unknown", None, "N0004", "imposed", 0),
            ("P0002", None, None, "unknown", None, "A0002", "completed, stated", 0),
            ("P0002", None, None, "unknown", None, "A0005", "threatened, alleged", 0),
            ("P0002", None, None, "unknown", None, "N0003", "imposed", 0),
        ],
    ),
    (
        "SELECT total_id, value_as_printed, counted_value, events FROM stated_vs_counted",
        [("F0001", "three", 1, "Detentions in Oldtown"), ("F0002", "several", None, None)],
    ),
    (
        "SELECT passage_id, status, citations, spellings FROM passage_ledger",
        [
            ("X0001", "context", 0, 0),
            ("X0002", "coded", 1, 2),
            ("X0003", "coded", 1, 1),
            ("X0004", "partly_coded", 3, 0),
            ("X0005", "not_yet_coded", 0, 0),
            ("X0006", "layout", 0, 0),
        ],
    ),
    (
        "SELECT * FROM cited_pages",
        [
            ("acts", "A0001", "3.1 J, p. 22; 4, p. 61–63", 3),
            ("events", "E0003", "4, p. 61–63", 1),
            ("penalties", "N0001", "4, p. 61–63", 1),
            ("penalties", "N0003", "Example report", 0),
        ],
    ),
    (
        "SELECT person_name, target_name, act_label, event_place, actors, told_by, citations, has_response, has_anomaly"
        " FROM acts_flat WHERE act_id IN ('A0001', 'A0005')",
        [
            (
                *("Alfa Example", None, "Detention", "Oldtown", "officer Standin", "victim; document"),
                *("3.1 J, p. 22; 4, p. 61–63", 1, 0),
            ),
            ("Béta O'Sample", "Alfa Example", "Search", None, None, None, None, 0, 0),
        ],
    ),
    (
        "SELECT person_name, penalty_label, duration_months, decision_title, case_title, provision, event_title,"
        " citations, has_response, has_anomaly FROM penalties_flat WHERE penalty_id IN ('N0001', 'N0003')",
        [
            (
                *("Alfa Example", "Imprisonment", 48.0, "Sentencing of Alfa", "Case of Alfa"),
                *("Example Code, art. 12, part 2", None, "4, p. 61–63", 0, 1),
            ),
            ("Béta O'Sample", "Fine", None, None, None, None, "Detentions in Oldtown", "Example report", 0, 0),
        ],
    ),
]


@pytest.mark.parametrize(("sql", "rows"), CASES)
def test_view(database: sqlite3.Connection, sql: str, rows: list[tuple[Any, ...]]) -> None:
    assert database.execute(sql).fetchall() == rows


def test_every_view_is_tested() -> None:
    tested = {match[1] for sql, _ in CASES if (match := re.search(r"FROM (\w+)", sql))}
    assert {view.name for view in read_views()} == tested


def test_flat_views_have_a_row_a_row(database: sqlite3.Connection) -> None:
    sql = "SELECT (SELECT count(*) FROM acts_flat), (SELECT count(*) FROM penalties_flat)"
    assert database.execute(sql).fetchall() == [(6, 4)]


def tied_to_officials(select: str, database: sqlite3.Connection) -> set[str]:
    """The tables of acts and persons from which SQLite reads when it runs a SELECT that reads officials too."""
    tables: set[str] = set()

    def note(action: int, table: str | None, column: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and table and column:
            tables.add(table)
        return sqlite3.SQLITE_OK

    database.set_authorizer(note)
    database.execute(select).fetchall()
    database.set_authorizer(None)
    if not tables & {"officials", "official_names", "official_roles"}:
        return set()
    return tables & {"acts", "persons", "penalties", "case_persons", "charges", "attestations"}


@pytest.mark.parametrize("view", [view.name for view in read_views()])
def test_officials_meet_no_act_person_or_penalty(database: sqlite3.Connection, view: str) -> None:
    """Principle 2 of the data model: only `involvements` ties an official to an act."""
    assert tied_to_officials(f"SELECT * FROM {view}", database) == set()


def test_a_forbidden_join_is_seen(database: sqlite3.Connection) -> None:
    select = "SELECT * FROM official_roles JOIN penalties USING (case_id) JOIN persons USING (person_id)"
    assert tied_to_officials(select, database) == {"penalties", "persons"}


def test_views_say_what_they_count() -> None:
    views = read_views()
    assert all(view.description == f"{view.sentence} {CAVEAT}" for view in views)
    assert all(not re.search(r"%|\brates?\b|\bshares?\b|percent", view.sentence + view.select) for view in views)


def test_a_view_reads_its_own_table_first() -> None:
    tables = {view.name: view.tables[0] for view in read_views() if view.name.endswith("_flat")}
    assert tables == {"acts_flat": "acts", "penalties_flat": "penalties"}


def test_a_view_needs_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^odd\.sql: the first line must be `-- ` and one sentence$"):
        parse_view("odd", "SELECT 1\n")


# Counted totals

ENDLESS = "SELECT count(*) FROM acts a, acts b, acts c, acts d, acts e, acts f, acts g, acts h, acts i, acts j, acts k"


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("DELETE FROM persons", "failed: not authorized"),
        ("SELECT 1; SELECT 2", "failed: You can only execute one statement at a time."),
        ("ATTACH 'other.db' AS other", "failed: not authorized"),
        ("PRAGMA user_version", "failed: not authorized"),
        ("SELECT random()", "failed: not authorized to use function: random"),
        ("SELECT load_extension('other')", "failed: not authorized to use function: load_extension"),
        (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT max(i) FROM n",
            "failed: not authorized",
        ),
        ("SELECT count(*) FROM nowhere", "failed: no such table: nowhere"),
        ("SELECT count(*), 1 FROM persons", "must select one row with one number"),
        ("SELECT 1 FROM persons", "must select one row with one number"),
        ("SELECT name FROM persons WHERE person_id = 'P0001'", "must select one row with one number"),
        ("SELECT count(*) FROM persons WHERE 0 HAVING 0", "must select one row with one number"),
    ],
)
def test_counting_rule_is_refused(database: sqlite3.Connection, rule: str, why: str) -> None:
    with pytest.raises(ValueError) as error:
        counted_totals.count(database, rule)
    assert str(error.value) == why
    assert database.execute("SELECT count(*) FROM persons").fetchone() == (4,)


def test_counting_rule_is_stopped(database: sqlite3.Connection) -> None:
    start = time.monotonic()
    with pytest.raises(ValueError, match=r"^takes more than 1,000,000 steps$"):
        counted_totals.count(database, ENDLESS)
    assert time.monotonic() - start < 3


REPEATED = "replace(" * 5 + "'aaaaaaaaaa'" + ", 'a', 'aaaaaaaaaa')" * 5  # a million letters


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (f"SELECT 'a' GLOB '{'*a' * 60}'", "failed: LIKE or GLOB pattern too complex"),
        (f"SELECT length({REPEATED})", "failed: not authorized to use function: replace"),
        (f"SELECT 1{' + 1' * 1000}", "failed: query string is too large"),
    ],
)
def test_counting_rule_cannot_work_long_in_one_call(database: sqlite3.Connection, rule: str, why: str) -> None:
    start = time.monotonic()
    with pytest.raises(ValueError) as error:
        counted_totals.count(database, rule)
    assert str(error.value) == why
    assert time.monotonic() - start < 1
    assert database.execute("SELECT length(replace(?, 'a', 'aa'))", ["a" * 100_000]).fetchone() == (200_000,)


def test_build_names_every_bad_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    totals = [
        ROWS["reported_totals"][0] | {"total_id": f"F000{n}", "counting_rule": f"SELECT {n} WHERE 0"} for n in (1, 2)
    ]
    write_package(tmp_path, ROWS | {"reported_totals": totals})
    build_parquet.main(["--root", str(tmp_path)])
    assert build_sqlite.main(["--root", str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "data/reported_totals.csv:0:counting_rule  counting-rule  F0001: must select one row with one number",
        "data/reported_totals.csv:0:counting_rule  counting-rule  F0002: must select one row with one number",
    ]
    assert list((tmp_path / "build").iterdir()) == []
