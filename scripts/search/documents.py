"""The sections of the documents about the data, as findable rows."""

import re
from pathlib import Path

from scripts.search.index import Row

NAMES = [
    "methodology", "ethics", "known-problems", "data-dictionary", "rules", "privacy", "terms", "coding-manual",
]  # fmt: skip
HEADING = re.compile(r"^#{1,3} (.+)$", re.MULTILINE)
MARKUP = re.compile(r"[*`|<>]|\]\([^)]*\)|^[-#>\s:]+|\[", re.MULTILINE)


def plain(text: str) -> str:
    """A text of Markdown without its marks, in one line."""
    return " ".join(MARKUP.sub(" ", text).split())


def sections(name: str, text: str) -> list[Row]:
    """A row for each section of a document, named by the document's title and its own heading."""
    parts = HEADING.split(text)
    if len(parts) < 3:
        return []
    whole = plain(parts[1])
    rows = []
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        title = whole if plain(heading) == whole else f"{whole}: {plain(heading)}"
        rows.append(Row("documents", name, dict.fromkeys(("en", "ru", "kk"), title), texts=(plain(body),)))
    return rows


def read_documents(root: Path) -> list[Row]:
    """The rows of the documents in the folder `metadata`, as far as they are there."""
    files = [(name, root / "metadata" / f"{name}.md") for name in NAMES]
    return [row for name, file in files if file.is_file() for row in sections(name, file.read_text(encoding="utf-8"))]
