"""CITATION.cff: how to cite the edition, in the Citation File Format 1.2.0."""

import yaml

from scripts.standards.described_edition import DescribedEdition, Source, contents_of
from scripts.standards.rendering import Json, filled

FILE = "CITATION.cff"
HEAD = "# Made from datapackage.json and metadata/project.json: change those, not this file.\n"
MESSAGE = "If you use this dataset, please cite it and the report that it is made from."


def render(edition: DescribedEdition) -> bytes:
    """The file. Contents are told where the files of a release are known: the repository's own copy has none."""
    document = filled(
        {
            "cff-version": "1.2.0",
            "message": f"{edition.draft.capitalize()}. {MESSAGE}" if edition.draft else MESSAGE,
            "type": "dataset",
            "title": edition.title,
            "abstract": "\n".join([edition.description, *contents_of(edition)]),
            "version": edition.version,
            "date-released": edition.released.isoformat() if edition.released else "",
            "license": edition.licence["name"],
            "doi": edition.project.doi,
            "url": edition.url,
            "repository-code": edition.project.repository,
            "authors": [{"name": name} for name in edition.creators],
            "contact": contact_of(edition),
            "keywords": edition.keywords,
            "references": [reference(report) for report in edition.reports],
        }
    )
    return (HEAD + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)).encode()


def contact_of(edition: DescribedEdition) -> list[Json]:
    """Who answers: the publisher with the address of a page or of a mailbox; nothing in a draft."""
    if edition.draft:
        return []
    contact = edition.project.contact
    return [{"name": edition.project.publisher, "website" if contact.startswith("https://") else "email": contact}]


def reference(report: Source) -> Json:
    """A report as a reference."""
    authors = [{"name": report.author or "unknown"}]
    rest = {"date-released": report.day, "url": report.url}
    return filled({"type": "report", "title": report.title, "authors": authors} | rest)
