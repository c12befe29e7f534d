"""Which rows go when a person is withheld, and what the rows that stay lose.

Whatever is about nobody else goes: what was done to the person and imposed on them, what they answered, a case in
which they stand alone with its charges, officials' roles and steps, an event that has no other rows, an official who
is named for nothing else; and everything that hangs on these rows. A row that is about others too stays and loses the
person.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.package import Package, foreign_keys, primary_key
from scripts.withheld_names import Name, Tables, name_of
from scripts.withheld_texts import Gone, Row, clear_texts, figures_that_name, hide_links

HANGING = ("responses", "other_values", "anomalies", "citations")  # rows about the row that they name
BARE = {"name": "withheld", "relation": "other_named", "person_type": "not_stated", "is_complainant": "false",
        "is_withheld": "true", "naming_basis": "withheld"}  # fmt: skip
NEEDS_CASE = {"court_hearing", "detention_in_case", "procedural_step", "search", "extradition", "extradition_ruling"}


@dataclass(frozen=True)
class Withheld:
    """The tables without a person, their name as it was, and the rows with an id of their own that are gone."""

    tables: Tables
    name: Name
    gone: Gone


def without_person(package: Package, tables: Tables, person_id: str, keep_row: bool) -> Withheld:
    """The tables without a person; with `keep_row` a bare row stays in `persons`. The rows given are not changed."""
    name = name_of(tables, person_id)
    after = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    gone = rows_of_the_person(after, person_id) | {("persons", person_id)}
    gone |= emptied(after, gone, name) | figures_that_name(after, name)
    hide_links(after, name)
    strike(package, after, gone, person_id)
    gone |= clear_texts(package, after, name)
    gone |= hanging(package, after, gone)
    drop(package, after, gone, person_id)
    if keep_row:
        empty = dict.fromkeys(tables["persons"][0], "")
        after["persons"].append(empty | BARE | {"person_id": person_id})
        gone.discard(("persons", person_id))
    return Withheld(after, name, gone)


def rows_of_the_person(tables: Tables, person_id: str) -> Gone:
    """The rows that are about the person, with the cases in which they stand alone and the roles in those."""
    gone = {
        ("acts", a["act_id"])
        for a in tables["acts"]
        if a["person_id"] == person_id or (a["target_person_id"] == person_id and not a["person_id"])
    }
    for table, key in (("penalties", "penalty_id"), ("charges", "charge_id"), ("responses", "response_id")):
        gone |= {(table, row[key]) for row in tables[table] if row["person_id"] == person_id}
    members: dict[str, set[str]] = {}
    for row in tables["case_persons"]:
        members.setdefault(row["case_id"], set()).add(row["person_id"])
    gone |= {("cases", case) for case, people in members.items() if people == {person_id}}
    gone |= {
        ("official_roles", row["official_role_id"])
        for row in tables["official_roles"]
        if ("cases", row["case_id"]) in gone
    }
    return gone


def emptied(tables: Tables, gone: Gone, name: Name) -> Gone:
    """The events that are left without rows, with the roles at them, and the officials who are left without a role."""
    lost: Gone = set()
    events = tables["events"]
    while more := {("events", e["event_id"]) for e in events if is_empty(tables, e, gone | lost, name)} - lost:
        lost |= more
    lost |= {
        ("official_roles", row["official_role_id"])
        for row in tables["official_roles"]
        if ("events", row["event_id"]) in lost and not row["case_id"]
    }
    left = [row for row in tables["official_roles"] if ("official_roles", row["official_role_id"]) not in gone | lost]
    left += [row for row in tables["involvements"] if ("acts", row["act_id"]) not in gone | lost]
    left += [row for row in tables["responses"] if (row["table_name"], row["row_id"]) not in gone | lost]
    had, have = ({row["official_id"] for row in rows} for rows in (tables["officials"], left))
    return lost | {("officials", official) for official in had - have}


def is_empty(tables: Tables, event: Row, gone: Gone, name: Name) -> bool:
    """Whether an event was the person's and is nobody else's."""
    event_id = event["event_id"]
    in_lost_case = ("cases", event["case_id"]) in gone
    held = [("acts", a["act_id"]) for a in tables["acts"] if a["event_id"] == event_id]
    held += [
        ("penalties", p["penalty_id"])
        for p in tables["penalties"]
        if event_id in (p["event_id"], p["decision_event_id"])
    ]
    held += [("events", e["event_id"]) for e in tables["events"] if e["parent_event_id"] == event_id]
    if in_lost_case and event["event_type"] in NEEDS_CASE:
        return True
    concerned = in_lost_case or name.mentioned(event["title"]) or any(row in gone for row in held)
    alone = not name.title_without(event["title"]) if name.mentioned(event["title"]) else True
    return concerned and alone and all(row in gone for row in held)


def strike(package: Package, tables: Tables, gone: Gone, person_id: str) -> None:
    """Empty the keys of staying rows that lead to the person or to a row that is gone, and what needs such a key."""
    for resource in package.csv_resources:
        for column, table, _ in foreign_keys(resource):
            for row in tables[resource["name"]]:
                if (table, row[column]) in gone and column not in primary_key(resource):
                    row[column] = ""
    for act in tables["acts"]:
        if not act["target_person_id"]:
            act["relation_to_target"] = ""
    for table in ("acts", "penalties"):
        for row in tables[table]:
            if not row["event_id"]:
                row["event_basis"] = ""


def hanging(package: Package, tables: Tables, gone: Gone) -> Gone:
    """The rows that hang on rows that are gone, and those that hang on them."""
    lost: Gone = set()
    while more := set(hung(package, tables, gone | lost)) - lost - gone:
        lost |= more
    return lost


def hung(package: Package, tables: Tables, gone: Gone) -> Iterator[tuple[str, str]]:
    """The rows that lead to a row that is gone by what they are about."""
    for table in HANGING:
        key = primary_key(package.resource(table))[0]
        yield from ((table, row[key]) for row in tables[table] if (row["table_name"], row["row_id"]) in gone)
    for table in ("involvements", "attestations"):
        key = primary_key(package.resource(table))[0]
        yield from ((table, row[key]) for row in tables[table] if not row["act_id"] or ("acts", row["act_id"]) in gone)


def drop(package: Package, tables: Tables, gone: Gone, person_id: str) -> None:
    """Take the rows that are gone out of the tables, and those without an id of their own that lead to one."""
    for resource in package.csv_resources:
        table, key = resource["name"], primary_key(resource)
        keys = [(column, to) for column, to, _ in foreign_keys(resource) if column in key]
        tables[table] = [
            row
            for row in tables[table]
            if (table, row[key[0]]) not in gone and not any((to, row[column]) in gone for column, to in keys)
        ]
