"""datacite.json: the edition by the DataCite Metadata Schema 4.5, as its JSON form has it."""

from scripts.standards.described_edition import DescribedEdition, contents_of
from scripts.standards.rendering import Json, as_json, filled
from scripts.version_bump import counted

FILE = "datacite.json"
KERNEL = "http://datacite.org/schema/kernel-4"
UNKNOWN = ":unav"  # DataCite's word for what is not available, where a value is demanded


def render(edition: DescribedEdition) -> bytes:
    """The file. The year of an edition that is not released is that of its descriptor."""
    return as_json(
        filled(
            {
                "url": edition.url,
                "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
                "creators": [{"name": name, "nameType": "Organizational"} for name in edition.creators],
                "titles": [{"title": edition.title, "lang": edition.project.language}],
                "publisher": {"name": edition.project.publisher or UNKNOWN},
                "publicationYear": str(edition.stamp.year),
                "subjects": subjects(edition),
                "dates": dates(edition),
                "language": edition.project.language,
                "alternateIdentifiers": [
                    {"alternateIdentifier": edition.name, "alternateIdentifierType": "name of the package"}
                ],
                "relatedIdentifiers": related(edition),
                "sizes": sizes(edition),
                "formats": sorted({file.media_type for file in edition.files}),
                "version": edition.version,
                "rightsList": [
                    {
                        "rights": edition.licence["title"],
                        "rightsUri": edition.licence["path"],
                        "rightsIdentifier": edition.licence["name"],
                        "rightsIdentifierScheme": "SPDX",
                        "schemeUri": "https://spdx.org/licenses/",
                    }
                ],
                "descriptions": descriptions(edition),
                "geoLocations": [{"geoLocationPlace": edition.project.place["name"]}] if edition.project.place else [],
                "schemaVersion": KERNEL,
            }
        )
    )


def subjects(edition: DescribedEdition) -> list[Json]:
    """The keywords, and the terms of a scheme."""
    terms = [
        {"subject": each["term"], "subjectScheme": each["scheme"], "schemeUri": each["scheme_uri"]}
        for each in edition.project.subjects
    ]
    return [{"subject": word} for word in edition.keywords] + terms


def dates(edition: DescribedEdition) -> list[Json]:
    """When the edition was released, and what days the data tell of."""
    issued = [{"date": edition.released.isoformat(), "dateType": "Issued"}] if edition.released else []
    told = {"date": "/".join(edition.covers), "dateType": "Other", "dateInformation": "days that the data tell of"}
    return issued + ([told] if all(edition.covers) else [])


def related(edition: DescribedEdition) -> list[Json]:
    """The reports that the data are made from, the repository, and the DOI of all versions: who registers this one
    adds its own."""
    derived = {"relatedIdentifierType": "URL", "relationType": "IsDerivedFrom", "resourceTypeGeneral": "Report"}
    found = [{"relatedIdentifier": report.url, **derived} for report in edition.reports if report.url]
    if edition.project.repository:
        made = {"relatedIdentifierType": "URL", "relationType": "IsSupplementedBy"}
        found.append({"relatedIdentifier": edition.project.repository, **made})
    if edition.project.doi:
        version_of = {"relatedIdentifierType": "DOI", "relationType": "IsVersionOf"}
        found.append({"relatedIdentifier": edition.project.doi, **version_of})
    return found


def sizes(edition: DescribedEdition) -> list[str]:
    """How much it is: files and bytes, tables and rows."""
    if not edition.files:
        return []
    size = sum(file.bytes for file in edition.files)
    rows = sum(held.rows for held in edition.tables)
    numbers = {"file": len(edition.files), "byte": size, "table": len(edition.tables), "row": rows}
    return [counted(number, noun) for noun, number in numbers.items()]


def descriptions(edition: DescribedEdition) -> list[Json]:
    """What it is, its tables, and the mark of a draft."""
    texts = {"Abstract": edition.description, "TableOfContents": "\n".join(contents_of(edition))}
    texts["Other"] = f"{edition.draft.capitalize()}." if edition.draft else ""
    return [
        {"description": text, "descriptionType": kind, "lang": edition.project.language}
        for kind, text in texts.items()
        if text
    ]
