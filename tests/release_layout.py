"""A folder that is laid out as a release, as far as tests of reading need it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa

from scripts.build_parquet import described_table, parquet_bytes
from scripts.build_sqlite import build
from scripts.package import ROOT, Package, load_package, read_table


def lay_out(folder: Path) -> Path:
    """The real package in `folder` as a release has it: descriptor, CSV, Parquet and the database; the folder."""
    package = load_package()
    for resource in package.resources:
        (folder / resource["path"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / resource["path"], folder / resource["path"])
    shutil.copyfile(ROOT / "datapackage.json", folder / "datapackage.json")
    (folder / "parquet").mkdir()
    for resource in package.csv_resources:
        content = parquet_bytes(described_table(package, resource))
        (folder / "parquet" / f"{resource['name']}.parquet").write_bytes(content)
    with closing(sqlite3.connect(folder / "kz2018.sqlite")) as database:
        build(database, tables_of(package), package.descriptor, search=False)
    return folder


def tables_of(package: Package) -> dict[str, pa.Table]:
    """The typed tables of the package's CSVs."""
    return {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}
