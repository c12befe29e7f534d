"""The pages for everyone, in a browser: axe, keyboard, narrow screens, forced colours, no script, paper, weight."""

import base64
import json
import shutil
import signal
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from artificial import ROWS, build_all, write_package, write_settings
from test_pages import RETIRED
from test_serve import UNBOUNDED, start

from scripts.browser import BINARY, ENTER, TAB, Browser, chromium
from scripts.package import ROOT, load_package

AXE = ROOT / "tests" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here: .ci/run installs it with npm")
pytestmark = pytest.mark.skipif(BINARY is None, reason="needs Chromium")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RECORDS = ["persons/P0001", "officials/O0001", "officials/O0002", "events/E0002", "events/E0003", "cases/K0001"]
RECORDS += ["places/L0001", "provisions/B0001", "rights/G0001", "passages/X0004"]
LISTS = ["", "events", "cases", "places", "provisions", "rights", "figures", "inconsistencies", "count", "questions"]
LISTS += ["count/acts_by_type", "count/acts_flat", "count/F0001", "questions/penalties_by_kind", "download", "search"]
DOCUMENTS = ["about/read", "about/help", "about/ethics", "about/changes", "about/privacy"]
LONG_DOCUMENTS = ["methodology", "known-problems", "data-dictionary", "coding-manual", "terms", "contributing", "rules"]
FATES = ["persons/P0091", "persons/P0092", "persons/P0093", "persons/P0003", "persons/E0001", "events/E9999"]
FORMS = ["correct", "correct/P0001", "correct/A0001", "correct/P0003", "correct/P9999", "search=alfa", "search=zzz"]
STOCK = ["-/tables", "kz2018", "kz2018/acts", "kz2018/acts?act_type=detention&_sort_desc=act_id"]
STOCK += ["kz2018/acts?act_id=x", "kz2018/acts/A0001", "kz2018/acts_flat", "kz2018?sql=select+*+from+acts"]
ERRORS = ["nothing", "kz2018/nothing", "kz2018?sql=delete+from+acts", "kz2018/acts?nothing=1"]
LANGUAGES = ["ru/", "kk/persons/P0001", "ru/search=alfa", "kk/correct/P0001", "ru/figures"]
PAGES = [*RECORDS, *LISTS, *DOCUMENTS, *FATES, *FORMS, *STOCK, *ERRORS, *LANGUAGES]
# What changes with the colours and the width of the screen.
LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]

# In the page: elements that the Tab key must reach, in order.
REACHED = """[...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(e =>
    e.checkVisibility() && !(e.parentElement.closest('details:not([open])') && e.tagName != 'SUMMARY'))"""
# The focused element: its place in that order, its outline's width, whether it is in sight, with nothing over it.
FOCUSED = f"""(() => {{
    const e = document.activeElement, style = getComputedStyle(e), box = e.getClientRects()[0];
    const over = part => document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + box.height * part);
    return [{REACHED}.indexOf(e), style.outlineStyle == 'none' ? 0 : parseFloat(style.outlineWidth),
        box !== undefined && [0.05, 0.5, 0.95].map(over).some(top => top !== null && e.contains(top))];
}})()"""
# What WCAG 1.4.12 lets a reader set, and what sticks out of the page or is cut off.
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
SPACED += " p { margin-bottom: 2em !important; }"
SPACE = f"(s => {{ s.replaceSync({json.dumps(SPACED)}); document.adoptedStyleSheets = [s]; }})(new CSSStyleSheet())"
CUT = """[...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && e.clientWidth > 1
    && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1)
    .map(e => e.tagName + '.' + e.className)"""


