"""croissant.json: the tables as Croissant 1.1 record sets over the release's CSVs, with the RAI vocabulary.

A key to another table is told in the description of its column and not as Croissant's `references`: the reference
library joins on it when it reads, and so drops every row whose key is empty.
"""

from pathlib import Path
from typing import Any

from scripts.package import fields_of, foreign_keys, primary_key
from scripts.standards.described_edition import DescribedEdition, Held
from scripts.standards.rendering import Json, as_json
from scripts.standards.responsible_ai import responsible_ai
from scripts.standards.schema_org import dataset

FILE = "croissant.json"
CONFORMS = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "time": "sc:Text",  # hours and minutes: mlcroissant's sc:Time reads none without seconds
}
# The context that the specification prints: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def render(edition: DescribedEdition, root: Path) -> bytes:
    """The file; `root` is the package's folder, whose documents answer the RAI vocabulary.

    Raises ValueError as `responsible_ai`.
    """
    about = {key: value for key, value in dataset(edition).items() if key not in ("@context", "@type", "@id")}
    year = str(edition.stamp.year)
    cited = f"{', '.join(edition.creators)}: {edition.title}, version {edition.version}, {year}."
    return as_json(
        {"@context": CONTEXT, "@type": "sc:Dataset"}
        | about
        | {"conformsTo": CONFORMS, "citeAs": cited}
        | responsible_ai(root)
        | {
            "distribution": [file_object(held) for held in edition.tables],
            "recordSet": [record_set(held) for held in edition.tables],
        }
    )


def file_object(held: Held) -> Json:
    """The CSV of a table."""
    return {
        "@type": "cr:FileObject",
        "@id": held.file.path,
        "name": held.file.path,
        "description": held.size,
        "contentUrl": held.file.path,
        "contentSize": f"{held.file.bytes} B",
        "encodingFormat": held.file.media_type,
        "sha256": held.file.sha256,
    }


def record_set(held: Held) -> Json:
    """A table: its key, and a field a column."""
    name = held.resource["name"]
    references = {column: f"{table}.{other}" for column, table, other in foreign_keys(held.resource)}
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": held.resource["description"],
        "key": [{"@id": f"{name}/{column}"} for column in primary_key(held.resource)],
        "field": [field_of(held, field, references.get(field["name"], "")) for field in fields_of(held.resource)],
    }


def field_of(held: Held, field: dict[str, Any], reference: str) -> Json:
    """A column of a CSV, and the column of a table (`table.column`, or nothing) that it refers to."""
    unit = f" Unit: {field['unit']}." if "unit" in field else ""
    refers = f" Refers to {reference}." if reference else ""
    return {
        "@type": "cr:Field",
        "@id": f"{held.resource['name']}/{field['name']}",
        "name": field["name"],
        "description": f"{field['title']}. {field['description']}{unit}{refers}",
        "dataType": TYPES[field["type"]],
        "source": {"fileObject": {"@id": held.file.path}, "extract": {"column": field["name"]}},
    }
