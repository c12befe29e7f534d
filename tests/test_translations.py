"""Russian and Kazakh: the catalogues, what the program says of them, and what readers of the pages see."""

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from artificial import ROWS, build_all, write_package, write_settings

from scripts import serve, translate
from scripts.messages import messages
from scripts.package import ROOT, load_package
from scripts.site_pages import texts
from scripts.site_pages.dates import in_words
from scripts.site_pages.documents import FILES, PROSE, parser
from scripts.site_pages.foreign_words import marked
from scripts.site_pages.texts import site_texts
from scripts.translation_faults import faults
from scripts.translations import LOCALE, catalogue_path, read_translation

OTHERS = ("ru", "kk")
RECORDS = ["/persons/P0001", "/officials/O0001", "/events/E0002", "/cases/K0001", "/places/L0001", "/provisions/B0001"]
PAGES = ["/", "/events", "/figures", "/inconsistencies", "/count", "/count/acts_by_type", "/count/person_timeline"]
PAGES += ["/download", "/questions", "/questions/penalties_by_kind", "/search", "/about/read", "/about/privacy"]
PAGES += [*RECORDS, "/rights/G0001", "/passages/X0004", "/correct", "/correct/P0001", "/nothing", "/persons/P9999"]
UNCHECKED = {
    "ru": "Перевод ещё не проверен носителем языка. При расхождении верен английский текст.",
    "kk": "Бұл аударманы ана тілі – қазақ тілі болған адам әлі тексерген жоқ. Алшақтық болса, ағылшынша мәтін дұрыс.",
}
LATIN = re.compile(r"(?<![\w./])[A-Za-z]+[a-z](?![\w/]|\.[a-z])")  # a word, and no address
IN_EVERY_LANGUAGE = {"English", "acts", "penalties", "event"}  # the language's own name; names in the data
# The warning beside the copies stands there in all three languages.
IN_THREE_LANGUAGES = {"/download": {"The report says that on 13 March 2018 a court in Kazakhstan declared"}}
Ask = Callable[[str], tuple[int, str]]


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """A copy of the catalogues."""
    return Path(shutil.copytree(LOCALE, tmp_path / "locale"))


def change(locale: Path, language: str, old: str, new: str) -> None:
    """Put `new` in the place of `old`, which stands once in a catalogue."""
    path = catalogue_path(language, locale)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


# The catalogues


def test_catalogues_are_current_and_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert translate.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("language", "old", "new", "said"),
    [
        ("ru", "Вид записи: {kind}.", "Вид записи: {вид}.", "{kind} stands in the English, {вид} in the translation"),
        ("ru", "Вид записи: {kind}.", "Вид записи: {kind}", "the English ends in “.”, the translation in “}”"),
        ("ru", '"{number} строка"', '"{number} cтрока"', "Latin and Cyrillic letters in one word: cтрока"),
        ("ru", 'msgstr "К тексту"', 'msgstr "Қ тексту"', "Kazakh letters in a Russian text: Қ тексту"),
        ("kk", 'msgstr "Мәтінге өту"', 'msgstr "Skip to the text"', "it is not translated: Skip to the text"),
        ("kk", 'msgstr "Мәтінге өту"', 'msgstr "**Мәтінге** өту"', "its marks and links are not those of the English"),
    ],
)
def test_fault_of_a_translation_is_told(
    locale: Path, capsys: pytest.CaptureFixture[str], language: str, old: str, new: str, said: str
) -> None:
    path = catalogue_path(language, locale)
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    assert translate.main(["--check", "--locale", str(locale)]) == 1
    out = capsys.readouterr().out
    assert re.fullmatch(rf"locale/{language}/LC_MESSAGES/site\.po:\d+:[\w.]+  translation-is-sound  .+\n", out), out
    assert said in out


def test_links_and_code_are_marks() -> None:
    english = ("See [here](/correct) and `data`.",)
    assert list(faults("ru", english, ("См. [здесь](/correct) и `data`.",))) == []
    assert len(list(faults("ru", english, ("См. [здесь](/search) и `data`.",)))) == 1
    assert len(list(faults("ru", english, ("См. [здесь](/correct) и data.",)))) == 1
    assert list(faults("ru", english, ("",))) == []


