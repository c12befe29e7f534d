"""The package without one person, worked out as a whole and checked by the gate before anything is written."""

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from scripts import floors, reference_tables
from scripts.build_parquet import described_table, parquet_bytes
from scripts.canonical import render
from scripts.document import documents
from scripts.extent import Extent
from scripts.gate import check_package
from scripts.memo import Memo
from scripts.package import Package, load_package, read_table
from scripts.parquet_files import read_small
from scripts.problems import Problem
from scripts.seals import sealed
from scripts.withheld_coding import codings_without
from scripts.withheld_corrections import corrections_without
from scripts.withheld_log import FILE as LOG
from scripts.withheld_log import read_counts, with_one_more
from scripts.withheld_log import render as render_log
from scripts.withheld_names import Tables
from scripts.withheld_prints import prints_without
from scripts.withheld_rows import Gone, Withheld, without_person

MODES = ("pseudonymise", "withdraw")
Files = dict[Path, bytes | None]
NOTE = {"coding": "context", "reason": "Nothing of it is coded here."}
EXCEPTIONS, WORDS = Path("validation/exceptions.csv"), Path("validation/words.csv")
OTHER_ROW = "Reviewed: both rows are as printed."
BESIDE = re.compile(r"“(.+)” stands nowhere else, and “(.+)” does: is it misspelt\?")
BUILT = ("build/kz2018.db", "build/.validated", "build/.parquet")


class Refused(ValueError):
    """A person who cannot be withheld; the message says why and names nobody."""


def withheld_files(root: Path, person_id: str, mode: str, month: str, memo: Memo | None = None) -> Files:
    """Every file that changes when a person is withheld, with its new bytes, None where it goes; the gate passes.

    Raises Refused where there is no such person, or they are withheld already, or the gate finds errors before or
    after; OSError and ValueError where the package cannot be read.
    """
    package, kept = load_package(root), Memo() if memo is None else memo
    if errors(check_package(package, root, Extent(), kept).problems):
        raise Refused("the package does not pass the gate as it is: run python -m scripts.validate first")
    tables = read_rows(package)
    refuse(tables, person_id)
    found = without_person(package, tables, person_id, keep_row=mode == "pseudonymise")
    retire(package, found.tables, found.gone)
    silent = note_silent_passages(tables, found.tables)
    files: Files = {Path(r["path"]): text_of(r, found.tables).encode() for r in package.csv_resources}
    texts = {path.relative_to(root): path.read_text(encoding="utf-8") for path in sorted(validation_files(root))}
    coded = codings_without(texts, found.gone, person_id, found.name)
    files |= {path: text.encode() for path, text in coded.items()}
    files |= corrections_without(root, frozenset({person_id, *(row_id for _, row_id in found.gone)}), found.name)
    files[LOG] = render_log(with_one_more(read_counts(root), month)).encode()
    with laid_out(root, files) as after:
        files |= made_files(package, after, found, silent)
        lay(after.root, files)
        problems = check_package(after, after.root, Extent(), kept).problems
        if settling := settled(after.root, problems):
            files |= settling
            lay(after.root, settling)
            problems = check_package(after, after.root, Extent(), kept).problems
        told = errors(problems)
    if told:
        raise Refused(f"without this row the gate would find {len(told)} errors ({told[0].rule}): nothing is written")
    files |= {Path(path): None for path in BUILT if (root / path).exists()}
    return {path: content for path, content in files.items() if content != bytes_of(root / path)}


def refuse(tables: Tables, person_id: str) -> None:
    """Raise Refused where nobody stands under this id, or somebody who is withheld."""
    row = next((row for row in tables["persons"] if row["person_id"] == person_id), None)
    retired = {r["row_id"]: r["reason_code"] for r in tables["retired_ids"] if r["table_name"] == "persons"}
    if (row is not None and row["is_withheld"] == "true") or retired.get(person_id) == "withheld":
        raise Refused("this row is withheld already")
    if row is None:
        raise Refused("data/persons.csv has no such row: give the id of a person, such as P0001")


def read_rows(package: Package) -> Tables:
    """The rows of every table as texts."""
    return {
        resource["name"]: list(csv.DictReader(io.StringIO(package.csv_path(resource["name"]).read_text("utf-8"))))
        for resource in package.csv_resources
    }


def text_of(resource: dict[str, object], tables: Tables) -> str:
    """The canonical text of a table."""
    return render(resource, [list(row.values()) for row in tables[str(resource["name"])]])


