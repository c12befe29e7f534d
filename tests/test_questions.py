"""Ready questions and forms over tables, over HTTP: what they count, what they say of it, where they lead."""

import csv
import http.client
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from artificial import build_all, write_package, write_settings
from test_correct_pages import get, served

from scripts.package import ROOT
from scripts.queries import check_queries
from scripts.questions import parse_question, read_questions
from scripts.site_pages.texts import site_texts

Site = http.client.HTTPConnection
QUESTIONS = [question.name for question in read_questions()]
ANSWERS = {
    "accounts_by_teller": [["document", "not_said", "1", "1"], ["victim", "first_hand", "1", "1"]],
    "acts_by_reported_doer": [["named_official", "1", "1"]],
    "administrative_arrests_by_length": [],
    "answers_by_speaker": [["authority", "denies", "1", "0"]],
    "cases_by_last_reported_status": [["criminal", "sentenced", "1"]],
    "officials_by_role": [
        ["investigator", "acted", "1", "0"],
        ["judge", "acted", "1", "1"],
        ["judge", "declined", "1", "0"],
    ],
    "penalties_by_kind": [
        ["ban", "Ban on meetings", "imposed", "1", "1"],
        ["fine", "Fine", "imposed", "2", "2"],
        ["imprisonment", "Imprisonment", "imposed", "1", "1"],
    ],
    "persons_by_times_detained": [["2", "1"]],
    "persons_charged_by_article": [],
    "persons_detained_by_place": [["Oldtown", "1"]],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of an artificial package."""
    root = write_package(tmp_path_factory.mktemp("package"))
    write_settings(root)
    build_all(root)
    with served(root) as connection:
        yield connection


def text_of(page: str) -> str:
    """The page without tags, in one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_there_are_ten_questions() -> None:
    assert sorted(ANSWERS) == QUESTIONS
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_says_what_it_counts(site: Site, name: str) -> None:
    question = next(question for question in read_questions() if question.name == name)
    status, page, headers = get(site, f"/questions/{name}")
    text = text_of(page)
    assert status == 200
    assert question.view.sentence in text and question.leaves_out in text
    assert "Counted in:" in text and "absence means nothing" in text
    assert question.view.select.split()[-1] in text
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("name", [name for name in QUESTIONS if ANSWERS[name]])
def test_question_counts(site: Site, name: str) -> None:
    _, *rows = csv.reader(io.StringIO(get(site, f"/questions/{name}.csv")[1]))
    assert rows == ANSWERS[name]
    assert get(site, f"/kz2018/{name}.csv")[0] == 200


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_all_questions_have_titles_and_units(site: Site, language: str) -> None:
    page = get(site, "/questions" if language == "en" else f"/{language}/questions")[1]
    texts = site_texts(language)
    assert [title for title in texts["question_titles"].values() if title not in unescape(page)] == []
    assert sorted(texts["question_titles"]) == QUESTIONS


def test_unknown_question_is_missing(site: Site) -> None:
    assert get(site, "/questions/none")[0] == 404


def test_forms_offer_what_is_there(site: Site) -> None:
    page = get(site, "/questions")[1]
    forms = {
        action: {
            field: re.findall(r'<option value="([^"]*)"', options)
            for field, options in re.findall(r'<select id="[^"]*" name="(\w+)">(.*?)</select>', form, re.DOTALL)
        }
        for action, form in re.findall(r'<form class="choose" action="([^"]+)".*?>(.*?)</form>', page, re.DOTALL)
    }
    assert forms == {
        "/filter/acts": {"place": ["", "Oldtown"], "day": ["", "2018-05-10"], "treatment": ["", "detention", "search"]},
        "/filter/penalties": {
            "penalty": ["", "ban", "fine", "imprisonment"],
            "article": ["", "Example Code, art. 12, part 2"],
            "case": ["", "K0001"],
        },
        "/filter/charges": {},
        "/filter/events": {
            "place": ["", "L0001"],
            "day": ["", "2018-05-10"],
            "event": ["", "mass_detention", "rally", "sentencing"],
        },
    }


@pytest.mark.parametrize(
    ("asked", "led", "rows"),
    [
        ("acts?place=&day=&treatment=detention", "acts_flat?act_type=detention", 5),
        ("acts?place=Oldtown&day=&treatment=", "acts_flat?event_place=Oldtown&event_basis=stated", 3),
        ("penalties?penalty=fine&other=1", "penalties_flat?penalty_type=fine", 2),
        ("events?day=2018-05-10", "events?date_start=2018-05-10&date_precision=day", 2),
        ("charges", "charges", 0),
    ],
)
def test_form_leads_to_the_rows(site: Site, asked: str, led: str, rows: int) -> None:
    status, _, headers = get(site, f"/filter/{asked}")
    assert (status, headers["location"]) == (302, f"/kz2018/{led}")
    path, _, query = headers["location"].partition("?")
    listed = get(site, f"{path}.json?{query}&_shape=array")[1]
    assert len(json.loads(listed)) == rows


@pytest.mark.parametrize(("path", "status"), [("none", 404), ("acts?place=" + "a" * 200, 400), ("acts?day=%00", 400)])
def test_odd_forms_are_refused(site: Site, path: str, status: int) -> None:
    assert get(site, f"/filter/{path}")[0] == status


def test_questions_keep_the_rules_of_queries(tmp_path: Path) -> None:
    assert check_queries(ROOT / "scripts", {}) == []
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "odd.sql").write_text("-- A row.\nSELECT count(*) / 129 AS part FROM persons\n")
    problems = check_queries(tmp_path, {})
    assert [(problem.path, problem.rule) for problem in problems] == [
        ("scripts/questions/odd.sql", "no-share-without-denominator")
    ]


@pytest.mark.parametrize("missing", ["unit", "leaves_out"])
def test_question_without_a_unit_is_an_error(missing: str) -> None:
    lines = {"unit": "-- unit: rows", "leaves_out": "-- leaves_out: Nothing."}
    text = "\n".join(
        ["-- One row is a row.", *(line for key, line in lines.items() if key != missing), "SELECT 1 AS one"]
    )
    with pytest.raises(ValueError, match=f"odd.sql: no line `-- {missing}: …`"):
        parse_question("odd", text)
