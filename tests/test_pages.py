"""The pages of records, figures and documents, over HTTP: what they show, and what they never join or give away."""

import csv
import http.client
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import openpyxl
import pytest
from artificial import ROWS, build_all, write_package, write_settings
from test_correct_pages import SET, get, served

from scripts.package import ROOT, load_package

RETIRED = [
    {"table_name": "persons", "row_id": "P0091", "reason_code": "merged", "successor_id": "P0001", "version": "0.1.0"},
    {"table_name": "persons", "row_id": "P0092", "reason_code": "withdrawn", "version": "0.2.0"},
    {"table_name": "persons", "row_id": "P0093", "reason_code": "withheld", "version": "0.2.0"},
]
RECORDS = ["persons/P0001", "officials/O0001", "events/E0002", "cases/K0001", "places/L0001", "provisions/B0001"]
RECORDS += ["rights/G0001", "passages/X0004"]
OTHERS = ["", "events", "cases", "places", "provisions", "rights", "figures", "inconsistencies", "count", "download"]
OTHERS += ["count/acts_by_type", "count/F0001", "about/read", "about/help", "about/methodology", "about/changes"]
AS_REPORTED = "As reported on 5 November 2018; later outcomes are not here."
HEAD = ["section", "row_id", "date", "what", "details", "answers", "citations", "passages"]
Site = http.client.HTTPConnection


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of an artificial package that nobody publishes."""
    root = write_package(tmp_path_factory.mktemp("package"), ROWS | {"retired_ids": RETIRED})
    write_settings(root)
    build_all(root)
    with served(root) as connection:
        yield connection


def fetch(site: Site, path: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, bytes and headers of an address."""
    site.request("GET", path)
    answer = site.getresponse()
    body = answer.read()
    site.close()
    return answer.status, body, {name.lower(): value for name, value in answer.getheaders()}


def words(page: str) -> str:
    """The text of a page's main part, white space folded."""
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main[0]))).strip()


def part(page: str, key: str) -> str:
    """The text of a section."""
    found = re.search(rf'<section id="{key}".*?</section>', page, re.DOTALL)
    assert found, key
    return words(f"<main>{found[0]}</main>")


def exported(site: Site, path: str) -> list[dict[str, str]]:
    """The rows of a page's CSV."""
    status, body, _ = fetch(site, f"/{path}.csv")
    assert status == 200
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"))))


# What every page has


@pytest.mark.parametrize("path", [*RECORDS, *OTHERS])
def test_page_is_whole_and_closed(site: Site, path: str) -> None:
    status, page, headers = get(site, f"/{path}")
    assert status == 200
    assert re.match(r'<!DOCTYPE html>\n<html lang="en">', page)
    assert "Draft. Nobody publishes this yet" in page
    assert len(re.findall(r"<h1", page)) == len(re.findall(r"<main", page)) == 1
    assert not re.findall(r'<script(?! type="application/ld\+json">)', page)
    assert not re.findall(r'<style|\sstyle=|\son\w+=|og:|<iframe|<img|src=', page)
    assert "Version 0.1.0." in words(page)
    policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    assert headers["content-security-policy"] == policy + "frame-ancestors 'none'"
    assert (headers["referrer-policy"], headers["x-content-type-options"]) == ("no-referrer", "nosniff")
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", [*RECORDS, *OTHERS])
def test_every_link_leads_somewhere(site: Site, path: str) -> None:
    page = get(site, f"/{path}")[1]
    targets = {unescape(link).partition("#")[0] for link in re.findall(r'href="([^"]+)"', page)}
    own = {link for link in targets if link.startswith("/") and not re.match("/(ru/|kk/)?search", link)}
    assert {link: fetch(site, link)[0] for link in sorted(own)} == dict.fromkeys(sorted(own), 200)
    outside = {link for link in targets - own if link and not re.match("/(ru/|kk/)?search", link)}
    assert all(link.startswith("https://") for link in outside)


