"""Who publishes and answers, and where the repository is: the settings of metadata/project.json."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from scripts.package import ROOT

FILE = Path("metadata") / "project.json"
SITE = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?")


@dataclass(frozen=True)
class Project:
    """What a publisher sets, once; a text is empty and the number is None while it is not set.

    `publisher` is a name, `contact` a private way to reach whoever answers (an address of a page or of a mailbox),
    `repository` the https address of the repository, `answered_by` says in general words who answers,
    `answered_within_days` by when, and `site` is the https address under which the site is published, without a slash
    at its end.
    """

    publisher: str
    contact: str
    repository: str
    answered_by: str
    answered_within_days: int | None
    site: str = ""


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
    return project
