"""The versions that CHANGELOG.md tells of, each with the day of its release: `## 0.1.0 (2026-12-01)`.

A version that is not released yet says so: `## 0.1.0 (not yet released)`.
"""

import re
from datetime import date
from pathlib import Path

from scripts.marked import with_block

FILE = Path("CHANGELOG.md")
NOT_YET = "not yet released"
TITLES = ["Changes", "Corrections"]  # what programs write of a version, in this order
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


def stamp(released: date | None, created: str) -> date:
    """The day that copies of a version carry: its release's, or while it is unreleased the descriptor's `created`."""
    return released or date.fromisoformat(created[:10])


def parts_of(changelog: str) -> list[str]:
    """The CHANGELOG's head, and its part on each version."""
    return re.split(r"(?m)^(?=## )", changelog)


def version_of(part: str) -> str:
    """The version that a part of the CHANGELOG is about."""
    return part.removeprefix("## ").split("\n")[0].split(" ")[0]


def with_part(changelog: str, version: str, title: str, text: str) -> str:
    """The CHANGELOG with a text under a title in its part on one version, which is begun where there is none.

    The text stands between marks called after the title. Raises ValueError where these are amiss.
    """
    parts = parts_of(changelog)
    if version not in map(version_of, parts[1:]):
        parts.insert(1, f"## {version} ({NOT_YET})\n\n")
    place = next(n for n, part in enumerate(parts) if n and version_of(part) == version)
    name = title.lower()
    if f"<!-- {name}:begin -->" not in parts[place]:
        made = f"### {title}\n\n<!-- {name}:begin -->\n<!-- {name}:end -->\n"
        later = [f"### {each}\n" for each in TITLES[TITLES.index(title) + 1 :]]
        at = min((parts[place].index(each) for each in later if each in parts[place]), default=None)
        before, rest = parts[place][:at], parts[place][at:] if at is not None else ""
        ended = "\n" if rest or place + 1 < len(parts) else ""
        parts[place] = f"{before.rstrip()}\n\n{made}{ended}{rest}"
    parts[place] = with_block(parts[place], FILE, name, text)
    return "".join(parts)


def is_number(version: str) -> bool:
    """Whether a version is three numbers."""
    return re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version) is not None


def number_of(version: str) -> Number:
    """A version as numbers that can be compared."""
    return tuple(int(part) for part in version.split("."))
