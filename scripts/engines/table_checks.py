"""Run the checks of one table: those of single rows together, in one pass over the rows, and the others one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scripts.engines.checks import NOTHING, Check, Found, Offender, merged
from scripts.engines.columns import Columns
from scripts.engines.engine import PARTITION, Engine
from scripts.engines.kept import Kept
from scripts.engines.literals import name, value, values
from scripts.engines.relations import Relation
from scripts.engines.schema_sql import raw

Result = tuple[Check, Found]


@dataclass(frozen=True)
class Runner:
    """An engine, how many rows a check lists, and what is known of earlier runs."""

    engine: Engine
    most: int
    kept: Kept

    def check(
        self, relation: Relation, columns: Columns, checks: Iterable[Check], reads: Sequence[Relation]
    ) -> list[Result]:
        """What the checks of one table found; `reads` are the tables that those of the table as a whole depend on."""
        checks = list(checks)
        of_rows = [check for check in checks if check.bad]
        whole = [(check, self._whole(check, reads)) for check in checks if not check.bad]
        return self._rows(relation, columns, of_rows) + whole

    def _rows(self, relation: Relation, columns: Columns, checks: list[Check]) -> list[Result]:
        """Checks of single rows, in the files that changed or, where nothing is kept, in all together."""
        if not checks:
            return []
        if not self.kept.is_on:
            found = self._pass(columns, checks, None)
            return list(zip(checks, found, strict=True))
        parts: list[list[Found]] = []
        for file in relation.files:
            keys = [self._key(check, [file]) for check in checks]
            if not all(self.kept.has(key) for key in keys):
                for key, of_file in zip(keys, self._pass(columns, checks, file), strict=True):
                    self.kept.put(key, of_file)
            parts.append([self.kept.get(key) for key in keys])
        return [(check, merged(of_files, self.most)) for check, *of_files in zip(checks, *parts, strict=True)]

    def _pass(self, columns: Columns, checks: list[Check], file: str | None) -> list[Found]:
        """Count the offenders of all checks at once, then list those of each that has any."""
        source = self._source(columns, checks[0])
        where = "TRUE" if file is None else f"{name(PARTITION)} = {value(file)}"
        counts = ", ".join(f"COUNT(*) FILTER (WHERE {check.bad})" for check in checks)
        counted = self.engine.rows(f"SELECT {counts} FROM {source} WHERE {where}")[0]
        return [
            self._list(check, f"{source} WHERE {where} AND {check.bad}", columns) if count else NOTHING
            for check, count in zip(checks, counted, strict=True)
        ]

    def _list(self, check: Check, rows: str, columns: Columns) -> Found:
        """The first offenders of a check of single rows."""
        cells = "".join(f", {cell} AS cell{number}" for number, cell in enumerate(check.cells))
        return self._first(check, f"SELECT {columns.row_id} AS row_id{cells} FROM {rows}")

    def _first(self, check: Check, rows: str) -> Found:
        """How many rows a SELECT of row ids and cells gives, and the first of them as offenders."""
        shown = [f"cell{number}" for number in range(len(check.cells))]
        text = " || '|' || ".join(f"COALESCE(CAST({cell} AS VARCHAR), '')" for cell in shown) or "''"
        listed = self.engine.rows(
            f"SELECT COUNT(*) OVER () AS times, row_id, {text} AS cells{''.join(f', {cell}' for cell in shown)}"
            f" FROM ({rows}) AS these({', '.join(['row_id', *shown])}) ORDER BY row_id, cells LIMIT {self.most}"
        )
        offenders = (
            Offender(row_id, words, tuple(check.problems(row_id, tuple(cells)))) for _, row_id, words, *cells in listed
        )
        return Found(int(listed[0][0]), tuple(offenders)) if listed else NOTHING

    def _source(self, columns: Columns, check: Check) -> str:
        """The relation of a check of single rows: cells as they are in the files, or typed."""
        table = str(columns.resource["name"])
        if check.reads == raw(table):
            return name(check.reads)
        extra = f", {name(PARTITION)}" if self.kept.is_on else ""
        return f"({columns.typed_view(raw(table), self.engine.times_are_text, extra)}) AS typed"

    def _whole(self, check: Check, reads: Sequence[Relation]) -> Found:
        """A check of a table as a whole."""
        key = self._key(check, [file for relation in reads for file in relation.files])
        return self.kept.once(key, lambda: self._first(check, check.rows))

    def _key(self, check: Check, files: list[str]) -> str:
        """The key of a check's result."""
        said = [check.path, check.column, check.rule, check.bad, check.rows, self.most]
        return self.kept.key(said, [self.kept.content(file) for file in files])

    def there(self, columns: Columns, row_ids: list[str]) -> set[str]:
        """Those of some row ids that a table has."""
        if not row_ids:
            return set()
        ids = f"SELECT {columns.row_id} AS row_id FROM {name(raw(str(columns.resource['name'])))}"
        found = self.engine.rows(f"SELECT DISTINCT row_id FROM ({ids}) AS ids WHERE row_id IN {values(row_ids)}")
        return {row_id for (row_id,) in found}
