"""What the stages need of an engine."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from scripts.engines.columns import Columns
from scripts.engines.relations import Relation
from scripts.problems import Problem

Item = TypeVar("Item")
Result = TypeVar("Result")
PARTITION = "partition of row"  # the column that says from which file a row comes


class EngineError(Exception):
    """A query that the engine cannot run; the message says why in one line."""


class NoMemoryError(EngineError):
    """A query for which the engine has too little memory while others are under way."""


class Engine(Protocol):
    """An engine that runs DuckDB's SQL, in whatever way; it reads files where they are, and never hands out a table."""

    times_are_text: bool
    together: int  # SELECTs that are best asked as one query, where each is likely to give nothing
    at_once: int  # queries that are best under way at the same time

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


def each(engine: Engine, work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """What some work with an engine gives for each item, in order.

    Where that is quicker, several are under way at once; one that lacks memory so is done again by itself.
    """
    items = list(items)
    if engine.at_once == 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(engine.at_once) as threads:
        done = [threads.submit(work, item) for item in items]
    lacking = [isinstance(one.exception(), NoMemoryError) for one in done]
    return [work(item) if lacks else one.result() for item, one, lacks in zip(items, done, lacking, strict=True)]
