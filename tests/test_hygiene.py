"""Hygiene of every cell: what each check says, where, and what it leaves in peace."""

import json
from pathlib import Path
from typing import Any

import pytest
from fixture_package import artificial_rows, build_package

from scripts import links, personal, validate
from scripts.hygiene import CHECKS, columns_read, failed
from scripts.package import ROOT, load_package

HIDDEN = "take it out (it is not repeated here)"
NUMBER = f"the cell holds what looks like a 12-digit personal number: {HIDDEN}"
CELLS: list[tuple[str, int, str, Any, str, str]] = [  # table, row, column, value, rule, message
    ("rights", 0, "name", "Right to sa\u0301mples", "text-nfc",
     "“Right to sa\u0301mples” is not in Unicode's composed form (NFC): run make format"),
    ("persons", 0, "patronymic", "Pаtronymova", "one-script-a-word",
     "“Pаtronymova” has letters of two scripts in one word: type it again in one"),
    ("official_names", 1, "name_as_printed", "A. Ступс", "one-script-a-name",
     "“A. Ступс” has letters of two scripts in one name: type it again in one"),
    ("events", 0, "title", "=Rally", "text-no-formula",
     "“=Rally” starts as a formula does, and a spreadsheet would run it: start with a word"),
    ("events", 1, "title", "- Rally", "text-no-formula",
     "“- Rally” starts as a formula does, and a spreadsheet would run it: start with a word"),
    ("events", 2, "title", "Hearing <b>now</b>", "text-no-html",
     "“Hearing <b>now</b>” holds a tag, comment or entity of HTML: write plain text"),
    ("cases", 0, "title", "Case &amp; trial", "text-no-html",
     "“Case &amp; trial” holds a tag, comment or entity of HTML: write plain text"),
    ("cases", 0, "court", "Court <!-- x", "text-no-html",
     "“Court <!-- x” holds a tag, comment or entity of HTML: write plain text"),
    ("charges", 0, "label", "Sampling ", "stray-space",
     "“Sampling ” has a space at an end or two in a row: run make format"),
    ("recommendations", 0, "summary", "Ask  why.", "stray-space",
     "“Ask  why.” has a space at an end or two in a row: run make format"),
    ("acts", 1, "relation_to_target", "#NAME?", "spreadsheet-error",
     "“#NAME?” is an error of a spreadsheet's formula: write the value itself"),
    ("sources", 0, "url", "javascript:alert(1)", "link-scheme",
     "“javascript:alert(1)” is no link that starts with http:// or https://"),
    ("sources", 1, "author", "see data:text/html,x", "link-scheme",
     "“see data:text/html,x” holds a link or command that does not start with http:// or https://"),
    ("sources", 1, "url", "https://user:secret@example.org/", "link-no-login",
     f"a link may not hold a user or password before its host: {HIDDEN}"),
    ("sources", 1, "publisher", "https://example.org/?to=https%3A%2F%2Fexample.com", "link-carries-no-other",
     "“https://example.org/?to=https%3A%2F%2Fexample.com” is a link that carries a second one, which may lead"
     " elsewhere: give the page's own address"),
    ("anomalies", 0, "description", "Ask mock@example.org.", "no-email",
     f"the cell holds what looks like an e-mail address: {HIDDEN}"),
    ("passage_notes", 0, "reason", "Call +7 (701) 555-01-02.", "no-telephone",
     f"the cell holds what looks like a telephone number: {HIDDEN}"),
    ("acts", 2, "victim_description", "the one of 880230300123", "no-personal-number", NUMBER),
    ("responses", 0, "description", "880229 300 123", "no-personal-number", NUMBER),
    ("cases", 0, "description", "Device 490154203237518 seized", "no-device-number",
     f"the cell holds what looks like the number of a device (IMEI) or card: {HIDDEN}"),
    ("acts", 3, "description", "passport no. N 12345678", "no-identity-paper",
     f"the cell holds what looks like the number of a passport or identity card: {HIDDEN}"),
    ("places", 0, "geonames_id", 880229300123, "no-personal-number", NUMBER),
    ("involvements", 0, "institution_id", "880229300123", "no-personal-number", NUMBER),
]  # fmt: skip


def test_each_check_names_the_cell_once(tmp_path: Path) -> None:
    rows = artificial_rows()
    for table, row, column, value, *_ in CELLS:
        rows[table][row][column] = value
    package = build_package(tmp_path / "package", rows)
    assert validate.main(["--root", str(package), "--scope", "model", "--report", str(tmp_path / "report.json")]) == 1
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    places = {(f"data/{table}.csv", row + 2, column) for table, row, column, *_ in CELLS}
    found = [
        (p["path"], p["line"], p["column"], p["rule"], p["message"], p["row_id"] != "")
        for p in report
        if (p["path"], p["line"], p["column"]) in places
    ]
    expected = [
        (f"data/{table}.csv", row + 2, column, rule, text, True) for table, row, column, _, rule, text in CELLS
    ]
    assert sorted(found) == sorted(expected)
    assert not any("880229" in p["message"] or "secret" in p["message"] for p in report)


def test_every_check_has_a_case() -> None:
    assert {check.rule for check in CHECKS} == {rule for *_, rule, _ in CELLS}


