"""The tables as JSON Lines: one object a row, every column in it, null where the source does not say."""

import datetime as dt
import json
from typing import Any

from scripts.releasing.edition import Edition
from scripts.releasing.made import Made


def json_lines_files(edition: Edition) -> list[Made]:
    """Each CSV table."""
    made = []
    for resource in edition.package.csv_resources:
        table = edition.tables[resource["name"]]
        lines = [json.dumps(row, ensure_ascii=False, default=as_text) + "\n" for row in table.to_pylist()]
        path = f"jsonl/{resource['name']}.jsonl"
        made.append(Made(path, "".join(lines).encode(), resource["title"], resource["name"], table.num_rows))
    return made


def as_text(value: Any) -> str:
    """A date as YYYY-MM-DD and a time as HH:MM. Raises TypeError for anything else that JSON has no type for."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    raise TypeError(f"JSON has no type for {type(value).__name__}")