def test_stylesheet_has_its_hash_in_its_address(site: Site) -> None:
    page = get(site, "/")[1]
    address = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)
    assert len(address) == 1 and re.fullmatch(r"/static/site\.[0-9a-f]{12}\.css", address[0])
    status, body, headers = fetch(site, address[0])
    assert (status, body) == (200, (ROOT / "scripts/site/static/site.css").read_bytes())
    assert headers["cache-control"] == "public, max-age=31536000, immutable"


def test_languages_have_addresses_of_their_own(site: Site) -> None:
    page = get(site, "/kk/persons/P0001")[1]
    assert '<html lang="kk">' in page
    assert dict(re.findall(r'hreflang="([a-z-]+)" href="([^"]+)"', page)) == {
        "en": "/persons/P0001",
        "ru": "/ru/persons/P0001",
        "kk": "/kk/persons/P0001",
        "x-default": "/persons/P0001",
    }
    assert 'href="/kk/events/E0002"' in page
    assert fetch(site, "/ru")[2]["location"] == "/ru/"


def test_published_site_has_no_draft_band(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = write_package(tmp_path_factory.mktemp("published"))
    write_settings(root, SET)
    build_all(root)
    with served(root) as connection:
        for path in ("/", "/persons/P0001", "/kz2018/persons"):
            page = get(connection, path)[1]
            assert ("Draft." in page, "band" in page) == (False, False)
        assert "Example Archive. Record P0001, /persons/P0001." in words(get(connection, "/persons/P0001")[1])


# Records


def test_person(site: Site) -> None:
    page = get(site, "/persons/P0001")[1]
    text = words(page)
    assert text.startswith("Person P0001 Alfa Example One of the 129 complainants.")
    assert AS_REPORTED in text
    assert "search" not in part(page, "chronology").casefold()
    told = re.findall(r'<li id="(\w+)"><p class="when">([^<]*)</p>', page)
    assert told == [
        ("A0001", "10 May 2018"),
        ("A0006", "June 2018 (day of the event)"),
        ("N0001", "June 2018 (day of the hearing)"),
        ("N0002", "June 2018 (day of the hearing)"),
        ("N0004", "No date stated"),
    ]
    assert part(page, "cases").endswith("Case of Alfa Standing in the case convicted State of the case sentenced")
    assert "Alpha Exemple letters wrong, left out or added 3.1 J · p. 22" in part(page, "spellings")
    assert "Béta O'Sample Search (threatened)" in part(page, "others")


def test_statement_ends_in_its_citation_and_has_the_other_side_beside_it(site: Site) -> None:
    page = get(site, "/persons/P0001")[1]
    entry = re.search(r'<li id="A0001">(.*?)</li>', page, re.DOTALL)
    assert entry
    assert 'class="claim beside"' in entry[1]
    marks = re.findall(r'<a class="(mark|mark more)" href="([^"]+)"[^>]*>([^<]+)</a>', entry[1])
    assert marks == [
        ("mark", "/passages/X0002", "3.1 J · p. 22"),
        ("mark more", "/passages/X0003", "2"),
        ("mark", "/passages/X0004", "4 · p. 61–63"),
    ]
    text = words(f"<main>{entry[1]}</main>")
    assert text == (
        "10 May 2018 Detention 3.1 J · p. 22 2 4 · p. 61–63 On the occasion of Detentions in Oldtown Oldtown "
        "Held 2.5 hours; until 23:30 (released) By whom, as reported Kappa Standin officer Standin "
        "Told by the person concerned first hand a document The other side An authority denies it."
    )


def test_official_with_part_of_a_name(site: Site) -> None:
    text = words(get(site, "/officials/O0001")[1])
    assert text.startswith(
        "Official O0001 J. Placeholder The report names this official. "
        "Only a part of a name is printed. Nobody is to be identified from it. "
        "The report names this official in this case; it does not say who did what to whom. "
        "The report prints no answer of this official"
    )
    assert AS_REPORTED in text
    assert "Judge named as acting In the case K0001" in text


def test_official_whom_the_report_ties_to_an_act(site: Site) -> None:
    page = get(site, "/officials/O0002")[1]
    assert "it does not say who did what to whom" not in words(page)
    assert "Alfa Example Detention 3.1 J · p. 22" in part(page, "acts")
    assert "Judge named as declining" in part(page, "roles")


@pytest.mark.parametrize("participation", ["declined", "quoted_only", "presence_only"])
def test_official_of_whom_nothing_is_alleged(tmp_path_factory: pytest.TempPathFactory, participation: str) -> None:
    roles = [role for role in ROWS["official_roles"] if role["official_id"] == "O0001"]
    roles = [role | {"participation": participation} for role in roles]
    root = write_package(tmp_path_factory.mktemp("quoted"), ROWS | {"official_roles": roles})
    write_settings(root)
    build_all(root)
    with served(root) as connection:
        text = words(get(connection, "/officials/O0001")[1])
    assert "It alleges nothing." in text
    assert "who did what to whom" not in text


def test_event_names_no_official_but_through_an_involvement(site: Site) -> None:
    page = get(site, "/events/E0002")[1]
    assert set(re.findall(r"/officials/(O\d+)", page)) == {"O0002"}
    rows = [row for row in exported(site, "events/E0002") if row["section"] == "Detention" and row["row_id"]]
    assert [(row["row_id"], row["what"]) for row in rows] == [
        ("A0001", "Alfa Example (Detention)"),
        ("A0002", "Béta O'Sample (Detention)"),
        ("A0004", "most of those present (Detention)"),
        ("A0003", "passers-by (Detention)"),
    ]
    assert "2 named persons." in part(page, "detention")
    assert "three" in part(page, "figures")
    hearing = get(site, "/events/E0003")[1]
    assert not re.findall(r"/officials/", hearing)
    assert "Alfa Example Imprisonment, 4 years" in part(hearing, "imposed-at")


def test_case_lists_officials_with_their_part(site: Site) -> None:
    page = get(site, "/cases/K0001")[1]
    assert AS_REPORTED in words(page)
    assert re.findall(r'<a href="/officials/(O\d+)">[^<]+</a> <span class="qualifier">([^<]+)</span>', page) == [
        ("O0001", "Judge, named as acting"),
        ("O0002", "Judge, named as declining"),
        ("O0002", "Investigator, named as acting"),
    ]
    assert re.findall(r'<a href="/persons/(P\d+)">[^<]+</a> <span class="qualifier">([^<]+)</span>', page)[:2] == [
        ("P0001", "convicted"),
        ("P0004", "witness"),
    ]


@pytest.mark.parametrize("path", ["places/L0001", "passages/X0004", "passages/X0002"])
def test_places_and_passages_join_nobody(site: Site, path: str) -> None:
    assert not re.findall(r"/(persons|officials)/", get(site, f"/{path}")[1])


def test_passage_leads_to_the_published_report(site: Site) -> None:
    page = get(site, "/passages/X0003")[1]
    assert load_package().descriptor["sources"][0]["path"] in page
    assert part(page, "citing").endswith("Kind Rows reported treatment 1")


def test_provision_and_right(site: Site) -> None:
    text = words(get(site, "/provisions/B0001")[1])
    assert text.startswith("Provision of law B0001 Example Code, Article 12, part 2")
    assert "Alfa Example Imprisonment, 4 years" in text
    assert "Example Charter" in words(get(site, "/rights/G0001")[1])


def test_withheld_person_is_nowhere(site: Site) -> None:
    status, page, headers = get(site, "/persons/P0003")
    assert (status, words(page)) == (200, "P0003 This record is withheld. Correct, object, reply")
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert [fetch(site, f"/persons/P0003.{form}")[0] for form in ("json", "csv", "xlsx")] == [200] * 3
    assert "withheld" not in [row["what"] for row in exported(site, "persons/P0001")]


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("persons/P0091", 200, "P0091 This record was merged into another one: P0001"),
        (
            "persons/P0092",
            410,
            "P0092 This record was withdrawn in version 0.2.0. Nothing is said of it here any more.",
        ),
        ("persons/P0093", 200, "P0093 This record is withheld. Correct, object, reply"),
        ("persons/E0001", 404, "E0001 This id belongs to a record of another kind: E0001"),
        ("events/E9999", 404, "No such record No record has this address."),
        ("events/%3Cb%3E", 404, "No such record No record has this address."),
        ("count/nothing", 404, "No such page Nothing stands at this address."),
        ("about/nothing", 404, "No such page Nothing stands at this address."),
        ("about/methodology.csv", 404, "No such page Nothing stands at this address."),
    ],
)
def test_what_has_no_page(site: Site, path: str, status: int, text: str) -> None:
    found, page, headers = get(site, f"/{path}")
    assert (found, words(page)[: len(text)]) == (status, text)
    assert headers["x-robots-tag"] == "noindex, nofollow"


