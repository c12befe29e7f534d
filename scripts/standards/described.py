"""A file of a release as the standards describe it."""

from dataclasses import dataclass

from scripts.project import draft_note

__all__ = ["CSV", "DescribedFile", "draft_note"]
CSV = "text/csv"


@dataclass(frozen=True)
class DescribedFile:
    """One file: `path` from the release's folder (POSIX), IANA `media_type`, `bytes`, `sha256` in hex.

    `table` is the resource of the descriptor, or the view, that it holds, and `rows` their number; empty and None for
    other files.
    """

    path: str
    media_type: str
    title: str
    bytes: int
    sha256: str
    table: str = ""
    rows: int | None = None
