""".zenodo.json: what Zenodo asks of a deposit, by the fields that its developers' pages document.

Zenodo's own schema is not in this project, for its licence is not ours: `FIELDS` are the documented ones that we use.
"""

from html import escape

from scripts.standards.described_edition import DescribedEdition, contents_of
from scripts.standards.rendering import Json, as_json, filled

FILE = ".zenodo.json"
LANGUAGES = {"en": "eng", "ru": "rus", "kk": "kaz"}  # ISO 639-1 to the ISO 639-3 that Zenodo asks for


def render(edition: DescribedEdition) -> bytes:
    """The file. A draft asks for closed access; contents are told where the files of a release are known."""
    return as_json(
        filled(
            {
                "upload_type": "dataset",
                "title": edition.title,
                "description": description(edition),
                "version": edition.version,
                "publication_date": edition.released.isoformat() if edition.released else "",
                "access_right": "closed" if edition.draft else "open",
                "license": edition.licence["name"].lower(),
                "creators": [{"name": name} for name in edition.creators],
                "keywords": edition.keywords,
                "language": LANGUAGES[edition.project.language],
                "notes": f"{edition.draft.capitalize()}." if edition.draft else "",
                "related_identifiers": related(edition),
            }
        )
    )


def description(edition: DescribedEdition) -> str:
    """What the edition is, as HTML, with a list of its tables."""
    lines = "".join(f"<li>{escape(line, quote=False)}</li>" for line in contents_of(edition))
    return f"<p>{escape(edition.description, quote=False)}</p>" + (f"<ul>{lines}</ul>" if lines else "")


def related(edition: DescribedEdition) -> list[Json]:
    """The reports that the data are made from, and the repository. Zenodo itself gives the version its DOI."""
    kind = {"relation": "isDerivedFrom", "resource_type": "publication-report"}
    found = [{"identifier": report.url, **kind} for report in edition.reports if report.url]
    if edition.project.repository:
        found.append({"identifier": edition.project.repository, "relation": "isSupplementedBy"})
    return found
