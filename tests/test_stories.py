"""What people come for, from where they start to what they leave with, in a browser: clicks and keys alone."""

import csv
import re
import shutil
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from artificial import build_all, write_settings
from fixture_package import build_package
from reader import Reader
from test_correct_pages import SET
from test_search import in_cyrillic
from test_serve import start

from scripts import answers, correct, snapshot
from scripts.browser import BINARY, ENTER, Browser, chromium
from scripts.doors import WRONG, read_texts, text_to_copy
from scripts.package import ROOT
from scripts.site_pages.texts import site_texts

pytestmark = pytest.mark.skipif(BINARY is None, reason="needs Chromium")

SEARCH = "A name, a place, a word, an article, an id"
AS_REPORTED = "As reported on 5 November 2018; later outcomes are not here."
CORRECT = "Correct, object, reply"


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of a server of a built package."""
    server, address = start(root)
    try:
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all stories."""
    with chromium() as started:
        yield started


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    """Somebody at a desk."""
    browser.set_screen(1280)
    (tmp_path / "downloads").mkdir()
    yield Reader(browser, tmp_path / "downloads")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the package itself, as somebody publishes it who can be reached."""
    root = tmp_path_factory.mktemp("edition")
    shutil.copy(ROOT / "datapackage.json", root)
    shutil.copytree(ROOT / "data", root / "data")
    write_settings(root, SET)
    build_all(root)
    with served(root) as address:
        yield address


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of invented people that passes the gate, built, with an offline copy in English."""
    root = build_package(tmp_path_factory.mktemp("sample") / "package")
    write_settings(root, SET)
    build_all(root)
    assert snapshot.main(["--root", str(root), "--language", "en", "--processes", "1"]) == 0
    return root


@pytest.fixture(scope="module")
def sample_site(sample: Path) -> Iterator[str]:
    """The address of that package."""
    with served(sample) as address:
        yield address


def rows(table: str, root: Path = ROOT) -> list[dict[str, str]]:
    """The rows of a table's CSV."""
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(table: str, row_id: str) -> dict[str, str]:
    """The row of an id."""
    return next(found for found in rows(table) if row_id == next(iter(found.values())))


def misspelt(surname: str) -> str:
    """A Latin surname as somebody types it from memory: in Cyrillic, one vowel inside it wrong."""
    cyrillic = in_cyrillic(surname).title()
    vowel = next(place for place, letter in enumerate(cyrillic) if place > 1 and letter in "аеиоу")
    return cyrillic[:vowel] + ("и" if cyrillic[vowel] != "и" else "а") + cyrillic[vowel + 1 :]


# Finding somebody


@pytest.mark.parametrize("row_id", ["P0001", "P0088"])
def test_a_relative_finds_a_misspelt_cyrillic_name(reader: Reader, edition: str, row_id: str) -> None:
    person = row("persons", row_id)
    typed = misspelt(person["surname"])
    assert typed.casefold() != in_cyrillic(person["surname"])
    reader.land(edition)
    reader.click("Русский")
    reader.open_up(site_texts("ru")["search_label"])
    reader.seek(typed)
    assert reader.browser.value("location.href") == f"{edition}ru/search"  # the name stands in no address
    reader.click(person["name"], "#persons")
    assert (reader.heading, reader.steps) == (person["name"], 3)
    assert reader.sees(".kind").endswith(row_id)
    assert reader.browser.value("document.referrer") == ""


def test_by_keyboard_alone(reader: Reader, edition: str) -> None:
    person = row("persons", "P0001")
    reader.land(edition)
    assert reader.tab_to("Skip to the text", 1) == 1
    reader.browser.press(ENTER)
    assert reader.tab_to(SEARCH, 3) <= 3
    reader.seek(person["surname"].lower())
    reader.tab_to(person["name"], 30)
    reader.enter()
    assert reader.heading == person["name"]
    reader.tab_to(CORRECT, 30)
    reader.enter()
    assert reader.heading == f"{person['person_id']} {CORRECT}"
    reader.tab_to("answers@archive.example", 10)
    reader.tab_to("Text to copy", 1)
    reader.chord("a")
    reader.chord("c")
    assert reader.paste().startswith(f"{person['person_id']}\nPlease hide this record first")


def test_in_kazakh(reader: Reader, edition: str) -> None:
    person = row("persons", "P0001")
    reader.land(edition)
    reader.click("Қазақша")
    reader.click(site_texts("kk")["search_title"], "header")
    reader.seek(misspelt(person["surname"]))
    reader.click(person["name"], "#persons")
    assert reader.browser.value("document.documentElement.lang") == "kk"
    shown = reader.sees("body")
    english = [text for text in (AS_REPORTED, "Search", "What the report says was done", CORRECT) if text in shown]
    assert english == []
    reader.click(site_texts("kk")["nav_correct"], "main")
    assert reader.browser.value("document.documentElement.lang") == "kk"
    assert reader.heading.startswith(person["person_id"])
    assert "answers@archive.example" in reader.sees()
    reader.copy(read_texts("kk")["text_label"], "[aria-labelledby=wrong]")
    assert reader.paste() == text_to_copy("kk", WRONG, person["person_id"]).strip()


