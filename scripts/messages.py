"""Every English text that the site's translations hold, with its key.

The texts of pages stand in scripts/site/texts; sentences about counts and questions at the head of scripts/views/*.sql
and scripts/questions/*.sql; names of tables in datapackage.json. Headings of columns are the columns' names in words.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from scripts import counted_totals
from scripts.english import PARTS, english
from scripts.package import Package
from scripts.questions import read_questions
from scripts.site_metadata import public_title
from scripts.sqlite_schema import table_ddl
from scripts.translations import leaves
from scripts.views import CAVEAT, View, read_views

Message = tuple[str, tuple[str, ...]]  # key, and the text's forms: one, or one and many


def heading(column: str) -> str:
    """The heading of a column of a view in English."""
    return column.replace("_", " ")


def messages(package: Package) -> list[Message]:
    """All texts of the site, each with its key, in a fixed order."""
    found = [leaf for part in PARTS for leaf in leaves(part, english(part))]
    found.append(("caveat", (CAVEAT,)))
    views = read_views()
    for view in views:
        found += [(f"views.{view.name}.title", (view.title,)), *view_messages("views", view)]
    for question in read_questions():
        found.append((f"questions.{question.name}.leaves_out", (question.leaves_out,)))
        found += view_messages("questions", question.view)
    selects = [view.select for view in views] + [question.view.select for question in read_questions()]
    found += [(f"columns.{name}", (heading(name),)) for name in selected_columns(package, views, selects)]
    found += [(f"tables.{resource['name']}", (public_title(resource),)) for resource in package.csv_resources]
    return [*found, ("tables.counted_totals", (counted_totals.TITLE,))]


def view_messages(kind: str, view: View) -> Iterator[Message]:
    """The sentence of a view and the descriptions of the columns that it makes."""
    yield f"{kind}.{view.name}.sentence", (view.sentence,)
    for column, text in view.columns.items():
        yield f"{kind}.{view.name}.columns.{column}", (text,)


def selected_columns(package: Package, views: list[View], selects: list[str]) -> list[str]:
    """The names of all columns that these SELECTs give, by name, found in an empty database."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for resource in package.csv_resources:
            connection.execute(table_ddl(resource))
        counted_totals.fill_counted_totals(connection)
        for view in views:
            connection.execute(view.ddl)
        return sorted({column[0] for select in selects for column in connection.execute(select).description})
