"""The list of all checks in Markdown, metadata/rules.md, from the catalogue and the descriptor."""

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from scripts.catalogue import Check
from scripts.dictionary import as_code, markdown_table
from scripts.package import Package, fields_of, foreign_keys, is_required, primary_key

INTRODUCTION = """# What is checked

Made by `make document` from the checks themselves; change those, not this file. How to write one:
[validation/README.md](../validation/README.md).

`make validate` runs these checks and prints one line for each fault, `path:line:column  rule-id  what is wrong`. Look
the rule-id up here: why the check is there, and what to look at when it fires. An **error** has to be mended before a
change is taken; a **warning** may be right, and asks for a second look. **model** holds for any dataset of this form,
**edition** for this dataset alone. The examples are what the gate prints of an invented package in which one thing was
broken; no person, place or sum in them is real.

Passing says that the rows agree with each other and with the words of the report, not that what it reports is true.
"""
KIND_TITLES = {
    "program": "Files, citations and what is made from the tables",
    "schema": "Cells and keys",
    "expectation": "One table as a whole",
    "rule": "Several tables together",
}
KIND_NOTES = {
    "program": "Checked by programs.",
    "schema": "Declared for each column in `datapackage.json`; the [data dictionary](data-dictionary.md) shows which"
    " column has which.",
    "expectation": "Suites of Great Expectations, one a table.",
    "rule": "SQL that selects the offending rows.",
}
HOME_TITLES = {  # of programs, in the order in which they are told; other programs follow under their own names
    "scripts/descriptor.py": "The descriptor",
    "scripts/folder.py": "What lies in the folders",
    "scripts/door.py": "The files as a whole",
    "scripts/encodings.py": "The bytes of a file",
    "scripts/files.py": "The lines of a file",
    "scripts/canonical.py": "The form of the files",
    "scripts/cell_words.py": "Cells as spreadsheets write them",
    "scripts/schema_check.py": "Tables that cannot be checked",
    "scripts/hygiene.py": "The texts in cells",
    "scripts/citations.py": "Citations",
    "scripts/segment.py": "The passages, with the report's text",
    "scripts/verify.py": "The fingerprints, with the report's text",
    "scripts/build_sqlite.py": "The database",
    "scripts/build_parquet.py": "The Parquet files",
    "scripts/document.py": "The documents",
    "scripts/parquet_files.py": "The fingerprints' file",
    "scripts/corrections.py": "The files of corrections",
    "scripts/applying.py": "Corrections and the rows they name",
    "scripts/corrected.py": "Corrections that were decided, or not yet",
    "scripts/logged.py": "The log of corrections",
    "scripts/rules.py": "The checks themselves",
}
NAME = re.compile(r"(?<![\w/`.])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w/`])")  # a table, column or code
COUNTS: dict[str, Callable[[dict[str, Any], set[str]], int]] = {  # columns of a table that have a check of the schema
    "cell-form": lambda r, _: sum(field["type"] != "string" for field in fields_of(r)),
    "cell-type": lambda r, _: sum(field["type"] != "string" for field in fields_of(r)),
    "foreign-key": lambda r, codes: sum(table not in codes for _, table, _ in foreign_keys(r)),
    "maximum": lambda r, _: constrained(r, "maximum"),
    "minimum": lambda r, _: constrained(r, "minimum"),
    "pattern": lambda r, _: constrained(r, "pattern"),
    "primary-key": lambda r, _: len(primary_key(r)),
    "required": lambda r, _: sum(is_required(field) for field in fields_of(r)),
    "unique": lambda r, _: constrained(r, "unique"),
    "unknown-code": lambda r, codes: constrained(r, "enum") + sum(table in codes for _, table, _ in foreign_keys(r)),
}


def constrained(resource: dict[str, Any], constraint: str) -> int:
    """How many columns of a table have a constraint."""
    return sum(constraint in field.get("constraints", {}) for field in fields_of(resource))


def rules_text(package: Package, checks: list[Check]) -> str:
    """metadata/rules.md: an index, then each check. Raises ValueError for a check of the schema that nothing counts."""
    groups = [(title, list(same)) for title, same in groupby(sorted(checks, key=reading_order), key=group_title)]
    lines = [INTRODUCTION, "## Index", ""]
    for kind, kind_title in KIND_TITLES.items():
        of_kind = [(title, found) for title, found in groups if found[0].kind == kind]
        lines += [f"**{kind_title}** ({sum(len(found) for _, found in of_kind)})", ""]
        rows = [index_row(title, check) for title, found in of_kind for check in found]
        lines += [*markdown_table(["Check", "What must hold", "Severity", "Scope", "Of"], rows), ""]
    for kind, kind_title in KIND_TITLES.items():
        lines += [f"## {kind_title}", "", KIND_NOTES[kind], ""]
        for title, found in groups:
            if found[0].kind == kind:
                lines += [f"**{title}**", ""] if kind in ("program", "expectation") else []
                lines += [line for check in found for line in check_lines(check, package)]
    return "\n".join(lines).rstrip("\n") + "\n"


def reading_order(check: Check) -> tuple[int, int, str, str]:
    """Where a check stands: by kind, those of one program or table together, then by id."""
    told = list(HOME_TITLES)
    home = "" if check.kind == "rule" else check.home
    return list(KIND_TITLES).index(check.kind), told.index(home) if home in told else len(told), home, check.check_id


def group_title(check: Check) -> str:
    """What a check is of: a program's part, a table, cells, or tables together."""
    if check.kind == "expectation":
        return f"Table {PurePosixPath(check.home).stem}"
    return {"schema": "cells and keys", "rule": "tables"}.get(check.kind) or HOME_TITLES.get(check.home, check.home)


def index_row(title: str, check: Check) -> list[str]:
    """A check's row of the index."""
    link = f"[{as_code(check.check_id)}](#{check.check_id})"
    return [link, with_names(check.sentence.removesuffix(".")), check.severity, check.scope, title]


def with_names(text: str) -> str:
    """The text with the names of tables and columns in code type."""
    return NAME.sub(lambda match: as_code(match.group()), text)


def check_lines(check: Check, package: Package) -> list[str]:
    """A check's section."""
    home = f"[{check.home}](../{check.home})"
    if check.kind == "schema":
        number = columns_with(check.check_id, package)
        home += f", in {number} {'column' if number == 1 else 'columns'}"
    return [
        f"### {check.check_id}",
        "",
        f"{with_names(check.sentence.removesuffix('.'))}.",
        "",
        f"- Why: {with_names(check.why)}",
        f"- What to do: {with_names(check.remedy)}",
        f"- Example: {as_code(check.example)}",
        f"- {check.severity.capitalize()}, {check.scope}; kept in {home}.",
        "",
    ]


def columns_with(check_id: str, package: Package) -> int:
    """How many columns of the package have a check of the schema. Raises ValueError where COUNTS does not say how."""
    if check_id not in COUNTS:
        raise ValueError(f"scripts/rule_list.py does not say which columns have the check {check_id}")
    codes = {resource["name"] for resource in package.resources if resource["group"] == "codes"}
    return sum(COUNTS[check_id](resource, codes) for resource in package.csv_resources)
