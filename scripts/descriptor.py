"""Whether `datapackage.json` is a descriptor that the programs understand whole: no misspelt key, no dangling name."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from itertools import islice
from typing import Any

from scripts.files import MAX_PROBLEMS, fault, suggest
from scripts.forms import FORMS
from scripts.json_schema import Draft202012Validator, ValidationError
from scripts.package import column_names, fields_of, foreign_keys, primary_key
from scripts.problems import Problem

FILE = "datapackage.json"
LIMITED: dict[str, Callable[[str], Any]] = {  # the types that have a minimum and a maximum, and what reads them
    "integer": int, "number": float, "date": date.fromisoformat, "time": time.fromisoformat,
}  # fmt: skip


def check_descriptor(descriptor: Any, schema: dict[str, Any]) -> list[Problem]:
    """Faults of a descriptor against a JSON Schema (`validation/descriptor.schema.json`), then of its names.

    `column` of a problem is the place in the descriptor, such as `acts.person_id.constraints`.
    """
    errors = Draft202012Validator(schema).iter_errors(descriptor)
    every = (problem for error in errors for problem in key_problems(error, descriptor))
    found = list(islice(every, MAX_PROBLEMS)) or list(islice(name_problems(descriptor), MAX_PROBLEMS))
    if len(found) == MAX_PROBLEMS:
        found.append(fault(FILE, 0, "", "file-too-many-problems", "and more: mend these first"))
    return found


def key_problems(error: ValidationError, descriptor: Any) -> Iterator[Problem]:
    """What one failed rule of the JSON Schema says; a key outside the closed list is named, with a likely one."""
    place = place_of(error.absolute_path, descriptor)
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        for key in sorted(set(error.instance) - set(known)):
            yield fault(FILE, 0, place, "descriptor-key", f"no program here reads the key {key}{suggest(key, known)}")
    elif list(error.absolute_path)[-1:] == ["path"]:
        message = f"{error.instance!r} is not a file of this package: write data/<name>.csv"
        yield fault(FILE, 0, place, "descriptor-path", message)
    else:
        yield fault(FILE, 0, place, "descriptor-value", error.message[:300])


def place_of(path: Iterable[str | int], descriptor: Any) -> str:
    """A place in the descriptor in words: resources and fields by name, the rest by key or number."""
    words = []
    node = descriptor
    for step in path:
        node = node[step]
        named = isinstance(step, int) and isinstance(node, dict) and "name" in node
        words.append(str(node["name"] if named else step))
    return ".".join(word for word in words if word not in ("resources", "schema", "fields"))


def name_problems(descriptor: dict[str, Any]) -> Iterator[Problem]:
    """Names used twice, files not called after their table, and keys that point at no table or column."""
    resources = descriptor["resources"]
    tables = {resource["name"]: column_names(resource) for resource in resources}
    for name in sorted(name for name, times in Counter(r["name"] for r in resources).items() if times > 1):
        yield fault(FILE, 0, name, "descriptor-name", f"two tables are called {name}")
    for resource in resources:
        table, columns = resource["name"], column_names(resource)
        for column in sorted(column for column, times in Counter(columns).items() if times > 1):
            yield fault(FILE, 0, f"{table}.{column}", "descriptor-name", f"two columns are called {column}")
        if resource["path"].rsplit("/", 1)[1] != f"{table}.{resource['format']}":
            message = f"the file of table {table} is called {table}.{resource['format']}"
            yield fault(FILE, 0, f"{table}.path", "descriptor-path", message)
        for field in fields_of(resource):
            if why := pattern_fault(field.get("constraints", {}).get("pattern", "")):
                yield fault(FILE, 0, f"{table}.{field['name']}", "descriptor-pattern", f"the pattern {why}")
            for why in type_faults(field):
                yield fault(FILE, 0, f"{table}.{field['name']}", "descriptor-value", why)
        pointers = [(column, table, column) for column in primary_key(resource)] + foreign_keys(resource)
        for column, other, target in pointers:
            if column not in columns or target not in tables.get(other, []):
                message = f"the key {column} → {other}.{target} names a table or column that is not declared"
                yield fault(FILE, 0, f"{table}.{column}", "descriptor-name", message)


def type_faults(field: dict[str, Any]) -> Iterator[str]:
    """What of a column does not fit its type; no engine could run it."""
    kind, constraints = field["type"], field.get("constraints", {})
    if "pattern" in constraints and kind != "string":
        yield f"a column of type {kind} has no pattern"
    if ("format" in field) != (kind == "time"):
        yield "a column of type time, and no other, has the format %H:%M"
    for key in sorted({"minimum", "maximum"} & constraints.keys()):
        if kind not in LIMITED:
            yield f"a column of type {kind} has no {key}"
        elif not is_of_type(kind, str(constraints[key])):
            yield f"the {key} {constraints[key]} is not {FORMS[kind][1]}"
    if kind in FORMS and "example" in field and not is_of_type(kind, field["example"]):
        yield f"the example {field['example']} is not {FORMS[kind][1]}"


def is_of_type(kind: str, text: str) -> bool:
    """Whether a text is written as a type is, and stands for a value of it."""
    try:
        LIMITED.get(kind, str)(text)
    except ValueError:
        return False
    return re.fullmatch(FORMS[kind][0], text) is not None


def pattern_fault(pattern: str) -> str:
    """Why a pattern cannot be run on strangers' cells, or nothing: wrong, or of a form that can take hours on one cell.

    Where a group is repeated, the ways to match can double with each character.
    """
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is no regular expression ({error})"
    if re.search(r"\)[*+{]", pattern) or len(re.findall(r"[*+]|,\}", pattern)) > 3:
        return "repeats a group, or repeats without end more than three times: write it out"
    return ""
