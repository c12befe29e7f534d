"""Run the checks of tables: those of single rows of a table in one pass over its rows, and the others one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scripts.engines.checks import NOTHING, Check, Found, Offender, merged
from scripts.engines.columns import Columns
from scripts.engines.engine import PARTITION, Engine, each
from scripts.engines.kept import Kept
from scripts.engines.literals import name, value, values
from scripts.engines.relations import Relation
from scripts.engines.schema_sql import raw

Result = tuple[Check, Found]
EVERY = ""  # in place of a file: all files of the table


@dataclass(frozen=True)
class Runner:
    """An engine, how many rows a check lists, and what is known of earlier runs."""

    engine: Engine
    most: int
    kept: Kept

    def check(
        self, relations: Mapping[str, Relation], columns: Mapping[str, Columns], checks: Iterable[Check]
    ) -> list[Result]:
        """What the checks of some tables found."""
        checks = list(checks)
        of_rows = self._rows(relations, columns, [check for check in checks if check.bad])
        return of_rows + self._whole(relations, [check for check in checks if not check.bad])

    def _rows(
        self, relations: Mapping[str, Relation], columns: Mapping[str, Columns], checks: list[Check]
    ) -> list[Result]:
        """Checks of single rows, each table's in one pass: in the files that changed or, where nothing is kept, in all.

        The offenders of all checks are counted at once, then those of each that has any are listed.
        """
        files = {c.table: relations[c.table].files if self.kept.is_on else (EVERY,) for c in checks}
        by_source: dict[tuple[str, str], list[Check]] = {}
        for check in checks:
            by_source.setdefault((check.table, check.reads), []).append(check)
        passes = [
            (of_source, self._source(columns[table], of_source[0], file), [self._key(c, [file]) for c in of_source])
            for (table, _), of_source in by_source.items()
            for file in files[table]
        ]
        passes = [one for one in passes if not all(self.kept.has(key) for key in one[2])]
        counts = self.counts(
            [
                f"[{', '.join(f'COUNT(*) FILTER (WHERE {check.bad})' for check in of_source)}] AS times FROM {source}"
                for of_source, source, _ in passes
            ]
        )
        for (of_source, source, keys), counted in zip(passes, counts, strict=True):
            for check, key, count in zip(of_source, keys, counted, strict=True):
                there = columns[check.table]
                found = self._list(check, f"{source} AND {check.bad}", there, count) if count else NOTHING
                self.kept.put(key, found)
        return [(c, merged([self.kept.get(self._key(c, [f])) for f in files[c.table]], self.most)) for c in checks]

    def counts(self, selects: Sequence[str]) -> Iterator[list[int]]:
        """The figures of each SELECT of a list called times, given without its first word."""
        queries = (
            " UNION ALL ".join(f"SELECT {number} AS number, {select}" for number, select in enumerate(some))
            for start in range(0, len(selects), self.engine.together)
            for some in [selects[start : start + self.engine.together]]
        )
        for rows in each(self.engine, self.engine.rows, queries):
            yield from (list(times) for _, times in sorted(rows))

    def _list(self, check: Check, rows: str, columns: Columns, count: int) -> Found:
        """The first offenders of a check of single rows, of which there are `count`."""
        cells = "".join(f", {cell} AS cell{number}" for number, cell in enumerate(check.cells))
        return self._first(check, f"SELECT {columns.row_id} AS row_id{cells} FROM {rows}", count)

    def _first(self, check: Check, rows: str, count: int) -> Found:
        """The first of the `count` rows that a SELECT of row ids and cells gives, as offenders."""
        shown = [f"cell{number}" for number in range(len(check.cells))]
        text = " || '|' || ".join(f"COALESCE(CAST({cell} AS VARCHAR), '')" for cell in shown) or "''"
        listed = self.engine.rows(
            f"SELECT row_id, {text} AS cells{''.join(f', {cell}' for cell in shown)}"
            f" FROM ({rows}) AS these({', '.join(['row_id', *shown])}) ORDER BY row_id, cells LIMIT {self.most}"
        )
        offenders = (
            Offender(row_id, words, tuple(check.problems(row_id, tuple(cells)))) for row_id, words, *cells in listed
        )
        return Found(count, tuple(offenders))

    def _source(self, columns: Columns, check: Check, file: str) -> str:
        """The rows of a check of single rows: cells as they are in the files, or typed; of one file or of every one."""
        table = str(columns.resource["name"])
        where = f"{name(PARTITION)} = {value(file)}" if file != EVERY else "TRUE"
        if check.reads == raw(table):
            return f"{name(check.reads)} WHERE {where}"
        if not self.kept.is_on:
            return f"{name(table)} WHERE {where}"
        typed = columns.typed_view(raw(table), self.engine.times_are_text, f", {name(PARTITION)}")
        return f"({typed}) AS typed WHERE {where}"

    def _whole(self, relations: Mapping[str, Relation], checks: list[Check]) -> list[Result]:
        """Checks of a table as a whole; those that find something are listed."""
        files = {check: [f for table in (check.table, *check.also) for f in relations[table].files] for check in checks}
        keys = [self._key(check, files[check]) for check in checks]
        new = [(check, key) for check, key in zip(checks, keys, strict=True) if not self.kept.has(key)]
        counts = self.counts([f"[COUNT(*)] AS times FROM ({check.rows}) AS these" for check, _ in new])
        for (check, key), (count,) in zip(new, counts, strict=True):
            self.kept.put(key, self._first(check, check.rows, count) if count else NOTHING)
        return [(check, self.kept.get(key)) for check, key in zip(checks, keys, strict=True)]

    def _key(self, check: Check, files: Iterable[str]) -> str:
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