def test_id_as_typed_leads_to_the_page(site: Site) -> None:
    status, _, headers = fetch(site, "/persons/p0001.csv")
    assert (status, headers["location"]) == (302, "/persons/P0001.csv")


# Privacy


def test_pages_that_name_somebody_are_kept_from_search_engines(site: Site) -> None:
    paths = [f"/{path}" for path in [*RECORDS, *OTHERS]]
    hidden = {path for path in paths if "x-robots-tag" in fetch(site, path)[2]}
    marked = {path for path in paths if '<meta name="robots" content="noindex, nofollow">' in get(site, path)[1]}
    surnames = "Example|O'Sample|Gamma Lawyer|Placeholder|Standin"
    named = {path for path in paths if re.search(rf"Alfa {surnames}", words(get(site, path)[1]))}
    assert {"/persons/P0001", "/officials/O0001", "/cases/K0001", "/events/E0002"} <= named
    assert named <= marked <= hidden
    assert {"/", "/figures", "/about/methodology", "/about/read"} & hidden == set()


# Forms


def test_json_holds_what_the_page_shows(site: Site) -> None:
    status, body, headers = fetch(site, "/persons/P0001.json")
    assert (status, headers["content-type"]) == (200, "application/json; charset=utf-8")
    data: dict[str, Any] = json.loads(body)
    page = get(site, "/persons/P0001")[1]
    assert [section["heading"] for section in data["sections"]] == [
        unescape(heading) for heading in re.findall(r'<h2 id="[\w-]+-heading">([^<]+)</h2>', page)
    ][:-1]
    act = next(section for section in data["sections"] if section["key"] == "chronology")["entries"][0]
    assert (act["row_id"], act["title"]["text"], act["when"]) == ("A0001", "Detention", "10 May 2018")
    assert [mark["label"] for mark in act["marks"]] == ["3.1 J · p. 22", "4 · p. 61–63"]
    assert act["answers"][0]["what"] == "denies it"


