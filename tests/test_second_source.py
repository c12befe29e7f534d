"""A second source is added by rows alone: it passes the gate, and stands beside the first where they contradict."""

import csv
import re
import shutil
import sqlite3
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from artificial import write_settings
from fixture_package import build_package
from second_source import add_second_source, read_table
from test_serve import start

from scripts import build_parquet, build_sqlite, format, validate
from scripts.changes import as_text, compare
from scripts.package import ROOT
from scripts.versions import read_version

OLD = {"old:act": "A0001", "old:penalty": "N0001", "old:person": "P0001", "old:kind": "rally"}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The artificial package with the second source, in canonical form and built."""
    root = build_package(tmp_path_factory.mktemp("second") / "package")
    add_second_source(root, OLD)
    assert format.main(["--root", str(root)]) == 0
    assert build_parquet.main(["--root", str(root)]) == 0
    assert build_sqlite.main(["--root", str(root)]) == 0
    return root


@pytest.fixture(scope="module")
def database(package: Path) -> sqlite3.Connection:
    """Its database."""
    return sqlite3.connect(package / build_sqlite.DATABASE)


@pytest.fixture(scope="module")
def site(package: Path) -> Iterator[str]:
    """The address of its site."""
    write_settings(package)
    server, address = start(package)
    try:
        yield address
    finally:
        server.terminate()
        server.communicate(timeout=20)


def test_it_passes_the_gate(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.main(["--root", str(package), "--scope", "model"]) == 0
    assert capsys.readouterr().out == ""


def test_it_passes_the_whole_gate_of_this_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("data", "validation", "metadata", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("datapackage.json", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    acts, penalties = (read_table(tmp_path / "data" / f"{table}.csv") for table in ("acts", "penalties"))
    act = next(row for row in acts if row["person_id"] and row["hours_max"])
    fine = next(row for row in penalties if row["amount_kzt"])
    old = {"old:act": act["act_id"], "old:penalty": fine["penalty_id"], "old:person": act["person_id"]}
    ids = add_second_source(tmp_path, old | {"old:kind": "attack"})
    decisions = tmp_path / "validation" / "double_coding" / "round-3" / "adjudications.csv"
    with decisions.open("a", encoding="utf-8", newline="") as out:
        for table, token in (("acts", "new:A1"), ("acts", "new:A2"), ("penalties", "new:N1")):
            reason = "Of the second report, which the second coder did not read."
            csv.writer(out, lineterminator="\n").writerow(
                [table, ids[token], "", "", "unit", "present", "absent", "first", "present", reason]
            )
    assert format.main(["--root", str(tmp_path)]) == 0
    capsys.readouterr()
    assert validate.main(["--root", str(tmp_path)]) == 0
    left = [line for line in capsys.readouterr().out.splitlines() if "  stale-parquet  " not in line]
    assert left == []


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        (
            "SELECT hours_max, has_response, other_values FROM acts_flat WHERE act_id = 'A0001'",
            (7.0, 1, "hours_max: 9 (disputed, S0003)"),
        ),
        (
            "SELECT amount_kzt, other_values FROM penalties_flat WHERE penalty_id = 'N0001'",
            (24050.0, "amount_kzt: 48100 (accepted, S0003)"),
        ),
        (
            "SELECT age_as_printed, value, status, title FROM persons"
            " JOIN other_values ON table_name = 'persons' AND row_id = person_id AND field = 'age_as_printed'"
            " JOIN sources USING (source_id) WHERE person_id = 'P0001' AND source_id = 'S0003'",
            (46, "48", "superseded", "Second samples: a report that nobody wrote"),
        ),
        (
            "SELECT person_name, assertion, told_by, citations FROM acts_flat WHERE act_id = 'A0006'",
            ("Exempla Placeholder", "alleged", "witness", "Second samples: a report that nobody wrote"),
        ),
        (
            "SELECT group_concat(response || ' by ' || responder_kind || ', ' || source_id, '; ') FROM"
            " (SELECT * FROM responses WHERE row_id = 'A0001' ORDER BY response_id)",
            ("denies by official, S0001; denies by authority, S0003",),
        ),
        (
            "SELECT value_as_printed, counted_value, citations FROM stated_vs_counted WHERE total_id = 'F0002'",
            ("two", 2, "Second samples: a report that nobody wrote"),
        ),
        ("SELECT persons_named FROM detentions_by_event WHERE event_id = 'E0004'", (2,)),
        (
            "SELECT title FROM search WHERE kind = 'persons'"
            " AND rowid IN (SELECT rowid FROM search_fts WHERE search_fts MATCH 'inventova')",
            ("Secunda Inventova",),
        ),
    ],
)
def test_the_database_has_both_claims(database: sqlite3.Connection, sql: str, row: tuple[object, ...]) -> None:
    assert database.execute(sql).fetchall() == [row]


def cells(address: str, path: str, heading: str) -> list[list[str]]:
    """The lines of the table or list under a heading of a page, without markup."""
    with urllib.request.urlopen(address + path, timeout=20) as answer:
        page = answer.read().decode("utf-8")
    part = page.partition(f"<h2>{heading}</h2>")[2].partition("<h2>")[0]
    lines = re.findall(r"<(?:tr|li)>(.*?)</(?:tr|li)>", part, re.DOTALL)
    found = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", line, re.DOTALL) or [line] for line in lines]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in line] for line in found]


def test_the_page_of_a_row_shows_both_claims_side_by_side(site: str) -> None:
    head = ["Column", "Here", "Elsewhere", "Status", "Who says it", "Note"]
    title = "Second samples: a report that nobody wrote"
    assert cells(site, "kz2018/acts/A0001", "What others say of it") == [
        head, ["hours_max", "7", "9", "disputed", title, "The second report says nine hours."],
    ]  # fmt: skip
    assert cells(site, "kz2018/persons/P0001", "What others say of it") == [
        head,
        ["age_as_printed", "46", "47", "disputed", "Note 1", "By another report."],
        ["age_as_printed", "46", "48", "superseded", title, "Its later edition agrees with the first report."],
    ]
    assert cells(site, "kz2018/acts/A0001", "What the other side said") == [
        ["official: denies"], ["authority: denies. A made-up body says that nobody was held."],
    ]  # fmt: skip
    assert cells(site, "kz2018/acts/A0002", "What others say of it") == []


def test_the_difference_is_a_minor_version(package: Path, tmp_path: Path) -> None:
    first = build_package(tmp_path / "first")
    changes = compare(read_version(str(first)), read_version(str(package)))
    assert changes.bump == "minor"
    assert {change.kind for change in changes.rows} == {"added"}
    assert "  persons_detained rows: 1 → 2\n" in as_text(changes)


def test_a_row_of_the_report_still_needs_its_passage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = build_package(tmp_path / "package")
    add_second_source(root, OLD)
    file = root / "data" / "citations.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("A0001,X0003,,", "A0001,,S0001,"), encoding="utf-8")
    format.main(["--root", str(root)])
    capsys.readouterr()
    assert validate.main(["--root", str(root), "--scope", "model"]) == 1
    assert "source-with-passages-is-cited-by-them  S0001 has passages: name the one" in capsys.readouterr().out
