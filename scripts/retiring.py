"""Rows that are merged or withdrawn: their ids are retired, and whatever refers to them follows or goes with them."""

from scripts.differences import Row
from scripts.package import primary_key
from scripts.workbench import LOG_OF_IDS, Unfit, Workbench

SERVING = {"citations", "attestations", "involvements", "person_names", "official_names", "total_events"}
MAX_NAMED = 3  # rows in a message


def merge(bench: Workbench, table: str, row_id: str, into: str, version: str) -> None:
    """Let one row of a table be another: references follow, and rows that are then the same become one.

    Raises Unfit where that cannot be.
    """
    if bench.id_form(table) is None:
        raise Unfit("table", f"the rows of {table} have no ids of their own: withdraw the row instead")
    bench.row(table, row_id)
    bench.row(table, into, "into")
    if row_id == into:
        raise Unfit("into", "a row is not merged into itself")
    retire(bench, table, row_id, "merged", into, version)
    for other, other_id, column in list(bench.referring(table, row_id)):
        if other_id in bench.tables[other]:
            follow(bench, other, other_id, column, into, version)


def follow(bench: Workbench, table: str, row_id: str, column: str, into: str, version: str) -> None:
    """Let one reference lead to the row that stays; a row that then says what another says becomes one with it."""
    row = bench.tables[table].pop(row_id)
    row[column] = into
    key = bench.key_of(table, row)
    if key in bench.tables[table]:  # of a key of several columns: both rows say the same
        return
    twin = bench.same(table, without_key(bench, table, row)) if bench.id_form(table) else ""
    bench.tables[table][key] = row
    if twin:
        stays, goes = sorted([twin, row_id])
        merge(bench, table, goes, stays, version)


def without_key(bench: Workbench, table: str, row: Row) -> Row:
    """The cells that say something: all but the row's own id."""
    return {column: cell for column, cell in row.items() if column not in primary_key(bench.resource(table))}


def withdraw(bench: Workbench, table: str, row_id: str, version: str) -> None:
    """Take a row out, with the rows that only serve it. Raises Unfit where it is not there."""
    bench.row(table, row_id)
    if bench.id_form(table) is None:
        del bench.tables[table][row_id]
    else:
        retire(bench, table, row_id, "withdrawn", "", version)
    for other, other_id, _ in list(bench.referring(table, row_id)):
        if other in SERVING and other_id in bench.tables[other]:
            withdraw(bench, other, other_id, version)


def retire(bench: Workbench, table: str, row_id: str, reason: str, into: str, version: str) -> None:
    """Take a row out and leave its id in retired_ids."""
    del bench.tables[table][row_id]
    row = {"table_name": table, "row_id": row_id, "reason_code": reason, "successor_id": into, "version": version}
    bench.tables[LOG_OF_IDS][row_id] = bench.blank(LOG_OF_IDS) | row
    bench.moved.append((table, row_id, into))


def still_needed(bench: Workbench, table: str, row_id: str) -> str:
    """Which rows still refer to one that was taken out, in words, or nothing."""
    found = sorted({f"{other} {other_id}" for other, other_id, _ in bench.referring(table, row_id)})
    more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
    return ", ".join(found[:MAX_NAMED]) + more