def test_csv_holds_sources_and_answers(site: Site) -> None:
    rows = exported(site, "persons/P0001")
    assert list(rows[0]) == HEAD
    act = next(row for row in rows if row["row_id"] == "A0001")
    assert act == {
        "section": "What the report says was done",
        "row_id": "A0001",
        "date": "10 May 2018",
        "what": "Detention",
        "details": "On the occasion of: Detentions in Oldtown; Oldtown. Held: 2.5 hours; until 23:30 (released). "
        "By whom, as reported: Kappa Standin (officer Standin). Told by: the person concerned (first hand); a document",
        "answers": "An authority: denies it []",
        "citations": "3.1 J · p. 22; 4 · p. 61–63",
        "passages": "X0002 X0003 X0004",
    }
    assert {"draft", "source", "licence"} <= {row["what"] for row in rows if row["section"] == "about"}


def test_excel_is_the_same_each_time_and_has_no_formulas(site: Site) -> None:
    body = fetch(site, "/figures.xlsx")[1]
    assert body == fetch(site, "/figures.xlsx")[1]
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert book.sheetnames[:2] == ["about", "What can be counted in our r"]
    assert list(book.worksheets[1].values) == [
        ("measure", "unit", "stated", "counted", "difference"),
        ("persons detained", "persons", "three", 1, "Unnamed persons."),
    ]


def test_table_page_exports_its_table(site: Site) -> None:
    assert exported(site, "cases") == [{"case": "Case of Alfa", "status": "sentenced", "place": "Oldtown"}]


