"""Bring the old version to the withholding of the new one, so that a comparison says nothing of whom it was about.

A person asked not to be found. The old version still holds the person, and rows that go: acts, spellings, citations,
the hearing that nobody else had. Whatever would be told of them, a cell, a count, a figure one lower, would say what
the person asked to be silent about. So those rows are taken as they are in the new version before anything is compared,
and "row withheld" is all that remains.

A row goes with a withheld one where it differs between the versions and is tied to it: by a key or citation in either
direction, through other rows that are gone, by the person's name in one of its cells, or as a source whose link was
taken out, for it may lead to the person. Where a change of another kind touches such a row in the same
comparison, it is not shown either: too little is told rather than too much.
"""

from collections import defaultdict
from collections.abc import Iterator

from scripts.differences import Row, RowChange, Tables, Version
from scripts.package import column_names, foreign_keys
from scripts.silent_words import Words

Key = tuple[str, str]  # table, row key
OWNERS = ("persons", "officials")  # whose rows the others go with
NAMES = {"persons": ("name", "surname"), "officials": ("name_as_reported", "surname")}
SPELLINGS = {"persons": ("person_names", "person_id"), "officials": ("official_names", "official_id")}
RETIRED = "retired_ids"
LINKS = "sources"


def without_withheld(
    old: Version, new: Version, renamed: dict[tuple[str, str], str]
) -> tuple[Version, list[RowChange]]:
    """The old version as withheld as the new one, and one change "withheld" for each row that was asked for.

    Rows that go along have no change. Where nothing is newly withheld, rows about those withheld before are still
    taken as the new version has them. `renamed` gives by (table, old name) the new name of a column.
    """
    seeds = newly_withheld(old.tables, new.tables)
    silent = set(seeds) | {("persons", row_id) for row_id in withheld_persons(new.tables)}
    if not silent:
        return old, []
    hidden = going_along(old, new, silent, bool(seeds))
    tables = {table: dict(rows) for table, rows in old.tables.items()}
    columns = {name: column_names(resource) for name, resource in old.resources().items()}
    for table, row_id in hidden:
        if table not in old.tables or table not in new.tables:
            continue
        before, row = tables[table].pop(row_id, {}), new.tables[table].get(row_id)
        if row is not None:
            named = {column: renamed.get((table, column), column) for column in columns[table]}
            tables[table][row_id] = {column: row.get(named[column], before.get(column, "")) for column in named}
    return Version(old.name, old.descriptor, tables), [RowChange(table, "", "withheld") for table in told(seeds)]


def withheld_persons(tables: Tables) -> set[str]:
    """The ids of the withheld persons."""
    return {row_id for row_id, row in tables.get("persons", {}).items() if row.get("is_withheld") == "true"}


def newly_withheld(old: Tables, new: Tables) -> list[Key]:
    """The rows that the new version withholds and the old one does not."""
    persons = withheld_persons(new) - withheld_persons(old)
    retired = [(row.get("table_name", ""), row_id) for row_id, row in new.get(RETIRED, {}).items() if is_withheld(row)]
    before = old.get(RETIRED, {})
    found = {("persons", row_id) for row_id in persons if row_id in old.get("persons", {})}
    return sorted(found | {key for key in retired if key[1] not in before})


def is_withheld(retired: Row) -> bool:
    """Whether a row of retired_ids says that its row was withheld."""
    return retired.get("reason_code") == "withheld"


def told(seeds: list[Key]) -> list[str]:
    """The table of each row that was asked for: persons where there are any, else officials: the rest goes along."""
    for owner in OWNERS:
        if people := [table for table, _ in seeds if table == owner]:
            return people
    return sorted({table for table, _ in seeds})


def going_along(old: Version, new: Version, silent: set[Key], newly: bool) -> set[Key]:
    """The rows that differ and would tell of the silent ones, these among them; `newly`: some are withheld only now."""
    differing = {key: key[1] not in new.tables[key[0]] for key in differing_rows(old.tables, new.tables)}
    points, pointed = ties(old)
    hidden = {(RETIRED, row_id) for row_id, row in new.tables.get(RETIRED, {}).items() if is_withheld(row)}
    ahead = sorted(silent)
    passed: set[Key] = set()
    while ahead:
        key = ahead.pop()
        if key in passed:
            continue
        passed.add(key)
        ahead += [row for row in pointed[key] if row in differing]
        ahead += [row for row in points[key] if differing.get(row)]  # gone with it
        hidden |= {row for row in points[key] if row in differing}
        hidden |= {("passage_notes", row) for table, row in points[key] if table == "passages"}
    added = {
        (table, row) for table, rows in new.tables.items() for row in rows.keys() - old.tables.get(table, {}).keys()
    }
    names = names_of(old, silent)
    words = Words.of(names, {row for table, row in passed if differing.get((table, row), True)})
    for key in differing.keys() | added:
        before, after = (tables.get(key[0], {}).get(key[1], {}) for tables in (old.tables, new.tables))
        led = newly and key[0] == LINKS and is_emptied(before, after)
        if led or any(words.stand_in(cell) for cell in (*before.values(), *after.values())):
            hidden.add(key)
    pointing_now = ties(new)[1]
    return hidden | passed | {row for key in silent for row in pointing_now[key]}


def is_emptied(before: Row, after: Row) -> bool:
    """Whether a row is still there and a filled cell of it is empty now."""
    return any(cell and after.get(column) == "" for column, cell in before.items())


def differing_rows(old: Tables, new: Tables) -> Iterator[Key]:
    """The rows of the old version that the new one lacks or has otherwise."""
    for table, rows in old.items():
        for row_id, row in rows.items() if table in new else ():
            if new[table].get(row_id) != row:
                yield table, row_id


def ties(version: Version) -> tuple[defaultdict[Key, list[Key]], defaultdict[Key, list[Key]]]:
    """For each row those that it points to, and those that point to it: by keys, or by table_name and row_id."""
    points: defaultdict[Key, list[Key]] = defaultdict(list)
    pointed: defaultdict[Key, list[Key]] = defaultdict(list)
    for table, resource in version.resources().items():
        keys = foreign_keys(resource)
        for row_id, row in version.tables[table].items():
            targets = [(other, row[column]) for column, other, _ in keys if row[column]]
            if "table_name" in row and "row_id" in row and table != RETIRED:
                targets.append((row["table_name"], row["row_id"]))
            for target in targets:
                points[table, row_id].append(target)
                pointed[target].append((table, row_id))
    return points, pointed


def names_of(version: Version, silent: set[Key]) -> set[str]:
    """Every spelling of the people among the silent rows."""
    names = set()
    for table, row_id in silent:
        if table in OWNERS and (row := version.tables.get(table, {}).get(row_id)):
            names |= {row.get(column, "") for column in NAMES[table]}
            spellings, column = SPELLINGS[table]
            printed = [r for r in version.tables.get(spellings, {}).values() if r.get(column) == row_id]
            names |= {r.get("name_as_printed", "") for r in printed}
    return names - {"withheld"}
