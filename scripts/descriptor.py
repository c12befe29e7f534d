"""Whether `datapackage.json` is a descriptor that the programs understand whole: no misspelt key, no dangling name."""

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from scripts.files import fault, suggest
from scripts.package import column_names, foreign_keys, primary_key
from scripts.problems import Problem

FILE = "datapackage.json"


def check_descriptor(descriptor: Any, schema: dict[str, Any]) -> list[Problem]:
    """Faults of a descriptor against a JSON Schema (`validation/descriptor.schema.json`), then of its names.

    `column` of a problem is the place in the descriptor, such as `acts.person_id.constraints`.
    """
    errors = Draft202012Validator(schema).iter_errors(descriptor)
    found = [problem for error in errors for problem in key_problems(error, descriptor)]
    return found or list(name_problems(descriptor))


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
    for name in sorted({r["name"] for r in resources if sum(r["name"] == other["name"] for other in resources) > 1}):
        yield fault(FILE, 0, name, "descriptor-name", f"two tables are called {name}")
    for resource in resources:
        table, columns = resource["name"], column_names(resource)
        for column in sorted({column for column in columns if columns.count(column) > 1}):
            yield fault(FILE, 0, f"{table}.{column}", "descriptor-name", f"two columns are called {column}")
        if resource["path"].rsplit("/", 1)[1] != f"{table}.{resource['format']}":
            message = f"the file of table {table} is called {table}.{resource['format']}"
            yield fault(FILE, 0, f"{table}.path", "descriptor-path", message)
        pointers = [(column, table, column) for column in primary_key(resource)] + foreign_keys(resource)
        for column, other, target in pointers:
            if column not in columns or target not in tables.get(other, []):
                message = f"the key {column} → {other}.{target} names a table or column that is not declared"
                yield fault(FILE, 0, f"{table}.{column}", "descriptor-name", message)