def test_catalogue_is_brought_up_to_the_english(locale: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = catalogue_path("ru", locale)
    current = path.read_text(encoding="utf-8")
    change(locale, "ru", 'msgctxt "site.skip"\nmsgid "Skip to the text"\n', 'msgctxt "site.skip"\nmsgid "Skip"\n')
    change(locale, "ru", 'msgctxt "site.menu"\nmsgid "Main"\nmsgstr "Главное меню"\n\n', "")
    gone = 'msgctxt "site.gone"\nmsgid "Old"\nmsgstr "Старое"\n\n'
    change(locale, "ru", 'msgctxt "site.nav_search"\n', f'{gone}msgctxt "site.nav_search"\n')
    assert translate.main(["--check", "--locale", str(locale)]) == 1
    told = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    assert {(place.split(":")[2], rule, said.split(":")[0]) for place, rule, said in told} == {
        ("site.skip", "translation-is-current", "its English has changed"),
        ("site.menu", "translation-is-current", "a new text is missing"),
        ("site.gone", "translation-is-current", "a text that is gone stands there"),
    }
    assert translate.main(["--locale", str(locale)]) == 0
    number = len(messages(load_package()))
    assert f"ru: {number - 2} translated, 1 fuzzy, 1 missing\n" in capsys.readouterr().err
    skip = '# The English was: Skip\n#, fuzzy\nmsgctxt "site.skip"\nmsgid "Skip to the text"\nmsgstr "К тексту"\n'
    wanted = current.replace('msgctxt "site.skip"\nmsgid "Skip to the text"\nmsgstr "К тексту"\n', skip)
    wanted = wanted.replace('msgid "Main"\nmsgstr "Главное меню"', 'msgid "Main"\nmsgstr ""')
    assert path.read_text(encoding="utf-8") == wanted
    assert translate.main(["--check", "--locale", str(locale)]) == 0
    assert read_translation(path).text("site.skip", "Skip to the text") == "Skip to the text"


def test_catalogue_is_written_in_one_way(locale: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(locale, "kk", 'msgctxt "site.skip"\n', '\n\nmsgctxt "site.skip"\n')
    assert translate.main(["--check", "--locale", str(locale)]) == 1
    assert "it is not in its own form" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"X-Checked-By-Native-Speaker: no\\n"\n', "", "its header lacks X-Checked-By-Native-Speaker: yes or no"),
        ('msgctxt "site.skip"\nmsgid "Skip', 'msgctxt "site.skip"\nmsgid Skip', "site.po of kk cannot be read"),
    ],
)
def test_unreadable_catalogue_is_told_in_one_line(
    locale: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    change(locale, "kk", old, new)
    assert translate.main(["--locale", str(locale)]) == 2
    captured = capsys.readouterr()
    assert (captured.out, said in captured.err, "Traceback" in captured.err) == ("", True, False)


# Words, numbers, dates


def test_numbers_take_their_forms() -> None:
    numbers = (1, 2, 5, 21, 1234, 2.5)
    rows = {language: [site_texts(language)["rows"].format(number=number) for number in numbers] for language in OTHERS}
    assert [site_texts("en")["rows"].format(number=number) for number in numbers] == [
        "1 row", "2 rows", "5 rows", "21 rows", "1,234 rows", "2.5 rows"
    ]  # fmt: skip
    assert rows == {
        "ru": ["1 строка", "2 строки", "5 строк", "21 строка", "1\u00a0234 строки", "2,5 строки"],
        "kk": ["1 жол", "2 жол", "5 жол", "21 жол", "1\u00a0234 жол", "2,5 жол"],
    }


DATES = [("day", 18, 18, 5), ("range", 18, 20, 5), ("month", 1, 30, 6), ("since", 1, None, 6), ("before", None, 1, 6)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["18 May 2018", "18–20 May 2018", "June 2018", "since 1 June 2018", "before 1 June 2018"]),
        ("ru", ["18 мая 2018 г.", "18–20 мая 2018 г.", "июнь 2018 г.", "с 1 июня 2018 г.", "до 1 июня 2018 г."]),
        (
            "kk",
            [
                "2018 ж. 18 мамыр",
                "2018 ж. 18–20 мамыр",
                "2018 ж. маусым",
                "2018 ж. 1 маусым күнінен бастап",
                "2018 ж. 1 маусым күніне дейін",
            ],
        ),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, said: list[str]) -> None:
    rows = [
        {
            "date_precision": precision,
            "date_start": first and f"2018-{month:02}-{first:02}",
            "date_end": last and f"2018-{month:02}-{last:02}",
        }
        for precision, first, last, month in DATES
    ]
    found = [in_words(site_texts(language), row) for row in rows]
    assert [re.sub("[\u00a0\u202f]", " ", words) for words in found] == said


