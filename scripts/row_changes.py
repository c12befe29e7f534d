"""The rows that differ between two versions, matched by their keys, cell by cell."""

from collections.abc import Iterator

from scripts.differences import CellChange, Row, RowChange, Tables

MERGED = {"merged", "duplicate"}
RETIRED = "retired_ids"


def row_changes(old: Tables, new: Tables, renamed: dict[tuple[str, str], str]) -> list[RowChange]:
    """Every row of a table in either version that differs, by table and key.

    `renamed` gives by (table, old name) the new name of a column. Columns and tables that one version alone has are
    told where columns are compared: their cells are no changes of rows. A row that the new `retired_ids` names is
    merged or withdrawn, and that row of `retired_ids` is not told again.
    """
    retired = {(row.get("table_name", ""), row_id): row for row_id, row in new.get(RETIRED, {}).items()}
    found = [
        change
        for table in sorted(old.keys() & new.keys())
        for change in changes_of_table(table, old[table], new[table], renamed, retired)
    ]
    told = {change.row_id for change in found if change.kind in ("merged", "withdrawn")}
    return [c for c in found if not (c.table == RETIRED and c.kind == "added" and c.row_id in told)]


def changes_of_table(
    table: str,
    old: dict[str, Row],
    new: dict[str, Row],
    renamed: dict[tuple[str, str], str],
    retired: dict[tuple[str, str], Row],
) -> Iterator[RowChange]:
    """The rows of one table that differ, by key."""
    for row_id in sorted(old.keys() | new.keys()):
        if row_id not in new:
            yield gone(table, row_id, retired.get((table, row_id)))
        elif row_id not in old:
            filled = tuple(CellChange(column, "", cell) for column, cell in new[row_id].items() if cell)
            yield RowChange(table, row_id, "added", filled)
        elif cells := tuple(cell_changes(table, old[row_id], new[row_id], renamed)):
            yield RowChange(table, row_id, "changed", cells)


def cell_changes(table: str, old: Row, new: Row, renamed: dict[tuple[str, str], str]) -> Iterator[CellChange]:
    """The cells that differ in the columns that both versions have, in the order of the old columns."""
    for column, before in old.items():
        name = renamed.get((table, column), column)
        if name in new and new[name] != before:
            yield CellChange(name, before, new[name])


def gone(table: str, row_id: str, retired: Row | None) -> RowChange:
    """A row that is no more: merged or withdrawn where `retired` is its row of retired_ids, else removed."""
    if retired is None:
        return RowChange(table, row_id, "removed")
    if retired.get("reason_code") in MERGED and retired.get("successor_id"):
        return RowChange(table, row_id, "merged", into=retired["successor_id"])
    return RowChange(table, row_id, "withdrawn")
