"""What may be said of an id: that it lives, was merged, withdrawn or withheld, or that there is none."""

from dataclasses import dataclass

from datasette.database import Database

RETIRED = "SELECT reason_code, successor_id, version FROM retired_ids WHERE row_id = ?"


@dataclass(frozen=True)
class Record:
    """What a page may say of an id: its state (live, merged, withdrawn, withheld or missing) and what goes with it."""

    state: str
    table: str = ""
    successor: str = ""
    version: str = ""


async def find(database: Database, tables: dict[str, list[str]], row_id: str) -> Record:
    """What may be said of an id. Of a withheld one, that it is withheld and nothing else."""
    retired = (await database.execute(RETIRED, [row_id])).first()
    if retired and retired["reason_code"] == "withheld":
        return Record("withheld")
    if retired and retired["successor_id"]:
        return Record("merged", successor=retired["successor_id"])
    if retired:
        return Record("withdrawn", version=retired["version"])
    if row_id[0] not in tables:
        return Record("missing")
    table, key = tables[row_id[0]]
    row = (await database.execute(f'SELECT * FROM "{table}" WHERE "{key}" = ?', [row_id])).first()
    if row is None:
        return Record("missing")
    withheld = "is_withheld" in row.keys() and row["is_withheld"]  # noqa: SIM118 (a row's `in` looks at its values)
    return Record("withheld") if withheld else Record("live", table)
