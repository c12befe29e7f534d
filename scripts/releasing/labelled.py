"""The tables as statistics programs know them: short names, labelled variables, numbers with labels for codes.

Every variable of a table is there under its column's name, as the CSV has it: texts and codes as text, truth as 0 and 1
with labels, dates as dates, times as text (HH:MM). Beside a column that holds a code of a code list stands a numeric
one, `<column>_n`, whose value labels are the codes' English labels: for tables and models. Its numbers follow the order
of the code list and hold for one version alone; between versions compare the codes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pyarrow as pa

from scripts.package import fields_of, foreign_keys
from scripts.releasing.edition import Edition

MAX_NAME = 32  # characters, of Stata; SPSS lets 64 stand
RESERVED = {
    "_all", "_b", "_coef", "_cons", "_n", "_pi", "_pred", "_rc", "_skip", "aggregate", "all", "and", "array", "boolean",
    "break", "by", "byte", "case", "catch", "class", "const", "continue", "double", "enum", "eq", "export", "float",
    "ge", "gt", "if", "import", "in", "inrange", "int", "le", "long", "lt", "ne", "not", "null", "or", "to", "using",
    "with",
}  # fmt: skip
STRING_TYPE = re.compile(r"str\d+|strl")
TRUTH: dict[int | float, str] = {0: "no", 1: "yes"}


@dataclass(frozen=True)
class Labelled:
    """A table for a statistics program.

    `frame` has a column a variable, in order; `titles` and `values` (number to label) go by variable, `columns` names
    the column of the CSV behind each variable, `dates` and `texts` list the variables of these types.
    """

    frame: pd.DataFrame
    titles: dict[str, str]
    values: dict[str, dict[int | float, str]]
    columns: dict[str, str]
    dates: list[str]
    texts: list[str]


def labelled_table(edition: Edition, resource: dict[str, Any]) -> Labelled:
    """A CSV table of the edition with its labels."""
    table = edition.tables[resource["name"]]
    lists = {column: other for column, other, _ in foreign_keys(resource) if is_code_list(edition, other)}
    names = variable_names([name for field in fields_of(resource) for name in variables_of(field["name"], lists)])
    frame: dict[str, pd.Series[Any]] = {}
    found = Labelled(pd.DataFrame(), {}, {}, {}, [], [])
    for field in fields_of(resource):
        column, name = field["name"], names[field["name"]]
        cells = table.column(column)
        frame[name] = series(cells, field["type"])
        found.titles[name], found.columns[name] = field["title"], column
        if field["type"] == "boolean":
            found.values[name] = TRUTH
        elif field["type"] == "date":
            found.dates.append(name)
        elif frame[name].dtype == object:
            found.texts.append(name)
        if column in lists:
            coded = names[f"{column}_n"]
            labels = edition.tables[lists[column]].select(["code", "label_en"]).to_pylist()
            numbers = {row["code"]: number for number, row in enumerate(labels, start=1)}
            frame[coded] = pd.Series([numbers.get(code) for code in cells.to_pylist()], dtype="Int64")
            found.titles[coded], found.columns[coded] = f"{field['title']} (numbered)", column
            found.values[coded] = {numbers[row["code"]]: row["label_en"] for row in labels}
    return replace(found, frame=pd.DataFrame(frame))


def is_code_list(edition: Edition, table: str) -> bool:
    """Whether a table is a code list."""
    return bool(edition.package.resource(table)["group"] == "codes")


def variables_of(column: str, lists: Mapping[str, str]) -> list[str]:
    """The variables that are made from a column."""
    return [column, f"{column}_n"] if column in lists else [column]


def series(cells: pa.ChunkedArray, kind: str) -> "pd.Series[Any]":
    """A column's cells: numbers that may be missing, dates, or text in which an empty one is missing."""
    values = cells.to_pylist()
    if kind == "boolean":
        return pd.Series(values, dtype="boolean").astype("Int8")
    if kind == "integer":
        return pd.Series(values, dtype="Int64")
    if kind == "number":
        return pd.Series(values, dtype="float64")
    if kind == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")), dtype="datetime64[s]")
    if kind == "time":
        return pd.Series(["" if value is None else value.strftime("%H:%M") for value in values], dtype="object")
    return pd.Series(["" if value is None else value for value in values], dtype="object")


def variable_names(columns: list[str]) -> dict[str, str]:
    """For each column a name that Stata and SPSS take: at most 32 characters, no word that they reserve, each once."""
    names: dict[str, str] = {}
    for column in columns:
        name = column[:MAX_NAME]
        if name.casefold() in RESERVED or STRING_TYPE.fullmatch(name.casefold()):
            name = f"{name}_"
        number = 1
        while name in names.values():
            number += 1
            name = f"{column[: MAX_NAME - len(str(number)) - 1]}_{number}"
        names[column] = name
    return names
