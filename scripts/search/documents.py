"""The sections of the documents that the site shows, as findable rows."""

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.doors import LANGUAGES
from scripts.search.index import Row
from scripts.site_pages.documents import FILES, OWN, anchor_of, english_path, translated_path

HEADING = re.compile(r"^#{1,3} (.+)$", re.MULTILINE)
MARKS = re.compile(r"[*`|<>\[]|\]\([^)]*\)|\]|^[-#>\s:]+", re.MULTILINE)
Section = tuple[str, str]


def plain(text: str) -> str:
    """A text of Markdown without its marks, in one line."""
    return " ".join(MARKS.sub(" ", text).split())


def sections(text: str) -> list[Section]:
    """The sections of a document as heading and text, the document's title first."""
    parts = HEADING.split(text)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def titled(found: list[Section]) -> list[str]:
    """The title of each section: the document's, with the section's own heading after it."""
    whole = plain(found[0][0])
    return [f"{whole}: {plain(heading)}" if number else whole for number, (heading, _) in enumerate(found)]


def rows(name: str, texts: dict[str, str]) -> Iterator[Row]:
    """A row for each section of a document, given in English and in the languages into which it is translated."""
    by_language = {language: sections(text) for language, text in texts.items()}
    titles = {language: titled(found) for language, found in by_language.items()}
    for number, (heading, _) in enumerate(by_language["en"]):
        row_id = f"{name}#{anchor_of(heading)}" if number else name
        own = {language: titles[language if language in titles else "en"][number] for language in LANGUAGES}
        yield Row("documents", row_id, own, texts=tuple(plain(found[number][1]) for found in by_language.values()))


def read_documents(root: Path) -> list[Row]:
    """The rows of all documents of the project in a folder, in every language that they are in."""
    found: list[Row] = []
    for name in (*FILES, *OWN):
        path = root / FILES[name] if name in FILES else english_path(name)
        if path is not None and path.is_file():
            texts = {"en": path.read_text(encoding="utf-8")}
            for language in LANGUAGES:
                own = translated_path(name, language)
                texts |= {language: own.read_text(encoding="utf-8")} if own else {}
            found += rows(name, texts)
    return found
