"""What Datasette is told of a database of counts and a sample: `datasette serve kz2018.db --metadata FILE`."""

import sqlite3
from pathlib import Path
from typing import Any

from scripts.large.counts import read_counts
from scripts.package import Package, provenance
from scripts.site_metadata import public_title, table_columns, view_columns
from scripts.views import read_views

MADE = {
    "sample": (
        "One row says how the sample was drawn.",
        {
            "one_person_in": "Of how many persons one was drawn, by chance; who is drawn depends on the id alone.",
            "persons_chosen": "Persons who are here whole. Unit: persons.",
            "persons_in_whole": "Persons in the whole package, withheld ones too. Unit: persons.",
        },
    ),
    "sample_persons": (
        "One row is a person who is here whole. Others are here only because a row about one of these names them.",
        {"person_id": "The person."},
    ),
    "rows_by_table": (
        "One row is a table of the package.",
        {
            "table_name": "The table.",
            "rows_in_whole": "Rows in the Parquet files. Unit: rows.",
            "rows_in_sample": "Rows in this database. Unit: rows.",
        },
    ),
    "files": (
        "One row is a Parquet file of the whole package.",
        {
            "path": "Path in the folder of the Parquet files; acts and events stand by year and country.",
            "table_name": "Table whose rows it holds.",
            "rows": "Rows. Unit: rows.",
            "bytes": "Size. Unit: bytes.",
            "sha256": "SHA-256 of its bytes.",
        },
    ),
}
SENTENCE = (
    "This site holds counts of the whole package of {rows:,} rows, and a sample of it: about one person in {one_in:,}, "
    "{chosen:,} of {persons:,}, with all that is said of them. The tables counted_… are of the whole; every other "
    "table and view is of the sample, and nothing counted in it stands for the whole. Withheld persons are never "
    "drawn, and acts upon unnamed persons and groups are in the counts alone. The table files names the Parquet files "
    "that hold all rows."
)
OF_SAMPLE = " Here is a sample: {here:,} of {whole:,} rows."


def metadata(package: Package, connection: sqlite3.Connection, database: Path) -> dict[str, Any]:
    """Datasette's metadata of a database of counts and a sample."""
    about = provenance(package.descriptor)
    one_in, chosen, persons = connection.execute("SELECT * FROM sample").fetchone()
    parts = {table: numbers for table, *numbers in connection.execute("SELECT * FROM rows_by_table")}
    rows = sum(whole for whole, _ in parts.values())
    text = SENTENCE.format(rows=rows, one_in=one_in, chosen=chosen, persons=persons)
    tables: dict[str, dict[str, Any]] = {}
    described = {}
    for table, (whole, here) in parts.items():
        resource = package.resource(table)
        described[table] = table_columns(resource)
        said = resource["description"] + OF_SAMPLE.format(here=here, whole=whole)
        tables[table] = {"title": public_title(resource), "description": said, "columns": described[table]}
    for count in read_counts():
        tables[count.name] = {"title": count.title, "description": count.sentence, "columns": count.columns}
    for name, (sentence, columns) in MADE.items():
        tables[name] = {"title": name.replace("_", " ").capitalize(), "description": sentence, "columns": columns}
    views = {view.name: view for view in read_views()}
    for name in sorted(views.keys() & set(relations(connection))):
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        columns = view_columns(views[name], names, described, views)
        tables[name] = {"title": views[name].title, "description": views[name].sentence, "columns": columns}
    whole_site = {"title": package.descriptor["title"], "description": text} | about
    licensed = {name: about | table for name, table in tables.items()}
    return whole_site | {"databases": {database.stem: whole_site | {"tables": licensed}}}


def relations(connection: sqlite3.Connection) -> list[str]:
    """The names of the views of a database."""
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
