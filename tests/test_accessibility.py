"""The pages for everyone, in a real browser: axe's rules, the keyboard, reflow, forced colours, no script, weight, print."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from artificial import ROWS, build_all, write_package, write_settings
from test_pages import RETIRED
from test_serve import start

from scripts.browser import BINARY, ENTER, TAB, Browser, chromium
from scripts.package import ROOT

AXE = ROOT / "tests" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here: .ci/run installs it with npm")
pytestmark = pytest.mark.skipif(BINARY is None, reason="needs Chromium")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RECORDS = ["persons/P0001", "officials/O0001", "officials/O0002", "events/E0002", "events/E0003", "cases/K0001"]
RECORDS += ["places/L0001", "provisions/B0001", "rights/G0001", "passages/X0004"]
LISTS = ["", "events", "cases", "places", "provisions", "rights", "figures", "inconsistencies", "count", "questions"]
LISTS += ["count/acts_by_type", "count/acts_flat", "count/F0001", "questions/penalties_by_kind", "download", "search"]
DOCUMENTS = ["read", "help", "methodology", "ethics", "known-problems", "changes", "data-dictionary", "coding-manual"]
DOCUMENTS += ["privacy", "terms", "contributing", "rules"]
FATES = ["persons/P0091", "persons/P0092", "persons/P0093", "persons/P0003", "persons/E0001", "events/E9999"]
FORMS = ["correct", "correct/P0001", "correct/A0001", "correct/P0003", "correct/P9999", "search=alfa", "search=zzz"]
STOCK = ["-/tables", "kz2018", "kz2018/acts", "kz2018/acts?act_type=detention&_sort_desc=act_id", "kz2018/acts?act_id=x"]
STOCK += ["kz2018/acts/A0001", "kz2018/acts_flat", "kz2018?sql=select+act_id,+person_id+from+acts", "kz2018?sql=select+1"]
ERRORS = ["nothing", "kz2018/nothing", "kz2018?sql=delete+from+acts", "kz2018/acts?nothing=1"]
LANGUAGES = ["ru/", "kk/persons/P0001", "ru/search=alfa", "kk/correct/P0001", "ru/figures"]
PAGES = [*RECORDS, *LISTS, *(f"about/{name}" for name in DOCUMENTS), *FATES, *FORMS, *STOCK, *ERRORS, *LANGUAGES]


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
    options = json.dumps({"runOnly": chosen, "resultTypes": ["violations"]})
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
    assert violations(browser, ["color-contrast", "target-size", "scrollable-region-focusable"]) == []
