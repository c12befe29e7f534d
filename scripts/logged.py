"""The corrections that the gate knows of: the files of a package and its log.

A pending correction is undecided, or accepted and not yet in the log: its change may stand in the tables already, as
in a pull request that brings both. Of a settled one the floors and hashes were written anew when it was applied.
"""

from dataclasses import dataclass, field

from scripts.correction_log import FILE, LogRow, read_log
from scripts.corrections import Correction, read_folder, read_schema
from scripts.differences import Tables
from scripts.files import Rows, fault
from scripts.package import Package, column_names, primary_key
from scripts.problems import Problem

LOG_RULE = "correction-log-is-current"


@dataclass(frozen=True)
class Logged:
    """The corrections of a package, and what is wrong with their files; `log` is the log's lines as kept."""

    corrections: list[Correction] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    log: list[LogRow] = field(default_factory=list)

    @property
    def settled_ids(self) -> set[str]:
        """The ids that the log has as accepted."""
        return {row["correction_id"] for row in self.log if row["decision"] == "accepted"}

    @property
    def pending(self) -> list[Correction]:
        """Undecided corrections, and accepted ones that were not applied yet."""
        return [c for c in self.corrections if c.decision != "declined" and c.correction_id not in self.settled_ids]

    @property
    def settled(self) -> list[Correction]:
        """Accepted corrections that were applied, in the order of the log."""
        order = {row["correction_id"]: number for number, row in enumerate(self.log)}
        applied = [c for c in self.corrections if c.decision == "accepted" and c.correction_id in self.settled_ids]
        return sorted(applied, key=lambda correction: order[correction.correction_id])


def read_logged(package: Package, base: Package) -> Logged:
    """What a package's corrections are; of those in the log of `base`, the file that `base` has.

    Raises OSError where the schema is missing.
    """
    try:
        log = read_log(base.root)
    except ValueError as error:
        return Logged(problems=[fault(FILE.as_posix(), 0, "", LOG_RULE, str(error))])
    if not (package.root / "metadata" / "corrections").exists() and not log:
        return Logged()
    schema = read_schema(base.root)
    found, problems = read_folder(package.root, schema)
    if base.root != package.root:
        known = {row["correction_id"] for row in log}
        trusted, _ = read_folder(base.root, schema)
        found = [c for c in found if c.correction_id not in known]
        found += [c for c in trusted if c.correction_id in known]
    return Logged(sorted(found, key=lambda correction: correction.correction_id), problems, log)


def as_tables(package: Package, rows: dict[str, Rows]) -> Tables:
    """The rows of the readable tables as text, by key."""
    tables: Tables = {}
    for name, cells in rows.items():
        resource = package.resource(name)
        columns, key = column_names(resource), primary_key(resource)
        found = [dict(zip(columns, row, strict=True)) for row in cells]
        tables[name] = {"/".join(row[column] for column in key): row for row in found}
    return tables
