"""Spark as an engine: many machines, or the cores of one.

Great Expectations runs the suites on it; schema and rules are DuckDB's SQL in Spark's dialect.
"""

import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any

from scripts.engines.columns import Columns
from scripts.engines.engine import EngineError
from scripts.engines.relations import Relation, column_problems, csv_headers
from scripts.engines.schema_sql import raw
from scripts.engines.spark_sql import in_spark, strip_accents
from scripts.files import fault
from scripts.problems import Problem

KINDS = {
    "string": "string", "boolean": "boolean", "date": "date", "time(6)": "time", "double": "number", "float": "number",
    **dict.fromkeys(["tinyint", "smallint", "int", "bigint"], "integer"),
}  # fmt: skip
SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # else a row with too few cells passes
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.timeType.enabled": "true",
    "spark.sql.cteRecursionLevelLimit": "1000",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
SMALL = 1 << 23  # bytes: of files up to this, planning and compiling a query takes longer than the rows do
OF_SMALL_TABLES = {  # each table is one part, and each query one task
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "1",
}
ON_ONE_MACHINE = {"spark.sql.shuffle.partitions": "4", "spark.driver.host": "127.0.0.1"}


class Spark:
    """A Spark session; rows are handed out only as far as they are listed."""

    times_are_text = True
    together = 40
    at_once = 1

    def __init__(self, master: str | None = None) -> None:
        """`master` is the cluster; None leaves it to Spark's own settings. Raises EngineError where there is none."""
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise EngineError("pyspark is not installed: make test-scale installs it") from error
        builder = SparkSession.builder.appName("kz2018")
        for key, setting in (SETTINGS | (ON_ONE_MACHINE if (master or "local").startswith("local") else {})).items():
            builder = builder.config(key, setting)
        try:
            self.session = (builder.master(master) if master else builder).getOrCreate()
        except Exception as error:  # what is raised depends on the cluster and on Java
            raise EngineError(f"Spark does not start: {in_a_line(error)}") from error
        self.session.sparkContext.setLogLevel("OFF")
        logging.getLogger(
            "SQLQueryContextLogger"
        ).disabled = True  # it writes stacks; what goes wrong becomes a problem
        self.session.udf.register("strip_accents", strip_accents)
        self.views: list[str] = []
        self.cached: list[Any] = []
        self.are_small = True
        self.usual = {key: str(self.session.conf.get(key)) for key in OF_SMALL_TABLES}
        self._set(OF_SMALL_TABLES)

    def open(self, relation: Relation) -> tuple[Columns | None, list[Problem]]:
        """See Engine."""
        problems = csv_headers(relation)
        if problems:
            return None, problems
        reader = self.session.read
        if relation.keys:
            reader = reader.option("basePath", str(folder(relation)))
        try:
            if relation.format == "csv":
                types = ", ".join(f"{name_in_spark(column)} STRING" for column in relation.in_files)
                options: dict[str, Any] = {
                    "header": True,
                    "quote": '"',
                    "escape": '"',
                    "mode": "FAILFAST",
                    "nullValue": "",
                    "emptyValue": "",
                }
                frame = self._kept(relation, reader.options(**options).schema(types).csv(list(relation.files)))
                frame.selectExpr("COUNT(STRUCT(*))").collect()  # what cannot be read is told here, and not by a check
            else:
                frame = self._kept(relation, reader.option("mergeSchema", True).parquet(*relation.files))
        except Exception as error:
            return None, [unreadable(relation, error)]
        types_there = {field.name: field.dataType.simpleString() for field in frame.schema.fields}
        problems = column_problems(relation, types_there, KINDS)
        if problems:
            return None, problems
        self._view(raw(relation.table), frame.select(*[name_in_spark(column) for column in relation.columns]))
        text = frozenset(column for column in relation.columns if types_there[column] == "string")
        return Columns(relation.resource, text), []

    def define(self, relation: str, sql: str) -> None:
        """See Engine."""
        frame = self._frame(sql)
        self._view(relation, self._cached(frame) if self.are_small else frame)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """See Engine."""
        try:
            frame = self._frame(sql)
            return [tuple(row) for row in (frame.coalesce(1) if self.are_small else frame).collect()]
        except EngineError:
            raise
        except Exception as error:
            raise EngineError(in_a_line(error)) from error

    def frame(self, relation: str) -> Any:
        """A relation as a data frame of Spark."""
        return self.session.table(name_in_spark(relation))

    def seal(self) -> None:
        """See Engine. What Spark's SQL may read, the cluster's own rights say; here it settles how to run queries."""
        if not self.are_small:
            self._set(self.usual)

    def close(self) -> None:
        """See Engine. The session stays, as others in this process may use it; it ends with the process."""
        for view in self.views:
            self.session.catalog.dropTempView(view)
        for frame in reversed(self.cached):  # one that others are made from goes last, or Spark makes those again
            frame.unpersist()
        self._set(self.usual)

    def _set(self, settings: dict[str, str]) -> None:
        for key, setting in settings.items():
            self.session.conf.set(key, setting)

    def _kept(self, relation: Relation, frame: Any) -> Any:
        """The rows of a table, kept in memory as one part where they are few."""
        is_small = relation.is_local and sum(Path(file).stat().st_size for file in relation.files) <= SMALL
        self.are_small = self.are_small and is_small
        return self._cached(frame) if is_small else frame

    def _cached(self, frame: Any) -> Any:
        self.cached.append(frame.coalesce(1).persist())
        return self.cached[-1]

    def _view(self, relation: str, frame: Any) -> None:
        frame.createOrReplaceTempView(relation)
        self.views.append(relation)

    def _frame(self, sql: str) -> Any:
        try:
            return self.session.sql(in_spark(sql))
        except EngineError:
            raise
        except Exception as error:
            raise EngineError(in_a_line(error)) from error


def folder(relation: Relation) -> Path:
    """The folder below which the partitions of a relation are."""
    first = Path(relation.files[0])
    return first.parents[len([part for part in first.parts if "=" in part])]


def name_in_spark(column: str) -> str:
    """A column or relation by its name, as Spark writes it."""
    return "`" + column.replace("`", "``") + "`"


def unreadable(relation: Relation, error: Exception) -> Problem:
    """Why Spark could not read the files of a table; its own words may quote a row, so they are not repeated."""
    if relation.format == "csv":
        message = "a row cannot be read: it has more or fewer cells than the header, or a quotation mark is missing"
        return fault(relation.path, 0, "", "row-unreadable", message)
    if "MERGE" in str(error) or "INCOMPATIBLE" in str(error):
        message = "the files of the table hold a column as different types: write them alike"
        return fault(relation.path, 0, "", "column-type", message)
    return fault(relation.path, 0, "", "parquet-unreadable", "the files cannot be read as Parquet")


def in_a_line(error: Exception) -> str:
    """The first line of an error, without the query or the stack that Spark adds."""
    return " ".join(str(error).strip().split("\n")[0].split())[:300] or type(error).__name__