@pytest.mark.parametrize(
    ("language", "page", "said"),
    [
        (
            "ru",
            "<p>Суд, Oldtown, 10 мая (P0001): Detentions in Oldtown on 10 May 2018</p>",
            '<p>Суд, <span lang="en">Oldtown</span>, 10 мая (P0001): '
            '<span lang="en">Detentions in Oldtown on 10 May 2018</span></p>',
        ),
        (
            "kk",
            '<title>Old Town</title><a lang="en">English</a><br><p title="In a tag">'
            "O&#39;Sample &amp; Co — CSV kz2018.db</p>",
            '<title>Old Town</title><a lang="en">English</a><br><p title="In a tag">'
            '<span lang="en">O&#39;Sample &amp; Co — CSV kz2018.db</span></p>',
        ),
        ("ru", "<p>CSV · JSON <b>en.example.org</b></p><pre>SELECT name</pre>", None),
        ("ru", '<option value="x">Some Code</option>', '<option value="x" lang="en">Some Code</option>'),
        ("en", "<p>Ескі Қала, or</p>", '<p><span lang="kk">Ескі Қала</span>, or</p>'),
        ("en", "<p>Now: Город</p>", '<p>Now: <span lang="ru">Город</span></p>'),
    ],
)
def test_foreign_words_have_their_language(language: str, page: str, said: str | None) -> None:
    assert marked(page, language) == (page if said is None else said)


# Documents


def structure(text: str) -> list[tuple[str, str]]:
    """The elements of a document in order, with the addresses of links and the words of code."""
    tokens = [token for top in parser().parse(text) for token in (top, *(top.children or []))]
    opened = {f"{name}_open" for name in ("heading", "list_item", "tr", "td", "th", "link", "strong")}
    code = {"code_inline"}
    kept = [token for token in tokens if token.type in opened | code]
    return [(token.tag, str(token.attrs.get("href", "")) or token.content * (token.type in code)) for token in kept]


def english_document(name: str) -> str:
    """A document in English."""
    path = ROOT / FILES[name] if name in FILES else PROSE / "en" / f"{name}.md"
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ["read", "help", "privacy"])
def test_documents_have_the_structure_of_the_english(language: str, name: str) -> None:
    text = (PROSE / language / f"{name}.md").read_text(encoding="utf-8")
    assert structure(text) == structure(english_document(name))
    assert not re.findall(r"(?<![\w/.])(?=\w*[a-z])(?=\w*[А-яӘ-ө])\w+", re.sub(r"`[^`]*`|https?://\S+", "", text))
    lost = text.replace("## ", "", 1)
    assert structure(lost) != structure(text)


# Pages


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """A function that asks the application of an artificial package for the status and text of an address."""
    root = write_package(tmp_path_factory.mktemp("package"), ROWS)
    write_settings(root)
    build_all(root)
    datasette = serve.make_datasette(load_package(root))
    with asyncio.Runner() as runner:

        def ask(path: str) -> tuple[int, str]:
            answer = runner.run(datasette.client.get(path))
            return answer.status_code, answer.text

        yield ask


