"""Read a Parquet file that somebody else may have made: never more of it than a table of this package needs."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from scripts.files import fault
from scripts.folder import MAX_FILE_BYTES, presence_problems
from scripts.package import ARROW_TYPES, Package, arrow_schema, column_names
from scripts.problems import Problem

MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_UNPACKED_BYTES = 100_000_000
CODECS = {"SNAPPY", "UNCOMPRESSED"}  # what the build writes; neither unpacks to more than some 20 times its size
ENCODINGS = {"PLAIN", "RLE", "RLE_DICTIONARY", "PLAIN_DICTIONARY", "BIT_PACKED"}
ROWS_AT_ONCE = 4_096


class CannotRead(Exception):
    """The file is no Parquet file of this package; the message says why, as a predicate of the file, in one line."""


def read_small(file: Path) -> pa.Table:
    """The table in a Parquet file, with its schema's metadata. Raises CannotRead where it is none or too much.

    The footer is looked at before any page is unpacked, and texts stay dictionaries until their size is known.
    """
    if file.is_symlink() or not file.is_file() or file.stat().st_size > MAX_FILE_BYTES:
        raise CannotRead(f"is no plain file of at most {MAX_FILE_BYTES:,} bytes")
    try:
        with parquet.ParquetFile(file, thrift_string_size_limit=5_000_000, thrift_container_size_limit=10_000) as plain:
            schema = plain.schema_arrow
            refuse(plain.metadata, schema)
        texts = [field.name for field in schema if field.type == pa.string()]
        with parquet.ParquetFile(file, read_dictionary=texts) as packed:
            return unpacked(packed, schema)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise CannotRead("is not a Parquet file") from error


def refuse(metadata: parquet.FileMetaData, schema: pa.Schema) -> None:
    """Raise CannotRead where the footer tells of more, or of other things, than the build writes."""
    if metadata.num_columns > MAX_COLUMNS or metadata.num_rows > MAX_ROWS or metadata.num_row_groups > MAX_ROWS:
        raise CannotRead(f"has {metadata.num_rows:,} rows and {metadata.num_columns:,} columns, more than any table")
    odd = sorted({str(field.type)[:40] for field in schema if field.type not in ARROW_TYPES.values()})
    if odd:
        raise CannotRead(f"has columns of types that no table has: {', '.join(odd)[:120]}")
    groups = [metadata.row_group(n) for n in range(metadata.num_row_groups)]
    chunks = [group.column(n) for group in groups for n in range(group.num_columns)]
    packing = {chunk.compression for chunk in chunks} - CODECS | {e for c in chunks for e in c.encodings} - ENCODINGS
    if packing:
        raise CannotRead(f"is packed in a way that make build does not write: {', '.join(sorted(packing))}")
    if sum(chunk.total_uncompressed_size for chunk in chunks) > MAX_UNPACKED_BYTES:
        raise CannotRead(f"unpacks to more than {MAX_UNPACKED_BYTES:,} bytes")


def unpacked(file: parquet.ParquetFile, schema: pa.Schema) -> pa.Table:
    """All rows of an open file, batch by batch, under its plain schema; raises CannotRead where they are too much."""
    size = 0
    batches = []
    for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, use_threads=False):
        for column in batch.columns:
            size += column.nbytes
            if pa.types.is_dictionary(column.type):
                lengths = pc.binary_length(column.dictionary).take(column.indices)
                size += pc.sum(lengths).as_py() or 0
        if size > MAX_UNPACKED_BYTES:
            raise CannotRead(f"unpacks to more than {MAX_UNPACKED_BYTES:,} bytes")
        columns = [column.cast(field.type) for column, field in zip(batch.columns, schema, strict=True)]
        batches.append(pa.RecordBatch.from_arrays(columns, schema=schema))
    return pa.Table.from_batches(batches, schema)


def read_fingerprints(package: Package) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The fingerprints as {table: rows}, empty where they cannot be read, and why; a missing file is the door's."""
    resource = package.resource("fingerprints")
    if presence_problems(package.root, str(resource["path"])):
        return {}, []
    try:
        table = read_small(package.root / resource["path"])
    except CannotRead as error:
        return {}, [fault(resource["path"], 0, "", "parquet-unreadable", f"the file {error}")]
    if table.schema.names != column_names(resource) or table.schema.types != arrow_schema(resource).types:
        message = f"its columns are not {', '.join(column_names(resource))}, each of text"
        return {}, [fault(resource["path"], 0, "", "parquet-unreadable", message)]
    return {resource["name"]: table}, []
