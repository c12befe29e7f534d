"""The list of a Parquet package's files, files.csv: of each its table, rows, bytes and hash."""

import csv
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from scripts.engines.kept import hash_of

LIST = "files.csv"


@dataclass(frozen=True)
class File:
    """One Parquet file; `path` is relative to the package."""

    path: str
    table_name: str
    rows: int
    bytes: int
    sha256: str


def file_of(root: Path, path: str, table: str, rows: int) -> File:
    """A file that was just written."""
    return File(path, table, rows, (root / path).stat().st_size, hash_of(root / path))


def write_list(root: Path, files: list[File]) -> None:
    """Write the list, by path."""
    with (root / LIST).open("w", encoding="utf-8", newline="") as file:
        lines = sorted(map(astuple, files))
        csv.writer(file, lineterminator="\n").writerows([[field.name for field in fields(File)], *lines])


def read_list(root: Path) -> list[File]:
    """The list. Raises OSError where there is none, ValueError where it is none of ours."""
    with (root / LIST).open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    if header != [field.name for field in fields(File)]:
        raise ValueError(f"{root / LIST} is no list of Parquet files")
    return [File(path, table, int(rows), int(size), sha256) for path, table, rows, size, sha256 in lines]
