"""Where CSV and Parquet of a release disagree, row by row: what an altered table of one of them says otherwise."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.descriptor import check_descriptor
from scripts.lines import row_ids
from scripts.package import ROOT, Package, column_names, load_package, read_table
from scripts.parquet_files import CannotRead, read_small
from scripts.releasing.alterations import Alteration
from scripts.releasing.opened import shown
from scripts.releasing.tables import DESCRIPTOR, PARQUET

MAX_TOLD = 10  # rows of a table


def disagreements(files: Mapping[str, bytes]) -> list[Alteration]:
    """A line for each table whose CSV and Parquet do not hold the same rows, or cannot be read.

    A missing file is told elsewhere. Cells are not repeated, only where they differ.
    """
    with tempfile.TemporaryDirectory() as place:
        package = laid_out(files, Path(place))
        if package is None:
            return [Alteration(DESCRIPTOR, "cannot be relied on: CSV and Parquet were not compared")]
        return [found for resource in package.csv_resources for found in of_table(package, resource, files)]


def laid_out(files: Mapping[str, bytes], place: Path) -> Package | None:
    """The tables and descriptor of a release as a package in an empty folder; None without a sound descriptor."""
    if DESCRIPTOR not in files:
        return None
    (place / DESCRIPTOR).write_bytes(files[DESCRIPTOR])
    schema = json.loads((ROOT / "validation" / "descriptor.schema.json").read_text(encoding="utf-8"))
    try:
        package = load_package(place)
    except ValueError:
        return None
    return None if check_descriptor(package.descriptor, schema) else package


def of_table(package: Package, resource: dict[str, Any], files: Mapping[str, bytes]) -> Iterator[Alteration]:
    """How the two files of a table disagree; the descriptor's paths are known to stay in the package's folder."""
    csv_path, parquet_path = resource["path"], f"{PARQUET}/{resource['name']}.parquet"
    if csv_path not in files or parquet_path not in files:
        return
    for path in (csv_path, parquet_path):
        (package.root / path).parent.mkdir(parents=True, exist_ok=True)
        (package.root / path).write_bytes(files[path])
    try:
        table = read_table(package, resource["name"])
    except (KeyError, ValueError):
        yield Alteration(csv_path, "cannot be read as the table that the descriptor describes")
        return
    try:
        other = read_small(package.root / parquet_path)
    except CannotRead as error:
        yield Alteration(parquet_path, f"cannot be read: it {error}")
        return
    if other.column_names != column_names(resource):
        yield Alteration(parquet_path, f"has other columns than {csv_path}")
        return
    if said := differences(resource, table, other):
        yield Alteration(csv_path, f"disagrees with {parquet_path} in {said}")


def differences(resource: dict[str, Any], table: pa.Table, other: pa.Table) -> str:
    """The rows that differ, with the columns, or that one of the two lacks; empty where both hold the same."""
    ours = dict(zip(row_ids(resource, table), table.to_pylist(), strict=True))
    theirs = dict(zip(row_ids(resource, other), other.to_pylist(), strict=True))
    told = []
    for row_id in sorted(ours.keys() | theirs.keys()):
        if row_id not in theirs:
            told.append(f"{row_id} (only in the CSV)")
        elif row_id not in ours:
            told.append(f"{row_id} (only in the Parquet)")
        elif ours[row_id] != theirs[row_id]:
            columns = [column for column in ours[row_id] if ours[row_id][column] != theirs[row_id][column]]
            told.append(f"{row_id} ({', '.join(columns)})")
    if table.num_rows != other.num_rows and not told:
        told.append("how often a row stands in it")
    more = f" and {len(told) - MAX_TOLD:,} more" if len(told) > MAX_TOLD else ""
    return shown_all(told[:MAX_TOLD]) + more


def shown_all(told: list[str]) -> str:
    """Row ids and columns of a stranger's table, as a terminal may show them."""
    return ", ".join(shown(text) for text in told)
