"""The descriptor as SQL: each cell's type and constraints, each table's keys, each key into another table.

The rules, the rows and the words are those of scripts/schema_check.py: a row that breaks a constraint is looked up by
SQL, and what is told of it is worked out from its cell by the same functions.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from scripts.cell_words import told_form, wrong_cell
from scripts.engines.checks import Check, Place, Told
from scripts.engines.columns import Column, Columns
from scripts.engines.literals import name, whole
from scripts.files import shortened, suggest
from scripts.package import Package, fields_of, foreign_keys, primary_key

MALFORMED = "cell-form"  # under which the cells that are not written as their type is are counted
IN_ORDER = ("required", "minimum", "maximum", "enum", "pattern")
Codes = Callable[[str], list[str]]  # the codes of a code list


def raw(table: str) -> str:
    """The relation of a table's cells as the files hold them."""
    return f"raw_{table}"


def cell_checks(columns: Columns) -> Iterator[Check]:
    """The checks of the cells of one table, each of single rows."""
    for column in columns.all():
        if column.is_malformed:
            yield cell_check(columns, column, MALFORMED, column.is_malformed, partial(tell_form, column.field))
        constraints = column.field.get("constraints", {})
        for constraint in IN_ORDER:
            if constraint in constraints and constraints[constraint] is not False:
                bad = condition(column, constraint, constraints[constraint])
                yield cell_check(columns, column, constraint, bad, partial(tell_constraint, column.field, constraint))


def cell_check(columns: Columns, column: Column, rule: str, bad: str, tell: Callable[[tuple[Any, ...]], Told]) -> Check:
    """A check of one column."""
    resource = columns.resource
    table, path = str(resource["name"]), str(resource["path"])
    return Check(table, path, column.field["name"], rule, "error", raw(table), (column.text,), tell, bad=bad)


def condition(column: Column, constraint: str, limit: Any) -> str:
    """When a cell breaks a constraint; never null."""
    if constraint == "required":
        return column.is_missing
    if constraint == "enum":
        broken = column.outside(limit)
    elif constraint == "pattern":
        broken = f"NOT {whole(column.text, limit)}"
    else:
        broken = column.beyond(constraint, limit)
    return f"({column.is_well} AND {broken})"


def tell_form(field: dict[str, Any], cells: tuple[Any, ...]) -> Told:
    """What to tell of a cell that is not written as its type is: what Frictionless says, else our form too."""
    from frictionless import Field

    _, notes = Field.from_descriptor(field).read_cell(cells[0])
    if notes and "type" in notes:
        return [wrong_cell(field, cells[0], "type-error", notes["type"])]
    form = told_form(("", 0, field["name"], ""), cells[0], field["type"])
    told = [wrong_cell(field, cells[0], "constraint-error", note) for note in (notes or {}).values()]
    return [*told, (form.rule, form.message)]


def tell_constraint(field: dict[str, Any], constraint: str, cells: tuple[Any, ...]) -> Told:
    """What to tell of a cell that breaks a constraint."""
    return [wrong_cell(field, cells[0] or "", "constraint-error", f'constraint "{constraint}"')]


def unique_checks(columns: Columns) -> Iterator[Check]:
    """The check of the primary key, and of each column that holds a value once."""
    resource = columns.resource
    table, path = str(resource["name"]), str(resource["path"])
    key = [columns.one(column) for column in primary_key(resource)]
    cells = ", ".join(f"{column.text} AS {column.sql}" for column in key)
    named, empty = ", ".join(column.sql for column in key), " AND ".join(f"{column.sql} IS NULL" for column in key)
    row_id = " || '/' || ".join(f"COALESCE({column.sql}, '')" for column in key)
    rows = (
        f"SELECT {row_id} AS row_id, {row_id} AS cell FROM (SELECT {cells} FROM {name(raw(table))}) AS keys"
        f" GROUP BY {named} HAVING COUNT(*) > 1 OR ({empty})"
    )
    yield Check(table, path, key[0].field["name"], "primary-key", "error", raw(table), ("cell",), tell_key, rows=rows)
    for column in columns.all():
        if column.field.get("constraints", {}).get("unique", False):
            numbered = (
                f"SELECT {columns.row_id} AS row_id, {column.text} AS cell, ROW_NUMBER() OVER"
                f" (PARTITION BY {column.text} ORDER BY {columns.row_id}) AS number"
                f" FROM {name(raw(table))} WHERE {column.is_well}"
            )
            rows = f"SELECT row_id, cell FROM ({numbered}) AS numbered WHERE number > 1"
            tell = partial(tell_unique, column.field)
            yield Check(table, path, column.field["name"], "unique", "error", raw(table), ("cell",), tell, rows=rows)


def tell_key(cells: tuple[Any, ...]) -> Told:
    """What to tell of an id that stands in several rows, or is empty."""
    return [("primary-key", f"{cells[0] or 'an empty id'} stands in more than one row: each id stands once")]


def tell_unique(field: dict[str, Any], cells: tuple[Any, ...]) -> Told:
    """What to tell of a value that stands in another row too."""
    return [wrong_cell(field, cells[0], "unique-error", "")]


def reference_checks(package: Package, columns: Columns, others: dict[str, Columns], codes: Codes) -> Iterator[Check]:
    """The checks of the keys into those tables that are among `others`, and may be this one."""
    resource = columns.resource
    table, path = str(resource["name"]), str(resource["path"])
    for own, target, key in foreign_keys(resource):
        if target not in others:
            continue
        cell, there = columns.one(own), others[target].one(key)
        rows = (
            f"SELECT row_id, cell FROM (SELECT {columns.row_id} AS row_id, {cell.text} AS cell"
            f" FROM {name(raw(table))} WHERE NOT {cell.is_missing}) AS filled"
            f" ANTI JOIN (SELECT {there.text} AS id FROM {name(raw(target))}) AS there ON there.id = filled.cell"
        )
        tell = partial(tell_reference, package.resource(target), codes)
        rule = rule_of_reference(package.resource(target))
        yield Check(table, path, own, rule, "error", raw(table), ("cell",), tell, rows=rows, also=(target,))


def rule_of_reference(target: dict[str, Any]) -> str:
    """The rule that a cell breaks which names no row of a table."""
    return "unknown-code" if target["group"] == "codes" else "foreign-key"


def implied_forms(tables: dict[str, Columns]) -> dict[Place, set[Place]]:
    """The checks of form that need not run, each with the checks that find nothing then.

    A cell that names a row of another table has the form of that table's ids, if those have it.
    """
    forms = {
        (table, field["name"]): field.get("constraints", {}).get("pattern")
        for table, columns in tables.items()
        for field in fields_of(columns.resource)
    }
    keys = {
        (table, own): (target, key)
        for table, columns in tables.items()
        for own, target, key in foreign_keys(columns.resource)
        if target in tables
    }
    return {
        (*own, "pattern"): {(*own, rule_of_reference(tables[there[0]].resource)), (*there, "pattern")}
        for own, there in keys.items()
        if there not in keys and forms[own] is not None and forms[own] == forms[there]
    }


def tell_reference(target: dict[str, Any], codes: Codes, cells: tuple[Any, ...]) -> Told:
    """What to tell of a cell that names a row which is not there; for a code, the nearest one is offered."""
    if target["group"] != "codes":
        return [("foreign-key", f"{target['path']} has no row {shortened(cells[0])}")]
    nearest = suggest(cells[0], codes(target["name"]))
    return [("unknown-code", f"{target['path']} has no code “{shortened(cells[0])}”{nearest}")]
