"""A real browser: headless Chromium, spoken to through a pipe, so that no driver has to be installed."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Chromium reads commands from descriptor 3 and writes answers to descriptor 4.
START = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
BINARY = shutil.which("chromium")
ENTER = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
# What is said where a page is left while something is asked of it.
LEFT = re.compile("Inspected target navigated|Execution context was destroyed|Cannot find context")
Message = dict[str, Any]


class BrowserError(Exception):
    """What the browser refused or did not do."""


class Browser:
    """One page of a running Chromium. `events` are the page's messages since it was opened, oldest first."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._out, self._in, self._rest, self._number = to_browser, from_browser, b"", 0
        self.events: list[Message] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def _read(self) -> Message:
        while b"\0" not in self._rest:
            self._rest += os.read(self._in, 65536)
        text, _, self._rest = self._rest.partition(b"\0")
        message: Message = json.loads(text)
        if "method" in message:
            self.events.append(message)
        return message

    def _call(self, method: str, session: str = "", **values: Any) -> Message:
        self._number += 1
        message = {"id": self._number, "method": method, "params": values} | ({"sessionId": session} if session else {})
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                result: Message = answer["result"]
                return result

    def call(self, method: str, **values: Any) -> Message:
        """A command of the DevTools protocol to the page; its result."""
        return self._call(method, self._session, **values)

    def value(self, script: str) -> Any:
        """What an expression, or the promise that it gives, comes to in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserError(str(answer["exceptionDetails"].get("exception", {}).get("description", answer)))
        return answer["result"].get("value")

    def wait_for(self, script: str) -> None:
        """Wait until an expression gives something true in the page."""
        for _ in range(200):
            try:
                if self.value(f"Boolean({script})"):
                    return
            except BrowserError as error:
                if not LEFT.search(str(error)):
                    raise
            time.sleep(0.05)
        raise BrowserError(f"never true in the page: {script}")

    def told(self, method: str) -> list[Message]:
        """What the page's messages of one kind said since it was opened."""
        return [event["params"] for event in self.events if event["method"] == method]

    def open(self, address: str) -> None:
        """Go to an address and wait until the page is there with all that belongs to it."""
        self.events.clear()
        went = self.call("Page.navigate", url=address)
        while "loaderId" in went and not self.told("Page.loadEventFired"):
            self._read()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.call("Input.insertText", text=text)

    def press(self, key: Message) -> None:
        """Press a key: ENTER or TAB."""
        self.call("Input.dispatchKeyEvent", type="keyDown", **key)
        self.call("Input.dispatchKeyEvent", type="keyUp", **{name: key[name] for name in ("key", "code")})

    def set_screen(self, width: int, height: int = 800, **media: str) -> None:
        """Set the window's size, and media features by their names with `_` for `-`: prefers_color_scheme="dark"."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
        self.call("Emulation.setEmulatedMedia", features=features)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium with an empty profile, ended afterwards. Raises BrowserError where none is installed."""
    if BINARY is None:
        raise BrowserError("Chromium is not installed: apt-get install chromium")
    to_browser, from_browser = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--remote-debugging-pipe",
            f"--user-data-dir={profile}",
        ]
        process = subprocess.Popen(
            [sys.executable, "-c", START, str(to_browser[0]), str(from_browser[1]), BINARY, *flags],
            pass_fds=(to_browser[0], from_browser[1]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            os.close(to_browser[0])
            os.close(from_browser[1])
            yield Browser(to_browser[1], from_browser[0])
        finally:
            process.terminate()
            process.wait(timeout=20)
            os.close(to_browser[1])
            os.close(from_browser[0])
