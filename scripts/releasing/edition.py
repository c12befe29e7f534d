"""What a release is made from: the package, its tables, who publishes, and the version's date. No clock is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from scripts.changelog_sections import FILE as CHANGELOG
from scripts.changelog_sections import NOT_YET, stamp, versions_of
from scripts.package import Package
from scripts.project import Project
from scripts.standards.described import draft_note

CAVEATS = (
    "Everything comes from one source, a report of one organisation, and nothing after its date is here.",
    "Each row was checked against the words of that source, not against the world: that the cited words are there does "
    "not make the claim true.",
    "Most of the people whom the source tells of have no name in it. Its lists are examples given by those who "
    "complained: no rate, share or comparison of cities can be drawn, and absence means nothing.",
    "A count counts what its description says (mentions, acts or named persons), never how often something happened.",
    "No official named here has been found by this dataset to have done anything: an official and an act meet only "
    "where the source itself says that this official did it (`involvements`).",
)


@dataclass(frozen=True)
class Edition:
    """One version of the package, ready to be written in any form.

    `tables` holds the typed rows of every CSV table by name, `released` is the version's day in the CHANGELOG (None:
    not yet released).
    """

    package: Package
    project: Project
    released: date | None
    tables: Mapping[str, pa.Table]

    @property
    def version(self) -> str:
        """The package's version."""
        return str(self.package.descriptor["version"])

    @property
    def name(self) -> str:
        """The folder's name: the package's and its version."""
        return f"{self.package.descriptor['name']}-{self.version}"

    @property
    def title(self) -> str:
        """The package's title."""
        return str(self.package.descriptor["title"])

    @property
    def stamp(self) -> date:
        """The day that every container carries."""
        return stamp(self.released, self.package.descriptor["created"])

    @property
    def draft(self) -> str:
        """What every file with room for it says of a draft, or nothing."""
        return draft_note(self.project)

    @property
    def draft_lines(self) -> list[str]:
        """The mark of a draft as a paragraph of a Markdown document, or nothing."""
        return [f"**{self.draft[0].upper()}{self.draft[1:]}.**", ""] if self.draft else []

    @property
    def about(self) -> list[tuple[str, str]]:
        """What a copy has to carry, as (name, text): what it is, from which source, on what terms, and the caveats."""
        descriptor = self.package.descriptor
        source, licence = descriptor["sources"][0], descriptor["licenses"][0]
        said = [
            ("draft", self.draft),
            ("title", self.title),
            ("version", self.version),
            ("released", self.released.isoformat() if self.released else NOT_YET),
            ("description", descriptor["description"]),
            ("source", source["title"]),
            ("source_url", source["path"]),
            ("license", licence["title"]),
            ("license_url", licence["path"]),
            ("publisher", self.project.publisher),
            ("contact", self.project.contact),
            ("cite_as", self.citation),
            *(("caveat", caveat) for caveat in CAVEATS),
        ]
        return [(name, text) for name, text in said if text]

    @property
    def citation(self) -> str:
        """How to cite the version, in one line."""
        descriptor = self.package.descriptor
        creators = ", ".join(c["title"] for c in descriptor["contributors"] if "creator" in c.get("roles", []))
        when = self.released.isoformat() if self.released else NOT_YET
        whole = f"{creators}: {self.title}. Version {self.version} ({when})."
        return f"{whole} Made from: {descriptor['sources'][0]['title']}."


def release_date(package: Package) -> date | None:
    """The day of the package's version in CHANGELOG.md; None: not yet released.

    Raises OSError where the CHANGELOG is missing, and ValueError where it does not tell of this version.
    """
    version = package.descriptor["version"]
    versions = versions_of((package.root / CHANGELOG).read_text(encoding="utf-8"))
    if version not in versions:
        raise ValueError(f"{CHANGELOG} has no heading `## {version} (YYYY-MM-DD)` or `## {version} ({NOT_YET})`")
    return versions[version]
