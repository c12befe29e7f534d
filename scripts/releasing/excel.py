"""All tables as one workbook: what it is, the codebook, and a sheet a table. Ids are text, dates are dates."""

from typing import Any

from scripts.package import fields_of
from scripts.releasing.edition import Edition
from scripts.releasing.made import Made
from scripts.site_pages.workbook import Rows, workbook

CODEBOOK = ["table", "column", "title", "type", "unit", "meaning", "values", "required"]


def excel_file(edition: Edition) -> Made:
    """The workbook."""
    resources = edition.package.csv_resources
    sheets: list[tuple[str, Rows]] = [("README", readme_rows(edition)), ("codebook", codebook_rows(edition))]
    sheets += [(resource["name"], table_rows(edition, resource)) for resource in resources]
    name = edition.package.descriptor["name"]
    return Made(f"{name}.xlsx", workbook(sheets, edition.stamp), "All tables, for spreadsheets")


def readme_rows(edition: Edition) -> Rows:
    """What the workbook holds and what must be read with it, then each sheet with its rows."""
    sheets = [
        [resource["name"], f"{resource['description']} {edition.tables[resource['name']].num_rows:,} rows."]
        for resource in edition.package.csv_resources
    ]
    return [*map(list, edition.about), ["sheets", ""], ["codebook", "Every column of every table."], *sheets]


def codebook_rows(edition: Edition) -> Rows:
    """A row a column of each table, under CODEBOOK."""
    return [CODEBOOK] + [
        [
            resource["name"],
            field["name"],
            field["title"],
            field["type"],
            field.get("unit", ""),
            field["description"],
            "; ".join(field.get("constraints", {}).get("enum", [])),
            "yes" if field.get("constraints", {}).get("required") else "no",
        ]
        for resource in edition.package.csv_resources
        for field in fields_of(resource)
    ]


def table_rows(edition: Edition, resource: dict[str, Any]) -> Rows:
    """A table under its columns' names."""
    table = edition.tables[resource["name"]]
    return [list(table.column_names), *(list(row.values()) for row in table.to_pylist())]
