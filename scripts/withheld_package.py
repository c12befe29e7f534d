"""The package without one person, worked out as a whole and checked by the gate before anything is written."""

import csv
import io
from pathlib import Path

import pyarrow as pa

from scripts import floors, reference_tables
from scripts.build_parquet import described_table, parquet_bytes
from scripts.canonical import render
from scripts.document import about_tables
from scripts.extent import Extent
from scripts.gate import check_package
from scripts.memo import Memo
from scripts.package import Package, load_package, read_table
from scripts.parquet_files import read_small
from scripts.problems import Problem
from scripts.seals import sealed
from scripts.support import FILE as READ
from scripts.withheld_coding import codings_without
from scripts.withheld_copy import bytes_of, laid_out, lay
from scripts.withheld_corrections import corrections_without
from scripts.withheld_log import FILE as LOG
from scripts.withheld_log import read_counts, with_one_more
from scripts.withheld_log import render as render_log
from scripts.withheld_names import Tables
from scripts.withheld_prints import prints_without
from scripts.withheld_rows import Withheld, without_person
from scripts.withheld_settling import EXCEPTIONS, WORDS, settled
from scripts.withheld_texts import Gone, without_examples

MODES = ("pseudonymise", "withdraw")
Files = dict[Path, bytes | None]
NOTE = {"coding": "context", "reason": "Nothing of it is coded here."}
METHOD = Path("metadata") / "methodology.md"
BUILT = ("build/kz2018.db", "build/.validated", "build/.parquet")


class Refused(ValueError):
    """A person who cannot be withheld; the message says why and names nobody."""


def withheld_files(root: Path, person_id: str, mode: str, month: str, memo: Memo | None = None) -> Files:
    """Every file that changes when a person is withheld, with its new bytes, None where it goes; the gate passes.

    Raises Refused where there is no such person, or they are withheld already, or the gate finds errors before or
    after; OSError and ValueError where the package cannot be read.
    """
    package, kept = load_package(root), Memo() if memo is None else memo
    tables = read_rows(package)
    refuse(tables, person_id)
    if errors(check_package(package, root, Extent(), kept).problems):
        raise Refused("the package does not pass the gate as it is: run python -m scripts.validate first")
    found = without_person(package, tables, person_id, keep_row=mode == "pseudonymise")
    retire(package, found.tables, found.gone)
    silent = note_silent_passages(tables, found.tables)
    files: Files = {Path(r["path"]): text_of(r, found.tables).encode() for r in package.csv_resources}
    texts = {path.relative_to(root): path.read_text(encoding="utf-8") for path in sorted(validation_files(root))}
    coded = codings_without(texts, found.gone, person_id, found.name)
    files |= {path: text.encode() for path, text in coded.items()}
    ids = frozenset({person_id, *(row_id for _, row_id in found.gone)})
    files |= corrections_without(root, ids, found.name)
    if (root / METHOD).exists():
        files[METHOD] = without_examples((root / METHOD).read_text(encoding="utf-8"), ids).encode()
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
    listed = [root / EXCEPTIONS, root / WORDS, root / READ, *(root / "validation" / "double_coding").rglob("*.csv")]
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
        files |= {path: text.encode() for path, text in about_tables(after).items()}
    return files


def typed(package: Package) -> dict[str, pa.Table]:
    """The typed tables."""
    return {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}


def errors(problems: list[Problem]) -> list[Problem]:
    """The problems that block."""
    return [problem for problem in problems if problem.severity == "error"]
