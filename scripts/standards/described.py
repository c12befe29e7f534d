"""A file of a release as the standards describe it, and the mark of a draft."""

from dataclasses import dataclass

from scripts.project import Project

DRAFT = "draft, not for publication"


@dataclass(frozen=True)
class DescribedFile:
    """A file of a release as the standards describe it.

    `path` is relative to the release's folder, `media_type` IANA's, `sha256` hex; `table` is the descriptor's resource
    or the view or analysis table that it holds, and empty where it holds none.
    """

    path: str
    media_type: str
    title: str
    bytes: int
    sha256: str
    table: str = ""
    rows: int | None = None


def draft_note(project: Project) -> str:
    """What every file with room for it says while nobody publishes and answers; empty once both are set."""
    return "" if project.publisher and project.contact else DRAFT
