"""A sample of a large package: some persons whole, and whatever the rows about them need.

A person is chosen by the MD5 of the id, so that the same persons are chosen everywhere and whatever else is in the
package; nobody who is withheld is. With a chosen person come the acts, penalties, charges and cases of that person and
who told of the acts or did them. With every row come the rows that its keys name, its citations, and what is answered
to it or otherwise said of it; but of a withheld person nothing comes beyond the row that a key needs. Acts upon unnamed
persons and groups belong to no person and are left out.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from scripts.engines.duckdb_engine import DuckDB
from scripts.engines.literals import name, value
from scripts.package import column_names, foreign_keys, primary_key

BELONGS = {  # tables whose rows belong to a row of another, by the column that names it
    "person_names": ("person_id", "chosen"),
    "acts": ("person_id", "chosen"),
    "penalties": ("person_id", "chosen"),
    "charges": ("person_id", "chosen"),
    "case_persons": ("person_id", "chosen"),
    "attestations": ("act_id", "sample_acts"),
    "involvements": ("act_id", "sample_acts"),
    "official_names": ("official_id", "sample_officials"),
    "passage_notes": ("passage_id", "sample_passages"),
    "right_provisions": ("provision_id", "sample_provisions"),
}
CHOSEN = """
CREATE TABLE chosen AS
SELECT person_id FROM persons
WHERE NOT is_withheld AND CAST('0x' || md5(person_id)[1:8] AS UBIGINT) % {} = 0
"""


class Reason(NamedTuple):
    """Why rows of a table come into the sample: `rows` selects their keys and changes with the relations `reads`."""

    resource: dict[str, Any]
    reads: frozenset[str]
    rows: str


def sample_of(table: str) -> str:
    """The relation of a table's rows that are in the sample."""
    return f"sample_{table}"


def choose(engine: DuckDB, resources: list[dict[str, Any]], one_in: int) -> int:
    """Make sample_<table>, the keys of the rows in the sample, of every table; how many persons are chosen.

    One person in `one_in` is, about.
    """
    engine.connection.execute(CHOSEN.format(one_in))
    for resource in resources:
        table, key = str(resource["name"]), key_of(resource)
        condition = "TRUE" if resource["group"] == "codes" else "FALSE"
        engine.connection.execute(
            f"CREATE TABLE {sample_of(table)} AS SELECT {key} FROM {name(table)} WHERE {condition}"
        )
    engine.connection.execute("INSERT INTO sample_persons SELECT person_id FROM chosen")
    grown = {"chosen", *(sample_of(str(resource["name"])) for resource in resources)}
    while grown:
        due = [reason for reason in reasons(resources) if reason.reads & grown]
        grown = {sample_of(str(reason.resource["name"])) for reason in due if grow(engine, reason)}
    return int(engine.rows("SELECT count(*) FROM chosen")[0][0])


def grow(engine: DuckDB, reason: Reason) -> int:
    """Take rows into the sample; how many are new."""
    table, key = sample_of(str(reason.resource["name"])), key_of(reason.resource)
    sql = f"INSERT INTO {table} SELECT DISTINCT {key} FROM ({reason.rows}) AS rows ANTI JOIN {table} USING ({key})"
    return int(engine.rows(sql)[0][0])


def reasons(resources: list[dict[str, Any]]) -> Iterator[Reason]:
    """All reasons: rows that belong to others, that tell of any, and that a key names."""
    tables = {str(resource["name"]): resource for resource in resources}
    for table, (column, others) in BELONGS.items():
        rows = f"SELECT {key_of(tables[table])} FROM {table} SEMI JOIN {others} USING ({column})"
        yield Reason(tables[table], frozenset([others]), rows)
    for resource in resources:
        if {"table_name", "row_id"} <= set(column_names(resource)) and resource["name"] != "retired_ids":
            yield Reason(resource, frozenset(map(sample_of, tables)), about(resource, resources))
    for table, resource in tables.items():
        for own, target, key in foreign_keys(resource):
            named = f"SELECT {own} AS {key} FROM {table} SEMI JOIN {sample_of(table)} USING ({key_of(resource)})"
            rows = f"SELECT {key} FROM {target} SEMI JOIN ({named}) AS named USING ({key})"
            yield Reason(tables[target], frozenset([sample_of(table)]), rows)


def about(resource: dict[str, Any], resources: list[dict[str, Any]]) -> str:
    """A SELECT of a table's rows that tell of any row in the sample but a withheld person."""
    told = " UNION ALL ".join(
        f"SELECT {value(str(other['name']))} AS table_name, {row_id(other)} AS row_id FROM {shown(str(other['name']))}"
        for other in resources
    )
    return f"SELECT {key_of(resource)} FROM {resource['name']} SEMI JOIN ({told}) AS told USING (table_name, row_id)"


def shown(table: str) -> str:
    """The rows of a table in the sample of which something may be told."""
    hidden = " ANTI JOIN (SELECT person_id FROM persons WHERE is_withheld) AS hidden USING (person_id)"
    return sample_of(table) + (hidden if table == "persons" else "")


def row_id(resource: dict[str, Any]) -> str:
    """A row's id, as other tables name it."""
    return " || '/' || ".join(name(column) for column in primary_key(resource))


def key_of(resource: dict[str, Any]) -> str:
    """The columns of a resource's primary key."""
    return ", ".join(map(name, primary_key(resource)))