# Numbers


def test_count_of_a_view_shows_rows_and_sql(site: Site) -> None:
    page = get(site, "/count/persons_detained")[1]
    assert 'href="/persons/P0001"' in page
    assert "SELECT" in part(page, "sql")
    assert "1 row" in part(page, "rows")


def test_count_of_a_rule_shows_the_rows_that_it_counts(tmp_path_factory: pytest.TempPathFactory) -> None:
    total = ROWS["reported_totals"][0]
    rules = {
        "F0001": "SELECT count(DISTINCT a.person_id) FROM acts a WHERE a.act_type = 'detention'",
        "F0002": "SELECT count(*) FROM events WHERE event_type = 'rally'",
        "F0003": "SELECT SUM(victims_min) FROM acts WHERE victim_scope = 'unnamed_person'",
        "F0004": "SELECT 1 + count(*) FROM events",
    }
    totals = [total | {"total_id": total_id, "counting_rule": rule} for total_id, rule in rules.items()]
    root = write_package(tmp_path_factory.mktemp("rules"), ROWS | {"reported_totals": totals})
    write_settings(root)
    build_all(root)
    with served(root) as connection:
        pages = {total_id: get(connection, f"/count/{total_id}")[1] for total_id in rules}
        shown = {name: part(page, "rows") for name, page in pages.items() if 'id="rows"' in page}
    assert shown == {
        "F0001": "The rows that are counted 2 rows Id Name P0001 Alfa Example P0002 Béta O'Sample",
        "F0002": "The rows that are counted 1 row Id Name E0001 Rally",
        "F0003": "The rows that are counted 1 row Id Name Number A0003 Detention 2",
    }
    assert "SELECT 1 + count(*) FROM events" in part(pages["F0004"], "sql")


def test_drawings_have_a_table_behind_them(site: Site) -> None:
    page = get(site, "/events")[1]
    assert '<svg class="timeline-drawing"' in page
    assert "10 May 2018 1 1 Oldtown" in part(page, "detentions")


def test_map_dots_settlements_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = ROWS["places"][0] | {"country_code": "KZ", "latitude": 43.2, "longitude": 76.9}
    province = place | {"place_id": "L0002", "name": "Some Province", "place_type": "province"}
    province |= {"geo_precision": "province", "latitude": "", "longitude": "", "geonames_id": ""}
    event = ROWS["events"][1] | {"event_id": "E0004", "place_id": "L0002", "parent_event_id": ""}
    act = ROWS["acts"][0] | {"act_id": "A0007", "event_id": "E0004", "person_id": "P0002"}
    rows = ROWS | {"places": [place, province], "events": [*ROWS["events"], event], "acts": [*ROWS["acts"], act]}
    root = write_package(tmp_path_factory.mktemp("map"), rows)
    write_settings(root)
    build_all(root)
    with served(root) as connection:
        page = get(connection, "/")[1]
    drawn = re.search(r'<svg class="map-drawing".*?</svg>', page)
    assert drawn
    assert re.findall(r"<text x=\"[\d.]+\" y=\"[\d.]+\">([^<]+)</text>", drawn[0]) == ["Oldtown 1"]
    assert drawn[0].count("<circle") == 1
    assert "Some Province province 1 1" in part(page, "map")


# Documents


def test_document_is_rendered_and_its_links_lead_on(site: Site) -> None:
    page = get(site, "/about/ethics")[1]
    assert "<h1>Ethics</h1>" in page
    assert '<table class="set">' in page
    assert 'href="/about/read"' in get(site, "/about/help")[1]
    assert 'href="/kk/figures"' in get(site, "/kk/about/read")[1]
    assert "metadata/" not in re.sub(r"<code>.*?</code>", "", page)


def test_marks_of_blocks_are_not_shown(site: Site) -> None:
    page = get(site, "/about/faq")[1]
    assert "detained:begin" in (ROOT / "metadata" / "faq.md").read_text(encoding="utf-8")
    assert "<h1>Questions and answers</h1>" in page
    assert "&lt;!--" not in page
    assert '<a href="/about/codebook">' in page
