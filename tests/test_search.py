"""The search in any spelling, over HTTP; that it finds nobody withheld and tells nobody the words."""

import http.client
import re
import sqlite3
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import iuliia
import pytest
from artificial import PERSON, ROWS, build_all, write_package, write_settings
from test_correct_pages import get, served

from scripts import build_sqlite
from scripts.build_parquet import described_table
from scripts.package import ROOT, load_package
from scripts.search.answer import HITS_A_GROUP, LONGEST_QUERY, answer, search
from scripts.search.distance import distance
from scripts.search.index import Index, Row, make_index, read_rows
from scripts.search.letters import skeletons
from scripts.search.snippets import marked, shortened

Site = http.client.HTTPConnection
PERSONS = [
    PERSON
    | {"person_id": "P0005", "name": "Zhumagul Khassenbayeva", "surname": "Khassenbayeva"}
    | {"naming_basis": "complainant_in_source"},
    PERSON
    | {"person_id": "P0006", "name": "Yerlan Quanyshuly", "surname": "Quanyshuly"}
    | {"naming_basis": "complainant_in_source"},
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built artificial package in which two more persons have names that are spelt in many ways."""
    folder = write_package(tmp_path_factory.mktemp("package"), ROWS | {"persons": ROWS["persons"] + PERSONS})
    write_settings(folder)
    build_all(folder)
    return folder


@pytest.fixture(scope="module")
def database(root: Path) -> Iterator[sqlite3.Connection]:
    """Its database."""
    with closing(sqlite3.connect(root / build_sqlite.DATABASE)) as connection:
        yield connection


@pytest.fixture(scope="module")
def site(root: Path) -> Iterator[Site]:
    """Its server."""
    with served(root) as connection:
        yield connection


def sent(site: Site, path: str = "/search", **fields: str) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of a page to which a form was sent."""
    site.request("POST", path, urllib.parse.urlencode(fields), {"content-type": "application/x-www-form-urlencoded"})
    answer = site.getresponse()
    text = answer.read().decode("utf-8")
    site.close()
    return answer.status, text, {name.lower(): value for name, value in answer.getheaders()}


def found(connection: sqlite3.Connection, words: str) -> list[str]:
    """The ids found, documents apart, in the order in which they are shown."""
    return [
        hit.row_id
        for group in search(connection, words, "en").groups
        if group.kind != "documents"
        for hit in group.hits
    ]


def hits(page: str) -> dict[str, list[str]]:
    """The addresses of the hits on a page, by group."""
    parts = re.findall(r'<section id="(\w+)".*?<ol class="hits">(.*?)</ol>', page, re.DOTALL)
    return {key: re.findall(r'<li><a href="([^"]+)"', part) for key, part in parts}


# Spellings


@pytest.mark.parametrize(
    "spellings",
    [
        "Zhumagul Jumagul Жумагул Жұмағұл Jūmağūl Žumagul",
        "Khamzin Hamzin Xamzin Хамзин",
        "Dzhumayev Dzhumaev Zhumayev Джумаев Жумаев",
        "Yerlan Erlan Ерлан Jerlan",
        "Kuanysh Quanysh Қуаныш Qwanysh Куаныш",
        "Evgeniy Yevgeny Evgenii Евгений",
        "Assel Asel Әсел Асел Äsel",
        "Semenova Семёнова Семенова",
        "Galymzhan Ghalymzhan Ğalymjan Ғалымжан Галымжан",
        "Bokeev Bökeyev Бөкеев Бокеев",
        "Aleksandr Александр",
        "Maksim Maxim Максим",
        "Lukyanova Лукьянова",
        "Shymkent Şymkent Шымкент",
    ],
)
def test_spellings_of_one_name_share_a_skeleton(spellings: str) -> None:
    first, *others = spellings.split()
    shared = set(skeletons(first))
    assert [other for other in others if not shared & set(skeletons(other))] == []


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("sample", "sample", 0),
        ("sample", "samlpe", 1),
        ("sample", "smple", 1),
        ("sample", "sampple", 1),
        ("sample", "simple", 1),
        ("sample", "elpmas", 3),
        ("sample", "s", 3),
    ],
)
def test_errors_are_counted(one: str, other: str, errors: int) -> None:
    assert distance(one, other, 2) == errors


@pytest.mark.parametrize(
    "words",
    [
        "Khassenbayeva",
        "khas",
        "KHASSENBAYEVA zhumagul",
        "Hasenbaeva",
        "Хасенбаева",
        "Жұмағұл",
        "Жумагуль",
        "Жумагул Хасенбаевой",
        "хасе",
        "Хасенбева",
        "Хaсeнбaeвa",  # Latin letters among the Cyrillic
        "Khasenbeyava",
        "Khsasenbayeva",
        "P0005",
        "р0005",
    ],
)
def test_person_is_found_in_any_spelling(database: sqlite3.Connection, words: str) -> None:
    assert found(database, words)[0] == "P0005"


