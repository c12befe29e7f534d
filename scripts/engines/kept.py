"""What earlier runs found, by the content that it depends on, so that only what changed is checked again.

A result's key names everything that the result depends on: the check itself, and the content of the files that it
reads. A check of single rows reads one file, a partition; any other reads all files of its tables. So a result that is
taken from here is the one that checking again would give, whatever changed elsewhere.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

from scripts.engines.checks import Found, Offender
from scripts.files import CannotRun
from scripts.problems import Problem

VERSION = 1  # of the file; another is not read
CHUNK = 1 << 20  # bytes


class Kept:
    """Results by key; with a file, those of the run before, and afterwards those of this one alone."""

    def __init__(self, file: Path | None = None, basis: str = "") -> None:
        """`basis` is the hash of what all results depend on. Raises CannotRun where the file holds no results."""
        self.file, self.basis = file, basis
        self.before: dict[str, Any] = {}
        self.now: dict[str, Any] = {}
        self.hashes: dict[str, str] = {}
        if file is not None and file.exists():
            self.before = read(file)

    @property
    def is_on(self) -> bool:
        """Whether results are kept at all."""
        return self.file is not None

    def has(self, key: str) -> bool:
        """Whether a result is known."""
        return key in self.now or key in self.before

    def get(self, key: str) -> Found:
        """A known result. Raises KeyError for any other."""
        entry = self.now[key] = self.now.get(key) or self.before[key]
        offenders = (
            Offender(row_id, cells, tuple(Problem(*problem) for problem in problems))
            for row_id, cells, problems in entry["offenders"]
        )
        return Found(entry["count"], tuple(offenders))

    def put(self, key: str, found: Found) -> Found:
        """Keep a result; gives it back."""
        offenders = [[row, cells, [list(astuple(p)) for p in problems]] for row, cells, problems in found.offenders]
        self.now[key] = {"count": found.count, "offenders": offenders}
        return found

    def once(self, key: str, work: Callable[[], Found]) -> Found:
        """A result, worked out where it is not known."""
        return self.get(key) if self.has(key) else self.put(key, work())

    def content(self, file: str) -> str:
        """The hash of a file's bytes, worked out once a run, and the keys of the partitions that it lies in.

        Without a file of results there is none.
        """
        if not self.is_on:
            return ""
        if file not in self.hashes:
            keys = [part for part in Path(file).parts if "=" in part]
            self.hashes[file] = "/".join([hash_of(Path(file)), *keys])
        return self.hashes[file]

    def key(self, *parts: Any) -> str:
        """The key of a result from what it depends on."""
        return hashlib.sha256(json.dumps([self.basis, *parts], ensure_ascii=False).encode()).hexdigest()

    def save(self) -> None:
        """Write the results of this run, where they are kept."""
        if self.file is not None:
            text = json.dumps({"form": VERSION, "results": self.now}, ensure_ascii=False, indent=1, sort_keys=True)
            self.file.write_text(text + "\n", encoding="utf-8")


def read(file: Path) -> dict[str, Any]:
    """The results in a file. Raises CannotRun where it holds none of this form."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        content = None
    if not isinstance(content, dict) or content.get("form") != VERSION or not isinstance(content.get("results"), dict):
        raise CannotRun(f"{file} holds no results of an earlier run: name another file, or take it away")
    return dict(content["results"])


def hash_of(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
