"""One version of the dataset as every standard tells it: each fact read once, from where the project keeps it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scripts.changelog_sections import stamp
from scripts.package import Package, column_names
from scripts.project import Project, draft_note
from scripts.standards.described import CSV, DescribedFile
from scripts.version_bump import counted

DOI = "https://doi.org/"
REPORT = "report"  # the kind of the source that the tables are made from, in data/sources.csv


@dataclass(frozen=True)
class Source:
    """A report: its title, who wrote it, on what day (ISO 8601; empty: not said) and at what address (or empty)."""

    title: str
    author: str
    day: str
    url: str


@dataclass(frozen=True)
class Held:
    """A table of the edition with the CSV that holds it, whose `rows` are counted."""

    resource: dict[str, Any]
    file: DescribedFile

    @property
    def columns(self) -> list[str]:
        """The names of its columns, in order."""
        return column_names(self.resource)

    @property
    def rows(self) -> int:
        """The number of its rows; ValueError where the release did not count them."""
        if self.file.rows is None:
            raise ValueError(f"{self.file.path}: the number of rows is not told")
        return self.file.rows

    @property
    def size(self) -> str:
        """The number of its rows in words: `28 rows`."""
        return counted(self.rows, "row")


@dataclass(frozen=True)
class DescribedEdition:
    """What the standards say of one version; texts that are not set are empty, and `released` is None before it is.

    `tables` are those of the descriptor whose CSV is among `files`. `covers` is the first and the last day (ISO 8601)
    that the data tell of, the first empty where no event has one.
    """

    name: str
    title: str
    description: str
    version: str
    created: str
    keywords: list[str]
    licence: dict[str, str]
    creators: list[str]
    reports: tuple[Source, ...]
    covers: tuple[str, str]
    project: Project
    files: tuple[DescribedFile, ...]
    tables: tuple[Held, ...]
    released: date | None

    @property
    def draft(self) -> str:
        """The mark of a draft, or nothing."""
        return draft_note(self.project)

    @property
    def stamp(self) -> date:
        """The day that it carries."""
        return stamp(self.released, self.created)

    @property
    def url(self) -> str:
        """The page about the dataset: the site, else the DOI's, else the repository; empty where none is set."""
        site = f"{self.project.site}/" if self.project.site else ""
        return site or (DOI + self.project.doi if self.project.doi else "") or self.project.repository

    @property
    def period(self) -> str:
        """The days that the data tell of, as ISO 8601 writes a span; `..` is an open end."""
        return "/".join(day or ".." for day in self.covers)


def described_edition(
    package: Package, project: Project, files: Sequence[DescribedFile], released: date | None
) -> DescribedEdition:  # fmt: skip
    """The edition of a package whose release holds these files.

    Raises OSError or KeyError where data/sources.csv or data/events.csv cannot be read.
    """
    descriptor = package.descriptor
    csvs = {file.table: file for file in files if file.table and file.media_type == CSV}
    reports = reports_of(package)
    marked = f"{draft_note(project).capitalize()}. " if draft_note(project) else ""
    licence = descriptor["licenses"][0]
    return DescribedEdition(
        name=descriptor["name"],
        title=descriptor["title"],
        description=marked + descriptor["description"],
        version=descriptor["version"],
        created=descriptor["created"][:10],
        keywords=list(descriptor["keywords"]),
        licence={key: licence[key] for key in ("name", "title", "path")},
        creators=[each["title"] for each in descriptor["contributors"] if "creator" in each["roles"]],
        reports=reports,
        covers=(first_day(package), max((report.day for report in reports), default="")),
        project=project,
        files=tuple(sorted(files, key=lambda file: file.path)),
        tables=tuple(Held(r, csvs[r["name"]]) for r in package.csv_resources if is_table_file(r, csvs)),
        released=released,
    )


def is_table_file(resource: dict[str, Any], csvs: dict[str, DescribedFile]) -> bool:
    """Whether the release holds the CSV of a table under the path that the descriptor gives it."""
    return resource["name"] in csvs and csvs[resource["name"]].path == resource["path"]


def reports_of(package: Package) -> tuple[Source, ...]:
    """The reports that the tables are made from, as data/sources.csv has them."""
    rows = [row for row in rows_of(package, "sources") if row["source_type"] == REPORT]
    return tuple(
        Source(row["title"], row["author"] or row["publisher"], row["date_published"], row["url"]) for row in rows
    )


def first_day(package: Package) -> str:
    """The earliest day on which an event can have begun, by the words of the report; empty where none has a date."""
    return min((row["date_start"] for row in rows_of(package, "events") if row["date_start"]), default="")


def rows_of(package: Package, table: str) -> list[dict[str, str]]:
    """The rows of a table as text."""
    with package.csv_path(table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents_of(edition: DescribedEdition) -> list[str]:
    """A line a table, for standards that have no words for tables: `places (28 rows): place_id, name, …`."""
    return [f"{held.resource['name']} ({held.size}): {', '.join(held.columns)}" for held in edition.tables]
