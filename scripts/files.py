"""The door: whether each declared file can be read at all, checked on its bytes before any parser sees it."""

import csv
import difflib
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path

from scripts.package import Package, column_names
from scripts.problems import Problem

MAX_FILE_BYTES = 20_000_000
MAX_CELL_CHARACTERS = 20_000
MAX_PROBLEMS = 100  # of one file
MAX_QUOTED = 80  # characters of a cell in a message
BOM = b"\xef\xbb\xbf"
HIDDEN_CATEGORIES = ("C", "Z")  # Unicode's control, format, private and unassigned characters, odd spaces and breaks

Rows = list[list[str]]


class CannotRun(Exception):
    """The gate could not run; the message says why."""


def check_files(package: Package) -> tuple[dict[str, Rows], list[Problem]]:
    """Read every declared CSV: (rows by table, header left out, row i on line i + 2; problems).

    A table with a problem is not among the rows.
    """
    found: list[Problem] = undeclared_files(package)
    tables: dict[str, Rows] = {}
    for resource in package.csv_resources:
        path = str(resource["path"])
        rows, problems = read_file(package.root / path, path, column_names(resource))
        found += problems
        if not problems:
            tables[resource["name"]] = rows
    for resource in package.resources:
        if resource["format"] != "csv":
            found += presence_problems(package.root / resource["path"], str(resource["path"]))
    return tables, found


def undeclared_files(package: Package) -> list[Problem]:
    """Every CSV below data/ that no resource of the descriptor names."""
    declared = {str(resource["path"]) for resource in package.resources}
    tables = [resource["name"] for resource in package.csv_resources]
    names = sorted(path.relative_to(package.root).as_posix() for path in (package.root / "data").rglob("*"))
    return [
        undeclared(name, tables) for name in names if name.lower().endswith((".csv", ".tsv")) and name not in declared
    ]


def undeclared(name: str, tables: list[str]) -> Problem:
    """A file called as no table is, with the likely one of `tables`."""
    return fault(name, 0, "", "file-undeclared", f"no table of datapackage.json{suggest(Path(name).stem, tables)}")


def read_file(file: Path, path: str, columns: list[str]) -> tuple[Rows, list[Problem]]:
    """The rows of one CSV with exactly these columns, and what is wrong with it; `path` is the name for messages."""
    problems = presence_problems(file, path) or list(byte_problems(file.read_bytes(), path))
    if problems:
        return [], problems
    text = file.read_text(encoding="utf-8")
    header, rows, faults = split_rows(text, path, most=MAX_PROBLEMS)
    found = chain(header_problems(header, columns, path), faults, character_problems(text, path))
    problems = list(islice(found, MAX_PROBLEMS))
    if next(found, None) is not None:
        problems.append(fault(path, 0, "", "file-too-many-problems", "and more: mend these first"))
    return rows, problems


def presence_problems(file: Path, path: str) -> list[Problem]:
    """Whether the file is there and not too large to read whole."""
    if not file.is_file():
        return [fault(path, 0, "", "file-missing", "the descriptor declares this file, and it is not there")]
    if file.stat().st_size > MAX_FILE_BYTES:
        return [fault(path, 0, "", "file-too-large", f"the file is larger than {MAX_FILE_BYTES:,} bytes")]
    return []


def byte_problems(content: bytes, path: str) -> Iterator[Problem]:
    """Faults of the bytes: not UTF-8, a byte order mark, line ends other than LF, NUL."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} (0x{content[error.start]:02X}) is not UTF-8: save the file as UTF-8"
        yield fault(path, line, "", "file-not-utf-8", message)
    if content.startswith(BOM):
        yield fault(path, 1, "", "file-bom", "the file starts with a byte order mark: run make format")
    if b"\r" in content:
        line = content.count(b"\n", 0, content.index(b"\r")) + 1
        yield fault(path, line, "", "file-line-ends", "the line does not end in LF alone: run make format")
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        yield fault(path, line, "", "file-nul", "the line holds a NUL byte, which no text has")


def character_problems(text: str, path: str) -> Iterator[Problem]:
    """Characters that no one sees and that make equal values differ: control, zero-width, direction marks, tabs."""
    hidden = {c for c in set(text) - {"\n", " "} if unicodedata.category(c).startswith(HIDDEN_CATEGORIES)}
    for line, content in enumerate(text.split("\n") if hidden else [], start=1):
        for character in sorted(hidden.intersection(content)):
            name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
            message = f"the line holds the invisible character {name}: take it out"
            yield fault(path, line, "", "hidden-character", message)


def split_rows(
    text: str, path: str, delimiter: str = ",", most: int | None = None
) -> tuple[list[str], Rows, list[Problem]]:
    """The header, the rows and their faults: blank lines, line breaks in cells, too many or too few cells.

    Reading ends early where there are more than `most` faults.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    rows: Rows = []
    problems: list[Problem] = []
    last = 0
    while most is None or len(problems) <= most:
        try:
            row = next(reader)
        except StopIteration:
            return header, rows, problems
        except csv.Error as error:
            message = f"the row cannot be read ({error}): is a quotation mark missing or not doubled?"
            return header, rows, [*problems, fault(path, last + 1, "", "row-unreadable", message)]
        if last == 0:
            header = row
        else:
            rows.append(row)
        problems += row_problems(row, header, path, last + 1, reader.line_num)
        last = reader.line_num
    return header, rows, problems


def row_problems(row: list[str], header: list[str], path: str, first: int, last: int) -> Iterator[Problem]:
    """Faults of the row on lines `first` to `last`."""
    if not row:
        yield fault(path, first, "", "row-blank", "the line is blank: take it out")
    elif len(row) != len(header):
        message = f"the row has {len(row)} cells and the header {len(header)}: is a comma missing, or a cell unquoted?"
        yield fault(path, first, "", "row-ragged", message)
    for column, cell in zip_longest(header, row, fillvalue=""):
        if "\n" in cell:
            yield fault(path, first, column, "cell-line-break", "a cell may not hold a line break: write one line")
        if len(cell) > MAX_CELL_CHARACTERS:
            message = f"a cell may hold {MAX_CELL_CHARACTERS:,} characters, and this one holds {len(cell):,}"
            yield fault(path, first, column, "cell-too-long", message)


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
