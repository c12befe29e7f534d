"""The codebook in Markdown: for each table what its columns hold now, counted in the rows as the CSVs have them.

What a column or code means is rendered from the descriptor and the code lists, and the numbers from the rows; no text,
name or id of a row is shown. A withheld person's row is counted as it stands in the CSV, where it holds its id alone;
metadata/withheld.csv says how many such rows there are.
"""

from collections import Counter
from statistics import median
from typing import Any

import pyarrow as pa

from scripts.dictionary import GROUPS, as_code, markdown_table
from scripts.package import Package, fields_of, foreign_keys, primary_key

HEAD = ["Column", "Type", "Meaning", "Filled", "Empty", "Values"]
INTRODUCTION = """# Codebook

Made by `make document` from `datapackage.json` and the rows; change those, not this file.

What each column holds now: how many cells are filled, which values a closed set has and how often, between which
bounds numbers and days lie, where a link leads. What may stand in a column, with an example, and how each code is
defined, says the [data dictionary](data-dictionary.md).

- These are counts of rows of one report, not of what happened: no rate or share follows from them ([faq.md](faq.md)).
- An empty cell means that the source does not say, or that the question does not arise ([faq.md](faq.md)).
- “Different” counts the distinct values of a column; free text is not listed. The middle is the median.
- `fingerprints` is no table of values and stands in the dictionary alone.
"""
Cells = list[Any]


def codebook_text(package: Package, tables: dict[str, pa.Table]) -> str:
    """metadata/codebook.md. `tables` holds every CSV table of the package, typed."""
    labels = {
        resource["name"]: {row["code"]: row["label_en"] for row in tables[resource["name"]].to_pylist()}
        for resource in package.csv_resources
        if resource["group"] == "codes"
    }
    lines = INTRODUCTION.splitlines()
    for group, heading in GROUPS.items():
        lines += ["", f"## {heading}"]
        for resource in (r for r in package.csv_resources if r["group"] == group):
            lines += table_lines(resource, tables, labels)
    return "\n".join(lines) + "\n"


def table_lines(resource: dict[str, Any], tables: dict[str, pa.Table], labels: dict[str, dict[str, str]]) -> list[str]:
    """A table's section: its rows, a line a column, and then each column of codes with every code of its list."""
    name = resource["name"]
    table = tables[name]
    links = {column: other for column, other, _ in foreign_keys(resource)}
    keys = primary_key(resource)
    columns, codes = [], []
    for field in fields_of(resource):
        column = field["name"]
        cells = [cell for cell in table.column(column).to_pylist() if cell is not None]
        if column in links:
            values = link_text(cells, links[column], tables)
        elif keys == [column]:
            values = "the key: each once"
        else:
            values = values_text(field, cells)
        kind = f"{field['type']}, {field['unit']}" if "unit" in field else field["type"]
        counts = [f"{len(cells):,}", f"{table.num_rows - len(cells):,}"]
        columns.append([as_code(column), kind, f"**{field['title']}.** {field['description']}", *counts, values])
        if links.get(column) in labels and cells:
            codes += ["", f"Codes of `{name}.{column}`:", "", *code_lines(cells, labels[links[column]])]
    return [
        "", f"### {name}", "", f"**{resource['title']}.** {resource['description']}", "",
        f"{table.num_rows:,} rows. [Rules and examples](data-dictionary.md#{name}).", "",
        *markdown_table(HEAD, columns), *codes,
    ]  # fmt: skip


def code_lines(cells: Cells, labels: dict[str, str]) -> list[str]:
    """Every code of a list with its label and number of rows, the commonest first; a code without a row has 0."""
    counts = Counter(cells)
    ordered = sorted(labels, key=lambda code: (-counts[code], code))
    return markdown_table(["Code", "Label", "Rows"], [[as_code(c), labels[c], f"{counts[c]:,}"] for c in ordered])


def link_text(cells: Cells, other: str, tables: dict[str, pa.Table]) -> str:
    """Where a link leads, and to how many of the rows there."""
    return f"leads to [{other}](#{other}), to {len(set(cells)):,} of its {tables[other].num_rows:,} rows"


def values_text(field: dict[str, Any], cells: Cells) -> str:
    """What filled cells hold: counted values of a closed set, bounds of numbers and days, or how many differ."""
    closed = field.get("constraints", {}).get("enum")
    if field["type"] == "boolean":
        closed = [True, False]
    if closed is not None:
        counts = Counter(cells)
        return "; ".join(f"{as_code(written(value))} {counts[value]:,}" for value in closed)
    if not cells:
        return "no value"
    if field["type"] in ("integer", "number") and not field["name"].endswith("_id"):
        return f"{written(min(cells))} to {written(max(cells))}, middle {written(median(cells))}"
    if field["type"] in ("date", "time"):
        return f"{written(min(cells))} to {written(max(cells))}"
    return f"{len(set(cells)):,} different"


def written(value: Any) -> str:
    """A value as the CSVs write it: true and false in small letters, whole numbers without decimals, hours as HH:MM."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.strftime("%H:%M") if hasattr(value, "minute") else str(value)
