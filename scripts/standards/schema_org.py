"""schema-org.json: the edition as a schema.org Dataset in JSON-LD, for search engines; the site's pages carry it too.

Its terms are written in schema.org's own http:// namespace, as the guide of science-on-schema.org asks.
"""

import json
from typing import Any

from scripts.package import fields_of
from scripts.standards.described import DescribedFile
from scripts.standards.described_edition import DOI, DescribedEdition
from scripts.standards.rendering import Json, as_json, filled

FILE = "schema-org.json"
CONTEXT = {"@vocab": "http://schema.org/"}
OPEN_TAG = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def render(edition: DescribedEdition) -> bytes:
    """The file: the dataset with its tables, columns and files."""
    return as_json(dataset(edition) | contents(edition))


def as_data_block(document: Json) -> str:
    """A document as the text of a page's data block: nothing in it can end the block or begin a tag."""
    return json.dumps(document, ensure_ascii=False).translate(OPEN_TAG)


def dataset(edition: DescribedEdition) -> Json:
    """The dataset without its files: what holds wherever it is kept. Its `@id` is the DOI, else its own place."""
    project = edition.project
    doi = DOI + project.doi if project.doi else ""
    return {"@context": CONTEXT, "@type": "Dataset", "@id": doi or "./"} | filled(
        {
            "name": edition.title,
            "alternateName": edition.name,
            "description": edition.description,
            "creativeWorkStatus": edition.draft,
            "version": edition.version,
            "url": edition.url,
            "sameAs": project.repository,
            "identifier": doi or f"{edition.name} {edition.version}",
            "license": edition.licence["path"],
            "isAccessibleForFree": True,
            "inLanguage": project.language,
            "keywords": edition.keywords,
            "dateCreated": edition.created,
            "datePublished": edition.released.isoformat() if edition.released else "",
            "creator": [{"@type": "Organization", "name": name} for name in edition.creators],
            "publisher": publisher(edition),
            "temporalCoverage": edition.period,
            "spatialCoverage": {"@type": "Place", "name": project.place["name"]} if project.place else None,
            "citation": citation(edition),
            "isBasedOn": [report.url for report in edition.reports if report.url],
        }
    )


def publisher(edition: DescribedEdition) -> Json:
    """Who publishes, with the address for questions where somebody answers."""
    if not edition.project.publisher:
        return {}
    contact = edition.project.contact
    way = "url" if contact.startswith("https://") else "email"
    point = {"@type": "ContactPoint", "contactType": "corrections and privacy", way: contact} if contact else {}
    return filled({"@type": "Organization", "name": edition.project.publisher, "contactPoint": point})


def citation(edition: DescribedEdition) -> Json:
    """The first report, as the work to cite beside the dataset."""
    if not edition.reports:
        return {}
    report = edition.reports[0]
    author = {"@type": "Organization", "name": report.author} if report.author else {}
    work = {"name": report.title, "author": author, "datePublished": report.day, "url": report.url}
    return {"@type": "CreativeWork"} | filled(work)


def contents(edition: DescribedEdition) -> Json:
    """The columns, named `table.column`, and the files, each with its rows and columns where it holds a table."""
    held = {table.file.path: table for table in edition.tables}
    downloads = []
    for file in edition.files:
        table = held.get(file.path)
        told = {"size": table.size, "variableMeasured": table.columns} if table else {}
        downloads.append(download(file) | told)
    return filled({"variableMeasured": [measured(name, field) for name, field in columns(edition)]}) | filled(
        {"distribution": downloads}
    )


def columns(edition: DescribedEdition) -> list[tuple[str, dict[str, Any]]]:
    """Every column of every table, with its table's name."""
    return [(held.resource["name"], field) for held in edition.tables for field in fields_of(held.resource)]


def measured(table: str, field: dict[str, Any]) -> Json:
    """A column as a PropertyValue."""
    return filled(
        {
            "@type": "PropertyValue",
            "name": f"{table}.{field['name']}",
            "description": f"{field['title']}. {field['description']}",
            "unitText": field.get("unit", ""),
        }
    )


def download(file: DescribedFile) -> Json:
    """A file that can be taken away; its address is its place in the release."""
    return {
        "@type": "DataDownload",
        "name": file.title,
        "contentUrl": file.path,
        "encodingFormat": file.media_type,
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    } | ({"about": file.table} if file.table else {})