# Figures


def test_a_journalist_reads_why_two_numbers_differ(reader: Reader, edition: str) -> None:
    total = row("reported_totals", "F0027")
    reader.land(edition)
    reader.click(total["measure"], "#figures")
    assert reader.heading == total["measure"]
    page = reader.sees()
    assert f"{total['value_as_printed']} Summary · p. 5" in page
    assert total["difference_note"] in page
    assert "what is counted is a floor" in page
    assert total["counting_rule"] in page
    assert "84 rows" in page
    assert reader.steps == 1


def test_a_student_takes_the_fines_as_excel(reader: Reader, edition: str) -> None:
    reader.land(edition)
    reader.click("Download All tables, as CSV, JSON and one database.")
    reader.click("Questions without SQL")
    reader.choose("Kind of penalty or restraint", "Administrative fine", "#penalties")
    reader.click("Show the rows", "#penalties")
    assert "20 rows where penalty_type" in reader.sees()
    file = reader.download("Excel")
    assert file.name == "kz2018-penalties_flat.xlsx"
    about, sheet = openpyxl.load_workbook(file)
    head, *found = [[cell for cell in line] for line in sheet.values]
    fines = [dict(zip(head, line, strict=True)) for line in found]
    expected = [fine for fine in rows("penalties") if fine["penalty_type"] == "administrative_fine"]
    columns = ("penalty_id", "person_id", "amount_kzt", "amount_eur_as_printed", "status")
    assert sorted([str(fine[name]) for name in columns] for fine in fines) == sorted(
        [fine[name] for name in columns] for fine in expected
    )
    said = [(str(key), str(text)) for key, text in about.values]
    assert {("dataset", "Kazakhstan 2018, version 0.1.0"), ("licence", "CC BY 4.0")} <= set(said)
    texts = [text for key, text in said if key == "says"]
    assert texts[0] == '20 rows where penalty_type = "administrative_fine".'
    assert "absence means nothing" in texts[1]
    assert reader.steps == 3


# Being in it


