"""Write a package of any size as a package of typed Parquet: acts and events by year and country, all rows by key.

One table after the other is read, sorted on disk where memory does not hold it, and written batch by batch, so that
memory does not grow with the rows. The same data give the same bytes with the same releases of DuckDB and pyarrow.
"""

import copy
import json
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from scripts.build_parquet import described_schema
from scripts.disk import exchange
from scripts.engines.literals import name
from scripts.engines.relations import is_made
from scripts.engines.stages import Findings, relaxed
from scripts.files import CannotRun
from scripts.folder import folder_problems
from scripts.large.files import LIST, File, file_of, write_list
from scripts.large.options import Limits
from scripts.large.partitions import NEEDED, PARTITIONED, UNKNOWN, define_folders, with_folder
from scripts.large.reading import Opened, UnfitPackage, opened
from scripts.package import Package, column_names, primary_key
from scripts.progress import told

BATCH = 100_000  # rows that are held at once, and the most of a row group
FOREIGN = ("mediatype", "encoding", "bytes", "hash")  # what a descriptor says of other files than these


def write_package(package: Package, out: Path, limits: Limits) -> list[File]:
    """Write the package to `out`, whole or not at all, in the place of an older one of this program; its files.

    Raises CannotRun where `out` may not be written, EngineError where a limit is none, UnfitPackage where descriptor,
    files or cells do not fit.
    """
    refuse(package, out)
    check_descriptor(package)
    with opened(package, [], limits):
        pass  # limits that DuckDB does not take are told before anything is written
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(f".{out.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir()
        files = write_tables(package, draft, limits)
        text = json.dumps(descriptor_of(package), ensure_ascii=False, indent=2)
        (draft / "datapackage.json").write_text(text + "\n", encoding="utf-8")
        shutil.copytree(package.root / "validation", draft / "validation")
        write_list(draft, files)
        put_in_place(draft, out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return files


def refuse(package: Package, out: Path) -> None:
    """Raise CannotRun where a folder may not be written: it is the data's, or holds what this program did not make."""
    place, root = out.resolve(), package.root.resolve()
    if place.is_relative_to(root / "data") or root.is_relative_to(place):
        raise CannotRun(f"{out}: the package is never written into its own data")
    if out.exists() and not out.is_dir():
        raise CannotRun(f"{out} is no folder")
    if out.is_dir() and any(out.iterdir()) and not (out / LIST).is_file():
        raise CannotRun(f"{out} holds other things: name an empty folder, or one that is not there yet")


def check_descriptor(package: Package) -> None:
    """Raise UnfitPackage where the descriptor cannot be relied on, CannotRun where validation/ holds odd files."""
    for problem in folder_problems(package.root, "validation"):
        raise CannotRun(str(problem))
    problems = relaxed(package, package.root)
    if problems:
        raise UnfitPackage(Findings(problems))


def write_tables(package: Package, draft: Path, limits: Limits) -> list[File]:
    """Write every table; raises UnfitPackage with what is wrong in all of them."""
    findings, files = Findings(), []
    for resource in package.resources:
        table = str(resource["name"])
        told("build_parquet", f"writing {table} …")
        try:
            if is_made(resource):
                files.append(copied(package, resource, draft))
                continue
            needed = [table, *NEEDED.get(table, [])]
            with opened(package, needed, limits) as there:
                there.unfit_cells(table, findings)
                if not findings.problems:
                    files += write_table(package, resource, there, draft)
        except UnfitPackage as error:
            findings.problems += error.findings.problems
    findings.problems = list(dict.fromkeys(findings.problems))
    if findings.problems:
        raise UnfitPackage(findings)
    return files


def copied(package: Package, resource: dict[str, Any], draft: Path) -> File:
    """A file that another program of this project made, as it is."""
    path = str(resource["path"])
    (draft / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(package.root / path, draft / path)
    return file_of(draft, path, str(resource["name"]), parquet.read_metadata(draft / path).num_rows)


def write_table(package: Package, resource: dict[str, Any], there: Opened, draft: Path) -> list[File]:
    """Write a table by key, in one file or in one a partition."""
    table = str(resource["name"])
    key = ", ".join(map(name, primary_key(resource)))
    rows, order = f"SELECT *, '' AS folder FROM {name(table)}", key
    if table in PARTITIONED:
        define_folders(there.engine)
        rows, order = with_folder(table), f"folder, {key}"
    columns = ", ".join(map(name, [*column_names(resource), "folder"]))
    found = there.engine.connection.sql(f"SELECT {columns} FROM ({rows}) AS rows ORDER BY {order}")
    return write_parts(found.to_arrow_reader(BATCH), described_schema(package, resource), table, draft)


def write_parts(batches: Iterable[pa.RecordBatch], schema: pa.Schema, table: str, draft: Path) -> list[File]:
    """Write batches that are in order of their last column, the folder, to a file a folder."""
    files = [
        write_file((part for _, part in parts), schema, table, draft, path_in(folder, table))
        for folder, parts in groupby(parts_of(batches), key=itemgetter(0))
    ]
    return files or [write_file([], schema, table, draft, path_in(UNKNOWN, table))]


def write_file(parts: Iterable[pa.RecordBatch], schema: pa.Schema, table: str, draft: Path, path: str) -> File:
    """Write batches to one file."""
    rows = 0
    (draft / path).parent.mkdir(parents=True, exist_ok=True)
    with parquet.ParquetWriter(draft / path, schema, compression="zstd") as writer:
        for part in parts:
            writer.write_batch(part.cast(schema), row_group_size=BATCH)
            rows += part.num_rows
    return file_of(draft, path, table, rows)


def parts_of(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Each batch cut where its last column changes: that column's value, and the rows without it."""
    for batch in batches:
        *_, folders = batch.columns
        runs = pc.run_end_encode(folders)
        first = 0
        for folder, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            yield folder, batch.slice(first, end - first).select(batch.schema.names[:-1])
            first = end


def path_in(folder: str, table: str) -> str:
    """The file of a table, or of its rows of one folder."""
    return f"data/{table}/{folder}/{table}.parquet" if table in PARTITIONED else f"data/{table}.parquet"


def descriptor_of(package: Package) -> dict[str, Any]:
    """The package's descriptor over the files that are written."""
    descriptor = copy.deepcopy(package.descriptor)
    for resource in descriptor["resources"]:
        if not is_made(resource):
            table = resource["name"]
            resource["path"] = f"data/{table}/" if table in PARTITIONED else path_in("", table)
            resource["format"] = "parquet"
            for key in FOREIGN:
                resource.pop(key, None)
    return descriptor


def put_in_place(draft: Path, out: Path) -> None:
    """Let the draft take the place of an older folder, which goes; at once where the system can."""
    if not out.exists():
        draft.rename(out)
    elif not exchange(draft, out):
        old = out.with_name(f".{out.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        out.rename(old)
        draft.rename(out)
        shutil.rmtree(old)
