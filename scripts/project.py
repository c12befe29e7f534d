"""Who publishes and answers, and where the repository is: the settings of metadata/project.json."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.package import ROOT

FILE = Path("metadata") / "project.json"
SITE = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?")
DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
DRAFT = "draft, not for publication"


@dataclass(frozen=True)
class Project:
    """What a publisher sets, once; a text is empty and the number is None while it is not set.

    `publisher` is a name, `contact` a private way to reach whoever answers (an address of a page or of a mailbox),
    `repository` the https address of the repository, `answered_by` says in general words who answers,
    `answered_within_days` by when, and `site` is the https address under which the site is published, without a slash
    at its end. `doi` is that of all versions together, such as 10.5072/example. What holds for any publisher: the
    `language` of the texts (ISO 639-1), the `place` that the data are about (`name`, `country_code` by ISO 3166-1), and
    `subjects`, each a `term` of a `scheme` with its `scheme_uri`.
    """

    publisher: str
    contact: str
    repository: str
    answered_by: str
    answered_within_days: int | None
    site: str = ""
    doi: str = ""
    language: str = "en"
    place: dict[str, str] | None = None
    subjects: tuple[dict[str, str], ...] = ()


def draft_note(project: Project) -> str:
    """What stands in every file that has room for it while nobody publishes or answers; nothing afterwards."""
    return "" if project.publisher and project.contact else DRAFT


def read_project(root: Path = ROOT) -> Project:
    """The settings of the package in `root`; OSError where the file is missing, ValueError where it is none."""
    settings = json.loads((root / FILE).read_text(encoding="utf-8"))
    try:
        project = Project(**settings)
    except TypeError as error:
        raise ValueError(f"{FILE.as_posix()}: {error}") from error
    if project.repository and not project.repository.startswith("https://"):
        raise ValueError(f"{FILE.as_posix()}: the repository's address starts with https://")
    if project.site and not SITE.fullmatch(project.site):
        raise ValueError(f"{FILE.as_posix()}: the site's address is https:// and a host, without a slash at its end")
    if project.doi and not DOI.fullmatch(project.doi):
        raise ValueError(f"{FILE.as_posix()}: a DOI is written 10.5072/example, without an address before it")
    check_keys("place", [project.place] if project.place else [], {"name", "country_code"})
    check_keys("subjects", project.subjects, {"term", "scheme", "scheme_uri"})
    return project


def check_keys(setting: str, entries: Any, keys: set[str]) -> None:
    """Raise ValueError where an entry of a setting has other keys than these."""
    if not all(isinstance(entry, dict) and entry.keys() == keys for entry in entries):
        raise ValueError(f"{FILE.as_posix()}: {setting} has {', '.join(sorted(keys))}, and nothing else")
