"""ro-crate-metadata.json: the release as an RO-Crate 1.2: a flat list of entities, the folder first, then its files."""

from scripts.standards.described import DescribedFile
from scripts.standards.described_edition import DescribedEdition, Held
from scripts.standards.rendering import Json, as_json, filled

FILE = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.2"
ROOT = "./"


def render(edition: DescribedEdition) -> bytes:
    """The file."""
    return as_json({"@context": f"{PROFILE}/context", "@graph": entities(edition)})


def entities(edition: DescribedEdition) -> list[Json]:
    """Descriptor, folder, files, and whoever and whatever they refer to, each once."""
    held = {table.file.path: table for table in edition.tables}
    files = [file_entity(file, held.get(file.path)) for file in edition.files]
    people = [
        {"@id": f"#creator-{n}", "@type": "Organization", "name": name} for n, name in enumerate(edition.creators, 1)
    ]
    reports = [
        {"@id": report.url or f"#report-{n}", "@type": "CreativeWork"}
        | filled({"name": report.title, "datePublished": report.day, "url": report.url, "creditText": report.author})
        for n, report in enumerate(edition.reports, 1)
    ]
    return [
        {
            "@id": FILE,
            "@type": "CreativeWork",
            "about": {"@id": ROOT},
            "conformsTo": {"@id": PROFILE},
        },
        root(edition, files, people, reports),
        *files,
        *people,
        *reports,
        *around(edition),
    ]


def root(edition: DescribedEdition, files: list[Json], people: list[Json], reports: list[Json]) -> Json:
    """The folder of the release. Where it has no day yet, its descriptor's stands for the day that RO-Crate demands."""
    project = edition.project
    return {"@id": ROOT, "@type": "Dataset"} | filled(
        {
            "name": edition.title,
            "description": edition.description,
            "creativeWorkStatus": edition.draft,
            "version": edition.version,
            "datePublished": edition.stamp.isoformat(),
            "dateCreated": edition.created,
            "license": {"@id": edition.licence["path"]},
            "identifier": {"@id": "#identifier"},
            "url": edition.url,
            "keywords": edition.keywords,
            "inLanguage": project.language,
            "temporalCoverage": edition.period,
            "spatialCoverage": {"@id": "#place"} if project.place else None,
            "creator": refer(people),
            "author": refer(people),
            "publisher": {"@id": "#publisher"} if project.publisher else None,
            "citation": refer([report for report in reports if "url" in report]),  # RO-Crate cites by address alone
            "isBasedOn": refer(reports),
            "hasPart": refer(files),
        }
    )


def file_entity(file: DescribedFile, table: Held | None) -> Json:
    """A file, and its table's rows and columns."""
    told = {"size": table.size, "variableMeasured": table.columns} if table else {}
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.title,
        "description": table.resource["description"] if table else file.title,
        "encodingFormat": file.media_type,
        "contentSize": str(file.bytes),
        "sha256": file.sha256,
    } | told


def refer(entities: list[Json]) -> list[Json] | Json:
    """References to entities; one alone is no list, as RO-Crate recommends."""
    references = [{"@id": entity["@id"]} for entity in entities]
    return references[0] if len(references) == 1 else references


def around(edition: DescribedEdition) -> list[Json]:
    """The licence, what the edition is called by, the place, the publisher and the way to whoever answers."""
    project = edition.project
    licence = {"name": edition.licence["title"], "description": f"Licence of the data: {edition.licence['name']}."}
    called = (
        {"name": "DOI", "propertyID": "https://registry.identifiers.org/registry/doi", "value": f"doi:{project.doi}"}
        if project.doi
        else {"name": "name and version", "value": f"{edition.name} {edition.version}"}
    )
    contact = {"@id": "#contact"} if project.contact else None
    way = "url" if project.contact.startswith("https://") else "email"
    found: list[Json] = [
        {"@id": edition.licence["path"], "@type": "CreativeWork", **licence},
        {"@id": "#identifier", "@type": "PropertyValue", **called},
    ]
    if project.place:
        found.append({"@id": "#place", "@type": "Place", "name": project.place["name"]})
    if project.publisher:
        publisher = filled({"name": project.publisher, "url": edition.url, "contactPoint": contact})
        found.append({"@id": "#publisher", "@type": "Organization", **publisher})
    if contact:
        said = {"name": "Who answers", "contactType": "corrections and privacy", way: project.contact}
        found.append(contact | {"@type": "ContactPoint", **said})
    return found
