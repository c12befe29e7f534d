"""Take the pictures of the site that the README shows, into metadata/pictures.

No picture of the dataset's own pages has anybody's name in it: one that would is not taken. Pages of a person and an
official are taken of a package of invented people (`python -m tests.artificial FOLDER` writes and builds one); without
--invented they are left as they are. Both databases must have been built. Needs Debian's Chromium.

Exit codes: 0 taken, 1 somebody's name would stand in one, 2 a site cannot be served or no browser started.

Examples:
    python -m tests.artificial /tmp/invented
    python -m scripts.picture_site --invented /tmp/invented
"""

import argparse
import base64
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.browser import Browser, BrowserError, chromium
from scripts.build_sqlite import DATABASE
from scripts.package import ROOT
from scripts.site_pages.naming import NAMED

FOLDER = ROOT / "metadata" / "pictures"
SIZES = {"desktop": (1080, 720), "phone": (360, 720)}
# In the page: the text of the screen, of which a picture is taken.
SHOWN = """(walker => {
    const range = document.createRange(), found = [];
    while (walker.nextNode()) {
        range.selectNodeContents(walker.currentNode);
        const box = range.getBoundingClientRect();
        if (box.bottom > 0 && box.top < innerHeight) found.push(walker.currentNode.data);
    }
    return found.join(' ');
})(document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT))"""


@dataclass(frozen=True)
class Picture:
    """A page of the site as one screen shows it."""

    page: str
    path: str
    colours: str = "light"
    screen: str = "desktop"

    @property
    def file(self) -> str:
        """The picture's name."""
        return f"{self.page}-{'phone-' if self.screen == 'phone' else ''}{self.colours}.png"


PAGES = {"home": "", "figures": "figures", "search": "search", "question": "questions", "table": "count/acts_by_type"}
INVENTED = {"person": "persons/P0001#chronology", "official": "officials/O0001"}


def pictures(pages: dict[str, str]) -> list[Picture]:
    """Each page on a desk in light and on a phone in dark; the first page the other way round too."""
    usual = [("light", "desktop"), ("dark", "phone")]
    looks = {"home": [*usual, ("dark", "desktop"), ("light", "phone")]}
    return [Picture(page, path, *look) for page, path in pages.items() for look in looks.get(page, usual)]


class PictureError(Exception):
    """Why a picture cannot be taken."""


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of a server of a built package, ended afterwards. Raises PictureError where it cannot be served."""
    command = [sys.executable, "-m", "scripts.serve", "--root", str(root), "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stdout and server.stderr
        address = server.stdout.readline().strip()
        if not address:
            raise PictureError(server.stderr.read().strip() or f"{root} cannot be served")
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)


def is_named(root: Path, text: str) -> bool:
    """Whether a surname or a printed name of anybody of a package stands in a text."""
    with closing(sqlite3.connect(f"file:{root / DATABASE}?mode=ro", uri=True)) as connection:
        return bool(connection.execute(NAMED, {"text": text}).fetchone()[0])


def take(browser: Browser, address: str, picture: Picture) -> tuple[bytes, str]:
    """A picture as PNG, and the text in it."""
    browser.set_screen(*SIZES[picture.screen], prefers_color_scheme=picture.colours)
    browser.open(address + picture.path)
    shot = browser.call("Page.captureScreenshot", format="png", optimizeForSpeed=False)
    return base64.b64decode(shot["data"]), str(browser.value(SHOWN))


def take_all(root: Path, pages: dict[str, str], are_invented: bool, folder: Path) -> list[str]:
    """Write the pictures of a package's pages; the names of those left out because somebody's name stands in them."""
    named = []
    with served(root) as address, chromium() as browser:
        for picture in pictures(pages):
            image, text = take(browser, address, picture)
            if not are_invented and is_named(root, text):
                named.append(picture.file)
                continue
            (folder / picture.file).write_bytes(image)
            print(f"{picture.file}: {len(image) // 1000} kB")
    return named


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package")
    parser.add_argument("--invented", type=Path, help="folder of a built package of invented people")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where they go (default: metadata/pictures)")
    options = parser.parse_args(argv)
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        named = take_all(options.root.resolve(), PAGES, False, options.folder)
        if options.invented:
            take_all(options.invented.resolve(), INVENTED, True, options.folder)
    except (PictureError, BrowserError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for file in named:
        print(f"{file}: somebody's name would stand in it, so it is not taken", file=sys.stderr)
    return 1 if named else 0


if __name__ == "__main__":
    sys.exit(main())
