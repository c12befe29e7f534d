"""Tables of a package on DuckDB, typed as the descriptor says, for as long as a block runs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from scripts.engine_options import MEMORY, MOST
from scripts.engines.columns import Columns
from scripts.engines.duckdb_engine import DuckDB
from scripts.engines.kept import Kept
from scripts.engines.relations import Relation, relation_of
from scripts.engines.schema_sql import MALFORMED, cell_checks, raw
from scripts.engines.stages import Findings
from scripts.engines.table_checks import Runner
from scripts.large.options import Limits
from scripts.package import Package


class UnfitPackage(Exception):
    """Tables that cannot be built; `findings` says why."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        super().__init__(f"{len(findings.problems)} problems")


@dataclass(frozen=True)
class Opened:
    """An engine on which each table is a relation of its own name, and its columns as its files hold them."""

    engine: DuckDB
    columns: dict[str, Columns]
    relations: dict[str, Relation]

    def unfit_cells(self, table: str, findings: Findings) -> None:
        """Add the cells of a table that are empty and may not be, or not of their column's type."""
        checks = [c for c in cell_checks(self.columns[table]) if c.rule in (MALFORMED, "required")]
        findings.add_all(Runner(self.engine, MOST, Kept()).check(self.relations, self.columns, checks))


@contextmanager
def opened(package: Package, tables: Sequence[str], limits: Limits) -> Iterator[Opened]:
    """Some tables of a package. Raises UnfitPackage where files cannot be read, EngineError where the limit is none."""
    engine = DuckDB(limits.memory or MEMORY, limits.temp)
    try:
        findings, there = Findings(), Opened(engine, {}, {})
        for table in tables:
            relation, problems = relation_of(package, package.resource(table))
            if relation is not None:
                columns, problems = engine.open(relation)
                if columns is not None:
                    engine.define(table, columns.typed_view(raw(table), engine.times_are_text))
                    there.columns[table], there.relations[table] = columns, relation
            findings.problems += problems
        if findings.problems:
            raise UnfitPackage(findings)
        yield there
    finally:
        engine.close()
