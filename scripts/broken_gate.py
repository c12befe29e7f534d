"""Faults of the gate's own files: rules, suites, the descriptor, the floors, the second coding and Parquet files."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.build_parquet import parquet_bytes
from scripts.mutations import Mutation, Target
from scripts.parquet_files import read_small

KIND = "the gate's own files"
FILES_OF_A_KIND = 8


def broken_gate(target: Target) -> Iterator[Mutation]:
    """All of them."""
    yield from broken_rules(target)
    yield from broken_suites(target)
    yield from broken_descriptor(target)
    yield from broken_fingerprints(target)
    root = target.package.root
    for file in sorted((root / "validation" / "double_coding").glob("round-[34]/second/*.csv")):
        yield of_file(target, "a second coding gone", file, None)
    floors = root / "validation" / "floors.csv"
    yield of_file(target, "floors cut short", floors, floors.read_bytes()[:-2] + b'"')
    extra = root / "data" / "people.csv"
    yield Mutation("structure", "an extra file", "data", "data/people.csv", path_of(target, extra), b"name\nx\n")


def broken_rules(target: Target) -> Iterator[Mutation]:
    """Rules emptied, without their query, misspelt, gone."""
    files = sorted((target.package.root / "validation" / "rules").glob("*.sql"))
    for file in target.chance("rules").sample(files, min(FILES_OF_A_KIND, len(files))):
        text = file.read_text(encoding="utf-8")
        yield of_file(target, "a rule emptied", file, b"")
        yield of_file(target, "a rule without a query", file, "\n".join(text.split("\n")[:5]).encode())
        yield of_file(target, "a rule misspelt", file, text.replace("SELECT", "SELCT", 1).encode())
        yield of_file(target, "a rule gone", file, None)


def broken_suites(target: Target) -> Iterator[Mutation]:
    """Suites misspelt, emptied, without one expectation, gone."""
    files = sorted((target.package.root / "validation" / "expectations").glob("*.json"))
    for file in target.chance("suites").sample(files, min(FILES_OF_A_KIND, len(files))):
        suite = json.loads(file.read_text(encoding="utf-8"))
        first, *rest = suite["expectations"]
        misspelt = [first | {"type": f"{first['type']}s"}, *rest]
        wrong = [first | {"kwargs": first["kwargs"] | {"colum": "x"}}, *rest]
        yield of_file(target, "a suite misspelt", file, written(suite | {"expectations": misspelt}))
        yield of_file(target, "an argument misspelt", file, written(suite | {"expectations": wrong}))
        yield of_file(target, "an expectation dropped", file, written(suite | {"expectations": rest}))
        yield of_file(target, "a suite gone", file, None)


def broken_descriptor(target: Target) -> Iterator[Mutation]:
    """Keys and types of the descriptor misspelt, constraints and keys removed."""
    file = target.package.root / "datapackage.json"
    text = file.read_text(encoding="utf-8")
    for old, new in (
        ('"constraints"', '"constrains"'), ('"primaryKey"', '"primarykey"'), ('"type": "date"', '"type": "data"'),
        ('"foreignKeys"', '"foreignKey"'), ('"enum"', '"enums"'),
    ):  # fmt: skip
        yield of_file(target, f"{old} misspelt", file, text.replace(old, new, 1).encode())
    places = [
        (n, i, key)
        for n, resource in enumerate(target.package.resources)
        for i, field in enumerate(resource["schema"]["fields"])
        for key in field.get("constraints", {})
    ]
    for n, i, key in target.chance("constraints").sample(places, min(FILES_OF_A_KIND, len(places))):
        descriptor = copy.deepcopy(target.package.descriptor)
        resource = descriptor["resources"][n]
        del resource["schema"]["fields"][i]["constraints"][key]
        where = f"{resource['name']}.{resource['schema']['fields'][i]['name']}.{key}"
        yield of_file(target, "a constraint removed", file, written(descriptor), where)
    keyed = [n for n, resource in enumerate(target.package.resources) if resource["schema"].get("foreignKeys")]
    for n in target.chance("foreign keys").sample(keyed, min(3, len(keyed))):
        descriptor = copy.deepcopy(target.package.descriptor)
        del descriptor["resources"][n]["schema"]["foreignKeys"][0]
        yield of_file(target, "a foreign key removed", file, written(descriptor), descriptor["resources"][n]["name"])


def broken_fingerprints(target: Target) -> Iterator[Mutation]:
    """Fingerprints altered, cut short or gone; the Parquet of tables is no source: the build makes it anew."""
    fingerprints = target.package.parquet_path("fingerprints")
    table = read_small(fingerprints)
    for number in target.chance("fingerprints").sample(range(table.num_rows - 1), min(3, table.num_rows - 1)):
        rows = table.to_pylist()
        rows[number]["grams"], rows[number + 1]["grams"] = rows[number + 1]["grams"], f"{rows[number]['grams']} 00000"
        altered = parquet_bytes(pa.Table.from_pylist(rows, schema=table.schema))
        yield of_file(target, "fingerprints altered", fingerprints, altered, rows[number]["passage_id"])
    yield of_file(target, "a row of fingerprints dropped", fingerprints, parquet_bytes(table.slice(1)))
    cut_short = fingerprints.read_bytes()[: fingerprints.stat().st_size // 2]
    yield of_file(target, "fingerprints cut short", fingerprints, cut_short)
    yield of_file(target, "fingerprints gone", fingerprints, None)


def of_file(target: Target, operator: str, file: Path, content: bytes | None, what: str = "") -> Mutation:
    """A fault of one file; `what` says more where the file alone does not tell."""
    path = path_of(target, file)
    return Mutation(KIND, operator, path, f"{path} {what}".strip(), path, content)


def path_of(target: Target, file: Path) -> str:
    """A file relative to the package."""
    return file.relative_to(target.package.root).as_posix()


def written(value: dict[str, Any]) -> bytes:
    """JSON as bytes."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
