"""What the stages need of an engine."""

from typing import Any, Protocol

from scripts.engines.columns import Columns
from scripts.engines.relations import Relation
from scripts.problems import Problem

PARTITION = "partition of row"  # the column that says from which file a row comes


class EngineError(Exception):
    """A query that the engine cannot run; the message says why in one line."""


class Engine(Protocol):
    """An engine that runs DuckDB's SQL, in whatever way; it reads files where they are, and never hands out a table."""

    times_are_text: bool
    together: int  # SELECTs that are best asked as one query, where each is likely to give nothing

    def open(self, relation: Relation) -> tuple[Columns | None, list[Problem]]:
        """Make the relation raw_<table> of a table's cells; its columns, or why it cannot be read."""

    def define(self, relation: str, sql: str) -> None:
        """Make a relation from a SELECT. Raises EngineError."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a SELECT, which are few. Raises EngineError."""

    def seal(self) -> None:
        """Let later SQL read the relations alone."""

    def close(self) -> None:
        """Let go of everything."""
