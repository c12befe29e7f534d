"""Read a version of the package: from a folder, a release (a folder or .zip) or a git revision.

Rows are text, and come through the gate's own door. Anybody may have made the version: nothing in it is followed,
unpacked or run here.
"""

import json
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

from scripts.descriptor import check_descriptor
from scripts.differences import Row, Tables, Version
from scripts.door import check_files
from scripts.files import CannotRun, Rows
from scripts.folder import MAX_PATHS
from scripts.package import ROOT, column_names, load_package, primary_key
from scripts.releases import DESCRIPTOR, read_zip
from scripts.revisions import find_commit, read_commit


def read_version(place: str, repository: Path = ROOT) -> Version:
    """The version at a place: a folder, a .zip, else a git revision of `repository`, the folder of a package in git.

    Raises CannotRun where there is none, or where it cannot be relied on.
    """
    path = Path(place)
    if path.is_dir():
        return read_folder(place, package_folder(path))
    if path.is_file() and path.suffix.lower() == ".zip":
        return read_parts(place, read_zip(path))
    commit = find_commit(place, repository)
    if commit is None:
        raise CannotRun(f"{place} is no folder, no release (.zip) and no git revision of {repository.name}")
    return read_parts(f"{place} ({commit[:12]})", read_commit(commit, repository))


def package_folder(folder: Path) -> Path:
    """The folder itself, or the only folder in it that holds a descriptor where it holds none."""
    if (folder / DESCRIPTOR).exists():
        return folder
    inner = [path for path in islice(folder.iterdir(), MAX_PATHS) if (path / DESCRIPTOR).exists()]
    return inner[0] if len(inner) == 1 and not inner[0].is_symlink() else folder


def read_parts(name: str, parts: dict[str, bytes]) -> Version:
    """The version whose files are given by their paths in the package. Raises CannotRun."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").mkdir()
        for path, content in parts.items():
            (Path(folder) / path).write_bytes(content)
        return read_folder(name, Path(folder))


def read_folder(name: str, root: Path) -> Version:
    """The version in a folder that holds datapackage.json and data/. Raises CannotRun where it cannot be relied on."""
    try:
        package = load_package(root)
    except FileNotFoundError as error:
        raise CannotRun(f"{name}: there is no {DESCRIPTOR}") from error
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
