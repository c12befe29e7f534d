"""The door: whether each declared file can be read at all, checked before any parser of tables sees it."""

from collections.abc import Iterator
from functools import partial
from itertools import chain, islice

from scripts.encodings import BOM, byte_problems
from scripts.files import (
    MAX_PROBLEMS,
    SEPARATORS,
    Rows,
    fault,
    header_problems,
    hidden_characters,
    separator,
    split_rows,
)
from scripts.folder import MAX_BYTES, MAX_FILE_BYTES, folder_problems, presence_problems, undeclared_files
from scripts.memo import Memo, digest
from scripts.package import Package, column_names
from scripts.problems import Problem

MAX_ROWS = 50_000  # of one table
PASSABLE = {"file-bom", "file-line-ends"}  # faults that leave the text readable


def check_files(package: Package, memo: Memo | None = None) -> tuple[dict[str, Rows], list[Problem]]:
    """Read every declared CSV: (rows by table, header left out, row i on line i + 2; problems).

    A table with a problem is not among the rows. Where data/ itself is none or too much, nothing is read. `memo` holds
    the rows of files read before.
    """
    kept = Memo() if memo is None else memo
    found = folder_problems(package.root, "data")
    if any(problem.path in ("data", "data/parquet") for problem in found):
        return {}, found
    files = [package.root / path for path in {str(resource["path"]) for resource in package.resources}]
    sizes = [file.stat().st_size for file in files if file.is_file()]
    if sum(size for size in sizes if size <= MAX_FILE_BYTES) > MAX_BYTES:
        message = f"the tables are together larger than {MAX_BYTES:,} bytes: none is read"
        return {}, [*found, fault("data", 0, "", "package-too-large", message)]
    found += undeclared_files(package)
    tables: dict[str, Rows] = {}
    for resource in package.csv_resources:
        path = str(resource["path"])
        problems = presence_problems(package.root, path)
        rows: Rows = []
        if not problems:
            content, columns = (package.root / path).read_bytes(), column_names(resource)
            key = ("rows", path, digest(content), tuple(columns))
            rows, problems = kept.get(key, partial(read_content, content, path, columns))
        found += problems
        if not problems:
            tables[resource["name"]] = rows
    for resource in package.resources:
        if resource["format"] != "csv":
            found += presence_problems(package.root, str(resource["path"]))
    return tables, sorted(set(found))


def read_content(content: bytes, path: str, columns: list[str]) -> tuple[Rows, list[Problem]]:
    """The rows of a CSV's bytes with exactly these columns, and what is wrong with it; `path` is for the messages."""
    problems = list(byte_problems(content, path))
    problems = problems or list(length_problems(content, path))
    if not {problem.rule for problem in problems} <= PASSABLE:
        return [], problems
    text = content.removeprefix(BOM).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    mark = separator(text, columns)
    if mark != ",":
        message = f"the cells are separated by {SEPARATORS[mark]}, where commas are right: run make format"
        problems.append(fault(path, 1, "", "file-separator", message))
    if problems:
        return [], problems
    header, rows, faults = split_rows(text, path, most=MAX_PROBLEMS, hidden=hidden_characters(text))
    every = chain(header_problems(header, columns, path), faults)
    problems = list(islice(every, MAX_PROBLEMS))
    if next(every, None) is not None:
        problems.append(fault(path, 0, "", "file-too-many-problems", "and more: mend these first"))
    return rows, problems


def length_problems(content: bytes, path: str) -> Iterator[Problem]:
    """Whether the file has more lines than a table may; blank ones at the end do not count: format takes them off."""
    filled = without_blank_end(content)
    lines = max(filled.count(b"\n"), filled.count(b"\r"))
    if lines > MAX_ROWS + 1:
        message = f"a table may hold {MAX_ROWS:,} rows, and this file has {lines:,} lines"
        yield fault(path, 0, "", "file-too-many-rows", message)


def without_blank_end(content: bytes) -> bytes:
    """The bytes without the lines at their end that hold separators and spaces alone."""
    last = len(content.rstrip(b",;\t\r\n "))
    end = content.find(b"\n", last)
    return content if end < 0 else content[: end + 1]