def test_better_fits_stand_first() -> None:
    names = ["Berika", "Berik", "Erik", "Berikov", "Бэрик"]
    rows = [Row("persons", f"P000{number}", {"en": name}) for number, name in enumerate(names)]
    groups = answer(make_index(rows), "berik", "en", "").groups
    assert [(hit.row_id, hit.is_similar) for hit in groups[0].hits] == [
        ("P0001", False),
        ("P0000", False),
        ("P0003", False),
        ("P0004", False),
        ("P0002", True),
    ]


# What is found


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("exemple", ["P0001"]),
        ("O'Sample", ["P0002", "A0002", "A0005", "N0003"]),
        ("osample", ["P0002", "A0002", "A0005", "N0003"]),
        ("Кеппа", ["O0002"]),
        ("Standin", ["O0002"]),
        ("Ескі Ёл", ["L0001", "E0002", "A0001", "A0002", "A0003", "A0004"]),
        ("charter", ["B0002"]),
        ("two dates", ["D0001"]),
        ("passers by", ["A0003"]),
        ("sentencing alfa", ["E0003", "A0006"]),
        ("Alfa Standin", []),  # nothing brings an official and a person together
        ("withheld", []),
        ("P0003", []),
    ],
)
def test_everything_is_found_by_its_words(database: sqlite3.Connection, words: str, ids: list[str]) -> None:
    results = search(database, words, "en")
    assert (found(database, words) if results.has_all else []) == ids


def test_withheld_person_is_found_by_no_name(tmp_path: Path) -> None:
    hidden = PERSON | {"person_id": "P0007", "name": "Omega Hidden", "surname": "Hidden", "is_withheld": "true"}
    names = [{"person_id": "P0007", "name_as_printed": "Hidden Omega", "passage_id": "X0002", "match_basis": "same"}]
    event = {
        "event_id": "E0009",
        "event_type": "rally",
        "title": "Hearing of Omega Hidden",
        "date_precision": "unknown",
    }
    rows = ROWS | {
        "persons": [*ROWS["persons"], hidden | {"naming_basis": "withheld"}],
        "person_names": ROWS["person_names"] + names,
        "events": [*ROWS["events"], event],
    }
    with closing(sqlite3.connect(build_all(write_package(tmp_path, rows)))) as connection:
        assert [found(connection, words) for words in ("Omega Hidden", "hidden", "Омега", "P0007")] == [[], [], [], []]
        assert not [row for row in read_rows(connection) if "Hidden" in str(row)]


def test_words_that_no_row_has_together(database: sqlite3.Connection) -> None:
    results = search(database, "Khassenbayeva zzzzzzzz", "en")
    assert (results.has_all, results.unknown, found(database, "Khassenbayeva zzzzzzzz")) == (
        False,
        ["zzzzzzzz"],
        ["P0005"],
    )


def test_codes_stand_in_the_language_of_the_page(database: sqlite3.Connection) -> None:
    def titles(words: str) -> list[str]:
        group = next(group for group in search(database, words, "ru").groups if group.kind == "acts")
        return ["".join(piece for piece, _ in hit.title) for hit in group.hits]

    assert titles("Detention Alfa")[0].endswith(": Alfa Example")


def test_snippet_is_cut_around_what_was_found() -> None:
    text = "word " * 60 + "needle " + "word " * 60
    pieces = shortened(marked(text.strip(), {"needle"}))
    assert [is_found for _, is_found in pieces] == [False, False, True, False, False]
    assert (pieces[0], pieces[2], pieces[-1]) == (("… ", False), ("needle", True), (" …", False))
    assert len("".join(piece for piece, _ in pieces)) < 200


# The page


def test_page_groups_hits_and_marks_them(site: Site) -> None:
    status, page, _ = sent(site, q="alfa")
    assert status == 200
    assert {key: links for key, links in hits(page).items() if key != "documents"} == {
        "persons": ["/persons/P0001"],
        "events": ["/events/E0003"],
        "cases": ["/cases/K0001"],
        "acts": ["/kz2018/acts/A0001", "/kz2018/acts/A0006"],
        "penalties": [f"/kz2018/penalties/N000{number}" for number in (1, 2, 4)],
    }
    assert '<a href="/persons/P0001"><mark>Alfa</mark> Example</a>' in page


def test_page_leads_on_in_its_language(site: Site) -> None:
    status, page, _ = sent(site, "/kk/search", q="Жұмағұл")
    assert (status, hits(page)["persons"]) == (200, ["/kk/persons/P0005"])
    assert '<html lang="kk">' in page and "1 жазба табылды." in page


def test_one_kind_shows_more_and_leads_back(site: Site) -> None:
    page = sent(site, q="example", kind="persons")[1]
    assert list(hits(page)) == ["persons"]
    assert "Back to all kinds" in page
    assert next(iter(hits(sent(site, q="example", kind="no kind")[1]))) == "persons"