class Words(HTMLParser):
    """The texts of a page, each with the language of the innermost element that names one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "input", "link", "meta"):
            inherited = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or inherited))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _ in self.open}
        if data.strip() and not inside & {"title", "pre", "textarea", "script", "svg", "code"}:
            self.found.append((data.strip(), self.open[-1][1]))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", PAGES)
def test_page_is_in_its_language(site: Ask, language: str, path: str) -> None:
    status, page = site(f"/{language}{path}")
    assert status == (404 if path in ("/nothing", "/persons/P9999") else 200)
    assert f'<html lang="{language}">' in page
    said = Words(page).found
    assert [found for text, lang in said if lang == language for found in LATIN.findall(text)] == []
    in_english = {text for text, lang in said if lang == "en"}
    assert [text for text in in_english if re.search("[А-яЁё]", text)] == []
    left = (in_english & {form for _, forms in messages(load_package()) for form in forms}) - IN_EVERY_LANGUAGE
    assert {text.partition(" the movement")[0] for text in left} == IN_THREE_LANGUAGES.get(path, set())
    assert "band quiet" not in page
    assert page.count(UNCHECKED[language]) == (0 if path == "/correct" and "draft" not in page else 1)


@pytest.mark.parametrize("path", ["/", "/persons/P0001", "/search", "/questions", "/count", "/correct/P0001"])
def test_page_names_its_other_languages(site: Ask, path: str) -> None:
    wanted = {"en": path, "ru": f"/ru{path}", "kk": f"/kk{path}", "x-default": path}
    for address in dict.fromkeys(wanted.values()):
        page = site(address)[1]
        assert dict(re.findall(r'<link rel="alternate" hreflang="([a-z-]+)" href="([^"]+)"', page)) == wanted


def test_event_is_named_by_its_coded_parts_and_keeps_its_title(site: Ask) -> None:
    title = re.search(r"<h1>(.*?)</h1>", site("/ru/events/E0002")[1])
    assert title
    assert title[1] == 'Код, <span lang="en">Oldtown</span>, 10 мая 2018\u202fг.'.replace("\u202f", title[1][-3])
    page = site("/ru/events/E0002")[1]
    assert '<dt>Название в наших строках</dt><dd><span lang="en">Detentions in Oldtown</span>' in page
    person = site("/ru/persons/P0001")[1]
    assert re.search(
        r'<a href="/ru/events/E0002">Код, <span lang="en">Oldtown</span>[^<]*</a> '
        r'<span class="qualifier"><span lang="en">Detentions in Oldtown</span></span>',
        person,
    )


def test_law_is_cited_in_the_language(site: Ask) -> None:
    assert '<span lang="en">Example Code</span>, статья 12, часть 2' in site("/ru/provisions/B0001")[1]
    assert '<span lang="en">Example Code</span>, 12-бап, 2-бөлік' in site("/kk/provisions/B0001")[1]
    assert site_texts("ru")["data_words"]["Criminal Code of Kazakhstan"] == "УК РК"
    assert site_texts("kk")["data_words"]["Criminal Code of Kazakhstan"] == "ҚР Қылмыстық кодексі"


def test_codes_are_words_on_the_page_and_codes_in_its_table(site: Ask) -> None:
    address = "/ru/count/person_timeline"
    page = unescape(site(address)[1])
    assert "доведено до конца, доклад утверждает это от себя" in page
    assert "completed, stated" not in page
    assert "completed, stated" in site(f"{address}.csv")[1]
    assert site(f"{address}.csv")[1] == site("/count/person_timeline.csv")[1]


def test_english_document_says_that_it_is_english(site: Ask) -> None:
    assert '<article class="prose" lang="en">' in site("/kk/about/methodology")[1]
    assert '<article class="prose">' in site("/kk/about/privacy")[1]
    anchors = re.findall(r'<h2 id="([^"]+)"', site("/about/read")[1])
    assert re.findall(r'<h2 id="([^"]+)"', site("/ru/about/read")[1]) == anchors
    assert "stated-and-counted" in anchors


def test_untranslated_text_is_english_under_a_band(site: Ask, locale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = 'msgctxt "site.nav_events"\nmsgid "Events"\n'
    change(locale, "ru", f'{key}msgstr "События"', f'{key}msgstr ""')
    checked = '"X-Checked-By-Native-Speaker: '
    change(locale, "ru", f"{checked}no", f"{checked}yes")
    own = read_translation(catalogue_path("ru", locale))
    assert own.is_checked
    monkeypatch.setattr(texts, "translation", lambda language: own)
    site_texts.cache_clear()
    try:
        page = site("/ru/rights")[1]
    finally:
        site_texts.cache_clear()
    assert "Часть этой страницы пока на английском языке." in page
    assert '<a href="/ru/events"><span lang="en">Events</span></a>' in page
