"""Results of the gate's stages by the content that they depend on, so that one process need not work them out twice.

The gate runs through a memo always; a run of its own starts with an empty one. The key of a result names everything
that the result depends on, by content: a table's bytes, the descriptor, a suite or a rule.
"""

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from scripts.package import Package, foreign_keys

Result = TypeVar("Result")


class Memo:
    """Remembers what a function gave for a key; `worked_out` and `remembered` count both ways of answering."""

    def __init__(self) -> None:
        self.results: dict[Hashable, Any] = {}
        self.worked_out = 0
        self.remembered = 0

    def get(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """The result of a key, worked out where it is not remembered. Results are not to be changed afterwards."""
        if key in self.results:
            self.remembered += 1
        else:
            self.worked_out += 1
            self.results[key] = work()
        return self.results[key]  # type: ignore[no-any-return]


class Contents:
    """The hashes of a package's descriptor and of its tables' files as they are at the start of a run."""

    def __init__(self, package: Package, tables: Iterable[str]) -> None:
        """`tables`: names of tables whose file can be read, the fingerprints among them."""
        self.descriptor = digest(json.dumps(package.descriptor).encode())
        self.resources = {name: digest(json.dumps(package.resource(name)).encode()) for name in tables}
        self.files = {name: digest((package.root / package.resource(name)["path"]).read_bytes()) for name in tables}
        self.package = package

    def of(self, name: str) -> tuple[str, str, str]:
        """A table's name, its description and its content."""
        return name, self.resources[name], self.files[name]

    def with_references(self, name: str) -> tuple[Hashable, ...]:
        """A table with the tables that its keys point at, as far as they can be read; None stands for the others."""
        pointed = sorted({table for _, table, _ in foreign_keys(self.package.resource(name))})
        return (self.of(name), *(self.of(table) if table in self.files else None for table in pointed))


def digest(content: bytes) -> str:
    """The hash by which a content is known."""
    return hashlib.sha256(content).hexdigest()
