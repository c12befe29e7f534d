"""The pages that lead from a record to a correction, over HTTP: what they show, and that they show nothing else."""

import csv
import http.client
import re
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from artificial import ROWS, build_all, write_package, write_settings
from test_serve import start

from scripts.doors import DOORS, LANGUAGES, read_texts, text_to_copy
from scripts.package import ROOT, load_package
from scripts.record_ids import as_id, id_tables

PREFIXES = {"en": "", "ru": "/ru", "kk": "/kk"}
RETIRED = [
    {"table_name": "acts", "row_id": "A0091", "reason_code": "merged", "successor_id": "A0001", "version": "0.1.0"},
    {"table_name": "acts", "row_id": "A0092", "reason_code": "withdrawn", "version": "0.2.0"},
    {"table_name": "acts", "row_id": "A0093", "reason_code": "withheld", "version": "0.2.0"},
]
SET = {
    "publisher": "Example Archive",
    "contact": "answers@archive.example",
    "repository": "https://code.example/kz2018",
    "answered_by": "Two editors",
    "answered_within_days": 9,
}


@contextmanager
def served(root: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to the server of a built package."""
    server, address = start(root)
    try:
        yield http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=20)
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[http.client.HTTPConnection]:
    """A server of an artificial package whose project has no settings yet."""
    root = write_package(tmp_path_factory.mktemp("package"), ROWS | {"retired_ids": RETIRED})
    write_settings(root)
    build_all(root)
    with served(root) as connection:
        yield connection


@pytest.fixture(scope="module")
def answered_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[http.client.HTTPConnection]:
    """A server of an artificial package that has a publisher, a contact and a repository."""
    root = write_package(tmp_path_factory.mktemp("answered"))
    write_settings(root, SET)
    build_all(root)
    with served(root) as connection:
        yield connection


def get(connection: http.client.HTTPConnection, path: str) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of a page."""
    connection.request("GET", path)
    answer = connection.getresponse()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    text = answer.read().decode("utf-8")
    connection.close()  # the server ends an idle one after some seconds
    return answer.status, text, headers


def texts_of(page: str) -> list[str]:
    """The texts to copy."""
    return re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)


def prose(page: str) -> str:
    """The page's main part without tags, in one line."""
    main = re.sub(r"<textarea.*?</textarea>", "", page.split("<main>")[1], flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# What the page says


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_doors_in_order_each_with_its_text(site: http.client.HTTPConnection, language: str) -> None:
    status, page, _ = get(site, f"{PREFIXES[language]}/correct/A0001")
    assert status == 200
    assert re.findall(r'<h2 id="(\w+)"', page) == ["answer", "how", *DOORS]
    assert texts_of(page) == [text_to_copy(language, door, "A0001").strip() for door in DOORS]
    assert f'<html lang="{language}">' in page
    draft = read_texts(language)["draft"]
    assert (draft in page, draft != "") == (True, language != "en")


def test_the_texts_hold_the_id_and_questions_alone() -> None:
    assert [text_to_copy("en", door, "A0001") for door in DOORS] == [
        "A0001\nPlease hide this record first and decide after.\n\nIds of other records to hide, if any:\n",
        "A0001\nThis is wrong.\n\n"
        "1. Which column (the word beside the value):\n"
        "2. What is there:\n"
        "3. What should be there:\n"
        "4. Who is mistaken (the dataset / the report / I do not know):\n"
        "5. How do you know (a document, a link, I was there):\n"
        "6. Who are you (the one named / a relative / a lawyer / a researcher):\n",
        "A0001\nI object, or I reply.\n\n"
        "1. My words, to be printed as they stand:\n"
        "2. May they be printed beside the record (yes / no):\n"
        "3. What my words do (deny / tell it otherwise / take back / confirm / bring news):\n"
        "4. Who replies (the one named / a relative / a lawyer for them / an official / an authority / a court):\n",
    ]


def test_languages_lead_to_each_other(site: http.client.HTTPConnection) -> None:
    here = {language: f"{prefix}/correct/A0001" for language, prefix in PREFIXES.items()}
    for language, path in here.items():
        page = get(site, path)[1]
        heads = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page)
        assert heads == [*here.items(), ("x-default", here["en"])]
        links = re.findall(r'<a href="([^"]+)" hreflang="(\w+)"', page)
        assert links == [(there, other) for other, there in here.items() if other != language]


