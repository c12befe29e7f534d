"""What each standard's file tells of an edition, read back by other means than it was written."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

LICENCES = {"https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0", "cc-by-4.0": "CC-BY-4.0"}
LINE = re.compile(r"(\w+) \(([\d,]+ rows?)\): ([\w, ]+)")


@dataclass(frozen=True)
class Told:
    """Title, version, SPDX name of the licence, and the rows and columns of each table."""

    title: str
    version: str
    licence: str
    tables: dict[str, tuple[int, list[str]]]


def licence_of(said: str) -> str:
    """The SPDX name of a licence."""
    return LICENCES.get(said, said)


def tables_in(text: str) -> dict[str, tuple[int, list[str]]]:
    """The tables that a text lists."""
    return {name: (rows_in(rows), columns.split(", ")) for name, rows, columns in LINE.findall(text)}


def rows_in(size: str) -> int:
    """The number in `3,000 rows`."""
    number, _, noun = size.partition(" ")
    assert noun == ("row" if number == "1" else "rows")
    return int(number.replace(",", ""))


def cff(content: bytes) -> Told:
    said = yaml.safe_load(content)
    return Told(said["title"], said["version"], said["license"], tables_in(said["abstract"]))


def zenodo(content: bytes) -> Told:
    said = json.loads(content)
    return Told(said["title"], said["version"], licence_of(said["license"]), tables_in(said["description"]))


def datacite(content: bytes) -> Told:
    said = json.loads(content)
    listed = next(d["description"] for d in said["descriptions"] if d["descriptionType"] == "TableOfContents")
    rights = said["rightsList"][0]
    assert licence_of(rights["rightsUri"]) == rights["rightsIdentifier"]
    return Told(said["titles"][0]["title"], said["version"], rights["rightsIdentifier"], tables_in(listed))


def schema_org(content: bytes) -> Told:
    said = json.loads(content)
    files = [f for f in said["distribution"] if "size" in f]
    tables = {f["about"]: (rows_in(f["size"]), f["variableMeasured"]) for f in files}
    measured: dict[str, list[str]] = {}
    for variable in said["variableMeasured"]:
        table, column = variable["name"].split(".")
        measured.setdefault(table, []).append(column)
    assert measured == {table: columns for table, (_, columns) in tables.items()}
    return Told(said["name"], said["version"], licence_of(said["license"]), tables)


def croissant(content: bytes) -> Told:
    said = json.loads(content)
    rows = {f["@id"]: rows_in(f["description"]) for f in said["distribution"]}
    tables = {r["@id"]: fields(r["field"], rows) for r in said["recordSet"]}
    return Told(said["name"], said["version"], licence_of(said["license"]), tables)


def fields(said: list[dict[str, Any]], rows: dict[str, int]) -> tuple[int, list[str]]:
    """The rows and columns of a record set; all its fields come from one file."""
    (file,) = {field["source"]["fileObject"]["@id"] for field in said}
    return rows[file], [field["source"]["extract"]["column"] for field in said]


def ro_crate(content: bytes) -> Told:
    entities = {entity["@id"]: entity for entity in json.loads(content)["@graph"]}
    root = entities["./"]
    files = [entities[part["@id"]] for part in root["hasPart"]]
    tables = {
        f["@id"].removeprefix("data/").removesuffix(".csv"): (rows_in(f["size"]), f["variableMeasured"])
        for f in files
        if "size" in f
    }
    return Told(root["name"], root["version"], licence_of(root["license"]["@id"]), tables)


READERS: dict[str, Callable[[bytes], Told]] = {
    "CITATION.cff": cff,
    ".zenodo.json": zenodo,
    "datacite.json": datacite,
    "schema-org.json": schema_org,
    "croissant.json": croissant,
    "ro-crate-metadata.json": ro_crate,
}
