"""What the files of the package are once corrections are applied: tables, log, CHANGELOG, floors, and what follows ids.

Nothing is written here but into a temporary folder, in which the gate looks at the package as it would be.
"""

import csv
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scripts import document, exceptions, floors, reference_tables, second_coding, support
from scripts.build_parquet import described_table, parquet_bytes
from scripts.canonical import render
from scripts.changelog_sections import FILE as CHANGELOG
from scripts.correction_log import FILE, LogRow, log_rows, with_sections
from scripts.correction_log import render as render_log
from scripts.corrections import FOLDER, Correction
from scripts.differences import Tables
from scripts.extent import Extent
from scripts.files import Rows
from scripts.gate import check_package
from scripts.package import Package, column_names, load_package, read_table
from scripts.problems import Problem
from scripts.workbench import Workbench

FOLDERS = ("validation", "metadata", "scripts/views")  # beside the tables, what the gate reads
PAIRS = second_coding.FOLDER / "pairs.csv"
EXCEPTIONS = Path(exceptions.FILE)
NEEDLESS = "exception-applies"
Files = dict[Path, bytes]
Moved = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Result:
    """What the gate says of the package as it would be, and all the files that change in it (none where it fails)."""

    problems: list[Problem]
    files: Files


def changed_tables(package: Package, before: Tables, bench: Workbench) -> Files:
    """The CSVs whose rows changed, in canonical form."""
    files = {}
    for table, rows in bench.tables.items():
        if rows != before[table]:
            resource = package.resource(table)
            text = render(resource, [[row[c] for c in column_names(resource)] for row in rows.values()])
            files[Path(resource["path"])] = text.encode("utf-8")
    return files


def changed_log(package: Package, log: list[LogRow], corrections: list[Correction]) -> Files:
    """The log and the CHANGELOG, and the corrections' files in their folder, where they are not there yet."""
    files = {
        FOLDER / f"{c.correction_id}.yaml": c.content for c in corrections if not c.path.startswith(FOLDER.as_posix())
    }
    changelog = package.root / CHANGELOG
    text = changelog.read_text(encoding="utf-8") if changelog.is_file() else "# Changelog\n\n"
    return files | {FILE: render_log(log).encode(), CHANGELOG: with_sections(text, log).encode()}


def new_log(kept: list[LogRow], corrections: list[Correction], row_ids: dict[tuple[str, int], str]) -> list[LogRow]:
    """The log with these corrections at its end."""
    ids = {correction.correction_id for correction in corrections}
    log = [row for row in kept if row["correction_id"] not in ids]
    for correction in corrections:
        given = {number: row_id for (i, number), row_id in row_ids.items() if i == correction.correction_id}
        log += log_rows(correction, given)
    return log


def followed(package: Package, bench: Workbench) -> Files:
    """The lists of validation/ that name rows, once the names of merged rows are those of the rows that stay.

    A line about a withdrawn row is taken out of the exceptions and of the citations that were read; the second coding's
    pairs keep it, as a unit that was coded stays coded.
    """
    moved = {(table, row_id): into for table, row_id, into in bench.moved}
    cited = {(row["table_name"], row["row_id"], row["passage_id"]) for row in bench.tables["citations"].values()}
    files = {}
    followers: list[tuple[Path, int, Callable[[Rows, Moved, int], Rows]]] = [
        (EXCEPTIONS, 1, follow_exceptions),
        (PAIRS, 0, follow_pairs),
        (support.FILE, 0, partial(follow_read, cited=cited)),
    ]
    for path, lines, follow in followers:
        file = package.root / path
        if moved and file.is_file():
            head, *rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
            after = follow(rows, moved, lines)
            if after != rows:
                files[path] = as_csv([head, *after])
    return files


def follow_exceptions(rows: Rows, moved: Moved, table: int) -> Rows:
    """The exceptions, each once a rule and row."""
    kept: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        row_id = last_of(row[table], row[table + 1], moved)
        if row_id:
            kept.setdefault((row[0], row[table], row_id), [row[0], row[table], row_id, *row[table + 2 :]])
    return list(kept.values())


def follow_pairs(rows: Rows, moved: Moved, table: int) -> Rows:
    """The pairs; a row that stays and has a unit of its own keeps that."""
    paired = {(row[table], row[table + 1]) for row in rows}
    after = []
    for row in rows:
        into = last_of(row[table], row[table + 1], moved)
        follows = into and (row[table], into) not in paired
        after.append([row[table], into, *row[table + 2 :]] if follows else row)
        paired.add((after[-1][0], after[-1][1]))
    return after


