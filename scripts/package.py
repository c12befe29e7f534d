"""The package: its descriptor, and its tables as typed Arrow tables.

Types, keys, enums and descriptions are read from `datapackage.json` and nowhere else.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv

ROOT = Path(__file__).resolve().parent.parent
MAX_DESCRIPTOR_BYTES = 1_000_000
ARROW_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "time": pa.time32("ms"),
}


@dataclass(frozen=True)
class Package:
    """A folder that holds `datapackage.json` and the CSV files that it declares."""

    root: Path
    descriptor: dict[str, Any]

    @property
    def resources(self) -> list[dict[str, Any]]:
        """All resources, in the descriptor's order."""
        return list(self.descriptor["resources"])

    @property
    def csv_resources(self) -> list[dict[str, Any]]:
        """The resources kept as CSV: all but the fingerprints."""
        return [r for r in self.resources if r["format"] == "csv"]

    def resource(self, name: str) -> dict[str, Any]:
        """The resource called `name`; KeyError where the descriptor has none."""
        for resource in self.resources:
            if resource["name"] == name:
                return resource
        raise KeyError(name)

    def csv_path(self, name: str) -> Path:
        """The CSV file of table `name`."""
        return self.root / str(self.resource(name)["path"])

    def parquet_path(self, name: str) -> Path:
        """The Parquet file of table `name`."""
        return self.root / "data" / "parquet" / f"{name}.parquet"


def load_package(root: Path = ROOT, descriptor_root: Path | None = None) -> Package:
    """The package in `root`, with the descriptor of `descriptor_root` where one is given (an untrusted `root`).

    Raises FileNotFoundError where the descriptor is missing, and ValueError where it is no plain file, too large, not
    JSON, nested too deep or lists no tables.
    """
    file = (descriptor_root or root) / "datapackage.json"
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise ValueError("datapackage.json is no plain file: links and devices are not read")
    if file.stat().st_size > MAX_DESCRIPTOR_BYTES:
        raise ValueError(f"datapackage.json is larger than {MAX_DESCRIPTOR_BYTES:,} bytes")
    try:
        descriptor = json.loads(file.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise ValueError("datapackage.json is nested too deep to be a descriptor") from error
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise ValueError("datapackage.json is no descriptor: it holds no list “resources”")
    return Package(root, descriptor)


def fields_of(resource: dict[str, Any]) -> list[dict[str, Any]]:
    """The columns of a resource, in order."""
    return list(resource["schema"]["fields"])


def column_names(resource: dict[str, Any]) -> list[str]:
    """The names of a resource's columns, in order."""
    return [field["name"] for field in fields_of(resource)]


def primary_key(resource: dict[str, Any]) -> list[str]:
    """The columns of a resource's primary key."""
    return list(resource["schema"]["primaryKey"])


def foreign_keys(resource: dict[str, Any]) -> list[tuple[str, str, str]]:
    """A resource's foreign keys as (column, table, column of that table); a key to itself names the resource."""
    keys = resource["schema"].get("foreignKeys", [])
    return [
        (key["fields"][0], key["reference"].get("resource", resource["name"]), key["reference"]["fields"][0])
        for key in keys
    ]


def is_required(field: dict[str, Any]) -> bool:
    """Whether a column may not be empty."""
    return bool(field.get("constraints", {}).get("required", False))


def provenance(descriptor: dict[str, Any], resource: dict[str, Any] | None = None) -> dict[str, str]:
    """Where a table (without `resource`: a view) comes from, on what terms: license, license_url, source, source_url.

    The data's licence is the package's first. The source is the first of the resource, where it names any, else of the
    package; one that is published nowhere has no source_url.
    """
    licence = descriptor["licenses"][0]
    source = (resource or {}).get("sources", descriptor["sources"])[0]
    return {
        "license": licence["title"],
        "license_url": licence["path"],
        "source": source["title"],
    } | ({"source_url": source["path"]} if "path" in source else {})


def arrow_schema(resource: dict[str, Any]) -> pa.Schema:
    """The Arrow schema of a resource: types, nullability; title, description and unit as metadata of each column."""
    columns = [
        pa.field(
            field["name"],
            ARROW_TYPES[field["type"]],
            nullable=not is_required(field),
            metadata={key: field[key] for key in ("title", "description", "unit") if key in field},
        )
        for field in fields_of(resource)
    ]
    return pa.schema(columns)


def cell_forms(schema: pa.Schema) -> csv.ConvertOptions:
    """How the cells of a CSV are read as a schema types them: an empty one is missing, true and false are words."""
    return csv.ConvertOptions(
        column_types={field.name: field.type for field in schema},
        null_values=[""],
        true_values=["true"],
        false_values=["false"],
        strings_can_be_null=True,
    )


def read_table(package: Package, name: str) -> pa.Table:
    """Table `name` of the package from its CSV, typed by the descriptor; empty cells are null.

    Raises pa.ArrowInvalid where a cell is not of its column's type and KeyError where a column is missing.
    """
    resource = package.resource(name)
    schema = arrow_schema(resource)
    table = csv.read_csv(
        package.csv_path(name),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=cell_forms(schema),
    )
    if table.num_columns == 0 or table.column_names != schema.names:
        raise KeyError(f"{name}: columns are {table.column_names}")
    return table.cast(pa.schema([pa.field(f.name, f.type) for f in schema])).replace_schema_metadata(None)
