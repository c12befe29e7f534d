"""A file of a release as a format made it."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from scripts.standards.described import DescribedFile

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".dta": "application/x-stata-dta",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".sav": "application/x-spss-sav",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "": "text/plain",
}


@dataclass(frozen=True)
class Made:
    """A file: its path in the release, its bytes, what it is, and the table that it holds with its rows, if any."""

    path: str
    content: bytes
    title: str
    table: str = ""
    rows: int | None = None

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()

    def described(self) -> DescribedFile:
        """The file as the standards describe it."""
        media_type = MEDIA_TYPES[PurePosixPath(self.path).suffix]
        return DescribedFile(self.path, media_type, self.title, len(self.content), self.sha256, self.table, self.rows)
