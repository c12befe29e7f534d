"""Ids of records: whose table an id belongs to, and ids as people type them."""

import re

from scripts.package import Package, fields_of, foreign_keys, primary_key

ID = re.compile(r"[A-Z][0-9]{4,5}")
PATTERN = re.compile(r"([A-Z])\[0-9\]\{[45]\}")
LOOK_ALIKES = str.maketrans("АВСЕКМОРТХ", "ABCEKMOPTX")  # Cyrillic letters on the keys of the Latin ones they look like


def id_tables(package: Package) -> dict[str, tuple[str, str]]:
    """For each first letter of an id: the table whose rows have such ids, and its key."""
    found = {}
    for resource in package.csv_resources:
        key = primary_key(resource)
        pattern = next(f.get("constraints", {}).get("pattern", "") for f in fields_of(resource) if f["name"] == key[0])
        letter = PATTERN.fullmatch(pattern)
        borrowed = {column for column, _, _ in foreign_keys(resource)}
        if letter and len(key) == 1 and key[0] not in borrowed:
            found[letter[1]] = (resource["name"], key[0])
    return found


def as_id(text: str) -> str | None:
    """The id that somebody typed, in capital Latin letters; None where the text is none."""
    typed = text.strip().upper().translate(LOOK_ALIKES)
    return typed if ID.fullmatch(typed) else None
