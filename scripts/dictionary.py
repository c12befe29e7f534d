"""The data dictionary and the table of tables, in Markdown, from the descriptor."""

from typing import Any

import pyarrow as pa

from scripts.package import Package, column_names, fields_of, foreign_keys, is_required, primary_key

GROUPS = {"facts": "Tables of facts", "source": "Tables about the source", "codes": "Code lists"}
LIMITS = {"unique": "unique", "minimum": "at least", "maximum": "at most", "pattern": "pattern"}


def table_row(cells: list[str]) -> str:
    """One row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def markdown_table(head: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a Markdown table."""
    return [table_row(head), table_row(["---"] * len(head)), *(table_row(row) for row in rows)]


def as_code(value: object) -> str:
    """A value in code type."""
    return f"`{value}`"


def rules_text(field: dict[str, Any], references: dict[str, str]) -> str:
    """What may stand in a column: required, key, reference, limits, values."""
    constraints = field.get("constraints", {})
    parts = ["required"] if is_required(field) else []
    if field["name"] in references:
        parts.append(f"in {references[field['name']]}")
    parts += [
        word if constraints[key] is True else f"{word} {as_code(constraints[key])}"
        for key, word in LIMITS.items()
        if key in constraints
    ]
    if "enum" in constraints:
        parts.append("one of " + ", ".join(as_code(value) for value in constraints["enum"]))
    return "; ".join(parts)


def column_row(field: dict[str, Any], references: dict[str, str]) -> list[str]:
    """A column's row of the dictionary: name, type, meaning, rules, example."""
    kind = f"{field['type']}, {field['unit']}" if "unit" in field else field["type"]
    meaning = f"**{field['title']}.** {field['description']}"
    return [as_code(field["name"]), kind, meaning, rules_text(field, references), as_code(field["example"])]


def table_lines(resource: dict[str, Any]) -> list[str]:
    """A table's section of the dictionary."""
    name = resource["name"]
    references = {
        column: f"`{name}.{other}` (its own table)" if table == name else f"[`{table}.{other}`](#{table})"
        for column, table, other in foreign_keys(resource)
    }
    cited = "Each row is cited in `citations`." if resource["cited"] else "Rows are not cited one by one."
    key = ", ".join(as_code(column) for column in primary_key(resource))
    rows = [column_row(field, references) for field in fields_of(resource)]
    return [
        f"### {name}",
        "",
        f"**{resource['title']}.** {resource['description']}",
        "",
        f"File: `{resource['path']}`. Key: {key}. {cited}",
        "",
        *markdown_table(["Column", "Type", "Meaning", "Rules", "Example"], rows),
        "",
    ]


def code_lines(codes: pa.Table) -> list[str]:
    """The values of a code list: code, label, definition and what a row counts."""
    rows = [[as_code(r["code"]), r["label_en"], r["definition"], r["counting_rule"]] for r in codes.to_pylist()]
    return [*markdown_table(["Code", "Label", "Definition", "One row counts"], rows), ""]


def dictionary_text(package: Package, tables: dict[str, pa.Table]) -> str:
    """metadata/data-dictionary.md. `tables` holds every CSV table of the package."""
    lines = [
        "# Data dictionary",
        "",
        "Made by `make document` from `datapackage.json` and the code lists; change those, not this file.",
        "",
        f"Version {package.descriptor['version']}. An empty cell means that the source does not say.",
        "",
    ]
    for group, heading in GROUPS.items():
        lines += [f"## {heading}", ""]
        for resource in (r for r in package.resources if r["group"] == group):
            lines += table_lines(resource)
            if group == "codes":
                lines += code_lines(tables[resource["name"]])
    return "\n".join(lines).rstrip("\n") + "\n"


def tables_text(package: Package, tables: dict[str, pa.Table]) -> str:
    """The README's table of tables: each CSV table, its rows now, its columns, and what one row is."""
    rows = [
        [
            f"[{name}]({resource['path']})",
            f"{tables[name].num_rows:,}",
            str(len(column_names(resource))),
            resource["description"],
        ]
        for resource in package.csv_resources
        for name in [resource["name"]]
    ]
    return "\n".join(markdown_table(["Table", "Rows", "Columns", "What it holds"], rows))
