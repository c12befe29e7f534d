"""Where the rows of a table are: one file, a folder of them, or an address that the engine reads.

A resource's `path` in datapackage.json is, relative to the package or as an address such as s3://…:
  data/acts.csv, data/acts.parquet      one file of the resource's `format`, csv or parquet
  data/acts/                            a folder: every file of that format below it, in Hive's partitions or not

A partition's key (data/acts/year=2018/country=KZ/) that is a column of the schema is that column; any other only says
where rows stand. CSV is read as text; of Parquet a column is either text, and then read like CSV, or of the type that
the schema gives.
"""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scripts.files import fault, header_problems, unreadable_row
from scripts.package import Package, column_names
from scripts.problems import Problem

MADE = "data/parquet/"
FORMATS = ("csv", "parquet")


def is_made(resource: dict[str, Any]) -> bool:
    """Whether a resource's file is made by a program of this project: rules read it, and no other check does."""
    return str(resource["path"]).startswith(MADE)


@dataclass(frozen=True)
class Relation:
    """The files of one table: `files` are paths on this machine in order, or one address."""

    resource: dict[str, Any]
    files: tuple[str, ...]
    keys: tuple[str, ...]
    is_local: bool

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.resource["name"])

    @property
    def path(self) -> str:
        """The path as the descriptor declares it."""
        return str(self.resource["path"])

    @property
    def format(self) -> str:
        """csv or parquet."""
        return str(self.resource["format"])

    @cached_property
    def columns(self) -> list[str]:
        """The declared columns."""
        return column_names(self.resource)

    @property
    def in_files(self) -> list[str]:
        """The declared columns that stand in the files and not in a partition's key."""
        return [column for column in self.columns if column not in self.keys]


def relation_of(package: Package, resource: dict[str, Any]) -> tuple[Relation | None, list[Problem]]:
    """The files of a resource, or why there are none."""
    path = str(resource["path"])
    if resource["format"] not in FORMATS:
        message = f"the format is {' or '.join(FORMATS)}, not {resource['format']}"
        return None, [fault("datapackage.json", 0, str(resource["name"]), "descriptor-path", message)]
    if "://" in path:
        ending = f"**/*.{resource['format']}" if path.endswith("/") else ""
        return Relation(resource, (path + ending,), (), False), []
    if path.startswith("/") or ".." in Path(path).parts:
        message = f"{path}: a path leads into the package, and not out of it"
        return None, [fault("datapackage.json", 0, str(resource["name"]), "descriptor-path", message)]
    place = package.root / path
    if place.is_dir():
        files = sorted(file for file in place.rglob(f"*.{resource['format']}") if file.is_file())
        keys = {part.split("=")[0] for f in files for part in f.relative_to(place).parent.parts if "=" in part}
        problems = [] if files else [fault(path, 0, "", "file-missing", "the folder holds no file of the table")]
        return Relation(resource, tuple(map(str, files)), tuple(sorted(keys)), True) if files else None, problems
    if not place.is_file():
        return None, [fault(path, 0, "", "file-missing", "the descriptor declares this file, and it is not there")]
    return Relation(resource, (str(place),), (), True), []


def csv_headers(relation: Relation) -> list[Problem]:
    """Where the first line of a local CSV differs from the declared columns, or cannot be read."""
    found: list[Problem] = []
    for file in relation.files if relation.is_local and relation.format == "csv" else ():
        with open(file, encoding="utf-8-sig", errors="replace", newline="") as lines:
            try:
                header = next(csv.reader(lines, strict=True), [])
            except csv.Error as error:
                header = []
                found.append(unreadable_row(error, relation.path, 1))
        found += header_problems(header, relation.in_files, relation.path)
    return list(dict.fromkeys(found))


def column_problems(relation: Relation, there: dict[str, str], kinds: dict[str, str]) -> list[Problem]:
    """Where the columns of the files, `there`, with the engine's types, differ from the declared ones.

    `kinds` has the schema's type of each of the engine's types that has one.
    """
    named = header_problems([c for c in there if c not in relation.keys], relation.in_files, relation.path)
    found = [problem for problem in named if problem.rule != "column-order"]  # what reads them goes by their names
    for field in relation.resource["schema"]["fields"]:
        is_there = field["name"] in there
        kind = kinds.get(there[field["name"]], "") if is_there else "string"
        if kind not in ("string", field["type"]) and (kind, field["type"]) != ("integer", "number"):
            message = f"the file holds {there[field['name']]}, where the descriptor says {field['type']}"
            found.append(fault(relation.path, 0, field["name"], "column-type", message))
    return found
