"""What is told of a cell that is not of its column's type, or breaks one of its constraints."""

from typing import Any

from scripts.files import shortened, suggest
from scripts.forms import FORMS
from scripts.problems import Problem
from scripts.spreadsheets import VALUE_RULE, read_cell


def wrong_cell(field: dict[str, Any], value: str, kind: str, note: str) -> tuple[str, str]:
    """Rule id and message for a cell that is not of its column's type or breaks one of its constraints."""
    if kind == "type-error":
        reading = read_cell(field["type"], value)
        if reading is not None:
            return VALUE_RULE, reading.message(value)
        return "cell-type", f"“{shortened(value)}” is not {FORMS[field['type']][1]}"
    if kind == "unique-error":
        return "unique", f"“{shortened(value)}” stands in another row too: this column holds each value once"
    constraint = note.split('"')[1]  # constraint "enum" is "…"
    limit = field["constraints"][constraint]
    if constraint == "required":
        return "required", "the cell is empty: this column is always filled"
    if constraint == "enum":
        return "unknown-code", f"“{shortened(value)}” is none of: {', '.join(limit)}{suggest(value, limit)}"
    if constraint == "pattern":
        example = f", such as {field['example']}" if "example" in field else ""
        return "pattern", f"“{shortened(value)}” has not the form {limit}{example}"
    if constraint == "minimum":
        return "minimum", f"{value} is less than {limit}"
    return "maximum", f"{value} is more than {limit}"


def told_form(place: tuple[str, int, str, str], value: str, kind: str) -> Problem:
    """A cell that is not written as its type is, at (path, line, column, row id)."""
    reading = read_cell(kind, value)
    if reading is not None:
        return Problem(*place, rule=VALUE_RULE, severity="error", message=reading.message(value))
    message = f"“{shortened(value)}” is not {FORMS[kind][1]}"
    return Problem(*place, rule="cell-form", severity="error", message=message)