def rows() -> dict[str, list[dict[str, Any]]]:
    """The rows of the artificial package, with retired ids and with places that the map draws and lists."""
    place = ROWS["places"][0] | {"country_code": "KZ", "latitude": 43.2, "longitude": 76.9}
    province = place | {"place_id": "L0002", "name": "Some Province", "place_type": "province"}
    province |= {"geo_precision": "province", "latitude": "", "longitude": "", "geonames_id": ""}
    event = ROWS["events"][1] | {"event_id": "E0004", "place_id": "L0002", "parent_event_id": ""}
    act = ROWS["acts"][0] | {"act_id": "A0007", "event_id": "E0004", "person_id": "P0002"}
    changed = {"places": [place, province], "events": [*ROWS["events"], event], "acts": [*ROWS["acts"], act]}
    return ROWS | changed | {"retired_ids": RETIRED}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the artificial package."""
    root = write_package(tmp_path_factory.mktemp("package"), rows())
    write_settings(root)
    build_all(root)
    server, found = start(root)
    yield found
    server.send_signal(signal.SIGINT)
    server.communicate(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with chromium() as started:
        yield started


def show(browser: Browser, address: str, page: str) -> None:
    """Open a page; `search=WORDS` by typing them into the search."""
    path, is_search, words = page.partition("search=")
    if not is_search:
        return browser.open(address + page)
    browser.open(f"{address}{path}search")
    browser.value("document.querySelector('#q').focus()")
    browser.type(words)
    browser.press(ENTER)
    browser.wait_for("document.readyState == 'complete' && document.querySelector('[role=status]')")


def violations(browser: Browser, rules: list[str] | None = None) -> list[tuple[str, str]]:
    """(rule, element) for each breach that axe finds on the open page, by all rules of TAGS or by some."""
    if not browser.value("'axe' in window"):
        browser.value(AXE.read_text(encoding="utf-8") + ";1")
    chosen = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = json.dumps({"runOnly": chosen, "resultTypes": ["violations"], "preload": False})
    found = browser.value(
        f"axe.run({options}).then(r => r.violations.flatMap(v => v.nodes.map(n => [v.id, n.target.join(' ')])))"
    )
    return [(rule, element) for rule, element in found]


# axe


@needs_axe
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, page: str) -> None:
    browser.set_screen(360)
    show(browser, address, page)
    assert violations(browser) == []
    browser.set_screen(1440, prefers_color_scheme="dark")
    assert violations(browser, LOOKS) == []


@needs_axe
@pytest.mark.long
@pytest.mark.parametrize("page", [*PAGES, *(f"about/{name}" for name in LONG_DOCUMENTS)])
def test_axe_finds_nothing_in_full(browser: Browser, address: str, page: str) -> None:
    screens = [(320, "light"), (320, "dark"), (768, "light"), (768, "dark"), (1440, "light"), (1440, "dark")]
    is_in_one_language = page in [*STOCK, *ERRORS] or page.startswith(("ru/", "kk/"))
    for language in ("",) if is_in_one_language else ("", "ru/", "kk/"):
        show(browser, address, language + page)
        for width, colours in screens if not language else screens[1:3]:
            browser.set_screen(width, prefers_color_scheme=colours)
            assert violations(browser) == []


@needs_axe
def test_axe_finds_nothing_where_the_site_asks_to_wait(browser: Browser, address: str, tmp_path: Path) -> None:
    root = write_package(tmp_path)
    write_settings(root)
    build_all(root)
    bounds = json.loads(UNBOUNDED.read_text(encoding="utf-8"))
    file = tmp_path / "bounds.json"
    file.write_text(json.dumps(bounds | {"pages": {"one": [0.01, 1], "everyone": [1, 100]}}), encoding="utf-8")
    command = [sys.executable, "-m", "scripts.serve", "--root", str(root), "--port", "0", "--bounds", str(file)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout
        strict = server.stdout.readline().strip()
        browser.set_screen(360)
        for page in ("figures", "events"):
            browser.open(strict + page)
        assert browser.value("document.querySelector('h1').textContent") == "Too Many Requests"
        assert violations(browser) == []
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)


@needs_axe
@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("document.querySelector('label').remove()", ("label-title-only", "#q")),
        ("document.querySelector('.colophon a').style.color = '#888'", ("color-contrast", "faq")),
        ("document.documentElement.removeAttribute('lang')", ("html-has-lang", "html")),
        ("document.querySelector('main').role = 'presentation'", ("landmark-one-main", "html")),
    ],
)
def test_axe_would_find_what_is_wrong(browser: Browser, address: str, change: str, found: tuple[str, str]) -> None:
    browser.set_screen(360)
    browser.open(f"{address}search")
    browser.value(change)
    rules = {rule: element for rule, element in violations(browser)}
    assert found[1] in rules.get(found[0], "")


# The keyboard


def tabbed(browser: Browser) -> list[tuple[int, float, bool]]:
    """What FOCUSED says after each press of Tab, from the start of the page to its end."""
    found = []
    for _ in range(400):
        browser.press(TAB)
        browser.value("new Promise(requestAnimationFrame)")  # the focus scrolls into sight
        place, outline, is_seen = browser.value(FOCUSED)
        if place == -1 or (found and place == 0):  # the focus left the page, or came back to its start
            return found
        found.append((place, outline, is_seen))
    raise AssertionError("the focus does not leave the page")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("page", ["", "persons/P0001", "search=alfa", "questions", "kz2018/acts", "correct/P0001"])
def test_tab_reaches_everything_in_order_and_is_seen(browser: Browser, address: str, page: str, width: int) -> None:
    browser.set_screen(width)
    show(browser, address, page)
    browser.value("document.activeElement.blur(), document.body.setAttribute('tabindex', -1), document.body.focus()")
    browser.value("document.body.removeAttribute('tabindex')")
    number = browser.value(f"{REACHED}.length")
    assert number > 5
    found = tabbed(browser)
    assert [place for place, _, _ in found] == list(range(number))
    labels = browser.value(f"{REACHED}.map(e => e.tagName + ' ' + (e.textContent.trim() || e.name || '').slice(0, 40))")
    assert [labels[place] for place, outline, is_seen in found if outline < 2 or not is_seen] == []


def test_skip_link_leads_past_the_menus(browser: Browser, address: str) -> None:
    browser.set_screen(360)
    browser.open(f"{address}persons/P0001")
    browser.press(TAB)
    assert browser.value("document.activeElement.className + ' ' + location.hash") == "skip "
    assert browser.value("document.activeElement.getBoundingClientRect().left >= 0")
    browser.press(ENTER)
    browser.wait_for("location.hash == '#main'")
    browser.press(TAB)
    assert browser.value("document.querySelector('main').contains(document.activeElement)")


# What a reader's system or settings ask for


def test_nothing_sticks_out_of_a_narrow_page_or_is_cut_off(browser: Browser, address: str) -> None:
    wrong = []
    for page in PAGES:
        browser.set_screen(320)  # 1280 pixels at 400 %
        show(browser, address, page)
        for width in (320, 640):
            browser.set_screen(width)
            wide = browser.value("document.documentElement.scrollWidth")
            browser.value(SPACE)
            spaced = browser.value("document.documentElement.scrollWidth")
            wrong += [(page, width, wide, spaced)] if max(wide, spaced) > width else []
            wrong += [(page, width, cut) for cut in browser.value(CUT)]
            browser.value("document.adoptedStyleSheets = []")
    assert wrong == []


def test_what_sticks_out_or_is_cut_off_would_be_seen(browser: Browser, address: str) -> None:
    browser.set_screen(320)
    browser.open(f"{address}figures")
    browser.value("document.querySelector('h1').style.whiteSpace = 'nowrap'")
    assert browser.value("document.documentElement.scrollWidth") > 320
    browser.value("document.querySelector('h1').style.overflowX = 'hidden'")
    assert browser.value(CUT) == ["H1."]


def test_nothing_moves(browser: Browser, address: str) -> None:
    moving = """[...document.querySelectorAll('*')].filter(e => ['', '::before', '::after'].some(part => {
        const s = getComputedStyle(e, part || null);
        return s.animationName != 'none' || parseFloat(s.transitionDuration) > 0 || s.scrollBehavior != 'auto';
    })).length"""
    for wish in ("reduce", "no-preference"):
        browser.set_screen(360, prefers_reduced_motion=wish)
        for page in ("", "persons/P0001", "kz2018/acts", "correct/P0001"):
            show(browser, address, page)
            assert browser.value(moving) == 0


def test_forced_colours_keep_the_drawings(browser: Browser, address: str) -> None:
    browser.set_screen(1440, forced_colors="active", prefers_color_scheme="dark")
    browser.open(address)
    fills = "['.land', '.dot', '.map-drawing text'].map(name => getComputedStyle(document.querySelector(name)).fill)"
    land, dot, text = browser.value(fills)
    assert land == browser.value("getComputedStyle(document.body).backgroundColor")
    assert len({land, dot}) == len({land, text}) == 2


def test_a_story_without_scripts(browser: Browser, address: str) -> None:
    browser.set_screen(360)
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        show(browser, address, "search=Exemple")
        assert browser.value("document.querySelector('#persons .hits a').textContent") == "Alfa Example"
        browser.value("document.querySelector('#persons .hits a').focus()")
        browser.press(ENTER)
        browser.wait_for("location.pathname == '/persons/P0001' && document.readyState == 'complete'")
        browser.open(address)
        browser.value("document.querySelector('#map summary').focus()")
        browser.press(ENTER)
        browser.wait_for("document.querySelector('#map details').open")
        assert "Some Province" in browser.value("document.querySelector('#map table').innerText")
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


# On paper


def test_paper_holds_what_is_said_and_nothing_to_press(browser: Browser, address: str) -> None:
    pages = dict.fromkeys(PAGES, "")
    for page in pages:
        browser.set_screen(680)
        show(browser, address, page)
        browser.call("Emulation.setEmulatedMedia", media="print", features=[])
        shown = "[...document.querySelectorAll('nav, button, [type=submit], select, .downloads')].filter(e => "
        pages[page] = browser.value(shown + "e.checkVisibility()).map(e => e.outerHTML.slice(0, 60))")
        assert browser.value("document.documentElement.scrollWidth") <= 680, page
        browser.call("Emulation.setEmulatedMedia", media="", features=[])
    assert {page: left for page, left in pages.items() if left} == {}


def test_paper_has_the_folded_table_the_citation_and_the_reports_address(browser: Browser, address: str) -> None:
    browser.set_screen(680)
    browser.open(address)
    browser.call("Emulation.setEmulatedMedia", media="print", features=[])
    browser.wait_for("document.querySelector('#map td').checkVisibility({contentVisibilityAuto: true})")
    assert browser.value("document.querySelector('.citation').checkVisibility()")
    after = "getComputedStyle(document.querySelector('.opening a[href^=http]'), '::after').content"
    assert load_package().descriptor["sources"][0]["path"] in browser.value(after)
    printed = browser.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"]
    assert base64.b64decode(printed).startswith(b"%PDF-")
    browser.call("Emulation.setEmulatedMedia", media="", features=[])


# The package itself

LIMIT = 100_000
# In the page: labels of drawings that stick out of them, or over another label or another's dot.
MEETING = """[...document.querySelectorAll('main svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect(), texts = [...svg.querySelectorAll('text')];
    const boxes = [...texts, ...svg.querySelectorAll('circle')].map(e => e.getBoundingClientRect());
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
    return texts.filter((_, n) => boxes.some((box, other) => other != n && meet(boxes[n], box))
        || boxes[n].left < frame.left - 1 || boxes[n].right > frame.right + 1).map(e => e.textContent);
})"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the package itself, built anew."""
    root = tmp_path_factory.mktemp("whole")
    shutil.copy(ROOT / "datapackage.json", root)
    shutil.copytree(ROOT / "data", root / "data")
    write_settings(root)
    build_all(root)
    server, found = start(root)
    yield found
    server.send_signal(signal.SIGINT)
    server.communicate(timeout=20)


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_labels_of_drawings_meet_nothing(browser: Browser, whole: str, width: int) -> None:
    browser.set_screen(width)
    for page in ("", "ru/", "kk/"):
        browser.open(whole + page)
        assert browser.value("document.querySelectorAll('main svg').length") == 2
        assert (page, browser.value(MEETING)) == (page, [])
    browser.value("document.querySelectorAll('.map-drawing text').forEach(e => e.setAttribute('x', 50))")
    assert len(browser.value(MEETING)) > 2


