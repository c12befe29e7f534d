"""The offline copy: what it holds, where it leads, that nothing withheld is in it, that it searches as the site."""

import asyncio
import base64
import hashlib
import json
import re
import shutil
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from artificial import ACT, DAY, PERSON, ROWS, build_all, write_package, write_settings
from test_correct_pages import get, served
from test_search import in_cyrillic
from withholding import leaks, removed_values

from scripts import build_sqlite, snapshot
from scripts.browser import BINARY, ENTER, Browser, chromium
from scripts.offline import making
from scripts.offline.addresses import unwalked
from scripts.offline.links import RAW, TAG, link_faults, read
from scripts.offline.rendering import started
from scripts.package import ROOT, load_package
from scripts.search.answer import search
from scripts.search.results import Hit
from scripts.withheld_package import read_rows, retire, text_of
from scripts.withheld_rows import without_person

RETIRED = [
    {"table_name": "persons", "row_id": "P0091", "reason_code": "merged", "successor_id": "P0001", "version": "0.1.0"},
    {"table_name": "persons", "row_id": "P0092", "reason_code": "withdrawn", "version": "0.2.0"},
    {"table_name": "persons", "row_id": "P0093", "reason_code": "withheld", "version": "0.2.0"},
    {"table_name": "acts", "row_id": "A0091", "reason_code": "merged", "successor_id": "A0001", "version": "0.1.0"},
    {"table_name": "acts", "row_id": "A0092", "reason_code": "withdrawn", "version": "0.2.0"},
    {"table_name": "acts", "row_id": "A0093", "reason_code": "withheld", "version": "0.2.0"},
]
NAMED = PERSON | {
    "person_id": "P0005",
    "name": "Zhumagul Khassenbayeva",
    "surname": "Khassenbayeva",
    "given_name": "Zhumagul",
    "naming_basis": "complainant_in_source",
}
BANDS = {
    "": "Offline copy of version 0.1.0 of 31 January 2027. What was corrected or hidden since is not here.",
    "ru": "Автономная копия версии 0.1.0 от ",
    "kk": " күнгі 0.1.0 нұсқасының офлайн көшірмесі. Содан бері түзетілгені мен жасырылғаны мұнда жоқ.",
}
SCRIPTS = ("search-data", "search-words", "search-find", "search")
RISKS = ("a court in Kazakhstan declared", "суд в Казахстане признал", "Қазақстандағы сот ҚДТ")
QUERIES = [
    "Khassenbayeva", "khas", "Hasenbaeva", "Хасенбаева", "Жұмағұл", "Жумагуль", "хасе", "Хасенбева", "Khasenbeyava",
    "р0005", "exemple", "O'Sample", "osample", "Кеппа", "Ескі Ёл", "charter", "two dates", "passers by",
    "sentencing alfa", "withheld", "P0003", "Khassenbayeva zzzzzzzz", "Exampelnik", "method", "what is counted",
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built artificial package whose copy has been made."""
    folder = write_package(
        tmp_path_factory.mktemp("package"),
        ROWS | {"persons": [*ROWS["persons"], NAMED], "retired_ids": RETIRED},
    )
    write_settings(folder)
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 (2027-01-31)\n", encoding="utf-8")
    build_all(folder)
    assert snapshot.main(["--root", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def copy(root: Path) -> Path:
    """The folder of that copy."""
    return root / "dist" / "snapshot"


def names(folder: Path, pattern: str) -> list[str]:
    """The files of a folder that a pattern names."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern))


def text(copy: Path, name: str) -> str:
    """A page of the copy."""
    return (copy / name).read_text(encoding="utf-8")


# What it holds


@pytest.mark.parametrize("language", ["", "ru", "kk"])
def test_every_record_has_a_page_in_every_language(copy: Path, language: str) -> None:
    folder = copy / language
    people = ["P0001", "P0002", "P0003", "P0004", "P0005", "P0091", "P0092", "P0093"]
    assert names(folder, "persons/*.html") == [f"persons/{row_id}.html" for row_id in people]
    assert names(folder, "events/*.html") == [f"events/E000{number}.html" for number in (1, 2, 3)]
    assert names(folder, "passages/*.html") == [f"passages/X000{number}.html" for number in range(1, 7)]
    assert names(folder, "correct/P*.html") == [f"correct/{row_id}.html" for row_id in people]
    assert {"correct/A.html", "correct/X.html"} <= set(names(folder, "correct/?.html"))
    assert names(folder, "*.html") == sorted(
        f"{name}.html"
        for name in (
            *("cases", "correct", "count", "download", "events", "figures", "inconsistencies", "index", "places"),
            *("provisions", "questions", "rights", "search"),
            *(["kz2018-0.1.0-all"] if language == "" else []),
        )
    )


def test_data_stand_beside_the_english_pages(copy: Path) -> None:
    assert names(copy, "persons/P0001.*") == [f"persons/P0001.{form}" for form in ("csv", "html", "json")]
    assert names(copy, "events.*") == [f"events.{form}" for form in ("csv", "html", "json", "xlsx")]
    assert names(copy / "ru", "**/*.csv") == []
    assert text(copy, "data/rights.csv").splitlines() == ["right_id,name", "G0001,Example right"]
    assert json.loads(text(copy, "data/rights.json")) == [{"right_id": "G0001", "name": "Example right"}]
    with closing(sqlite3.connect(copy / "data" / "kz2018.db")) as connection:
        assert connection.execute("SELECT count(*) FROM persons").fetchone() == (5,)


def test_fates_are_told_and_nothing_else(copy: Path) -> None:
    assert 'was merged into another one: <a href="P0001.html">P0001</a>' in text(copy, "persons/P0091.html")
    assert "This record was withdrawn in version 0.2.0." in text(copy, "persons/P0092.html")
    for withheld in ("P0003", "P0093"):
        main = re.search(r"<main.*</main>", text(copy, f"persons/{withheld}.html"), re.DOTALL)
        assert main and re.findall(r"<(?:h1|p)[^>]*>([^<]*)<", main[0]) == [withheld, "This record is withheld.", ""]
    rows = text(copy, "tables/acts.html")
    told = re.findall(r'<li id="(A009\d)">(.*?)</li>', rows, re.DOTALL)
    said = {row_id: " ".join(re.sub(r"<[^>]+>", " ", part).split()) for row_id, part in told}
    assert said == {
        "A0091": "A0091 This record was merged into another one A0001",
        "A0092": "This record was withdrawn in version 0.2.0. Nothing is said of it here any more. A0092",
        "A0093": "This record is withheld. A0093",
    }


def test_rows_without_a_page_keep_citations_and_answers(copy: Path) -> None:
    first = re.search(r'<li id="A0001">.*?</li>', text(copy, "tables/acts.html"), re.DOTALL)
    assert first
    said = " ".join(re.sub(r"<[^>]+>", " ", first[0]).split())
    assert said.startswith("Detention: Alfa Example A0001 3.1 J · p. 22 2 4 · p. 61–63 event id E0002")
    assert said.endswith("The other side An authority denies it.")
    assert 'href="../passages/X0002.html"' in first[0] and 'href="../persons/P0001.html"' in first[0]


# What every page says


def test_every_page_says_that_it_is_a_copy_and_asks_nobody(copy: Path) -> None:
    for name in names(copy, "**/*.html"):
        page = text(copy, name)
        language = name.split("/")[0] if name.startswith(("ru/", "kk/")) else ""
        assert BANDS[language] in page, name
        policy = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', page)
        assert len(policy) == 1 and policy[0].startswith("default-src 'none'; style-src "), name
        scripts = re.findall(r'<script(?! type="application/ld\+json")[^>]*>', page)
        ways = [f'<script defer src="{"../" * bool(language)}{part}.js">' for part in SCRIPTS]
        assert scripts == (ways if name.endswith("search.html") else []), name
        assert not re.findall(r'<form[^>]*(?:action|method)|(?:href|src|action)="/', page), name
        assert '<meta name="referrer" content="no-referrer">' in page, name


def test_pages_about_people_ask_search_engines_to_leave_them_out(copy: Path) -> None:
    asked = '<meta name="robots" content="noindex, nofollow">'
    hidden = ["persons/P0001", "ru/officials/O0001", "tables/acts", "correct/P0001", "search", "kz2018-0.1.0-all"]
    assert [name for name in hidden if text(copy, f"{name}.html").count(asked) != 1] == []
    assert asked not in text(copy, "about/methodology.html")
    assert text(copy, "robots.txt").startswith("# Pages about persons and officials say noindex")


def test_risk_stands_beside_every_way_to_have_a_copy(copy: Path) -> None:
    pages = ["index.html", "ru/index.html", "download.html", "kk/download.html", "kz2018-0.1.0-all.html"]
    for name in [*pages, "README.txt"]:
        page = text(copy, name)
        assert [risk for risk in RISKS if risk not in page] == [], name


def test_what_needs_the_site_says_so(copy: Path) -> None:
    questions = text(copy, "questions.html")
    assert "<form" not in questions and questions.count("This form needs the site itself.") == 4
    assert "Excel (not in this copy)" in re.sub(r"<[^>]+>", "", text(copy, "persons/P0001.html"))
    assert '<a href="E0002.html" hreflang' not in text(copy, "events/E0002.html")
    assert '<a href="../ru/events/E0002.html" hreflang="ru"' in text(copy, "events/E0002.html")


# Where it leads


def test_links_are_checked(copy: Path, tmp_path: Path) -> None:
    hosts = making.outbound_hosts(load_package(ROOT))
    assert list(link_faults(copy, hosts)) == []
    broken = tmp_path / "broken"
    shutil.copytree(copy, broken)
    (broken / "rights" / "G0001.html").unlink()
    changed = {
        "figures.html": ("<main", '<a href="https://elsewhere.example/">x</a><a href="/persons/P0001">x</a><main'),
        "cases.html": ("</main>", '<a href="tables/acts.html#A9999">x</a><img src="map.png"></main>'),
        "places.html": ("</main>", '<p id="main"><b></p></main>'),
    }
    for name, (old, new) in changed.items():
        (broken / name).write_text(text(broken, name).replace(old, new, 1), encoding="utf-8")
    faults = [fault for fault in link_faults(broken, hosts) if "G0001" not in fault]
    assert faults == [
        "cases.html: tables/acts.html#A9999 leads to no anchor",
        "cases.html: map.png leads to no file",
        "figures.html: https://elsewhere.example/ leads out of the copy",
        "figures.html: /persons/P0001 is an address of the site, not of a file",
        "places.html: two anchors are called #main",
        "places.html: </p> closes b",
        *(f"places.html: {fault}" for fault in read(text(broken, "places.html")).faults[2:]),
    ]
    assert "rights.html: rights/G0001.html leads to no file" in list(link_faults(broken, hosts))


def test_a_link_that_leads_nowhere_stops_it(
    root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = text(copy, "SHA256SUMS")
    monkeypatch.setattr(snapshot, "make", lambda *_: ["index.html: nowhere.html leads to no file"])
    assert snapshot.main(["--root", str(root)]) == 1
    assert capsys.readouterr() == (
        "index.html: nowhere.html leads to no file\n",
        f"snapshot: 1 links lead nowhere; {copy} is left as it was\n",
    )
    assert text(copy, "SHA256SUMS") == before
    assert names(root / "dist", "*") == ["kz2018-0.1.0-offline.zip", "snapshot"]


def test_a_route_that_nobody_walks_is_told(root: Path) -> None:
    datasette = asyncio.run(started(root, []))
    assert [route for route in unwalked(datasette, ["/events"]) if "figures" in route or "events$" in route] == [
        r"^(?:/(?P<language>ru|kk)(?=/))?/figures(?:\.(?P<form>json|csv|xlsx))?$"
    ]


# The same each time, and whole


def test_sums_archive_and_folder_agree(root: Path, copy: Path) -> None:
    sums = dict(reversed(line.split("  ")) for line in text(copy, "SHA256SUMS").splitlines())
    files = {path.relative_to(copy).as_posix(): path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    found = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"}
    assert sums == found
    with zipfile.ZipFile(root / "dist" / "kz2018-0.1.0-offline.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == {f"kz2018-0.1.0-offline/{name}": content for name, content in files.items()}


def test_one_language_leaves_the_others_out_and_the_rest_is_the_same(root: Path, copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "english"
    assert snapshot.main(["--root", str(root), "--out", str(out), "--language", "en"]) == 0
    assert names(out, "*/") == [name for name in names(copy, "*/") if name not in ("ru", "kk")]
    same = [name for name in names(copy, "**/*") if (copy / name).is_file() and not name.startswith(("ru/", "kk/"))]
    changed = [name for name in same if (out / name).read_bytes() != (copy / name).read_bytes()]
    assert [name for name in changed if not name.endswith(".html") and name != "SHA256SUMS"] == []
    assert "kz2018-0.1.0-all.html" not in changed and "tables/acts.html" in changed
    assert "The search runs on this device." in text(out, "search.html")
    assert "sent in the body" not in text(out, "search.html")
    assert "Русский (not in this copy)" in re.sub(r"<[^>]+>", "", text(out, "events.html"))


def test_a_folder_of_somebody_else_stays(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("mine")
    assert snapshot.main(["--root", str(root), "--out", str(tmp_path / "letters")]) == 2
    assert "is there and is no offline copy: name another folder with --out" in capsys.readouterr().err
    assert names(tmp_path, "letters/*") == ["letters/mine.txt"]


def test_nothing_to_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_package(tmp_path)
    write_settings(tmp_path)
    assert snapshot.main(["--root", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "snapshot: could not run: build/kz2018.db is missing: run make build\n"
    assert not names(tmp_path, "dist/*")


# One file


def test_one_file_holds_every_page_and_needs_nothing(copy: Path) -> None:
    page = text(copy, "kz2018-0.1.0-all.html")
    found = read(page)
    assert found.faults == []
    assert {"P0001", "O0002", "E0003", "X0006", "A0006", "N0004", "about-read", "count-sentences"} <= found.anchors
    assert not {"P0003", "P0091", "P0093"} & found.anchors
    assert [link for link in found.links if not link.startswith(("#", "https://"))] == []
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}'\"" in page
    assert "prefers-color-scheme: dark" in style[0]
    assert len(page.encode()) < 5_000_000
    contents = re.search(r'<nav aria-labelledby="contents".*?</nav>', page, re.DOTALL)
    assert contents and "Alfa" not in contents[0] and '<a href="#P0001">P0001</a>' in contents[0]
    headings = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert headings[0] == 1 and headings.count(1) == 1
    assert [pair for pair in pairwise(headings) if pair[1] - pair[0] > 1] == []


# What is withheld


def test_nothing_of_a_withheld_person_is_in_it(tmp_path: Path) -> None:
    told = {"person_id": "P0005", "event_id": "E0002", "event_basis": "stated", "description": "Khassenbayeva held."}
    printed = {"person_id": "P0005", "name_as_printed": "Zh. Khasenbaeva", "passage_id": "X0002", "match_basis": "same"}
    more = {"persons": [NAMED], "person_names": [printed], "acts": [ACT | DAY | told | {"act_id": "A0007"}]}
    folder = write_package(tmp_path, ROWS | {table: [*ROWS[table], *rows] for table, rows in more.items()})
    write_settings(folder)
    values = removed_values(folder, "P0005")
    assert {where.partition(":")[0] for where in leaks(folder, values)} == {f"data/{table}.csv" for table in more}
    loaded = load_package(folder)
    found = without_person(loaded, read_rows(loaded), "P0005", keep_row=False)
    retire(loaded, found.tables, found.gone)
    for resource in loaded.csv_resources:
        (folder / resource["path"]).write_text(text_of(resource, found.tables), encoding="utf-8")
    build_all(folder)
    assert snapshot.main(["--root", str(folder), "--language", "en"]) == 0
    assert leaks(folder / "dist", values) == []
    assert "This record is withheld." in text(folder / "dist" / "snapshot", "persons/P0005.html")
    assert re.findall(r'<li id="A0007">', text(folder / "dist" / "snapshot", "tables/acts.html")) == ['<li id="A0007">']


# The search


ELEMENTS = """
[...document.querySelectorAll('*')].reduce((counts, element) => {
  counts[element.localName] = (counts[element.localName] ?? 0) + 1;
  return counts;
}, {})
"""
SHOWN = """
[...document.querySelectorAll('#found section')].map(group => [
  group.id, Number(group.querySelector('h2 .qualifier').textContent),
  [...group.querySelectorAll('li')].map(hit => [
    hit.textContent, [...hit.querySelectorAll('mark')].map(mark => mark.textContent)])])
"""


def offline_results(browser: Browser, query: str) -> list[list[Any]]:
    """What the page shows for a query: each group with its number, each hit with its words and those marked."""
    browser.value(f"document.querySelector('#q').value = {json.dumps(query)}")
    browser.value("document.querySelector('#search').requestSubmit()")
    shown: list[list[Any]] = browser.value(SHOWN)
    return shown


def live_results(connection: sqlite3.Connection, query: str) -> list[list[Any]]:
    """The same of the site's search."""

    def told(hit: Hit) -> list[Any]:
        pieces = (*hit.title, *hit.snippet)
        shown = f" {hit.row_id}" if hit.kind != "documents" and "_types" not in hit.kind else ""
        title, snippet = ("".join(piece for piece, _ in part) for part in (hit.title, hit.snippet))
        similar = " · similar spelling" * hit.is_similar
        return [f"{title}{shown}{similar}{snippet}", [piece for piece, is_found in pieces if is_found]]

    groups = search(connection, query, "en").groups
    return [[group.kind, group.total, [told(hit) for hit in group.hits]] for group in groups]


@pytest.mark.skipif(BINARY is None, reason="needs Chromium")
def test_search_in_a_browser_finds_what_the_site_finds(root: Path, copy: Path) -> None:
    with closing(sqlite3.connect(root / build_sqlite.DATABASE)) as connection, chromium() as browser:
        browser.open((copy / "search.html").as_uri())
        for query in QUERIES:
            assert offline_results(browser, query) == live_results(connection, query), query


@pytest.mark.skipif(BINARY is None, reason="needs Chromium")
def test_a_browser_reads_every_tag_as_it_is_written(copy: Path) -> None:
    """A parser of HTML mends what is not valid: it adds, closes and moves elements, so that their numbers change."""
    with chromium() as browser:
        for name in ("kz2018-0.1.0-all.html", "index.html", "tables/acts.html", "persons/P0001.html", "correct/A.html"):
            browser.open((copy / name).as_uri())
            page = RAW.sub("", text(copy, name))
            written = Counter(tag[2].lower() for tag in TAG.finditer(page) if not tag[1])
            assert browser.value(ELEMENTS) == written, name


@pytest.mark.skipif(BINARY is None, reason="needs Chromium")
def test_story_of_a_name_sought_without_a_network(copy: Path) -> None:
    with chromium() as browser:
        address = (copy / "kk" / "search.html").as_uri()
        browser.open(address)
        browser.type("Хасинбаева")  # и for е
        browser.press(ENTER)
        browser.wait_for("document.querySelector('#persons .hits')")
        assert browser.value("location.href") == address
        assert browser.value("document.title").startswith("Іздеу")
        files = browser.value("performance.getEntriesByType('resource').map(entry => entry.name)")
        assert [file for file in files if not file.startswith("file://")] == []
        browser.value("document.querySelector('#persons .hits a').click()")
        browser.wait_for("location.pathname.endsWith('/kk/persons/P0005.html') && document.readyState == 'complete'")
        assert browser.value("document.querySelector('h1').textContent") == "Zhumagul Khassenbayeva"
        assert browser.value("getComputedStyle(document.querySelector('.band')).textAlign") == "center"  # styles came
        assert browser.value("document.referrer") == ""


@pytest.mark.skipif(BINARY is None, reason="needs Chromium")
def test_nothing_found_offers_words(copy: Path) -> None:
    with chromium() as browser:
        browser.open((copy / "search.html").as_uri())
        offline_results(browser, "Exampelnik <zzq>")
        said = browser.value("document.querySelector('#found').textContent")
        assert said.startswith("Nothing foundSearched for: Exampelnik · zzq")
        assert "Example" in browser.value("[...document.querySelectorAll('.offers button')].map(b => b.textContent)")
        browser.value("[...document.querySelectorAll('.offers button')].find(b => b.textContent == 'Example').click()")
        assert browser.value("document.querySelector('#persons .hits a').textContent") == "Alfa Example"


def test_programs_of_the_search_stay_small(copy: Path) -> None:
    programs = [copy / f"{name}.js" for name in SCRIPTS[1:]]
    assert [program.name for program in programs if program.stat().st_size > 8_000] == []
    asking = r"fetch|XMLHttp|WebSocket|sendBeacon|localStorage|cookie|eval|innerHTML"
    assert [program.name for program in programs if re.search(asking, program.read_text(encoding="utf-8"))] == []


# On the site


def test_site_offers_the_copies_that_were_made(root: Path, copy: Path, tmp_path: Path) -> None:
    with served(root) as site:
        status, page, _ = get(site, "/download")
        assert status == 200 and [risk for risk in RISKS if risk not in page] == []
        assert re.findall(r'href="(/offline/[^"]+)"', page) == [
            "/offline/kz2018-0.1.0-offline.zip",
            "/offline/kz2018-0.1.0-all.html",
        ]
        site.request("GET", "/offline/kz2018-0.1.0-offline.zip")
        answer = site.getresponse()
        assert answer.read() == (root / "dist" / "kz2018-0.1.0-offline.zip").read_bytes()
        site.close()
        assert answer.getheader("content-disposition") == 'attachment; filename="kz2018-0.1.0-offline.zip"'
        assert (answer.getheader("content-type"), answer.getheader("x-robots-tag")) == (
            "application/zip",
            "noindex, nofollow",
        )
        assert get(site, "/offline/SHA256SUMS")[0] == 404
        assert get(site, "/offline/..%2F..%2Fdatapackage.json")[0] in (400, 404)


# The package itself


REAL = [
    "Almaty", "Алматы", "almatty", "Astana", "Нур-Султан", "detention", "задержание", "ұстау", "Article 405", "405",
    "fine", "arrest 15 days", "extremism", "torture", "lawyer", "10 May 2018", "blue balloons", "shymkent", "Шымкент",
    "Қарағанды", "Karaganda", "Qaraghandy", "OSCE", "European Parliament", "prosecutor", "judge", "police", "akim",
    "interrogation", "psychiatric", "rally", "митинг", "суд", "court of Almaty", "P0001", "е0047", "A0001", "F0032",
    "methodology", "how to read", "zzzz", "detained 10 May", "Kiev", "Kyiv", "Poland", "extradition", "hunger", "SIM",
]  # fmt: skip


@pytest.mark.long
def test_copy_of_the_package_itself(tmp_path: Path) -> None:
    out = tmp_path / "snapshot"
    assert snapshot.main(["--out", str(out)]) == 0
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    assert size < 120_000_000 and (tmp_path / "kz2018-0.1.0-offline.zip").stat().st_size < 40_000_000
    assert len(names(out, "persons/*.html")) >= 150
    with closing(sqlite3.connect(ROOT / build_sqlite.DATABASE)) as connection:
        surnames = [row[0] for row in connection.execute("SELECT surname FROM persons WHERE surname IS NOT NULL")]
        queries = REAL + [in_cyrillic(surname) for surname in surnames[::7]]
        with chromium() as browser:
            browser.open((out / "search.html").as_uri())
            differ = [query for query in queries if offline_results(browser, query) != live_results(connection, query)]
    assert differ == []
