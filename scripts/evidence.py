"""What the cited passages of a row hold: whom they name, and whether a value stands there and belongs to that name."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from scripts.fingerprints import Prints
from scripts.tokens import name_key, words_of

Tables = dict[str, pa.Table]


@dataclass
class Evidence:
    """The citations and names of a package, ready to be asked; `names` maps an id to spellings."""

    prints: Prints
    cited: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    parents: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    named_in: dict[str, set[str]] = field(default_factory=dict)
    owners: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Tables, prints: Prints) -> "Evidence":
        """From the typed tables `citations`, `passages`, `persons`, `officials` and their spellings."""
        cited, names = defaultdict(list), defaultdict(list)
        named_in, owners = defaultdict(set), defaultdict(set)
        for row in tables["citations"].to_pylist():
            if row["passage_id"] is not None:
                cited[row["table_name"], row["row_id"]].append(row["passage_id"])
        for table, column in (("person_names", "person_id"), ("official_names", "official_id")):
            for row in tables[table].to_pylist():
                names[row[column]].append(row["name_as_printed"])
                named_in[row["passage_id"]].add(row[column])
                for word in words_of(row["name_as_printed"]):
                    owners[word].add(row[column])
        parents = {
            row["passage_id"]: [row[c] for c in ("continues", "governed_by") if row[c] is not None]
            for row in tables["passages"].to_pylist()
        }
        return cls(prints, dict(cited), parents, dict(names), dict(named_in), dict(owners))

    def context(self, passage_id: str) -> list[str]:
        """The passages that govern a passage: what it continues, its lead-in, the headings above; nearest first."""
        above: list[str] = []
        waiting = list(self.parents.get(passage_id, []))
        while waiting:
            parent = waiting.pop(0)
            if parent not in above:
                above.append(parent)
                waiting += self.parents.get(parent, [])
        return above

    def find_name(self, subject: str, passages: list[str]) -> str | None:
        """How the passages name somebody: `named`, `surname` (unique), `heading` (of the section); None: not at all."""
        spellings = [words_of(name) for name in self.names.get(subject, [])]
        if any(self.prints.has_all(p, words) for p in passages for words in spellings):
            return "named"
        unique = {word for words in spellings for word in words if len(word) > 2 and self.owners[word] == {subject}}
        if any(self.prints.has(p, word) for p in passages for word in unique):
            return "surname"
        above = {q for p in passages for q in self.context(p)}
        if any(self.prints.has_all(q, words) for q in above for words in spellings):
            return "heading"
        return None

    def find_value(self, words: list[str], passages: list[str], subjects: set[str], above: bool = True) -> str | None:
        """Why a value is not supported, or None where it is.

        The words must stand together in a cited passage or, with `above`, in one that governs it. Where the passage
        that holds them names anyone beside the subjects, its form must tie the first word to one of them.
        """
        direct = [p for p in passages if self.prints.has_all(p, words)]
        if not direct:
            governing = {q for p in passages for q in self.context(p)} if above else set()
            return None if any(self.prints.has_all(q, words) for q in governing) else "does not stand in"
        if not subjects or any(not self.named_in.get(p, set()) - subjects for p in direct):
            return None
        keys = {name_key(name) for subject in subjects for name in self.names.get(subject, [])}
        tied = any(self.prints.ties(p, words[0], key) for p in direct for key in keys)
        return None if tied else "stands in, but is not tied to that name by,"


def rows_by_id(table: pa.Table, key: str) -> dict[str, dict[str, Any]]:
    """The rows of a table by their id."""
    return {row[key]: row for row in table.to_pylist()}