def test_texts_of_the_descriptor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = build_package(tmp_path / "package")
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"]["fields"][0]["description"] += " Write to mock@example.org"
    descriptor["resources"][0]["title"] = "<i>Persons</i>"
    descriptor["sources"][0]["path"] = "javascript:alert(1)"
    file.write_text(json.dumps(descriptor), encoding="utf-8")
    capsys.readouterr()
    assert validate.main(["--root", str(package), "--scope", "model"]) == 1
    assert [line for line in capsys.readouterr().out.splitlines() if "stale" not in line] == [
        "datapackage.json:0:persons.person_id.description  no-email  "
        f"the cell holds what looks like an e-mail address: {HIDDEN}",
        "datapackage.json:0:persons.title  text-no-html  "
        "“<i>Persons</i>” holds a tag, comment or entity of HTML: write plain text",
        "datapackage.json:0:sources.0.path  link-scheme  "
        "“javascript:alert(1)” holds a link or command that does not start with http:// or https://",
    ]


def test_columns_that_are_read() -> None:
    package = load_package(ROOT)
    read = columns_read(package.resource("sources"))
    assert {kind: sorted(names) for kind, names in read.items()} == {
        "prose": ["author", "publisher", "title"],
        "names": ["author", "publisher"],
        "links": ["url"],
        "text": ["author", "publisher", "title", "url"],
        "digits": ["author", "date_published", "footnote_number", "language", "parent_source_id", "publisher",
                   "source_id", "source_type", "title"],
        "every": ["author", "date_published", "footnote_number", "language", "parent_source_id", "publisher",
                  "source_id", "source_type", "title", "url"],
    }  # fmt: skip
    assert columns_read(package.resource("reported_totals"))["prose"] == {
        "measure", "value_as_printed", "counting_rule", "difference_note"
    }  # fmt: skip
    assert columns_read(package.resource("persons"))["names"] == {"name", "surname", "given_name", "patronymic"}


INNOCENT = [
    "SELECT count(*) FROM persons WHERE age_as_printed < 30 AND 5 > 3 AND name <> ''",
    "On 10.05.2018, 24 persons; 1,234,567.89 tenge (180 000 000 000 in all)",
    "from 2017-05-10 to 2018-05-10, pages 100-102, paragraphs 12, 13, 14, 15, 16, 17",
    "article 174, part 2, of the Code; article 405; A&B; AT&T; R&D; a < b",
    "https://example.org/a/8949,collective-complaint/?page=1&part=2#top",
    "data: what is known; personal data: none; at the court",
    "the case of 2018-2019, no. 1-25/2018; 48,100 tenge; 3.7 to 5 hours",
    "Ш. и Ж., «Имя»; Ә, ғ; the word Закон",
    "a number N 12 of 2018; section IV; X0001, Z00001; 0.1.0",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_plain_text_is_left_in_peace(text: str) -> None:
    checks = [check for check in CHECKS if check.columns not in ("names", "links")]
    assert [check.rule for check in failed(text, checks)] == []


GUILTY: dict[Any, list[str]] = {
    personal.has_phone: [
        "+77015550102", "+7-701-555-01-02", "87015550102", "8 701 555 01 02", "8(7172)55-01-02", "8 (7172) 550-10-2",
        "+380 44 555 01 02", "77015550102", "tel. 55-01-02", "тел. 550102", "701 555 01 02", "WhatsApp: 7015550102",
    ],
    personal.has_email: ["a@b.org", "a.b+c@d-e.example.org", "mock (at) example.org", "mock[at]example.org",
                         "mock%40example.org", "почта@пример.рф"],
    personal.has_personal_number: ["880229300123", "880229 300123", "88 02 29 300 123", "880229-300-123"],
    personal.has_twelve_digits: ["999999999999", "no. 123456789012."],
    personal.has_device_number: ["490154203237518", "49-015420-323751-8", "49 015420 323751 8", "123456789012345",
                                 "4111 1111 1111 1111"],
    personal.has_document: ["N12345678", "N 12345678", "№ 012345678", "AB1234567", "паспорт 4510 123456",
                            "identity card number 034567890", "ID card: 12345678"],
    links.has_scheme_fault: ["ftp://example.org", "javascript:x", "JavaScript%3Ax", "data:text/html;base64,AA",
                             "file:///etc", "mailto:mock", "see tel:55", "java%2573cript:x"],
    links.has_login: ["https://a:b@example.org", "https://a@example.org/", "https://example.org%40example.com/"],
    links.carries_another: ["https://example.org/https://example.com", "https://example.org/?u=//example.com",
                            "https://example.org/?u=http%253A%252F%252Fexample.com", "http://example.org#javascript:x"],
}  # fmt: skip


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, texts in GUILTY.items() for text in texts])
def test_each_look_is_recognised(check: Any, text: str) -> None:
    assert check(text)


@pytest.mark.parametrize("text", ["a" * 20_000, "1" * 20_000, "1 " * 10_000, "+1" * 10_000, "http://" * 2_800,
                                  "&" * 20_000, "a." * 10_000, "-" * 20_000, "8(" * 10_000, "А1" * 10_000])  # fmt: skip
def test_no_cell_takes_long(text: str) -> None:
    for check in CHECKS:
        check.hint.search(text)
        check.fails(text)


def test_a_private_cell_is_not_repeated_by_a_rule_on_another_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = artificial_rows()
    rows["cases"][0]["title"] = "Case of mock@example.org"
    package = build_package(tmp_path / "package", rows)
    capsys.readouterr()
    assert validate.main(["--root", str(package), "--scope", "model"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"data/cases.csv:2:title  no-email  the cell holds what looks like an e-mail address: {HIDDEN} (cell B2)"
    ]
