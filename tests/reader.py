"""Somebody who reads the site: sees words, points at them, types, presses keys, and keeps what was downloaded."""

import json
import time
from pathlib import Path
from typing import Any

from scripts.browser import ENTER, TAB, Browser

# In the page: whether somebody sees an element, and by what words they know one that can be used.
NAMED = """
    const words = text => (text ?? '').replace(/\\s+/g, ' ').trim();
    const seen = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
    const name = e => words(e.getAttribute('aria-label') || (e.labels?.length ? e.labels[0].innerText : '')
        || e.innerText || e.value);
    const usable = [...document.querySelectorAll('a[href], button, input, select, summary, textarea')].filter(seen);
"""
# The middle of the one element with that name, scrolled into sight, or what stands in the way.
POINT = """(([wanted, place]) => {
    %s
    const within = e => !place || e.closest(place) !== null;
    const found = usable.filter(e => name(e) === wanted && within(e));
    if (!found.length) return ['there is no ' + wanted + ' among: ' + usable.filter(within).map(name).join(' | ')];
    found[0].scrollIntoView({block: 'center', behavior: 'instant'});
    const box = found[0].getClientRects()[0], x = box.left + Math.min(box.width / 2, 30), y = box.top + box.height / 2;
    const top = document.elementFromPoint(x, y);
    if (!top || !(found[0].contains(top) || top.contains(found[0]))) return [wanted + ' is covered or out of sight'];
    return ['', x, y];
})(%s)"""
FOCUSED = f"(() => {{ {NAMED} return name(document.activeElement); }})()"
# What each key of a chord does in a field.
CHORDS = {"a": "selectAll", "c": "copy", "v": "paste"}
CONTROL = 2


class Reader:
    """Somebody at a browser. Only `land` names an address; everything else is done as people do it."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder, self.steps = browser, folder, 0
        browser.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(folder))

    def land(self, address: str) -> None:
        """Come from outside, with an empty history of steps."""
        self.browser.open(address)
        self.steps = 0

    def sees(self, place: str = "main") -> str:
        """The text that stands there, as it is shown, white space folded."""
        return " ".join(str(self.browser.value(f"document.querySelector({json.dumps(place)}).innerText")).split())

    @property
    def heading(self) -> str:
        """The page's heading."""
        return self.sees("h1")

    def _point(self, wanted: str, place: str) -> tuple[float, float]:
        fault, *spot = self.browser.value(POINT % (NAMED, json.dumps([wanted, place])))
        assert not fault, f"{fault} (on {self.heading})"
        return spot[0], spot[1]

    def _leave(self) -> None:
        """Mark the page, so that one can wait for another."""
        self.browser.value("window.isOld = true")

    def _arrive(self) -> None:
        self.browser.wait_for("!window.isOld && document.readyState == 'complete'")
        self.steps += 1

    def _press_mouse(self, wanted: str, place: str) -> None:
        x, y = self._point(wanted, place)
        for kind in ("mousePressed", "mouseReleased"):
            self.browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def click(self, wanted: str, place: str = "") -> None:
        """Click on what is called so, and wait for the page that it leads to."""
        self._leave()
        self._press_mouse(wanted, place)
        self._arrive()

    def tap(self, wanted: str, place: str = "") -> None:
        """The same with a finger."""
        self._leave()
        self.tap_into(wanted, place)
        self._arrive()

    def tap_into(self, wanted: str, place: str = "") -> None:
        """Touch what is called so, and stay on the page."""
        x, y = self._point(wanted, place)
        self.browser.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.browser.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def open_up(self, wanted: str, place: str = "") -> None:
        """Click on what unfolds, or puts the cursor into a field, on the same page."""
        self._press_mouse(wanted, place)

    def choose(self, field: str, option: str, place: str) -> None:
        """Choose from a list by typing the beginning of an option where the focus is on the list."""
        self._press_mouse(field, place)
        self.browser.press({"key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27})
        for letter in option:
            key = {"key": letter, "code": "", "windowsVirtualKeyCode": ord(letter.upper()), "text": letter}
            self.browser.press(key)
        chosen = "document.activeElement.selectedOptions[0].innerText"
        assert self.browser.value(chosen) == option, self.browser.value(chosen)

    def seek(self, words: str, button: str = "") -> None:
        """Type into the field that has the focus, and go by Enter or by a button of the main part."""
        self._leave()
        self.browser.type(words)
        self._press_mouse(button, "main") if button else self.browser.press(ENTER)
        self._arrive()

    def tab_to(self, wanted: str, most: int = 60) -> int:
        """Press Tab until what is called so has the focus; how often."""
        passed = []
        for number in range(1, most + 1):
            self.browser.press(TAB)
            passed.append(self.browser.value(FOCUSED))
            if passed[-1] == wanted:
                return number
        raise AssertionError(f"{most} times Tab lead not to {wanted}, but over {passed}")

    def enter(self) -> None:
        """Press Enter where the focus is, and wait for the page that it leads to."""
        self._leave()
        self.browser.press(ENTER)
        self._arrive()

    def chord(self, letter: str) -> None:
        """Ctrl with a letter of CHORDS."""
        key = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
        values: dict[str, Any] = key | {"modifiers": CONTROL}
        self.browser.call("Input.dispatchKeyEvent", type="rawKeyDown", commands=[CHORDS[letter]], **values)
        self.browser.call("Input.dispatchKeyEvent", type="keyUp", **values)

    def copy(self, label: str, place: str) -> None:
        """Copy the whole text of a field."""
        self.open_up(label, place)
        self.chord("a")
        self.chord("c")

    def paste(self) -> str:
        """What a messenger gets of what was copied: an empty field elsewhere."""
        self.browser.open("data:text/html,<h1>A messenger</h1><textarea autofocus></textarea>")
        self.browser.wait_for("document.activeElement.tagName == 'TEXTAREA'")
        self.chord("v")
        return str(self.browser.value("document.activeElement.value"))

    def download(self, wanted: str, place: str = "") -> Path:
        """Click on a file; where it lies once it is whole."""
        before = set(self.folder.iterdir())
        self._press_mouse(wanted, place)
        for _ in range(200):
            new = [path for path in set(self.folder.iterdir()) - before if path.suffix != ".crdownload"]
            if new and not list(self.folder.glob("*.crdownload")):
                return new[0]
            time.sleep(0.05)
        raise AssertionError(f"no file came of {wanted}")

    def fits(self) -> bool:
        """Whether nothing sticks out of the page sideways."""
        return bool(self.browser.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
