"""Blocks in a document that a program writes: what stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->`."""

from pathlib import Path


def with_block(document: str, path: Path, name: str, block: str) -> str:
    """The document with a block's text replaced; raises ValueError, naming the path, where the marks are amiss."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if document.count(begin) != 1 or document.count(end) != 1 or document.index(begin) > document.index(end):
        raise ValueError(f"{path} needs {begin} and {end}, once each: what is made goes between them")
    return f"{document.split(begin)[0]}{begin}\n{block}\n{end}{document.split(end)[1]}"