def test_words_reach_no_address_and_no_log(site: Site) -> None:
    _, page, headers = sent(site, q="Khassenbayeva")
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page)
    assert [address for address in addresses if "hassen" in address.casefold()] == []
    assert "hassen" not in re.findall(r"<title>(.*?)</title>", page)[0].casefold()
    assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert "set-cookie" not in headers
    assert re.findall(r'<form class="search"[^>]*method="(\w+)"', page) == ["post"]


def test_nothing_found_says_what_was_searched_and_offers_spellings(site: Site) -> None:
    page = sent(site, q="Exampelnik <zzq>")[1]
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))
    assert "Nothing found Searched for: Exampelnik · zzq" in text
    assert re.findall(r'name="q" value="(\w+)"><button>', page) == ["Example"]
    assert "That a name is not here says nothing" in text
    assert "<zzq>" not in page


def test_a_link_with_words_works_too(site: Site) -> None:
    assert hits(get(site, "/search?q=" + urllib.parse.quote("Жұмағұл"))[1])["persons"] == ["/persons/P0005"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"q": "a" * 9000}, 413),
        ({f"f{number}": "1" for number in range(20)}, 400),
        ({"q": "\0\ufffe%"}, 200),
        ({"q": "ﷺ" * 100}, 200),
        ({"other": "1"}, 200),
    ],
)
def test_odd_requests(site: Site, fields: dict[str, str], status: int) -> None:
    assert sent(site, **fields)[0] == status


def test_long_queries_are_cut_and_say_so(site: Site, database: sqlite3.Connection) -> None:
    results = search(database, "alfa " * 3 + "x" * LONGEST_QUERY, "en")
    assert results.was_cut
    assert "Only the first 120 letters and 8 words were searched." in sent(site, q="alfa b c d e f g h i j")[1]
    assert all(len(group.hits) <= HITS_A_GROUP for group in results.groups)


# All printed spellings of the data


@pytest.fixture(scope="module")
def real() -> Iterator[sqlite3.Connection]:
    """The database of the package itself, in memory."""
    package = load_package(ROOT)
    with closing(sqlite3.connect(":memory:")) as connection:
        tables = {resource["name"]: described_table(package, resource) for resource in package.csv_resources}
        build_sqlite.build(connection, tables, package.descriptor)
        yield connection


def in_cyrillic(text: str) -> str:
    """A Latin name in Russian letters: each sound by the letter that iuliia writes so."""
    letters = {iuliia.WIKIPEDIA.translate(letter): letter for letter in "абвгдеёжзиклмнопрстуфхцчшщыэюя"} | {"e": "е"}
    sounds = sorted(letters, key=len, reverse=True)
    return re.sub("|".join(sounds), lambda match: letters[match[0]], text.casefold())


def with_errors(word: str, wrong: str) -> Iterator[str]:
    """A word with one letter missing, two swapped, or one wrong, at each place."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + wrong + word[place + 1 :]
        yield word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]


def ways_to_type(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """(person id, what is typed): printed spellings in both alphabets, beginnings of their words, surnames."""
    for person_id, printed in connection.execute("SELECT DISTINCT person_id, name_as_printed FROM person_names"):
        for text in (printed, in_cyrillic(printed)):
            yield person_id, text
            yield from ((person_id, word[:4]) for word in text.split() if len(word) > 4)
    for person_id, surname in connection.execute("SELECT person_id, surname FROM persons WHERE surname IS NOT NULL"):
        yield person_id, surname
        yield person_id, in_cyrillic(surname)


def not_found(index: Index, typed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those who are not among the persons found."""

    def ids(words: str) -> set[str]:
        return {hit.row_id for group in answer(index, words, "en", "persons").groups for hit in group.hits}

    return [(person_id, words) for person_id, words in typed if person_id not in ids(words)]


def test_everyone_is_found_by_each_printed_spelling(real: sqlite3.Connection) -> None:
    assert not_found(make_index(read_rows(real)), list(ways_to_type(real))[::4]) == []


@pytest.mark.long
def test_everyone_is_found_by_each_printed_spelling_in_full(real: sqlite3.Connection) -> None:
    assert not_found(make_index(read_rows(real)), list(ways_to_type(real))) == []


@pytest.mark.long
def test_everyone_is_found_by_the_surname_with_an_error(real: sqlite3.Connection) -> None:
    surnames = real.execute("SELECT person_id, surname FROM persons WHERE length(surname) > 3").fetchall()
    typed = [
        (person_id, word)
        for person_id, surname in surnames
        for name, wrong in ((surname, "b"), (in_cyrillic(surname), "б"))
        for word in with_errors(name, wrong)
    ]
    assert not_found(make_index(read_rows(real)), typed) == []