def weigh(browser: Browser, address: str, page: str) -> tuple[int, set[str]]:
    """How many bytes a page and all that belongs to it take on the way, and from where they come."""
    show(browser, address, page)
    browser.value("0")
    sent = sum(done["encodedDataLength"] for done in browser.told("Network.loadingFinished"))
    addresses = [asked["request"]["url"] for asked in browser.told("Network.requestWillBeSent")]
    return int(sent), {urllib.parse.urlsplit(found).netloc for found in addresses}


HEAVY = [*RECORDS, *LISTS, "cases/K0010", "count/person_timeline", "correct/P0001", "search=detention", "nothing"]
HEAVY += ["ru/", "about/rules", "about/data-dictionary", "about/methodology", "kz2018", "kz2018/acts"]
HEAVY += ["kz2018/acts/A0001", "kz2018/acts?_size=2000", "kz2018?sql=select+*+from+acts", "kz2018/acts_flat"]


def test_no_page_is_heavy_or_asks_another_host(browser: Browser, whole: str) -> None:
    browser.set_screen(360)
    browser.call("Network.setCacheDisabled", cacheDisabled=True)
    weights = {page: weigh(browser, whole, page) for page in HEAVY}
    browser.call("Network.setCacheDisabled", cacheDisabled=False)
    own = {urllib.parse.urlsplit(whole).netloc}
    assert {page: weight for page, weight in weights.items() if not 1000 < weight[0] <= LIMIT or weight[1] != own} == {}
