"""The seals of what programs make from the report's text: hashes by which an edit by hand is seen without the text.

`python -m scripts.fingerprint` puts them into the metadata of data/parquet/fingerprints.parquet: the hash of
data/passages.csv, and that of the fingerprints themselves. They stop a slip of the hand, not somebody who makes new
ones; whoever has the text runs `python -m scripts.verify --source`.
"""

import hashlib
import json

import pyarrow as pa

from scripts.folder import presence_problems
from scripts.package import Package
from scripts.problems import Problem

PASSAGES, FINGERPRINTS = b"sha256 of data/passages.csv", b"sha256 of the fingerprints"


def sealed(fingerprints: pa.Table, passages: bytes) -> pa.Table:
    """The fingerprints with the seals of the bytes of data/passages.csv and of themselves."""
    return fingerprints.replace_schema_metadata({PASSAGES: digest(passages), FINGERPRINTS: rows_digest(fingerprints)})


def check_seals(package: Package, fingerprints: pa.Table) -> list[Problem]:
    """What of the package is not as the programs made it; a missing passages.csv is the door's."""
    seals = fingerprints.schema.metadata or {}
    found = []
    path = str(package.resource("fingerprints")["path"])
    if seals.get(FINGERPRINTS) != rows_digest(fingerprints):
        message = "these are not the fingerprints that the program made: take the committed file back"
        found.append(Problem(path, 0, "", "", "fingerprints-as-made", "error", message))
    path = str(package.resource("passages")["path"])
    if not presence_problems(package.root, path) and seals.get(PASSAGES) != digest((package.root / path).read_bytes()):
        message = "the file is not as the program made it, and nobody edits it: take the committed file back"
        found.append(Problem(path, 0, "", "", "passages-as-made", "error", message))
    return found


def digest(content: bytes) -> bytes:
    """The SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(content).hexdigest().encode()


def rows_digest(table: pa.Table) -> bytes:
    """The SHA-256 of a table's rows, the same for every release of the library that writes them."""
    return digest(json.dumps(table.to_pydict()).encode())
