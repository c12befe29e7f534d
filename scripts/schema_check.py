"""Each cell and key against the descriptor, by Frictionless, and what Frictionless passes over in silence."""

import copy
import re
from collections.abc import Iterator
from typing import Any

import frictionless

from scripts.cell_words import told_form, wrong_cell
from scripts.files import Rows, fault, shortened, suggest
from scripts.forms import FORMS
from scripts.package import Package, column_names, fields_of, foreign_keys, primary_key
from scripts.problems import Problem
from scripts.spreadsheets import VALUE_RULE

OF_TYPE = {"cell-type", VALUE_RULE}  # what is told of a cell that Frictionless does not take for one of its type
UNREADABLE = OF_TYPE | {"cell-form", "primary-key"}


def check_schema(package: Package, tables: dict[str, Rows], names: list[str]) -> list[Problem]:
    """Faults of the tables called `names`; keys are looked up in all of `tables`, the rows that passed the door."""
    found: list[Problem] = []
    pointed = {table for name in names for _, table, _ in foreign_keys(package.resource(name))}
    for resource in frictionless_package(package, {*names, *pointed}.intersection(tables)).resources:
        if resource.name in names:
            rows = tables[resource.name]
            report = resource.validate(limit_errors=sum(len(row) for row in rows) + 1)
            errors = [error.to_descriptor() for error in report.tasks[0].errors]
            told = [problem for error in errors for problem in translate(error, package, resource.name, tables)]
            found += told
            of_type = {(p.line, p.column) for p in told if p.rule in OF_TYPE}
            found += form_problems(package.resource(resource.name), rows, of_type)
    return found


def frictionless_package(package: Package, readable: set[str]) -> frictionless.Package:
    """Frictionless's package of some readable tables; keys into other tables cannot be checked and are left out.

    A pattern is put in parentheses: Frictionless sets ^ and $ about it, which `a|b` would take for its own.
    """
    kept = [resource for resource in package.resources if resource["name"] in readable]
    descriptor = package.descriptor | {"resources": copy.deepcopy(kept)}
    for resource in descriptor["resources"]:
        keys = resource["schema"].get("foreignKeys", [])
        resource["schema"]["foreignKeys"] = [
            key for key in keys if key["reference"].get("resource", resource["name"]) in readable
        ]
        for constraints in (field.get("constraints", {}) for field in fields_of(resource)):
            if "pattern" in constraints:
                constraints["pattern"] = f"(?:{constraints['pattern']})"
    return frictionless.Package.from_descriptor(descriptor, basepath=str(package.root))


def unreadable_tables(package: Package, problems: list[Problem]) -> set[str]:
    """Tables whose faults keep later stages from reading them: cells not of their type, ids missing or repeated."""
    keys = {str(r["path"]): (r["name"], primary_key(r)) for r in package.csv_resources}
    return {
        keys[problem.path][0]
        for problem in problems
        if problem.path in keys
        and (problem.rule in UNREADABLE or (problem.rule == "required" and problem.column in keys[problem.path][1]))
    }


def translate(error: dict[str, Any], package: Package, name: str, tables: dict[str, Rows]) -> Iterator[Problem]:
    """Frictionless's error about a row of table `name` as problems in words that need no knowledge of Frictionless."""
    resource, rows = package.resource(name), tables[name]
    path, kind = str(resource["path"]), error["type"]
    if "rowNumber" not in error:
        yield fault(path, 0, "", "table-unchecked", f"the table cannot be checked: {error['message']}")
        return
    line = error["rowNumber"]
    cells = dict(zip(column_names(resource), rows[line - 2], strict=True))
    row_id = row_id_of(resource, cells)
    if kind == "foreign-key":
        column = error["fieldNames"][0]
        to = error["referenceName"] or name, error["referenceFieldNames"][0]
        rule, message = unknown_key(package, *to, cells[column], tables)
    elif kind == "primary-key":
        column = primary_key(resource)[0]
        rule, message = "primary-key", f"{row_id or 'an empty id'} stands in more than one row: each id stands once"
    else:
        column = error["fieldName"]
        field = next(field for field in fields_of(resource) if field["name"] == column)
        rule, message = wrong_cell(field, cells[column], kind, error["note"])
    yield Problem(path, line, column, row_id, rule, "error", message)


def unknown_key(package: Package, table: str, key: str, value: str, tables: dict[str, Rows]) -> tuple[str, str]:
    """Rule id and message for a cell that names a row which is not there; for a code, the nearest one is offered."""
    target = package.resource(table)
    if target["group"] != "codes":
        return "foreign-key", f"{target['path']} has no row {shortened(value)}"
    codes = [row[column_names(target).index(key)] for row in tables[table]]
    return "unknown-code", f"{target['path']} has no code “{shortened(value)}”{suggest(value, codes)}"


def form_problems(resource: dict[str, Any], rows: Rows, of_type: set[tuple[int, str]]) -> Iterator[Problem]:
    """Cells that Frictionless takes for a value of their type and we do not; `of_type`: (line, column) of the others.

    Frictionless also takes INF, 3:00, 43.50 and digits of other scripts.
    """
    for i, field in enumerate(fields_of(resource)):
        if field["type"] not in FORMS:
            continue
        form = re.compile(FORMS[field["type"]][0])
        for line, row in enumerate(rows, start=2):
            if row[i] and (line, field["name"]) not in of_type and not form.fullmatch(row[i]):
                row_id = row_id_of(resource, dict(zip(column_names(resource), row, strict=True)))
                place = (resource["path"], line, field["name"], row_id)
                yield told_form(place, row[i], field["type"])


def row_id_of(resource: dict[str, Any], cells: dict[str, Any]) -> str:
    """A row's id: its primary key's cells joined by a slash."""
    return "/".join(str(cells[column]) for column in primary_key(resource))
