"""What a document of the project says under a heading, as plain sentences, so that nobody writes it twice."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token


def section_texts(path: Path, heading: str) -> list[str]:
    """The paragraphs and list items under a heading, up to the next one; of a table each row, its cells apart by `: `.

    Raises OSError where the document is missing, and ValueError where it has no such heading or nothing under it.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))
    starts = [n for n, token in enumerate(tokens) if token.type == "heading_open" and plain(tokens[n + 1]) == heading]
    if len(starts) != 1:
        raise ValueError(f"{path.name} has the heading “{heading}” {len(starts)} times, where once is right")
    body = tokens[starts[0] + 3 :]
    end = next((n for n, token in enumerate(body) if token.type == "heading_open"), len(body))
    found = list(texts_of(body[:end]))
    if not found:
        raise ValueError(f"{path.name} says nothing under the heading “{heading}”")
    return found


def texts_of(tokens: list[Token]) -> Iterator[str]:
    """The texts of a run of tokens; heads of tables are left out, and so is what is set as code."""
    cells: list[str] = []
    for before, token in pairwise(tokens):
        if token.type == "tr_close" and cells:
            yield ": ".join(cells)
            cells = []
        elif token.type == "inline" and before.type == "td_open":
            cells.append(plain(token))
        elif token.type == "inline" and token.content and before.type != "th_open":
            yield plain(token)


def plain(token: Token) -> str:
    """The words of a text without its marks."""
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or [])
    return " ".join("".join(parts).split())
