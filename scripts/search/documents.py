"""The sections of the documents that the site shows, as findable rows."""

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.doors import LANGUAGES
from scripts.search.index import Row
from scripts.site_pages.documents import FILES, OWN, PROSE, anchor_of

HEADING = re.compile(r"^#{1,3} (.+)$", re.MULTILINE)
MARKS = re.compile(r"[*`|<>\[]|\]\([^)]*\)|\]|^[-#>\s:]+", re.MULTILINE)


def plain(text: str) -> str:
    """A text of Markdown without its marks, in one line."""
    return " ".join(MARKS.sub(" ", text).split())


def sections(name: str, text: str) -> Iterator[Row]:
    """A row for each section of a document, named by the document's title and its own heading."""
    parts = HEADING.split(text)
    whole = plain(parts[1]) if len(parts) > 1 else name
    for number, (heading, body) in enumerate(zip(parts[1::2], parts[2::2], strict=True)):
        title = f"{whole}: {plain(heading)}" if number else whole
        row_id = f"{name}#{anchor_of(heading)}" if number else name
        yield Row("documents", row_id, dict.fromkeys(LANGUAGES, title), texts=(plain(body),))


def read_documents(root: Path) -> list[Row]:
    """The rows of all documents of the project in a folder, our own in every language that they are in."""
    files = [(name, root / file) for name, file in FILES.items()]
    files += [(name, PROSE / language / f"{name}.md") for name in OWN for language in LANGUAGES]
    texts = [(name, file.read_text(encoding="utf-8")) for name, file in files if file.is_file()]
    return [row for name, text in texts for row in sections(name, text)]