def test_nobody_answers_yet(site: http.client.HTTPConnection) -> None:
    page = get(site, "/correct/A0001")[1]
    assert "Nobody answers yet. The safest is to send nothing." in prose(page)
    outward = [href for href in re.findall(r'href="([^"]+)"', page) if not href.startswith("/")]
    assert outward == []
    assert '<a href="/CONTRIBUTING.md"' in page
    assert get(site, "/CONTRIBUTING.md")[1] == (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_who_answers_by_when_and_the_public_form(answered_site: http.client.HTTPConnection) -> None:
    page = get(answered_site, "/correct/A0001")[1]
    assert "Who answers Two editors. An answer comes within 9 days." in prose(page)
    assert '<a href="mailto:answers@archive.example" rel="noreferrer">' in page
    assert "Nobody answers" not in page
    doors = dict(zip(DOORS, page.split('<section class="door"')[1:], strict=True))
    form = "https://code.example/kz2018/issues/new?template="
    assert {door: re.findall(r'href="(https:[^"]+)"', part.replace("&amp;", "&")) for door, part in doors.items()} == {
        "danger": [],
        "wrong": [f"{form}correct.yml&table=acts&row=A0001"],
        "reply": [f"{form}dispute.yml&table=acts&row=A0001"],
    }


# What it must not show


def test_headers_keep_the_page_out_of_search_and_of_referrers(site: http.client.HTTPConnection) -> None:
    for path in ("/correct/A0001", "/ru/correct/P0003", "/kk/correct/A0092", "/correct/none", "/correct"):
        _, page, headers = get(site, path)
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        style = re.findall(r'<link rel="stylesheet" href="(/static/correct\.css\?[0-9a-f]{12})">', page)[0]
        assert get(site, style)[0] == 200
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
        assert not re.search(r"<script|<style|<img|\bstyle=|\bon\w+=|property=.og:|https?://", page)


def test_withheld_says_withheld_and_nothing_else(site: http.client.HTTPConnection) -> None:
    found = {row_id: get(site, f"/correct/{row_id}") for row_id in ("P0003", "A0093")}
    assert {row_id: (status, prose(page)) for row_id, (status, page, _) in found.items()} == {
        "P0003": (200, "P0003 This record is withheld."),
        "A0093": (200, "A0093 This record is withheld."),
    }
    assert found["P0003"][1].replace("P0003", "ID") == found["A0093"][1].replace("A0093", "ID")


def test_retired_ids_say_what_became_of_them(site: http.client.HTTPConnection) -> None:
    merged, withdrawn = get(site, "/correct/A0091")[1], get(site, "/correct/A0092")[1]
    assert prose(merged) == "A0091 This record was merged into another one: A0001"
    assert '<a href="/correct/A0001">A0001</a>' in merged
    said = "A0092 This record was withdrawn in version 0.2.0. Nothing is said of it here any more."
    assert prose(withdrawn) == said
    assert '<a href="/ru/correct/A0001">A0001</a>' in get(site, "/ru/correct/A0091")[1]


# Every record of this edition


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real package, built in a folder of its own."""
    root = tmp_path_factory.mktemp("edition")
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copy(ROOT / "datapackage.json", root)
    write_settings(root)
    build_all(root)
    return root


def rows(root: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table's CSV."""
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names_of(root: Path) -> set[str]:
    """Every word of a name in the tables of persons and officials."""
    columns = {
        "persons": ["name", "surname", "given_name", "patronymic"],
        "person_names": ["name_as_printed"],
        "officials": ["name_as_reported", "surname", "given_name"],
        "official_names": ["name_as_printed"],
    }
    cells = [row[column] for table, names in columns.items() for row in rows(root, table) for column in names]
    return {word for cell in cells for word in re.findall(r"\w{3,}", cell)} - {"withheld"}


def check_edition(root: Path, step: int) -> None:
    """Every `step`-th id of each table answers in each language, with a page that depends on id and table alone."""
    tables = dict(id_tables(load_package(root)).values())
    ids = {table: [row[key] for row in rows(root, table)][::step] for table, key in tables.items()}
    retired = [row["row_id"] for row in rows(root, "retired_ids")][::step]
    withheld = {row["person_id"] for row in rows(root, "persons") if row["is_withheld"] == "true"}
    names = names_of(root)
    assert names
    with served(root) as connection:
        for prefix in PREFIXES.values():
            for table, found in ids.items():
                pages = set()
                for row_id in found:
                    status, page, _ = get(connection, f"{prefix}/correct/{row_id}")
                    assert (status, row_id) == (200, row_id)
                    if row_id not in withheld:
                        pages.add(page.replace(row_id, "ID"))
                assert (table, len(pages)) == (table, min(1, len(found)))
                assert not names & {word for page in pages for word in re.findall(r"\w+", page)}
            for row_id in retired:
                assert (get(connection, f"{prefix}/correct/{row_id}")[0], row_id) == (200, row_id)


def test_every_table_of_this_edition_answers(edition: Path) -> None:
    check_edition(edition, 40)


@pytest.mark.long
def test_every_record_of_this_edition_answers(edition: Path) -> None:
    check_edition(edition, 1)


# How one gets there


def test_rows_lead_to_their_pages(site: http.client.HTTPConnection) -> None:
    expected = {
        "/kz2018/acts/A0001": {"/correct/A0001"},
        "/kz2018/case_persons/K0001,P0004": {"/correct/K0001"},
        "/kz2018/act_types/search": {"/correct"},
        "/kz2018/persons": {f"/correct/P000{number}" for number in range(1, 5)},
        "/kz2018/person_names": {"/correct/P0001"},
        "/kz2018/act_types": {"/correct"},
        "/kz2018/search?_search=exemple": {"/correct/P0001"},
        "/kz2018/persons_detained": {"/correct/P0001"},
    }
    bodies = {path: get(site, path)[1].split("<footer")[0] for path in expected}
    found = {path: set(re.findall(r'href="(/correct[^"]*)"', body)) for path, body in bodies.items()}
    assert found == expected
    assert get(site, "/kz2018/acts/A0001")[1].count('href="/correct/A0001"') == 2  # in the head and at the foot


@pytest.mark.parametrize("typed", ["a0001", "%20A0001%20", "%D0%900001", "%D0%B00001"])
def test_an_id_is_understood_as_people_type_it(site: http.client.HTTPConnection, typed: str) -> None:
    for path in (f"/ru/correct/{typed}", f"/ru/correct?id={typed}"):
        status, _, headers = get(site, path)
        assert (status, headers["location"]) == (302, "/ru/correct/A0001")


def test_without_an_id_it_asks_for_one(site: http.client.HTTPConnection) -> None:
    status, page, _ = get(site, "/correct")
    assert (status, prose(page)) == (
        200,
        "Which record? Every record has an id: a letter and four or five digits, like P0123. It stands at the head of "
        "the record’s page and in the first column of each table. Id of the record Go on Search · All tables "
        "Who answers Nobody answers yet. The safest is to send nothing. Keep the text only if your device is safe; "
        "this page keeps its address. Before you send anything Do not send names, addresses, phone numbers, "
        "photographs of people or identity papers. None of them is needed.",
    )
    assert '<form action="/correct" method="get">' in page


@pytest.mark.parametrize(
    ("path", "record"),
    [
        ("/ru/correct/P0001", "/ru/persons/P0001"),
        ("/correct/O0001", "/officials/O0001"),
        ("/correct/A0001", "/kz2018/acts/A0001"),
    ],
)
def test_it_leads_back_to_the_record(site: http.client.HTTPConnection, path: str, record: str) -> None:
    assert re.findall(r'<p class="aside"><a href="(/[^"C]+)">', get(site, path)[1]) == [record]


def test_unknown_id_helps(site: http.client.HTTPConnection) -> None:
    for path in ("/correct/A9999", "/correct/Y0001", "/correct/none", "/correct?id=none", "/correct/A0001/acts"):
        status, page, _ = get(site, path)
        assert (status, prose(page)[:46]) == (404, "No such record No record has this id. An id is")
        assert "A9999" not in page


HOSTILE = [
    "'%20OR%201=1--", "A0001'%3BDROP%20TABLE%20persons", "../../etc/passwd", "..%2F..%2Fmetadata%2Fproject.json", "%00",
    "A0001%00", "A0001%0A", "%FF%FE", "%F0%28%8C%28", "%", "%ZZ", "~", "~2F", "A" * 30_000, "A" + "0" * 500,
    "%E2%80%AEA0001", "<script>alert(1)</script>", "%3Cscript%3E", "{{7*7}}", "A%D9%A0%D9%A0%D9%A0%D9%A1", "A0001.json",
    "A0001?_shape=%00", "?id=%00", "?id=", "?id=A0001&id=A0002", "//evil.example/A0001", "A0001;A0002", "ID" * 9,
    "Ａ0001",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("prefix", ["/correct/", "/kk/correct/"])
def test_a_hostile_id_is_refused_in_peace(site: http.client.HTTPConnection, prefix: str, typed: str) -> None:
    request = f"GET {prefix}{typed} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode()
    with socket.create_connection((site.host, site.port), timeout=20) as raw:
        raw.sendall(request)
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    status = int(answer.split(b" ", 2)[1])
    assert status in (200, 302, 400, 404), answer[:200]
    assert b"<script" not in answer
    targets = re.findall(rb"(?i)\r\nlocation: *([^\r]*)", answer)
    assert [target for target in targets if not re.fullmatch(rb"/(kk/)?correct/[A-Z][0-9]{4,5}", target)] == []


# The texts


def shape(texts: Any) -> Any:
    """The keys of nested texts, and the names that are filled into them."""
    if isinstance(texts, dict):
        return {key: shape(value) for key, value in texts.items()}
    if isinstance(texts, list):
        return [shape(value) for value in texts]
    return sorted(re.findall(r"\{\w+\}", texts))


def test_languages_say_the_same_things() -> None:
    english = shape(read_texts("en"))
    assert {language: shape(read_texts(language)) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, english)
    tables = [table for table, _ in id_tables(load_package()).values()]
    assert sorted(read_texts("en")["kinds"]) == sorted(tables)


def test_a_language_without_texts_is_an_error() -> None:
    with pytest.raises(ValueError, match="no texts in tlh: there are en, ru, kk"):
        read_texts("tlh")


def test_ids_as_typed() -> None:
    typed = ["P0001", " p0001", "Р0001", "z00012", "P001", "P000123", "1234", "", "P0001 P0002"]
    assert [as_id(text) for text in typed] == ["P0001", "P0001", "P0001", "Z00012", None, None, None, None, None]
