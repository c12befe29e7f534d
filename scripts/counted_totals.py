"""The report's totals, counted in our rows by the `counting_rule` of each.

A rule is text that anyone may edit, so it runs under an authorizer: one SELECT, no writing, a closed list of functions
(none that reads a clock or chance), at most a second.
"""

import sqlite3
import time

TITLE = "Totals as counted"
DESCRIPTION = "What the counting rule of each reported total gives in our rows, computed by the build: one row a total."
COLUMNS = {"total_id": "The reported total.", "counted_value": "The number that its counting rule gives."}
FUNCTIONS = (
    {"count", "max", "min", "sum", "total"}
    | {"abs", "coalesce", "ifnull", "iif", "nullif", "round"}
    | {"glob", "instr", "length", "like", "lower", "replace", "substr", "trim", "upper"}
)
SECONDS = 1.0
MAX_LENGTH = 1_000_000  # of a text or blob, so that no rule can fill the memory
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


def count(connection: sqlite3.Connection, rule: str) -> float | int:
    """The one number that a rule selects. Raises ValueError with what is wrong with the rule."""
    deadline = time.monotonic() + SECONDS
    length = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_LENGTH)
    connection.set_authorizer(permit)
    connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_CHECKS)
    try:
        rows = connection.execute(rule).fetchmany(2)
    except (sqlite3.Error, sqlite3.Warning) as error:
        why = f"took longer than {SECONDS:g} s" if str(error) == "interrupted" else f"failed: {error}"
        raise ValueError(why) from error
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, length)
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