def retire(package: Package, tables: Tables, gone: Gone) -> None:
    """Write the ids that are gone into retired_ids, for the next patch of the package's version."""
    first, second, third = (int(number) for number in package.descriptor["version"].split("."))
    rest = {"reason_code": "withheld", "successor_id": "", "version": f"{first}.{second}.{third + 1}"}
    tables["retired_ids"] += [{"table_name": table, "row_id": row_id} | rest for table, row_id in sorted(gone)]


def note_silent_passages(before: Tables, after: Tables) -> set[str]:
    """Note the passages that nothing cites or names any more, which are returned, with one reason for all."""
    silent = cited(before) - cited(after) - {row["passage_id"] for row in after["passage_notes"]}
    after["passage_notes"] += [{"passage_id": passage} | NOTE for passage in sorted(silent)]
    return silent


def cited(tables: Tables) -> set[str]:
    """The passages that a row cites or that give a spelling."""
    rows = [row for table in ("citations", "person_names", "official_names") for row in tables[table]]
    return {row["passage_id"] for row in rows} - {""}


def validation_files(root: Path) -> list[Path]:
    """The files of validation/ that hold rows or their ids."""
    listed = [root / EXCEPTIONS, root / WORDS, *(root / "validation" / "double_coding").rglob("*.csv")]
    return [path for path in listed if path.is_file()]


def made_files(package: Package, after: Package, found: Withheld, silent: set[str]) -> Files:
    """What programs make from the tables: fingerprints, Parquet, floors, the documents."""
    before = typed(package)
    now = typed(after)
    prints = read_small(package.parquet_path("fingerprints"))
    made = prints_without(before, now, prints, found.name, silent)
    files: Files = {
        Path("data/parquet/fingerprints.parquet"): parquet_bytes(sealed(made, after.csv_path("passages").read_bytes())),
        floors.FILE: floors.render(floors.filled(after, now)).encode(),
        reference_tables.FILE: reference_tables.render(reference_tables.hashes(after)).encode(),
    }
    for resource in package.csv_resources:
        if not now[resource["name"]].equals(before[resource["name"]]):
            path = package.parquet_path(resource["name"]).relative_to(package.root)
            files[path] = parquet_bytes(described_table(after, resource))
    if (package.root / "README.md").exists():
        files |= {path: text.encode() for path, text in documents(after).items()}
    return files


def typed(package: Package) -> dict[str, pa.Table]:
    """The typed tables."""
    return {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}


def settled(root: Path, problems: list[Problem]) -> Files:
    """exceptions.csv without lines that the missing rows made idle; words.csv with words now left without a twin.

    Where such a line excepted one of two rows that differ, the rule may find the other one: the line moves to it.
    """
    idle = {p.line for p in problems if p.rule in ("exception-applies", "exception-outlived")}
    lone = sorted({match.groups() for p in problems if (match := BESIDE.fullmatch(p.message))})
    files: Files = {}
    if idle:
        head, *lines = csv.reader(io.StringIO((root / EXCEPTIONS).read_text(encoding="utf-8")))
        free = [line[:2] for number, line in enumerate(lines, start=2) if number in idle]
        kept = [line for number, line in enumerate(lines, start=2) if number not in idle]
        for problem in problems:
            place = [problem.rule, Path(problem.path).stem]
            if place in free:
                free.remove(place)
                kept.append([*place, problem.row_id, OTHER_ROW])
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([head, *sorted(kept)])
        files[EXCEPTIONS] = out.getvalue().encode()
    if lone:
        first, *words = (root / WORDS).read_text(encoding="utf-8").splitlines()
        words += [f"{word.lower()},a word of its own beside {other}" for word, other in lone]
        files[WORDS] = "\n".join([first, *sorted(words), ""]).encode()
    return files


def errors(problems: list[Problem]) -> list[Problem]:
    """The problems that block."""
    return [problem for problem in problems if problem.severity == "error"]


@contextmanager
def laid_out(root: Path, files: Mapping[Path, bytes | None]) -> Iterator[Package]:
    """A copy of the package with some files changed, in a folder that is there until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "package"
        copy.mkdir()
        for part in ("data", "validation", "metadata"):
            if (root / part).is_dir():
                shutil.copytree(root / part, copy / part)
        for file in ("datapackage.json", "README.md", "CHANGELOG.md"):
            if (root / file).is_file():
                shutil.copyfile(root / file, copy / file)
        if (root / "scripts").is_dir():
            (copy / "scripts").symlink_to((root / "scripts").resolve(), target_is_directory=True)
        lay(copy, files)
        yield load_package(copy)


def lay(root: Path, files: Mapping[Path, bytes | None]) -> None:
    """Write files into a copy."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).write_bytes(content)


def bytes_of(path: Path) -> bytes | None:
    """A file's bytes; None where there is none."""
    return path.read_bytes() if path.is_file() else None
