"""The files by which standards describe an edition, all made from one set of facts."""

from collections.abc import Sequence
from datetime import date

from scripts.licences import FILE as LICENCES
from scripts.package import Package
from scripts.project import Project
from scripts.standards import citation_cff, croissant, datacite, ro_crate, schema_org, zenodo
from scripts.standards.described import DescribedFile
from scripts.standards.described_edition import described_edition


def standards_files(
    package: Package, project: Project, files: Sequence[DescribedFile], released: date | None
) -> dict[str, bytes]:
    """The standards' files of a release, by their names; the SBOM where the package keeps licences of locks.

    `files` are the release's others; `released` is the version's day, None before it has one. Raises ValueError where a
    table's rows are not counted or a document lacks a heading, OSError or KeyError where the package cannot be read.
    """
    edition = described_edition(package, project, files, released)
    return bill_of_materials(package) | {
        citation_cff.FILE: citation_cff.render(edition),
        zenodo.FILE: zenodo.render(edition),
        datacite.FILE: datacite.render(edition),
        schema_org.FILE: schema_org.render(edition),
        croissant.FILE: croissant.render(edition, package.root),
        ro_crate.FILE: ro_crate.render(edition),
    }


def bill_of_materials(package: Package) -> dict[str, bytes]:
    """The SBOM of the locks beside a package; nothing where it keeps no licences. Raises ValueError as `sbom`."""
    if not (package.root / LICENCES).is_file():
        return {}
    from scripts import sbom  # here, because the site runs without the library that writes it

    return {sbom.FILE: sbom.sbom(package.root)}


def kept_files(package: Package, project: Project, released: date | None) -> dict[str, bytes]:
    """The files that the repository keeps beside its descriptor; they tell nothing that changes with a row."""
    edition = described_edition(package, project, (), released)
    return {citation_cff.FILE: citation_cff.render(edition), zenodo.FILE: zenodo.render(edition)}
