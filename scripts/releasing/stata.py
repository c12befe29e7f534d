"""Each table as a .dta file of Stata 14 and later (format 118), with labels of variables and values."""

import io
from datetime import datetime, time
from typing import Any, Final

from scripts.releasing.edition import Edition
from scripts.releasing.labelled import Labelled, labelled_table
from scripts.releasing.made import Made

MAX_LABEL = 80  # of a file and of a variable
FORMAT: Final = 118


def stata_files(edition: Edition) -> list[Made]:
    """Each CSV table."""
    return [stata_file(edition, resource) for resource in edition.package.csv_resources]


def stata_file(edition: Edition, resource: dict[str, Any]) -> Made:
    """A table's file."""
    table = labelled_table(edition, resource)
    path = f"stata/{resource['name']}.dta"
    content = dta_bytes(table, file_label(edition, resource, MAX_LABEL), edition)
    return Made(path, content, resource["title"], resource["name"], len(table.frame))


def file_label(edition: Edition, resource: dict[str, Any], most: int) -> str:
    """What a file says of itself in at most so many bytes: title, version, and first that it is a draft, if it is."""
    mark = f"{edition.draft}: " if edition.draft else ""
    return f"{mark}{resource['title']}, {edition.name}".encode()[:most].decode("utf-8", "ignore")


def dta_bytes(table: Labelled, label: str, edition: Edition) -> bytes:
    """The bytes of a labelled table as .dta; pandas makes a text of more than 2,045 bytes a strL by itself."""
    file = io.BytesIO()
    table.frame.to_stata(
        file,
        version=FORMAT,
        write_index=False,
        time_stamp=datetime.combine(edition.stamp, time(0)),
        data_label=label,
        variable_labels={name: title[:MAX_LABEL] for name, title in table.titles.items()},
        value_labels=table.values,
        convert_dates=dict.fromkeys(table.dates, "td"),
    )
    return file.getvalue()
