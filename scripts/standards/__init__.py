"""The metadata of a release in the forms that catalogues read."""

from collections.abc import Sequence
from datetime import date

from scripts.package import Package
from scripts.project import Project
from scripts.standards.described import DescribedFile


def standards_files(
    package: Package, project: Project, files: Sequence[DescribedFile], released: date | None
) -> dict[str, bytes]:
    """The files of all standards, by their path in a release."""
    return {}