def test_a_survivor_reports_a_wrong_age_without_an_account(
    reader: Reader, sample_site: str, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader.land(sample_site)
    reader.click("This is about me or my client Have a record hidden, corrected or answered.")
    assert "Every record has an id" in reader.sees()
    reader.click("Search")
    reader.seek(misspelt("Placeholder"))
    reader.click("Exempla Placeholder", "#persons")
    assert "Age as printed 46 in 2018" in reader.sees()
    reader.click(CORRECT, "main")
    assert reader.steps == 5
    page = reader.sees()
    assert "Two editors. An answer comes within 9 days." in page
    assert "Exempla" not in reader.sees("body")
    reader.copy("Text to copy", "[aria-labelledby=wrong]")
    message = answered(
        reader.paste(),
        ["Age as printed", "46", "48", "the report", "It is my own age.", "the one named"],
    )
    assert re.findall(r"[0-9]\. .*", message) == [
        "1. Which column (the word beside the value): Age as printed",
        "2. What is there: 46",
        "3. What should be there: 48",
        "4. Who is mistaken (the dataset / the report / I do not know): the report",
        "5. How do you know (a document, a link, I was there): It is my own age.",
        "6. Who are you (the one named / a relative / a lawyer / a researcher): the one named",
    ]
    root = shutil.copytree(sample, tmp_path / "package")
    (tmp_path / "message.txt").write_text(message, encoding="utf-8")
    assert answers.main([str(tmp_path / "message.txt"), "--root", str(root)]) == 0
    correction = root / "metadata" / "corrections" / "p0001-age-as-printed.yaml"
    before = (root / "data" / "other_values.csv").read_bytes()
    capsys.readouterr()
    code = correct.main([str(correction), "--dry-run", "--root", str(root), "--scope", "model"])
    told = capsys.readouterr()
    assert (code, told.err.splitlines()[-1]) == (0, "correct: 0 errors, 1 warnings")
    assert "other_values W0002  added: other_value_id=W0002, table_name=persons, row_id=P0001, " in told.out
    assert "field=age_as_printed, value=48" in told.out
    assert (root / "data" / "other_values.csv").read_bytes() == before


def answered(text: str, said: list[str]) -> str:
    """The text with an answer after each of its questions."""
    asked = iter(said)
    return "\n".join(f"{line} {next(asked)}" if re.match("[0-9]\\.", line) else line for line in text.splitlines())


def test_somebody_in_danger_asks_for_a_row_to_be_hidden(
    reader: Reader, sample_site: str, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader.browser.set_screen(360, 720)
    reader.land(f"{sample_site}persons/P0001")
    reader.click(CORRECT, "main")
    first = reader.sees(".door")
    assert first.startswith("1It is dangerous For whoever is named here and whoever is close to them.")
    assert "The record is hidden first. Whether it stays hidden is decided after. No reason is asked." in first
    assert re.findall("https?:|issues|git", first) == []
    reader.copy("Text to copy", "[aria-labelledby=danger]")
    message = reader.paste()
    assert message == "P0001\nPlease hide this record first and decide after.\n\nIds of other records to hide, if any:"
    (tmp_path / "message.txt").write_text(message, encoding="utf-8")
    assert answers.main([str(tmp_path / "message.txt"), "--root", str(sample)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "P0001: it is dangerous. No file is written, and none may be.",
        "Hide first:",
        "   python -m scripts.withhold P0001 --mode pseudonymise --month YYYY-MM",
        "Decide afterwards whether it stays hidden.",
        "Delete the text. Write nowhere who asked, why, or for what.",
    ]
    assert not (sample / "metadata" / "corrections").exists()


def test_an_officials_lawyer_reads_the_page(reader: Reader, edition: str) -> None:
    acted = {role["official_id"] for role in rows("official_roles") if role["participation"] == "acted"}
    tied = {link["official_id"] for link in rows("involvements")}
    official = next(
        found for found in rows("officials") if found["official_id"] in acted - tied and found["given_name"]
    )
    reader.land(edition)
    reader.click("Search", "header")
    reader.seek(misspelt(official["surname"]))
    assert "To be named here is not to have done anything" in reader.sees("#officials")
    reader.click(official["name_as_reported"], "#officials")
    assert (reader.heading, reader.steps) == (official["name_as_reported"], 3)
    head = reader.sees("main").split("In what part the report names this official")[0]
    assert "it does not say who did what to whom" in head
    assert "The report prints no answer of this official, and nobody has sent us one." in head
    assert AS_REPORTED in head
    linked = reader.browser.value("[...document.querySelectorAll('main a')].map(e => new URL(e.href).pathname)")
    assert [path for path in linked if path.startswith(("/persons/", "/kz2018/acts/"))] == []
    marks = reader.browser.value("document.querySelectorAll('#roles .mark').length")
    assert marks >= reader.browser.value("document.querySelectorAll('#roles ol > li').length") > 0
    reader.click(CORRECT, "main")
    reader.copy("Text to copy", "[aria-labelledby=reply]")
    text = reader.paste()
    assert text.startswith(f"{official['official_id']}\nI object, or I reply.\n")
    assert "1. My words, to be printed as they stand:" in text


def test_on_a_phone(reader: Reader, edition: str) -> None:
    person = row("persons", "P0001")
    browser = reader.browser
    browser.call("Emulation.setTouchEmulationEnabled", enabled=True)
    browser.call("Emulation.setDeviceMetricsOverride", width=360, height=720, deviceScaleFactor=2, mobile=True)
    try:
        reader.land(edition)
        assert reader.fits()
        reader.tap("Search", "header")
        assert reader.fits()
        reader.tap_into(site_texts("en")["search_label"])
        reader.seek(person["surname"].upper(), "Search")
        assert reader.fits()
        reader.tap(person["name"], "#persons")
        assert (reader.heading, reader.fits()) == (person["name"], True)
        bottom = "document.querySelector('main a[href^=\"/correct/\"]').getBoundingClientRect().bottom"
        assert browser.value("scrollY") == 0 and browser.value(bottom) <= 720  # in sight without scrolling
        reader.tap(CORRECT, "main")
        assert reader.fits()
        assert reader.sees().split(" 1It is dangerous")[0].endswith("None of them is needed.")
    finally:
        browser.call("Emulation.setTouchEmulationEnabled", enabled=False)


# Without a network


def test_offline_from_the_copy(reader: Reader, sample_site: str, tmp_path: Path) -> None:
    reader.land(sample_site)
    reader.click("Download All tables, as CSV, JSON and one database.")
    assert "To own this copy or to send it to others may be risky in Kazakhstan" in reader.sees()
    file = reader.download("kz2018-0.1.0-offline.zip")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "stick")
    (start_page,) = (tmp_path / "stick").glob("**/index.html")
    cut_off = {"latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    reader.browser.call("Network.emulateNetworkConditions", offline=True, **cut_off)
    try:
        reader.land(start_page.as_uri())
        assert reader.sees(".band").startswith("Offline copy of version 0.1.0 of ")
        reader.click("Search", "header")
        reader.browser.type(misspelt("Placeholder"))
        reader.browser.press(ENTER)
        reader.browser.wait_for("document.querySelector('#persons .hits')")
        reader.click("Exempla Placeholder", "#persons")
        assert reader.heading == "Exempla Placeholder"
        assert "Age as printed 46 in 2018" in reader.sees()
        asked = {message["request"]["url"] for message in reader.browser.told("Network.requestWillBeSent")}
        assert asked and {url for url in asked if not url.startswith("file://")} == set()
    finally:
        whole = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        reader.browser.call("Network.emulateNetworkConditions", offline=False, **whole)
