"""A release of this package, as those who have its archive alone find it."""

import zipfile
from pathlib import Path

import pyarrow as pa

from scripts import release
from scripts.package import Package, load_package, read_table


def lay_out(folder: Path) -> Path:
    """The real package's release, made, and unpacked from its .zip in `folder`; the folder that the archive holds."""
    assert release.main(["--out", str(folder / "made")]) == 0
    descriptor = load_package().descriptor
    name = f"{descriptor['name']}-{descriptor['version']}"
    with zipfile.ZipFile(folder / "made" / f"{name}.zip") as archive:
        archive.extractall(folder)
    return folder / name


def tables_of(package: Package) -> dict[str, pa.Table]:
    """The typed tables of the package's CSVs."""
    return {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}
