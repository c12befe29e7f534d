"""The report's totals, counted in our rows by the `counting_rule` of each.

A rule is text that anyone may edit, so it runs under an authorizer: one SELECT, no writing, a closed list of functions
(none that reads a clock or chance), no long texts or patterns, and a limited number of steps, not a limited time: the
same rule is refused on every machine.
"""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

TITLE = "Totals as counted"
DESCRIPTION = "What the counting rule of each reported total gives in our rows, computed by the build: one row a total."
COLUMNS = {"total_id": "The reported total.", "counted_value": "The number that its counting rule gives."}
FUNCTIONS = (
    {"count", "max", "min", "sum", "total"}
    | {"abs", "coalesce", "ifnull", "iif", "nullif", "round"}
    | {"glob", "instr", "length", "like", "lower", "substr", "trim", "upper"}
)
LIMITS = {  # one call of a function is one step, however long it works: so its arguments are kept short
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 4_000,
    sqlite3.SQLITE_LIMIT_LENGTH: 100_000,  # bytes of a text and of a row
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
}
MAX_STEPS = 1_000_000  # of SQLite's virtual machine
STEPS_BETWEEN_CHECKS = 1000


class CountingRuleError(ValueError):
    """A rule that does not give one number; `faults` holds (total_id, why) of every such rule."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"reported_totals {total_id}: counting_rule {why}" for total_id, why in faults))


def permit(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """SQLite's authorizer: OK for SELECT, for reading, and for the functions of the closed list."""
    if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second in FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


@contextmanager
def confined(connection: sqlite3.Connection) -> Iterator[None]:
    """Under the authorizer, the limits and a count of steps, which a statement that goes beyond them fails."""
    checks = itertools.count(1)
    before = {limit: connection.setlimit(limit, value) for limit, value in LIMITS.items()}
    connection.set_authorizer(permit)
    connection.set_progress_handler(lambda: next(checks) * STEPS_BETWEEN_CHECKS > MAX_STEPS, STEPS_BETWEEN_CHECKS)
    try:
        yield
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
        for limit, value in before.items():
            connection.setlimit(limit, value)


def count(connection: sqlite3.Connection, rule: str) -> float | int:
    """The one number that a rule selects. Raises ValueError with what is wrong with the rule."""
    try:
        with confined(connection):
            rows = connection.execute(rule).fetchmany(2)
    except (sqlite3.Error, sqlite3.Warning) as error:
        interrupted = str(error) == "interrupted"
        raise ValueError(f"takes more than {MAX_STEPS:,} steps" if interrupted else f"failed: {error}") from error
    if len(rows) != 1 or len(rows[0]) != 1 or not isinstance(rows[0][0], int | float):
        raise ValueError("must select one row with one number")
    return rows[0][0]


def count_totals(connection: sqlite3.Connection) -> list[tuple[str, float | int]]:
    """(total_id, counted value) of every reported total that has a counting rule, by id.

    Raises CountingRuleError with all the rules that fail.
    """
    counted, faults = [], []
    rules = connection.execute(
        "SELECT total_id, counting_rule FROM reported_totals WHERE counting_rule IS NOT NULL ORDER BY total_id"
    ).fetchall()
    for total_id, rule in rules:
        try:
            counted.append((total_id, count(connection, rule)))
        except ValueError as error:
            faults.append((total_id, str(error)))
    if faults:
        raise CountingRuleError(faults)
    return counted


def fill_counted_totals(connection: sqlite3.Connection) -> None:
    """Make the table `counted_totals` (total_id, counted_value) and fill it. Raises CountingRuleError."""
    connection.execute(
        "CREATE TABLE counted_totals (\n"
        "  total_id TEXT NOT NULL PRIMARY KEY REFERENCES reported_totals (total_id),\n"
        "  counted_value ANY NOT NULL CHECK (typeof(counted_value) IN ('integer', 'real'))\n) STRICT"
    )
    connection.executemany("INSERT INTO counted_totals VALUES (?, ?)", count_totals(connection))
