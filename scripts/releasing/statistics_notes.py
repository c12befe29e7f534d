"""README.md of stata/ and spss/: how codes, names and missing values were carried over."""

from scripts.dictionary import as_code, markdown_table
from scripts.releasing.edition import Edition
from scripts.releasing.labelled import labelled_table
from scripts.releasing.made import Made

TEXT = """\
# The tables for {program}

{draft}One file a table, with the columns of the CSV in their order.

- A variable has the title of its column as its label; the data dictionary says the rest.
- Ids and texts are text. A code is text too, as in the CSV, so that tables can be merged on it.
- Beside a column that holds a code of a code list stands a number, `<column>_n`, with the code's English label as its
  value label. The numbers follow the order of the code list in this version: between versions compare the codes.
- What is true or false is 1 or 0, labelled yes and no.
- Dates are dates. A time of day is text (HH:MM).
- What the source does not say is missing: `.` for numbers and dates, an empty text for texts.
{long}

{names}
"""
STATA_LONG = "- A text of more than 2,045 bytes is a strL; the format is 118, which Stata 14 and later read."
SPSS_LONG = "- Texts are UTF-8: open the files in Unicode mode, which is the default."
SAME = "Every variable is called as its column, and its number as its column with `_n`."
CHANGED = "These variables are called otherwise than their columns, for the programs reserve or shorten the names:"


def notes_files(edition: Edition) -> list[Made]:
    """Both pages."""
    names = names_text(edition)
    draft = "".join(f"{line}\n" for line in edition.draft_lines)
    pages = {"stata": TEXT.format(program="Stata", draft=draft, long=STATA_LONG, names=names)}
    pages["spss"] = TEXT.format(program="SPSS", draft=draft, long=SPSS_LONG, names=names)
    title = "How the tables were carried over"
    return [Made(f"{folder}/README.md", text.encode(), title) for folder, text in pages.items()]


def names_text(edition: Edition) -> str:
    """Which variables are called otherwise than their columns."""
    rows = [
        [as_code(resource["name"]), as_code(column), as_code(name)]
        for resource in edition.package.csv_resources
        for name, column in labelled_table(edition, resource).columns.items()
        if name not in (column, f"{column}_n")
    ]
    return "\n".join([CHANGED, "", *markdown_table(["Table", "Column", "Variable"], rows)]) if rows else SAME
