"""The pages that Datasette serves of a small artificial package, over HTTP on a free port of this machine."""

import io
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from artificial import build_all, write_package, write_settings

from scripts import serve, views
from scripts.package import ROOT, load_package
from scripts.site_metadata import choice_faults, view_columns
from scripts.views import CAVEAT, View

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TABLES = [resource["name"] for resource in load_package().csv_resources]
VIEWS = [view.name for view in views.read_views()]


UNBOUNDED = Path(__file__).with_name("unbounded.json")


def start(root: Path) -> tuple[subprocess.Popen[str], str]:
    """The server of a package on a free port, and its address. It gives as many pages as the tests ask for."""
    server = subprocess.Popen(
        [sys.executable, "-m", "scripts.serve", "--root", str(root), "--port", "0", "--bounds", str(UNBOUNDED)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    return server, server.stdout.readline().strip()


@pytest.fixture(scope="module")
def site(root: Path) -> Iterator[str]:
    """The address of the artificial package's server."""
    server, address = start(root)
    try:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)


def get(address: str, path: str) -> tuple[int, str]:
    """Status and text of a page."""
    try:
        with urllib.request.urlopen(address + path, timeout=20) as answer:
            return answer.status, unescape(answer.read().decode("utf-8"))
    except urllib.error.HTTPError as error:
        return error.code, unescape(error.read().decode("utf-8"))


def links(page: str) -> dict[str, str]:
    """The links of a page: address to text."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>\s*([^<]*?)\s*</a>', page)
    return {href: text for href, text in found}


# Pages


@pytest.mark.parametrize("name", [*TABLES, *VIEWS, "search", "counted_totals"])
def test_page_says_licence_and_source(site: str, name: str) -> None:
    status, page = get(site, f"kz2018/{name}")
    assert status == 200
    source = load_package().descriptor["sources"][0]
    body = page.split("<footer")[0]
    assert f'href="{LICENCE}"' in body
    assert f'href="{source["path"]}"' in body
    assert source["title"] in body


@pytest.mark.parametrize("view", VIEWS)
def test_view_page_has_the_caveat_and_a_text_for_each_column(site: str, view: str) -> None:
    _, page = get(site, f"kz2018/{view}")
    assert CAVEAT in page
    columns = re.findall(r'<th [^>]*data-column="(\w+)"', page)
    described = re.findall(r"<dt>(\w+)</dt><dd>[^<]{3,}</dd>", page)
    assert columns == described != []


def test_home_and_database_pages(site: str) -> None:
    for path in ("", "kz2018"):
        status, page = get(site, path)
        assert (status, load_package().descriptor["title"] in page) == (200, True)
    page = get(site, "kz2018")[1]
    assert {f"/kz2018/{name}" for name in [*TABLES, *VIEWS]} <= set(links(page))
    assert not [href for href in links(page) if "_fts" in href or "sqlite_stat" in href]


def test_column_text_has_the_unit(site: str) -> None:
    assert re.search(r"<dt>amount_kzt</dt><dd>[^<]+\. Unit: KZT\.</dd>", get(site, "kz2018/penalties")[1])


def test_table_page_shows_readable_links(site: str) -> None:
    found = links(get(site, "kz2018/penalties")[1])
    wanted = ["persons/P0001", "cases/K0001", "events/E0003", "provisions/B0001", "penalty_types/ban"]
    assert {path: found[f"/kz2018/{path}"] for path in wanted} == {
        "persons/P0001": "Alfa Example",
        "cases/K0001": "criminal",
        "events/E0003": "sentencing, 2018-06-01–2018-06-30",
        "provisions/B0001": "Example Code, art. 12, part 2",
        "penalty_types/ban": "Ban on meetings",
    }


def test_every_referenced_table_has_a_label(site: str) -> None:
    choices = json.loads((serve.SITE / "tables.json").read_text(encoding="utf-8"))
    keys = [key for r in load_package().csv_resources for key in r["schema"].get("foreignKeys", [])]
    referenced = {key["reference"]["resource"] for key in keys if key["reference"].get("resource")}
    assert sorted(name for name in referenced if "label_column" not in choices[name]) == []


def test_facets_and_sort_order(site: str) -> None:
    page = get(site, "kz2018/events")[1]
    assert [f'data-column="{name}"' in page for name in ("event_type", "place_id", "date_precision")] == [True] * 3
    assert "facet-results" in page
    rows = re.findall(r'<td class="col-event_id [^>]*><a href="/kz2018/events/(E\d+)"', page)
    assert rows == ["E0001", "E0002", "E0003"]


def test_whole_numbers_have_no_decimals(site: str) -> None:
    cells = re.findall(r'<td class="col-amount_kzt[^>]*>([^<]*)</td>', get(site, "kz2018/fines_by_amount")[1])
    assert cells == ["1000"]


# Row pages


def test_row_page_links_out_and_in(site: str) -> None:
    found = links(get(site, "kz2018/persons/P0001")[1])
    assert found["/kz2018/person_types/not_stated"] == "Not stated"
    assert {href: text for href, text in found.items() if re.search(r"\brows?$", text) and text != "0 rows"} == {
        "/kz2018/person_names?person_id=P0001": "2 rows",
        "/kz2018/acts?person_id=P0001": "2 rows",
        "/kz2018/acts?target_person_id=P0001": "1 row",
        "/kz2018/case_persons?person_id=P0001": "1 row",
        "/kz2018/penalties?person_id=P0001": "3 rows",
    }


def test_row_page_shows_the_other_side(site: str) -> None:
    page = get(site, "kz2018/acts/A0001")[1]
    found = links(page)
    assert "What the other side said" in page
    assert found["/kz2018/responses/R0001"] == "authority: denies"
    assert found["/kz2018/citations?table_name=acts&row_id=A0001"] == "3 rows"
    assert "What the other side said" not in get(site, "kz2018/acts/A0002")[1]


def test_citation_leads_to_its_row_and_view_to_its_person(site: str) -> None:
    assert links(get(site, "kz2018/citations")[1])["/kz2018/penalties/N0001"] == "N0001"
    assert links(get(site, "kz2018/persons_detained")[1])["/kz2018/persons/P0001"] == "P0001"


def test_search_page_finds_a_second_spelling(site: str) -> None:
    page = get(site, "kz2018/search?_search=exemple")[1]
    assert links(page)["/kz2018/persons/P0001"] == "P0001"
    assert "/kz2018/persons/P0002" not in links(page)


# The server


def test_database_can_be_downloaded(root: Path, site: str) -> None:
    with urllib.request.urlopen(f"{site}kz2018.db", timeout=20) as answer:
        assert answer.read() == (root / "build/kz2018.db").read_bytes()


@pytest.mark.parametrize(
    ("path", "name", "says", "shown"),
    [
        ("acts.xlsx?_labels=on&_size=2", "acts", "The first 2 of 6 rows. The others are in the CSV.",
         ["A0001", "A0002"]),
        ("acts.xlsx?act_id=A0003", "acts", '1 row where act_id = "A0003".', ["A0003"]),
        ("acts/A0004.xlsx", "acts", "1 row.", ["A0004"]),
        ("penalties_flat.xlsx?_sort_desc=penalty_id", "penalties_flat", "4 rows sorted by penalty_id descending.",
         ["N0004", "N0003", "N0002", "N0001"]),
    ],
)  # fmt: skip
def test_rows_as_excel_are_those_shown(site: str, path: str, name: str, says: str, shown: list[str]) -> None:
    with urllib.request.urlopen(f"{site}kz2018/{path}") as answer:
        book = openpyxl.load_workbook(io.BytesIO(answer.read()))
        assert answer.headers["content-disposition"] == f'attachment; filename="kz2018-{name}.xlsx"'
    about, rows = book.worksheets
    said = [str(text) for key, text in about.values if key == "says"]
    assert said[0] == says
    assert "absence means nothing" in said[-1]
    assert [cell.value for cell in rows["A"]][1:] == shown
    query = urllib.parse.urlencode({"sql": "SELECT 'a' AS x, NULL AS y, x'0aff' AS z"})
    with urllib.request.urlopen(f"{site}kz2018.xlsx?{query}") as answer:
        cells = openpyxl.load_workbook(io.BytesIO(answer.read())).worksheets[1].values
    assert [*cells] == [("x", "y", "z"), ("a", None, "0aff")]


def test_sql_is_limited_and_read_only(site: str) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    status, page = get(site, "kz2018?sql=" + urllib.parse.quote(endless))
    assert (status, "SQL query took too long" in page) == (400, True)
    assert get(site, "kz2018?sql=" + urllib.parse.quote("DELETE FROM persons"))[0] == 400


def test_metadata_and_inspect_files_are_written(root: Path, site: str) -> None:
    metadata = json.loads((root / "build/metadata.json").read_text(encoding="utf-8"))
    inspected = json.loads((root / "build/inspect.json").read_text(encoding="utf-8"))
    database = sqlite3.connect(root / "build/kz2018.db")
    names = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    tables = metadata["databases"]["kz2018"]["tables"]
    assert set(tables) == names
    assert {table["license_url"] for table in tables.values()} == {LICENCE}
    assert not [name for name, table in tables.items() if "description_html" in table]
    assert inspected["kz2018"]["tables"]["acts"] == {"count": 6}


def test_bad_requests_are_answered_and_ctrl_c_ends_it_quietly(root: Path) -> None:
    server, address = start(root)
    try:
        assert [get(address, path)[0] for path in ("kz2018/none", "kz2018/acts?_size=odd")] == [404, 400]
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=20)
    finally:
        server.kill()
    assert (server.returncode, out, err.strip()) == (0, "", "stop with Ctrl-C")


def test_port_in_use(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve.main(["--root", str(root), "--port", str(port)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(rf"port {port} cannot be used \(.*in use\): choose another: make serve PORT=8002\n", err)


def test_port_out_of_range(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve.main(["--root", str(root), "--port", "70000"]) == 2
    assert capsys.readouterr().err.startswith("port 70000 cannot be used")


@pytest.mark.parametrize("newer", ["data/acts.csv", "datapackage.json"])
def test_refuses_an_old_database(tmp_path: Path, capsys: pytest.CaptureFixture[str], newer: str) -> None:
    database = build_all(write_package(tmp_path))
    later = database.stat().st_mtime + 1
    os.utime(tmp_path / newer, (later, later))
    capsys.readouterr()
    assert serve.main(["--root", str(tmp_path), "--port", "0"]) == 2
    assert capsys.readouterr().err == f"build/kz2018.db is older than {Path(newer).name}: run make build\n"


def test_refuses_a_missing_or_broken_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_package(tmp_path)
    assert serve.main(["--root", str(tmp_path), "--port", "0"]) == 2
    assert capsys.readouterr().err == "build/kz2018.db is missing: run make build\n"
    write_settings(tmp_path)
    (tmp_path / "build").mkdir()
    (tmp_path / "build/kz2018.db").write_text("no database")
    assert serve.main(["--root", str(tmp_path), "--port", "0"]) == 2
    assert capsys.readouterr().err == "build/kz2018.db cannot be read (file is not a database): run make build\n"


def test_refuses_a_package_without_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_all(write_package(tmp_path))
    capsys.readouterr()
    assert serve.main(["--root", str(tmp_path), "--port", "0"]) == 2
    assert "metadata/project.json" in capsys.readouterr().err
    write_settings(tmp_path, {"contakt": ""})
    assert serve.main(["--root", str(tmp_path), "--port", "0"]) == 2
    assert "metadata/project.json: " in capsys.readouterr().err


# What the site is told


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        ({"persons": {"facets": ["gone"]}}, "persons: no column gone"),
        ({"persons": {"label_column": "gone"}}, "persons: no column gone"),
        ({"persons": {"sort": "gone"}}, "persons: no column gone"),
        ({"persons": {"facet": ["name"]}}, "persons: no such choice: facet"),
        ({"gone": {}}, "no table or view gone"),
    ],
)
def test_renamed_column_is_an_error(choice: dict[str, dict[str, Any]], fault: str) -> None:
    assert choice_faults(choice, {"persons": ["person_id", "name"]}) == [f"scripts/site/tables.json: {fault}"]


def test_view_column_without_a_text_is_an_error() -> None:
    view = View("odd", "One row.", {"gone": "Not there."}, "SELECT name, 1 AS one FROM persons")
    with pytest.raises(ValueError) as error:
        view_columns(view, ["name", "one"], {"persons": {"name": "Name."}}, {})
    assert str(error.value) == "scripts/views/odd.sql: no column, or no description of column: one, gone"
