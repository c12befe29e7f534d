"""Read a version of the package out of a folder: its descriptor and its rows as text, through the gate's own door."""

import json
from pathlib import Path
from typing import Any

from scripts.descriptor import check_descriptor
from scripts.differences import Row, Tables, Version
from scripts.door import check_files
from scripts.files import CannotRun, Rows
from scripts.package import ROOT, column_names, load_package, primary_key

DESCRIPTOR = "datapackage.json"


def read_folder(name: str, root: Path) -> Version:
    """The version in a folder that holds datapackage.json and data/. Raises CannotRun where it cannot be relied on."""
    try:
        package = load_package(root)
    except (OSError, ValueError) as error:
        raise CannotRun(f"{name}: {error}") from error
    schema = json.loads((ROOT / "validation" / "descriptor.schema.json").read_text(encoding="utf-8"))
    found = check_descriptor(package.descriptor, schema)
    if found:
        raise CannotRun(f"{name}: the descriptor cannot be relied on: {found[0]}")
    rows, problems = check_files(package)
    for resource in package.csv_resources:
        if resource["name"] not in rows:
            concerned = [str(p) for p in problems if p.path == resource["path"]] or [str(p) for p in problems]
            raise CannotRun(f"{name}: {resource['path']} cannot be read: {concerned[0]}")
    tables: Tables = {r["name"]: keyed(name, r, rows[r["name"]]) for r in package.csv_resources}
    return Version(name, package.descriptor, tables)


def keyed(name: str, resource: dict[str, Any], rows: Rows) -> dict[str, Row]:
    """The rows of a table by key. Raises CannotRun where two have one key."""
    columns, key = column_names(resource), primary_key(resource)
    found: dict[str, Row] = {}
    for cells in rows:
        row = dict(zip(columns, cells, strict=True))
        row_id = "/".join(row[column] for column in key)
        if row_id in found:
            raise CannotRun(f"{name}: {resource['path']}: {row_id or 'an empty id'} stands in more than one row")
        found[row_id] = row
    return found
