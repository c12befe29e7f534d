"""DuckDB as an engine: one machine, tables larger than its memory."""

import re
import tempfile
import threading
from pathlib import Path
from typing import Any

import duckdb

from scripts.engine_options import MEMORY
from scripts.engines.columns import KEPT_TYPES, Columns
from scripts.engines.engine import PARTITION, EngineError, NoMemoryError
from scripts.engines.literals import name, value
from scripts.engines.relations import Relation, column_problems, csv_headers
from scripts.engines.schema_sql import raw
from scripts.files import fault
from scripts.problems import Problem

KINDS = {
    "VARCHAR": "string", "BOOLEAN": "boolean", "DATE": "date", "TIME": "time", "DOUBLE": "number", "FLOAT": "number",
    **dict.fromkeys(["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"], "integer"),
}  # fmt: skip
WILD = re.compile(r"[\[*?]")  # what DuckDB takes in a path for a pattern of paths
CSV_LINE = re.compile(r"CSV Error on Line: ([0-9]+)")
CELLS = re.compile(r"Expected Number of Columns: ([0-9]+) Found: ([0-9]+)")


class DuckDB:
    """DuckDB with a temporary folder to which it spills what its memory cannot hold."""

    times_are_text = False
    together = 1
    at_once = 2

    def __init__(self, memory: str = MEMORY, folder: Path | None = None, by_partition: bool = False) -> None:
        """`memory` is DuckDB's limit, `folder` where the temporary one is made; `by_partition`: rows know their file.

        Raises EngineError where the limit is none.
        """
        self.folder = tempfile.TemporaryDirectory(dir=folder, prefix="kz2018-", ignore_cleanup_errors=True)
        self.by_partition = by_partition
        self.places: list[str] = []
        self.connection = duckdb.connect(":memory:")
        self.of_thread = threading.local()
        self.connection.execute(f"SET temp_directory = {value(self.folder.name)}")
        self.connection.execute("SET preserve_insertion_order = false")
        self.connection.execute("SET enable_progress_bar = false")
        self.connection.execute("SET checkpoint_threshold = '1TB'")  # what is in memory alone has no log to write
        self._execute(f"SET memory_limit = {value(memory)}")

    def open(self, relation: Relation) -> tuple[Columns | None, list[Problem]]:
        """See Engine. CSV is copied into the database, for reading it again for each check would cost more."""
        names = [literally(file) if relation.is_local else file for file in relation.files]
        files = f"[{', '.join(map(value, names))}]"
        self.places += [*relation.files, *names]
        partition = f", filename = {value(PARTITION)}" if self.by_partition else ""
        options = f"hive_partitioning = {bool(relation.keys)}, hive_types_autocast = false{partition}"
        try:
            if relation.format == "csv":
                return self._open_csv(relation, files, options)
            return self._open_parquet(relation, files, options)
        except duckdb.OutOfMemoryException as error:
            raise NoMemoryError(in_a_line(error)) from error
        except duckdb.Error as error:
            return None, [unreadable(relation, str(error))]

    def _open_csv(self, relation: Relation, files: str, options: str) -> tuple[Columns | None, list[Problem]]:
        problems = csv_headers(relation)
        if problems:
            return None, problems
        dialect = "delim = ',', quote = '\"', escape = '\"', nullstr = '', header = true"
        if relation.is_local:
            columns = ", ".join(f"{value(column)}: 'VARCHAR'" for column in relation.in_files)
            reader = f"read_csv({files}, auto_detect = false, columns = {{{columns}}}, {dialect}, {options})"
        else:
            reader = f"read_csv({files}, all_varchar = true, {dialect}, {options})"
            problems = column_problems(relation, self._types(reader), KINDS)
            if problems:
                return None, problems
        cells = Columns(relation.resource, frozenset(relation.columns)).all()
        try:
            self._store(relation, [cell.stored for cell in cells], reader)
            kept = {"string", *KEPT_TYPES}
        except (duckdb.InvalidInputException, duckdb.ConversionException):  # a cell is not of its type, or a row amiss
            self._store(relation, [cell.sql for cell in cells], reader)
            kept = {"string"}
        return Columns(relation.resource, frozenset(c.field["name"] for c in cells if c.kind not in kept)), []

    def _store(self, relation: Relation, cells: list[str], reader: str) -> None:
        """Copy the rows of a reader into a table; an empty cell is null in it."""
        named = [f"{cell} AS {name(column)}" for cell, column in zip(cells, relation.columns, strict=True)]
        chosen = ", ".join([*named, *([name(PARTITION)] if self.by_partition else [])])
        keys = ", ".join(f"NULLIF({name(key)}, '') AS {name(key)}" for key in relation.keys if key in relation.columns)
        rows = f"(SELECT * REPLACE ({keys}) FROM {reader})" if keys else reader
        self._cursor().execute(f"CREATE TABLE {name(raw(relation.table))} AS SELECT {chosen} FROM {rows}")

    def _open_parquet(self, relation: Relation, files: str, options: str) -> tuple[Columns | None, list[Problem]]:
        reader = f"read_parquet({files}, {options})"
        types = self._types(reader)
        problems = column_problems(relation, {c: t for c, t in types.items() if c != PARTITION}, KINDS)
        problems = problems or self._mixed(relation, files)
        if problems:
            return None, problems
        self._cursor().execute(
            f"CREATE VIEW {name(raw(relation.table))} AS SELECT {self._chosen(relation)} FROM {reader}"
        )
        return Columns(relation.resource, frozenset(c for c in relation.columns if types[c] == "VARCHAR")), []

    def _chosen(self, relation: Relation) -> str:
        """The declared columns, and the file of each row where that is wanted."""
        return ", ".join(map(name, [*relation.columns, *([PARTITION] if self.by_partition else [])]))

    def _types(self, reader: str) -> dict[str, str]:
        """The columns of a reader and their types."""
        described = self._cursor().execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()
        return {column: kind.split("(")[0] for column, kind, *_ in described}

    def _mixed(self, relation: Relation, files: str) -> list[Problem]:
        """The columns that are of other types in other files: the first file's would be forced on them."""
        kinds = "COUNT(DISTINCT COALESCE(type, '') || COALESCE(CAST(logical_type AS VARCHAR), ''))"
        found = self._cursor().execute(
            f"SELECT name FROM parquet_schema({files}) WHERE num_children IS NULL"
            f" GROUP BY name HAVING {kinds} > 1 ORDER BY 1"
        ).fetchall()
        message = "the files of the table hold this column as different types: write them alike"
        return [fault(relation.path, 0, column, "column-type", message) for (column,) in found]

    def define(self, relation: str, sql: str) -> None:
        """See Engine."""
        self._execute(f"CREATE VIEW {name(relation)} AS {sql}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """See Engine."""
        return self._execute(sql).fetchall()

    def seal(self) -> None:
        """See Engine."""
        folders = sorted({place.rpartition("/")[0] + "/" for place in [*self.places, f"{self.folder.name}/"]})
        self.connection.execute(f"SET allowed_directories = [{', '.join(map(value, folders))}]")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def close(self) -> None:
        """See Engine."""
        self.connection.close()
        self.folder.cleanup()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's own way to the database."""
        if not hasattr(self.of_thread, "cursor"):
            self.of_thread.cursor = self.connection.cursor()
        cursor: duckdb.DuckDBPyConnection = self.of_thread.cursor
        return cursor

    def _execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._cursor().execute(sql)
        except duckdb.OutOfMemoryException as error:
            raise NoMemoryError(in_a_line(error)) from error
        except duckdb.Error as error:
            raise EngineError(in_a_line(error)) from error


def literally(file: str) -> str:
    """A path as a pattern that stands for this file alone."""
    return WILD.sub(r"[\g<0>]", file)


def unreadable(relation: Relation, error: str) -> Problem:
    """Why DuckDB could not read the files of a table; its own words may quote a row, so they are not repeated."""
    line = CSV_LINE.search(error)
    cells = CELLS.search(error)
    message = "the files cannot be read"
    if cells is not None:
        message = f"the row has {cells[2]} cells and the header {cells[1]}: is a comma missing, or a cell unquoted?"
    elif line is not None:
        message = "the row cannot be read: is a quotation mark missing or not doubled, or is this not UTF-8?"
    elif relation.format == "parquet":
        return fault(relation.path, 0, "", "parquet-unreadable", f"{message} as Parquet")
    return fault(relation.path, int(line[1]) if line else 0, "", "row-ragged" if cells else "row-unreadable", message)


def in_a_line(error: duckdb.Error) -> str:
    """The first sentence of an error, without the query it quotes."""
    return " ".join(str(error).split("\n")[0].split())[:300]
