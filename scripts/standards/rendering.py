"""JSON as the standards' files are written: two facts of one edition give the same bytes."""

import json
from typing import Any

Json = dict[str, Any]


def as_json(document: Json) -> bytes:
    """A document as UTF-8, indented, in the order of its keys, with a line's end."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def filled(document: Json) -> Json:
    """A document without what is not set: no empty text, list, object or None stands in a standard's file."""
    return {key: value for key, value in document.items() if value not in ("", [], {}, None)}
