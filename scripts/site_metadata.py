"""What Datasette is told about the database: titles, descriptions, licence and source, facets, labels, sort orders.

All is derived from the descriptor and the views, but for what `scripts/site/tables.json` says of each table: by which
column its rows are labelled and sorted, and which columns are facets.
"""

import re
from dataclasses import asdict
from typing import Any

from scripts import counted_totals, search_table
from scripts.package import Package, column_names, fields_of, foreign_keys, primary_key, provenance
from scripts.project import Project
from scripts.questions import read_questions
from scripts.record_ids import id_tables
from scripts.sqlite_schema import LABELS
from scripts.views import CAVEAT, View

Columns = dict[str, str]
CHOICES = {"label_column", "sort", "sort_desc", "facets"}
PUBLIC_NAME = re.compile(r"Public name: ([^.]+)\.")
MADE_TABLES = {"search": search_table, "counted_totals": counted_totals}


def public_title(resource: dict[str, Any]) -> str:
    """A table's name for readers: the public name that its description gives, else its title."""
    public = PUBLIC_NAME.search(resource["description"])
    return public[1].capitalize() if public else str(resource["title"])


def column_text(field: dict[str, Any]) -> str:
    """A column's description, with its unit."""
    unit = f" Unit: {field['unit']}." if "unit" in field else ""
    return f"{field['description']}{unit}"


def table_columns(resource: dict[str, Any]) -> Columns:
    """The columns of a table with their descriptions, the computed label among them."""
    columns = {field["name"]: column_text(field) for field in fields_of(resource)}
    made = {"label": LABELS[resource["name"]][1]} if resource["name"] in LABELS else {}
    return columns | made


def view_columns(view: View, names: list[str], tables: dict[str, Columns], views: dict[str, View]) -> Columns:
    """The columns of a view with their descriptions: its own, else those of the first table or view that it reads.

    Raises ValueError where a column has none, or a description stands for no column.
    """
    read = [tables[name] if name in tables else views[name].columns for name in view.tables if name in tables | views]
    sources = [view.columns, *read]
    found = {name: next((source[name] for source in sources if name in source), None) for name in names}
    faults = [name for name, text in found.items() if text is None]
    faults += [name for name in view.columns if name not in names]
    if faults:
        raise ValueError(f"scripts/views/{view.name}.sql: no column, or no description of column: {', '.join(faults)}")
    return {name: str(text) for name, text in found.items()}


def choice_faults(choices: dict[str, dict[str, Any]], columns: dict[str, list[str]]) -> list[str]:
    """A line for each table, choice or column that tables.json names and the database does not have."""
    faults = [f"no table or view {table}" for table in choices if table not in columns]
    for table in choices.keys() & columns.keys():
        choice = choices[table]
        faults += [f"{table}: no such choice: {key}" for key in choice if key not in CHOICES]
        named = [*choice.get("facets", []), *(choice[key] for key in CHOICES - {"facets"} if key in choice)]
        faults += [f"{table}: no column {column}" for column in named if column not in columns[table]]
    return sorted(f"scripts/site/tables.json: {fault}" for fault in faults)


def link_config(package: Package) -> dict[str, Any]:
    """The plugin row_links' configuration: which column holds whose id, and the tables about any table's rows."""
    columns = {column: table for resource in package.csv_resources for column, table, _ in foreign_keys(resource)}
    keys = {
        primary_key(resource)[0]: resource["name"]
        for resource in package.csv_resources
        if resource["group"] != "codes" and len(primary_key(resource)) == 1
    }
    about = [r["name"] for r in package.csv_resources if {"table_name", "row_id"} <= set(column_names(r))]
    return {"columns": dict(sorted((columns | keys).items())), "about": about}


def ready_queries() -> dict[str, dict[str, str]]:
    """The ready questions as Datasette's canned queries."""
    return {
        question.name: {
            "title": f"{question.view.title} ({question.unit})",
            "description": f"{question.view.sentence} Left out: {question.leaves_out} {CAVEAT}",
            "sql": question.view.select,
        }
        for question in read_questions()
    }


def site_metadata(
    package: Package,
    views: list[View],
    choices: dict[str, dict[str, Any]],
    columns: dict[str, list[str]],
    project: Project,
) -> dict[str, Any]:
    """Datasette's metadata of the package.

    `choices` is tables.json; `columns` lists the columns of each table and view that the database has. Raises
    ValueError where a choice names a table or column that is not there, or a view's column has no description.
    """
    faults = choice_faults(choices, columns)
    if faults:
        raise ValueError("\n".join(faults))
    descriptor = package.descriptor
    about = provenance(descriptor)
    described = {resource["name"]: table_columns(resource) for resource in package.csv_resources}
    described |= {name: made.COLUMNS for name, made in MADE_TABLES.items()}
    by_name = {view.name: view for view in views}
    tables: dict[str, dict[str, Any]] = {name: dict(about) for name in sorted(columns)}
    for resource in package.csv_resources:
        text = {"title": public_title(resource), "description": resource["description"]}
        tables[resource["name"]] |= text | provenance(descriptor, resource)
    for name, made in MADE_TABLES.items():
        tables[name] |= {"title": made.TITLE, "description": made.DESCRIPTION}
    for view in views:
        tables[view.name] |= {"title": view.title, "description": view.description}
        described[view.name] = view_columns(view, columns[view.name], described, by_name)
    for name, texts in described.items():
        tables[name] |= {"columns": texts} | choices.get(name, {})
    whole = {"title": descriptor["title"], "description": descriptor["description"]} | about
    pages = {"tables": id_tables(package), "project": asdict(project)}
    release = {"version": descriptor["version"], "source": descriptor["sources"][0]}
    release |= {"title": descriptor["title"], "creator": descriptor["contributors"][0]["title"]}
    plugins = {"row_links": link_config(package), "correct_pages": pages, "site_pages": pages | release}
    return whole | {"databases": {"kz2018": whole | {"tables": tables, "queries": ready_queries()}}, "plugins": plugins}
