"""The tables as CSV and as Parquet, each under a descriptor that holds the hash of every file."""

import copy
import json
from typing import Any

import pyarrow as pa

from scripts.build_parquet import described_schema, parquet_bytes
from scripts.package import fields_of, is_required
from scripts.releasing.edition import Edition
from scripts.releasing.made import Made

DESCRIPTOR = "datapackage.json"
PARQUET = "parquet"


def csv_files(edition: Edition) -> list[Made]:
    """Each table as it is kept, the fingerprints too, and the descriptor with the files' hashes."""
    package = edition.package
    made = [
        Made(
            resource["path"],
            (package.root / resource["path"]).read_bytes(),
            resource["title"],
            resource["name"],
            edition.tables[resource["name"]].num_rows if resource["format"] == "csv" else None,
        )
        for resource in package.resources
    ]
    return [*made, descriptor_file(edition, DESCRIPTOR, package.resources, made)]


def parquet_files(edition: Edition) -> list[Made]:
    """Each CSV table as Parquet, and a descriptor of these files beside them."""
    made = []
    for resource in edition.package.csv_resources:
        name = resource["name"]
        table = edition.tables[name].cast(described_schema(edition.package, resource))
        content = parquet_bytes(marked(table, edition))
        made.append(Made(f"{PARQUET}/{name}.parquet", content, resource["title"], name, table.num_rows))
    resources = [as_parquet(resource) for resource in edition.package.csv_resources]
    return [*made, descriptor_file(edition, f"{PARQUET}/{DESCRIPTOR}", resources, made)]


def marked(table: pa.Table, edition: Edition) -> pa.Table:
    """The table, its file's metadata saying that it is a draft where it is one."""
    mark = {"draft": edition.draft} if edition.draft else {}
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **mark})


def as_parquet(resource: dict[str, Any]) -> dict[str, Any]:
    """The resource of a CSV table, describing its Parquet file, whose path is relative to the descriptor's folder."""
    described = copy.deepcopy({key: value for key, value in resource.items() if key != "encoding"})
    described["schema"]["fields"] = [parquet_field(field) for field in fields_of(resource)]
    return described | {
        "path": f"{resource['name']}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }


def parquet_field(field: dict[str, Any]) -> dict[str, Any]:
    """A column as it is described in Parquet.

    Frictionless reads a missing number of a Parquet file as NaN, which is no integer and keeps no limit: a column in
    which numbers may be missing is described as one of numbers without limits. These stand in the CSVs' descriptor, and
    the type in the Parquet file itself.
    """
    if field["type"] not in ("integer", "number") or is_required(field):
        return field
    limits = {key: value for key, value in field.get("constraints", {}).items() if key not in ("minimum", "maximum")}
    kept = {key: value for key, value in field.items() if key != "constraints"} | {"type": "number"}
    return kept | ({"constraints": limits} if limits else {})


def descriptor_file(edition: Edition, path: str, resources: list[dict[str, Any]], files: list[Made]) -> Made:
    """The descriptor with `hash` of each file, and `bytes` of each CSV; `files` stand in the order of `resources`.

    Frictionless compares `bytes` of a Parquet file with something else, so these have the hash alone.
    """
    described = []
    for resource, file in zip(copy.deepcopy(resources), files, strict=True):
        size = {"bytes": len(file.content)} if resource["format"] == "csv" else {}
        described.append(resource | {"hash": f"sha256:{file.sha256}"} | size)
    mark = f"{edition.draft}: " if edition.draft else ""
    descriptor = edition.package.descriptor
    whole = descriptor | {"description": f"{mark}{descriptor['description']}", "resources": described}
    return Made(path, f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n".encode(), "Descriptor of the tables")
