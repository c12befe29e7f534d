"""Many faults of tables in few copies of a package, so that an engine that is slow to start judges them all."""

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.mutations import Mutation

SPOIL = {  # classes and operators that keep a table from suites and rules
    ("keys", "doubled"), ("keys", "emptied"), ("keys", "malformed"),
    ("structure", "a spreadsheet's day"), ("structure", "no day"), ("structure", "no number"),
}  # fmt: skip


@dataclass
class Table:
    """The faults of one table of a copy: which lines they take away and add; `is_whole`: one concerns every line."""

    before: list[bytes]
    is_whole: bool
    gone: Counter[bytes] = field(default_factory=Counter)
    new: Counter[bytes] = field(default_factory=Counter)
    faults: list[Mutation] = field(default_factory=list)

    def takes(self, other: "Table") -> bool:
        """Whether the faults of another touch other lines."""
        ours, theirs = self.gone.keys() | self.new.keys(), other.gone.keys() | other.new.keys()
        return not self.is_whole and not other.is_whole and not ours & theirs

    def add(self, other: "Table") -> None:
        """Take the faults of another."""
        self.gone += other.gone
        self.new += other.new
        self.faults += other.faults

    def together(self) -> Mutation:
        """Its faults as one."""
        if len(self.faults) == 1:
            return self.faults[0]
        words, gone, kept = "; ".join(fault.words for fault in self.faults), self.gone.copy(), []
        for line in self.before:
            if gone[line]:
                gone[line] -= 1
            else:
                kept.append(line)
        return replace(self.faults[0], words=words, content=b"".join([*kept, *sorted(self.new.elements())]))


def table_of(package: Path, fault: Mutation) -> Table:
    """One fault."""
    file = package / fault.path
    before = file.read_bytes().splitlines(keepends=True) if file.exists() else []
    good, bad = Counter(before), Counter((fault.content or b"").splitlines(keepends=True))
    is_whole = not before or bad[before[0]] == 0
    return Table(before, is_whole, good - bad, bad - good, [fault])


def packed(package: Path, faults: list[Mutation]) -> list[list[list[Mutation]]]:
    """Groups of faults, each for one copy, by kind; all of one table that a copy takes are one fault of several words.

    The kinds are faults of columns, those of cells that keep a table from later stages, and the others: the first two
    hide what else is in their table.
    """
    kinds: list[list[dict[str, Table]]] = [[], [], []]
    for fault in faults:
        table = table_of(package, fault)
        copies = kinds[0 if table.is_whole else 1 if (fault.kind, fault.operator) in SPOIL else 2]
        copy = next((c for c in copies if fault.path not in c or c[fault.path].takes(table)), None)
        if copy is None:
            copies.append(copy := {})
        if fault.path in copy:
            copy[fault.path].add(table)
        else:
            copy[fault.path] = table
    return [[[table.together() for table in copy.values()] for copy in copies] for copies in kinds]
