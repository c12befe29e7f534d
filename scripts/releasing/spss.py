"""Each table as a .sav file of SPSS, with labels of variables and values."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pyreadstat

from scripts.releasing.edition import Edition
from scripts.releasing.labelled import Labelled, labelled_table
from scripts.releasing.made import Made
from scripts.releasing.stata import file_label

MAX_FILE_LABEL = 64  # bytes
MAGIC = b"$FL2"
CREATED = slice(92, 109)  # of the header: the day as `05 Nov 18` and the time, by which two writings differ
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # in any locale


def spss_files(edition: Edition) -> list[Made]:
    """Each CSV table."""
    return [spss_file(edition, resource) for resource in edition.package.csv_resources]


def spss_file(edition: Edition, resource: dict[str, Any]) -> Made:
    """A table's file."""
    table = labelled_table(edition, resource)
    content = sav_bytes(table, file_label(edition, resource, MAX_FILE_LABEL), edition)
    return Made(f"spss/{resource['name']}.sav", content, resource["title"], resource["name"], len(table.frame))


def sav_bytes(table: Labelled, label: str, edition: Edition) -> bytes:
    """The bytes of a labelled table as .sav, created on the edition's day."""
    frame = table.frame.copy()
    for name in table.dates:
        frame[name] = [None if day is None else day for day in days(frame[name])]
    measures = dict.fromkeys(table.values, "nominal") | dict.fromkeys(table.texts, "nominal")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.sav"
        pyreadstat.write_sav(
            frame,
            file,
            file_label=label,
            column_labels=list(table.titles.values()),
            variable_value_labels=table.values,
            variable_measure=measures,
        )
        return stamped(file.read_bytes(), edition.stamp)


def days(cells: Any) -> list[date | None]:
    """Dates as SPSS's writer takes them, None where one is missing."""
    return [None if cell is None or cell != cell else cell.date() for cell in cells]


def stamped(content: bytes, day: date) -> bytes:
    """The file as if it had been written on `day`. Raises ValueError where its header is not that of a .sav file."""
    if content[: len(MAGIC)] != MAGIC:
        raise ValueError("the writer of .sav files wrote another header than it did")
    when = f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}00:00:00".encode("ascii")
    return content[: CREATED.start] + when + content[CREATED.stop :]
