"""The data dictionary and the table of tables, in Markdown, from the descriptor."""

from typing import Any

import pyarrow as pa

from scripts.package import Package, column_names, fields_of, foreign_keys, is_required, primary_key

GROUPS = {"facts": "Tables of facts", "source": "Tables about the source", "codes": "Code lists"}
EMPTY = "An empty cell means that the source does not say."
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


def code_lines(codes: pa.Table, examples: dict[str, str]) -> list[str]:
    """The values of a code list: code, label, definition, what a row counts, and an example from the rows."""
    rows = [
        [as_code(r["code"]), r["label_en"], r["definition"], r["counting_rule"], examples.get(r["code"], "no row")]
        for r in codes.to_pylist()
    ]
    return [*markdown_table(["Code", "Label", "Definition", "One row counts", "Example"], rows), ""]


def code_examples(package: Package, tables: dict[str, pa.Table], code_list: str) -> dict[str, str]:
    """For each code of a list its first row and the passage that it cites, as `A0001 (X0067)`."""
    cited: dict[tuple[str, str], str] = {}
    for row in tables["citations"].to_pylist():
        if row["passage_id"] is not None and row["field"] is None:
            cited.setdefault((row["table_name"], row["row_id"]), row["passage_id"])
    found: dict[str, str] = {}
    for resource in package.csv_resources:
        name, key = resource["name"], primary_key(resource)[0]
        for column in (column for column, table, _ in foreign_keys(resource) if table == code_list):
            for row in tables[name].to_pylist():
                passage = cited.get((name, row[key]))
                if row[column] is not None and passage is not None:
                    found.setdefault(row[column], f"{as_code(row[key])} ({as_code(passage)})")
    return found


def dictionary_text(package: Package, tables: dict[str, pa.Table]) -> str:
    """metadata/data-dictionary.md. `tables` holds every CSV table of the package."""
    lines = [
        "# Data dictionary",
        "",
        "Made by `make document` from `datapackage.json` and the code lists; change those, not this file.",
        "",
        f"Version {package.descriptor['version']}. {EMPTY}",
        "",
    ]
    for group, heading in GROUPS.items():
        lines += [f"## {heading}", ""]
        for resource in (r for r in package.resources if r["group"] == group):
            lines += table_lines(resource)
            if group == "codes":
                name = resource["name"]
                lines += code_lines(tables[name], code_examples(package, tables, name))
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
