"""Blocks in a document that a program writes: what stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->`."""

import re
from pathlib import Path

HTML = "<!-- {} -->"
MARK_LINE = re.compile(r"^<!-- [\w-]+:(?:begin|end) -->\n", re.MULTILINE)


def with_block(document: str, path: Path, name: str, block: str, mark: str = HTML) -> str:
    """The document with a block's text replaced; raises ValueError, naming the path, where the marks are amiss.

    `mark` is how this kind of document writes a comment, with its indentation.
    """
    begin, end = mark.format(f"{name}:begin"), mark.format(f"{name}:end")
    if document.count(begin) != 1 or document.count(end) != 1 or document.index(begin) > document.index(end):
        raise ValueError(f"{path} needs {begin.strip()} and {end.strip()}, once each: what is made goes between them")
    return f"{document.split(begin)[0]}{begin}\n{block}\n{end}{document.split(end)[1]}"


def without_marks(document: str) -> str:
    """A Markdown document without the lines that mark its blocks, for those who only read it."""
    return MARK_LINE.sub("", document)