def follow_read(rows: Rows, moved: Moved, table: int, cited: set[tuple[str, str, str]]) -> Rows:
    """The citations that were read and still stand, each once."""
    kept: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        place = (row[table], last_of(row[table], row[table + 1], moved), row[table + 2])
        if place in cited:
            kept.setdefault(place, [*place, *row[table + 3 :]])
    return list(kept.values())


def last_of(table: str, row_id: str, moved: Moved) -> str:
    """The row that a row became in the end: itself where it was not moved, nothing where it was withdrawn."""
    while row_id and (table, row_id) in moved:
        row_id = moved[table, row_id]
    return row_id


def as_csv(rows: Rows) -> bytes:
    """Rows as a CSV of people."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")


@contextmanager
def copied(package: Package, files: Files) -> Iterator[Package]:
    """The package in a temporary folder with some files changed; the Parquet of tables is left out."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in FOLDERS:
            if (package.root / name).is_dir():
                shutil.copytree(package.root / name, root / name, symlinks=True)
        paths = [Path(resource["path"]) for resource in package.resources]
        for path in (*paths, Path("datapackage.json"), document.README, CHANGELOG):
            if (package.root / path).is_file():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(package.root / path, root / path, follow_symlinks=False)
        put(root, files)
        yield load_package(root)


def put(root: Path, files: Files) -> None:
    """Write files below a temporary folder."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def checked(package: Package, files: Files, scope: str) -> Result:
    """What the gate says of the package with these files, and then all files that change, those made by programs too.

    Floors and hashes are moved by exactly what the files change, so that a slip that was there before is still told.
    """
    table_files = {path: content for path, content in files.items() if path.parts[0] == "data"}
    with copied(package, files) as copy:
        if table_files:
            put(copy.root, moved_guards(package, copy, table_files))
        problems = check_package(copy, copy.root, Extent(scope=scope, parquet=False)).problems
        needless = [p.line for p in problems if p.rule == NEEDLESS]
        if needless and EXCEPTIONS in files:
            files = files | {EXCEPTIONS: without_lines(files[EXCEPTIONS], needless)}
            put(copy.root, files)
            problems = check_package(copy, copy.root, Extent(scope=scope, parquet=False)).problems
        if any(problem.severity == "error" for problem in problems):
            return Result(problems, {})
        return Result(problems, files | made(copy, table_files))


def without_lines(content: bytes, numbers: list[int]) -> bytes:
    """A text without some of its lines, counted from 1."""
    lines = content.decode("utf-8").splitlines(keepends=True)
    return "".join(line for number, line in enumerate(lines, start=1) if number not in numbers).encode("utf-8")


def moved_guards(package: Package, copy: Package, table_files: Files) -> Files:
    """The floors and hashes of the package, moved by what the changed tables change."""
    kept = floors.read_floors(package.root)
    old, new = (floors.filled(p, tables_of(p)) for p in (package, copy))
    shifted = {key: number + new.get(key, 0) - old.get(key, 0) for key, number in kept.items()}
    hashes = reference_tables.read_hashes(package.root)
    was, now = reference_tables.hashes(package), reference_tables.hashes(copy)
    hashes = {table: now[table] if was.get(table) == sha256 else sha256 for table, sha256 in hashes.items()}
    return {
        floors.FILE: floors.render(shifted).encode(),
        reference_tables.FILE: reference_tables.render(hashes).encode(),
    }


def made(copy: Package, table_files: Files) -> Files:
    """What programs make of the changed tables: floors, hashes, documents and Parquet."""
    if not table_files:
        return {}
    files = {
        floors.FILE: floors.render(floors.filled(copy, tables_of(copy))).encode(),
        reference_tables.FILE: reference_tables.render(reference_tables.hashes(copy)).encode(),
    }
    for resource in copy.csv_resources:
        if Path(resource["path"]) in table_files:
            path = copy.parquet_path(resource["name"]).relative_to(copy.root)
            files[path] = parquet_bytes(described_table(copy, resource))
    if (copy.root / document.README).is_file():
        files |= {path: text.encode("utf-8") for path, text in document.about_tables(copy).items()}
    return files


def tables_of(package: Package) -> dict[str, object]:
    """The package's typed tables."""
    return {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}


def differing(package: Package, files: Files) -> Files:
    """The files that are not in the package as they are here."""
    return {
        path: content
        for path, content in files.items()
        if not (package.root / path).is_file() or (package.root / path).read_bytes() != content
    }
