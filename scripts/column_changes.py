"""The tables and columns that differ between two descriptors, and what each difference calls for."""

from collections.abc import Iterator
from typing import Any

from scripts.differences import ColumnChange, Version
from scripts.package import fields_of, foreign_keys, is_required, primary_key

Field = dict[str, Any]
ASIDE = {"resources", "version", "created"}  # told elsewhere, or follow from the release itself
LIMITS = ("pattern", "minimum", "maximum", "unique")


def column_changes(old: Version, new: Version, renamed: dict[tuple[str, str], str]) -> list[ColumnChange]:
    """Every table and column that was added, removed, renamed or described anew, by table and column."""
    return sorted({*package_changes(old, new), *table_changes(old, new, renamed)})


def package_changes(old: Version, new: Version) -> Iterator[ColumnChange]:
    """What the descriptor says of the package as a whole."""
    for key in sorted((old.descriptor.keys() | new.descriptor.keys()) - ASIDE):
        if old.descriptor.get(key) != new.descriptor.get(key):
            yield ColumnChange("", "", f"the package's {key} changed", "patch")


def table_changes(old: Version, new: Version, renamed: dict[tuple[str, str], str]) -> Iterator[ColumnChange]:
    """Tables and columns."""
    before, after = old.resources(), new.resources()
    for table in sorted(before.keys() | after.keys()):
        if table not in after:
            yield ColumnChange(table, "", f"the table was removed, with {len(old.tables[table])} rows", "major")
        elif table not in before:
            yield ColumnChange(table, "", f"the table was added, with {len(new.tables[table])} rows", "minor")
        else:
            yield from changes_of_table(before[table], after[table], renamed)


def changes_of_table(old: Field, new: Field, renamed: dict[tuple[str, str], str]) -> Iterator[ColumnChange]:
    """What differs in how one table is described."""
    table = new["name"]
    before = {field["name"]: field for field in fields_of(old)}
    after = {field["name"]: field for field in fields_of(new)}
    names = {column: renamed.get((table, column), column) for column in before}
    if [names[column] for column in primary_key(old)] != primary_key(new):
        yield ColumnChange(table, "", "the primary key changed: its rows have other ids", "major")
    if any(old[key] != new[key] for key in ("title", "description")):
        yield ColumnChange(table, "", "its title or description changed", "patch")
    kept = [names[column] for column in before if names[column] in after]
    if kept != [column for column in after if column in kept]:
        yield ColumnChange(table, "", "its columns stand in another order", "patch")
    for column in sorted(after.keys() - set(names.values())):
        yield ColumnChange(table, column, "the column was added", "minor")
    for column, name in names.items():
        if name not in after:
            yield ColumnChange(table, column, "the column was removed", "major")
        else:
            if name != column:
                yield ColumnChange(table, name, f"the column was renamed: it was {column}", "major")
            yield from changes_of_field(table, before[column], after[name])
    targets, now = ({key[0]: key[1:] for key in foreign_keys(resource)} for resource in (old, new))
    for column in sorted(column for column in names if names[column] in after):
        if targets.get(column) != now.get(names[column]):
            bump = "minor" if column not in targets else "major"
            yield ColumnChange(table, names[column], "it points to other rows than before", bump)


def changes_of_field(table: str, old: Field, new: Field) -> Iterator[ColumnChange]:
    """What differs in how one column is described."""
    column = new["name"]
    for key in ("type", "unit"):
        if old.get(key) != new.get(key):
            what = f"its {key} was {old.get(key, 'not set')} and is {new.get(key, 'not set')}"
            yield ColumnChange(table, column, what, "major")
    limits, now = old.get("constraints", {}), new.get("constraints", {})
    values, allowed = limits.get("enum", []), now.get("enum", [])
    if gone := [value for value in values if value not in allowed and allowed]:
        yield ColumnChange(table, column, f"values removed: {', '.join(gone)}", "major")
    if come := [value for value in allowed if value not in values and values]:
        yield ColumnChange(table, column, f"values added: {', '.join(come)}", "minor")
    if bool(values) != bool(allowed):
        what = "it has a closed list of values now" if allowed else "its values are no closed list any more"
        yield ColumnChange(table, column, what, "minor")
    if is_required(old) != is_required(new):
        what = "it is always filled now" if is_required(new) else "it may be empty now"
        yield ColumnChange(table, column, what, "patch" if is_required(new) else "minor")
    if any(limits.get(key) != now.get(key) for key in LIMITS):
        yield ColumnChange(table, column, "its pattern or limits changed", "patch")
    if any(old.get(key) != new.get(key) for key in ("title", "description", "example", "format")):
        yield ColumnChange(table, column, "its title, description or example changed", "patch")


def renamed_columns(old: Version, new: Version) -> dict[tuple[str, str], str]:
    """(table, old name) → new name of each column that one version alone has and whose cells are those of another.

    A column counts as renamed where exactly one new column of its type has the same cells, not all empty, in all rows
    that both versions have.
    """
    found = {}
    before, after = old.resources(), new.resources()
    for table in sorted(before.keys() & after.keys()):
        types = {field["name"]: field["type"] for field in fields_of(before[table])}
        now = {field["name"]: field["type"] for field in fields_of(after[table])}
        common = sorted(old.tables[table].keys() & new.tables[table].keys())
        for column in sorted(types.keys() - now.keys()):
            cells = [old.tables[table][row_id][column] for row_id in common]
            same = [
                name
                for name in sorted(now.keys() - types.keys())
                if now[name] == types[column] and cells == [new.tables[table][row_id][name] for row_id in common]
            ]
            if len(same) == 1 and any(cells):
                found[table, column] = same[0]
    return found
