"""The rows of a CSV text and what is wrong with their form, and how a fault of a file is worded."""

import csv
import difflib
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from scripts.problems import Problem

MAX_CELL_CHARACTERS = 20_000
MAX_PARSED_CHARACTERS = 100_000  # of one cell, before reading stops
MAX_PROBLEMS = 100  # of one file
MAX_QUOTED = 80  # characters of a cell in a message
HIDDEN_CATEGORIES = ("C", "Z")  # Unicode's control, format, private and unassigned characters, odd spaces and breaks
SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
SEPARATORS = {";": "semicolons", "\t": "tabs"}  # which some spreadsheets write for commas
CURLY = "“”„«"

Rows = list[list[str]]


class CannotRun(Exception):
    """The gate could not run; the message says why."""


def separator(text: str, columns: list[str]) -> str:
    """`;` or a tab where it, and not the comma, cuts the first line into most of these columns; else `,`."""
    line = text.split("\n", 1)[0][:100_000]

    def known(mark: str) -> int:
        return len(set(columns) & {name.strip(SPACES + '"') for name in line.split(mark)})

    return next((mark for mark in SEPARATORS if known(mark) > max(known(","), (len(columns) - 1) // 2)), ",")


def hidden_characters(text: str) -> frozenset[str]:
    """Characters that no one sees and that make equal values differ: control, zero-width, direction marks, tabs."""
    return frozenset(c for c in set(text) - {"\n", " "} if unicodedata.category(c).startswith(HIDDEN_CATEGORIES))


def split_rows(
    text: str, path: str, delimiter: str = ",", most: int | None = None, hidden: frozenset[str] = frozenset()
) -> tuple[list[str], Rows, list[Problem]]:
    """The header, the rows and their faults: blank lines, line breaks in cells, too many or too few cells.

    The header comes without the empty columns at its end. Reading ends early where there are more than `most` faults;
    `hidden` are the characters to find.
    """
    csv.field_size_limit(MAX_PARSED_CHARACTERS)  # Frictionless lifts it for the whole process
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    rows: Rows = []
    problems: list[Problem] = []
    last = wide = 0
    while most is None or len(problems) <= most:
        try:
            row = next(reader)
        except StopIteration:
            return header, rows, problems
        except csv.Error as error:
            return header, rows, [*problems, unreadable_row(error, path, last + 1)]
        if last == 0:
            header, wide = without_empty_end(row), len(row)
            problems += empty_end_problems(wide - len(header) if header else 0, path, 1)
        else:
            rows.append(row)
            problems += row_problems(row, len(header), wide, path, last + 1)
        problems += cell_problems(row, header, path, last + 1, hidden)
        last = reader.line_num
    return header, rows, problems


def unreadable_row(error: csv.Error, path: str, line: int) -> Problem:
    """The row at which the CSV cannot be read on."""
    if "field limit" in str(error):
        message = f"a cell may hold {MAX_CELL_CHARACTERS:,} characters: is a quotation mark missing?"
        return fault(path, line, "", "cell-too-long", message)
    message = f"the row cannot be read ({error}): is a quotation mark missing or not doubled?"
    return fault(path, line, "", "row-unreadable", message)


def without_empty_end(row: list[str]) -> list[str]:
    """The row without the empty cells at its end."""
    last = next((i for i in range(len(row), 0, -1) if row[i - 1].strip(SPACES)), 0)
    return row[:last]


def empty_end_problems(surplus: int, path: str, line: int) -> Iterator[Problem]:
    """Empty cells after the last column, which a spreadsheet leaves."""
    if surplus > 0:
        message = f"the line ends in {surplus:,} empty cells too many, as a spreadsheet leaves them: run make format"
        yield fault(path, line, "", "trailing-cells", message)


def row_problems(row: list[str], width: int, wide: int, path: str, line: int) -> Iterator[Problem]:
    """Faults of a row under a header of `width` columns, or `wide` with the empty ones at its end."""
    if not row:
        yield fault(path, line, "", "row-blank", "the line is blank: take it out")
    elif not any(cell.strip(SPACES) for cell in row):
        yield fault(path, line, "", "row-blank", "the row holds nothing: take it out")
    elif len(row) < width or any(cell.strip(SPACES) for cell in row[width:]):
        message = f"the row has {len(row):,} cells and the header {width}: is a comma missing, or a cell unquoted?"
        if any(cell.strip(SPACES).startswith(tuple(CURLY)) for cell in row):
            message += ' Quotation marks around a cell are straight ("), not curly'
        yield fault(path, line, "", "row-ragged", message)
    elif len(row) != wide:
        yield from empty_end_problems(len(row) - width, path, line)


def cell_problems(row: list[str], header: list[str], path: str, line: int, hidden: frozenset[str]) -> Iterator[Problem]:
    """Cells that are too long or hold what no one sees; cells beyond the header stand without a column."""
    for number, cell in enumerate(row):
        column = header[number] if number < len(header) else ""
        if "\n" in cell:
            yield fault(path, line, column, "cell-line-break", "a cell may not hold a line break: write one line")
        if len(cell) > MAX_CELL_CHARACTERS:
            message = f"a cell may hold {MAX_CELL_CHARACTERS:,} characters, and this one holds {len(cell):,}"
            yield fault(path, line, column, "cell-too-long", message)
        for character in sorted(hidden.intersection(cell)) if hidden else []:
            name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
            what = "run make format" if character in SPACES else "take it out"
            message = f"the cell holds the invisible character {name}: {what}"
            yield fault(path, line, column, "hidden-character", message)


def header_problems(header: list[str], columns: list[str], path: str) -> Iterator[Problem]:
    """Where a header differs from the declared columns; a column missing or added is named, else the order."""
    if len(header) > 2 * len(columns):
        message = f"the header has {len(header):,} columns, and the descriptor declares {len(columns)}"
        yield fault(path, 1, "", "header-too-wide", message)
        return
    missing = [column for column in columns if column not in header]
    for column in missing:
        yield fault(path, 1, column, "column-missing", "the descriptor declares this column, and the header lacks it")
    for column in sorted(set(header) - set(columns)):
        message = f"the descriptor declares no such column{suggest(column, missing)}"
        yield fault(path, 1, column, "column-unknown", message)
    for column, times in sorted(Counter(header).items()):
        if times > 1:
            yield fault(path, 1, column, "column-repeated", f"the header has this column {times} times")
    if sorted(header) == sorted(columns) and header != columns:
        yield fault(path, 1, "", "column-order", f"the columns are in another order than: {', '.join(columns)}")


def suggest(value: str, known: Iterable[str]) -> str:
    """` (did you mean …?)` with the closest known value, or nothing where none is close."""
    if len(value) > MAX_QUOTED:  # comparing takes time that grows with the length
        return ""
    close = difflib.get_close_matches(value, sorted(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def fault(path: str, line: int, column: str, rule: str, message: str) -> Problem:
    """An error that concerns a file or line rather than a row with an id."""
    return Problem(one_line(path), line, shortened(one_line(column)), "", rule, "error", one_line(message))


def shortened(cell: str) -> str:
    """A cell as messages quote it: its first characters and, where some are left out, `…`."""
    return cell if len(cell) <= MAX_QUOTED else cell[:MAX_QUOTED] + "…"


def one_line(text: str) -> str:
    """The text with what would not print as itself written as an escape, so that no file can forge a line of output."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)
