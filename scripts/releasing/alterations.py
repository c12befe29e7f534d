"""What was altered in a release: files that SHA256SUMS or a descriptor knows otherwise, or that it lacks or adds."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scripts.releasing.sums import SIGNATURE, SUMS, read_sums
from scripts.releasing.tables import DESCRIPTOR, PARQUET

DESCRIPTORS = {DESCRIPTOR: "", f"{PARQUET}/{DESCRIPTOR}": f"{PARQUET}/"}


@dataclass(frozen=True, order=True)
class Alteration:
    """A file that is not as it was released, and why that is known."""

    path: str
    what: str


def alterations(files: Mapping[str, bytes]) -> list[Alteration]:
    """Every alteration that the hashes tell of; `files` holds a release's bytes by path."""
    found = list(against_sums(files))
    for descriptor, folder in DESCRIPTORS.items():
        found += against_descriptor(files, descriptor, folder)
    return sorted(set(found))


def against_sums(files: Mapping[str, bytes]) -> Iterator[Alteration]:
    """Files that are not as SHA256SUMS lists them, or not in it."""
    if SUMS not in files:
        yield Alteration(SUMS, "is missing: nothing tells what was released")
        return
    try:
        sums = read_sums(files[SUMS].decode("utf-8"))
    except ValueError as error:
        yield Alteration(SUMS, f"cannot be read: {error}")
        return
    for path, digest in sums.items():
        if path not in files:
            yield Alteration(path, f"is missing: {SUMS} lists it")
        elif hashlib.sha256(files[path]).hexdigest() != digest:
            yield Alteration(path, f"is altered: {SUMS} has another hash")
    for path in files.keys() - sums.keys() - {SUMS, SIGNATURE}:
        yield Alteration(path, f"was added: {SUMS} does not list it")


def against_descriptor(files: Mapping[str, bytes], descriptor: str, folder: str) -> Iterator[Alteration]:
    """Tables that are not as a descriptor tells; its paths are relative to `folder`."""
    if descriptor not in files:
        yield Alteration(descriptor, "is missing: every release has it")
        return
    resources = resources_of(files[descriptor])
    if resources is None:
        yield Alteration(descriptor, "cannot be read: it is no descriptor of tables with their hashes")
        return
    for resource in resources:
        path = f"{folder}{resource['path']}"
        if path not in files:
            yield Alteration(path, f"is missing: {descriptor} declares it")
            continue
        if resource["hash"] != f"sha256:{hashlib.sha256(files[path]).hexdigest()}":
            yield Alteration(path, f"is altered: {descriptor} has another hash")
        if resource.get("bytes", len(files[path])) != len(files[path]):
            yield Alteration(path, f"is altered: {descriptor} has another size")


def resources_of(content: bytes) -> list[dict[str, Any]] | None:
    """The resources of a descriptor, each with path and hash; None where it is none."""
    try:
        descriptor = json.loads(content)
    except (ValueError, RecursionError):
        return None
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list):
        return None
    sound = all(isinstance(r, dict) and all(isinstance(r.get(key), str) for key in ("path", "hash")) for r in resources)
    return resources if sound else None
