"""The versions that CHANGELOG.md tells of, each with the day of its release: `## 0.1.0 (2026-12-01)`.

A version that is not released yet says so: `## 0.1.0 (not yet released)`.
"""

import re
from datetime import date
from pathlib import Path

FILE = Path("CHANGELOG.md")
NOT_YET = "not yet released"
HEADING = re.compile(r"^## (\S+) \(([^)\n]*)\)$", re.MULTILINE)
Number = tuple[int, ...]


def versions_of(changelog: str) -> dict[str, date | None]:
    """The day of release of each version, None where it is not released; raises ValueError where a heading is amiss."""
    found: dict[str, date | None] = {}
    for line in re.findall(r"^## .*$", changelog, re.MULTILINE):
        heading = HEADING.fullmatch(line)
        if heading is None or not is_number(heading[1]) or heading[1] in found:
            raise ValueError(f"{FILE}: “{line}” is not read: write ## 0.1.0 (2026-12-01), each version once")
        try:
            found[heading[1]] = None if heading[2] == NOT_YET else date.fromisoformat(heading[2])
        except ValueError as error:
            raise ValueError(f"{FILE}: “{line}” has no day such as 2026-12-01, nor “{NOT_YET}”") from error
    return found


def read_versions(root: Path) -> dict[str, date | None]:
    """As `versions_of`, from the package's CHANGELOG; nothing where it has none."""
    file = root / FILE
    return versions_of(file.read_text(encoding="utf-8")) if file.is_file() else {}


def is_number(version: str) -> bool:
    """Whether a version is three numbers."""
    return re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version) is not None


def number_of(version: str) -> Number:
    """A version as numbers that can be compared."""
    return tuple(int(part) for part in version.split("."))
