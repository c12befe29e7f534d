"""Packages made to harm: each is refused in one line, soon, in little memory, and nothing outside it is opened."""

import contextlib
import csv
import gzip
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from fixture_package import build_package
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from scripts import validate
from scripts.canonical import check_form, repair
from scripts.door import read_content
from scripts.encodings import byte_problems
from scripts.files import split_rows
from scripts.package import ROOT, Package, load_package

MAX_SECONDS = 10
MAX_PEAK_KIB = 1024 * 1024
CHILD = """
import contextlib, io, json, re, sys, time
from pathlib import Path
from scripts import validate
found = {}
def peak():  # getrusage would count what the process held that started this one
    status = Path("/proc/self/status")
    return int(re.search("VmHWM:\\s*([0-9]+)", status.read_text())[1]) if status.exists() else 0
for line in sys.stdin:
    name, *arguments = json.loads(line)
    out, err, start = io.StringIO(), io.StringIO(), time.monotonic()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = validate.main(arguments)
    found[name] = [code, out.getvalue(), err.getvalue(), time.monotonic() - start, peak()]
print(json.dumps(found))
"""


def write(text: str | bytes, name: str = "data/rights.csv") -> Callable[[Path], None]:
    """Makes one file of a package hold this and nothing else."""
    return lambda root: (root / name).write_bytes(text.encode() if isinstance(text, str) else text) and None


def link(name: str, to: str) -> Callable[[Path], None]:
    """Makes a path of a package a link."""

    def change(root: Path) -> None:
        if (root / name).exists():
            (root / name).rename(root / "elsewhere")
        (root / name).symlink_to(to)

    return change


def fifo(name: str) -> Callable[[Path], None]:
    """Makes a path of a package a pipe, which whoever reads it waits for."""

    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        os.mkfifo(root / name)

    return change


def sparse(name: str, size: int) -> Callable[[Path], None]:
    """Makes a file of a package so long, without taking room on the disk."""

    def change(root: Path) -> None:
        with (root / name).open("ab") as file:
            file.truncate(size)

    return change


def zip_bomb() -> bytes:
    """A ZIP archive that unpacks to a thousand times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rights.csv", b"0" * 50_000_000)
    return out.getvalue()


def parquet_file(name: str, columns: dict[str, Any], **options: Any) -> Callable[[Path], None]:
    """Makes a file of a package Parquet with these columns."""
    return lambda root: parquet.write_table(pa.table(columns), root / name, **options)


def repeated(text: str, times: int) -> pa.DictionaryArray:
    """A column that holds one text very often and takes next to nothing as Parquet."""
    return pa.DictionaryArray.from_arrays(
        pa.Array.from_buffers(pa.int32(), times, [None, pa.py_buffer(bytes(4 * times))]), pa.array([text])
    )


def many_files(root: Path) -> None:
    """More files than any package has."""
    for number in range(2_001):
        (root / "data" / f"{number}.txt").touch()


def descriptor_with(pattern: str) -> Callable[[Path], None]:
    """Gives the first column of a package another pattern."""

    def change(root: Path) -> None:
        descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
        descriptor["resources"][0]["schema"]["fields"][0]["constraints"]["pattern"] = pattern
        (root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")

    return change


RIGHTS = "data/parquet/rights.parquet"
FINGERPRINTS = "data/parquet/fingerprints.parquet"
TEXT_COLUMNS = ("passage_id", "grams", "binds")
LINK, NO_FILE = "this is a link: only plain files are read", "this is no file: only plain files are read"
Case = tuple[Callable[[Path], None], int, str]  # the change, the exit code, the line
CASES: dict[str, Case] = {
    "a cell of a gigabyte": (sparse("data/rights.csv", 2**30), 1,
        "data/rights.csv:0:  file-too-large  the file is larger than 20,000,000 bytes"),
    "a cell of megabytes": (write("right_id,name\nG0001," + "x" * 19_000_000 + "\n"), 1,
        "data/rights.csv:2:  cell-too-long  a cell may hold 20,000 characters: is a quotation mark missing?"),
    "a quotation that soon ends the file": (write('right_id,name\nG0001,"' + "x\n" * 20_000), 1,
        "data/rights.csv:2:  row-unreadable  the row cannot be read (unexpected end of data): is a quotation mark"
        " missing or not doubled?"),
    "a quotation that never ends": (write('right_id,name\nG0001,"' + "xxxxxxxx " * 2_000_000), 1,
        "data/rights.csv:2:  cell-too-long  a cell may hold 20,000 characters: is a quotation mark missing?"),
    "a zip bomb": (write(zip_bomb()), 1,
        "data/rights.csv:0:  file-not-csv  the file is a ZIP archive or a workbook (.xlsx, .ods), not CSV: save the"
        " table as CSV in UTF-8"),
    "a gzip bomb": (write(gzip.compress(b"0" * 50_000_000)), 1,
        "data/rights.csv:0:  file-not-csv  the file is a gzip archive, not CSV: save the table as CSV in UTF-8"),
    "nothing but NULs": (write(bytes(5_000_000)), 1,
        "data/rights.csv:1:  file-nul  the line holds a NUL byte, which no text has"),
    "a million columns": (write(",".join(f"c{n}" for n in range(1_000_000)) + "\n"), 1,
        "data/rights.csv:1:  header-too-wide  the header has 1,000,000 columns, and the descriptor declares 2"),
    "a million commas": (write("right_id,name\n" + "," * 1_000_000 + "G0001\n"), 1,
        "data/rights.csv:2:  row-ragged  the row has 1,000,001 cells and the header 2: is a comma missing, or a cell"
        " unquoted?"),
    "a million rows": (write("right_id,name\n" + "".join(f"G{n},x\n" for n in range(1_000_000))), 1,
        "data/rights.csv:0:  file-too-many-rows  a table may hold 50,000 rows, and this file has 1,000,001 lines"),
    "a link to a file": (link("data/rights.csv", "/etc/hostname"), 1,
        f"data/rights.csv:0:  file-odd  {LINK}"),
    "a link to a device": (link("data/rights.csv", "/dev/zero"), 1,
        f"data/rights.csv:0:  file-odd  {LINK}"),
    "a link to a folder": (link("data/more", "/"), 1, f"data/more:0:  file-odd  {LINK}"),
    "data is a link": (link("data", "elsewhere"), 1, f"data:0:  file-odd  {LINK}"),
    "a pipe": (fifo("data/rights.csv"), 1, f"data/rights.csv:0:  file-odd  {NO_FILE}"),
    "a pipe that is no table": (fifo("data/zzz"), 1, f"data/zzz:0:  file-odd  {NO_FILE}"),
    "too many files": (many_files, 1,
        "data:0:  folder-too-full  the folder holds more than 2,000 files and folders: none of them is read"),
    "a name that forges a line": (write("", "data/a.csv:1:  x\ndata: is fine.csv"), 1,
        "data/a.csv:1:  x\\ndata: is fine.csv:0:  file-undeclared  no table of datapackage.json"),
    "a name that colours the terminal": (write("", "data/\x1b[31m.csv"), 1,
        "data/\\x1b[31m.csv:0:  file-undeclared  no table of datapackage.json"),
}  # fmt: skip
UNTRUSTED: dict[str, Case] = {  # what --trusted does not take from a stranger at all
    "tables too large together": (lambda root: [sparse(f"data/{t}.csv", 19_000_000)(root) for t in
                                                ("acts", "cases", "charges", "events")] and None, 1,
        "data:0:  package-too-large  the tables are together larger than 60,000,000 bytes: none is read"),
    "a linked folder of Parquet": (link("data/parquet", "../elsewhere"), 1, f"data/parquet:0:  file-odd  {LINK}"),
    "fingerprints of a gigabyte": (sparse(FINGERPRINTS, 2**30), 1,
        f"{FINGERPRINTS}:0:  file-too-large  the file is larger than 20,000,000 bytes"),
    "fingerprints of many rows": (parquet_file(FINGERPRINTS, {c: repeated("x", 10_000_000) for c in TEXT_COLUMNS}), 1,
        f"{FINGERPRINTS}:0:  parquet-unreadable  the file has 10,000,000 rows and 3 columns, more than any table"),
    "fingerprints of long texts": (parquet_file(FINGERPRINTS, {c: repeated("x" * 1_000_000, 40_000)
                                                               for c in TEXT_COLUMNS}, store_schema=False), 1,
        f"{FINGERPRINTS}:0:  parquet-unreadable  the file unpacks to more than 100,000,000 bytes"),
    "fingerprints packed otherwise": (parquet_file(FINGERPRINTS, {c: ["x" * 90_000_000] for c in TEXT_COLUMNS},
                                                   compression="zstd"), 1,
        f"{FINGERPRINTS}:0:  parquet-unreadable  the file is packed in a way that make build does not write: ZSTD"),
    "fingerprints of other things": (parquet_file(FINGERPRINTS, {"passage_id": [[["x"]]]}), 1,
        f"{FINGERPRINTS}:0:  parquet-unreadable  the file has columns of types that no table has:"
        " list<element: list<element: string>>"),
    "fingerprints that are none": (write(b"PAR1" + bytes(100) + b"\xff\xff\0\0PAR1", FINGERPRINTS), 1,
        f"{FINGERPRINTS}:0:  parquet-unreadable  the file is not a Parquet file"),
    "a Parquet bomb of a table": (parquet_file(RIGHTS, {"right_id": repeated("x", 10_000_000)}), 0,
        f"{RIGHTS}:0:  stale-parquet  warning: has 10,000,000 rows and 1 columns, more than any table: run make build"),
    "a Parquet file whose name forges a line": (write("", "data/parquet/a\nb.parquet"), 0,
        "data/parquet/a\\nb.parquet:0:  stale-parquet  warning: belongs to no table of datapackage.json: run make"
        " build"),
    "a pattern that takes hours": (descriptor_with("(a+)+"), 1,
        "datapackage.json:0:persons.person_id  descriptor-pattern  the pattern repeats a group, or repeats without end"
        " more than three times: write it out"),
    "a pattern that is none": (descriptor_with("("), 1,
        "datapackage.json:0:persons.person_id  descriptor-pattern  the pattern is no regular expression"
        " (missing ), unterminated subpattern at position 0)"),
    "a descriptor nested deep": (write("[" * 100_000, "datapackage.json"), 2,
        "validate: could not run: datapackage.json is nested too deep to be a descriptor"),
    "a descriptor nested and closed": (write('{"a":' * 100_000 + "1" + "}" * 100_000, "datapackage.json"), 2,
        "validate: could not run: datapackage.json is nested too deep to be a descriptor"),
    "a descriptor of 50 MB": (sparse("datapackage.json", 50_000_000), 2,
        "validate: could not run: datapackage.json is larger than 1,000,000 bytes"),
    "a descriptor that is a link": (link("datapackage.json", "elsewhere"), 2,
        "validate: could not run: datapackage.json is no plain file: links and devices are not read"),
    "a descriptor that is a pipe": (fifo("datapackage.json"), 2,
        "validate: could not run: datapackage.json is no plain file: links and devices are not read"),
    "a rule that is a pipe": (fifo("validation/rules/zzz.sql"), 2,
        f"validate: could not run: validation/rules/zzz.sql:0: file-odd {NO_FILE}"),
}  # fmt: skip


Result = tuple[int, str, str, float, int]  # exit code, stdout, stderr, seconds, peak of memory so far in KiB


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """What the gate says of each case, all in one process of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    base = build_package(folder / "base")
    calls = []
    for number, (name, (change, *_)) in enumerate((CASES | UNTRUSTED).items()):
        root = folder / str(number)
        shutil.copytree(base, root)
        change(root)
        options = ["--root", str(root), "--scope", "model", "--only", "rights"]
        calls.append([name, *options])
        if name in CASES:
            calls.append([f"{name}, trusted", *options, "--trusted", str(base)])
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input="".join(json.dumps(call) + "\n" for call in calls),
        cwd=ROOT, capture_output=True, text=True, timeout=500, check=True,
    )  # fmt: skip
    return {name: tuple(result) for name, result in json.loads(done.stdout).items()}


@pytest.mark.parametrize("name", CASES | UNTRUSTED)
def test_refused_in_one_line(results: dict[str, Result], name: str) -> None:
    _, code, line = (CASES | UNTRUSTED)[name]
    found, out, err, seconds, peak = results[name]
    assert (found, out if code < 2 else err) == (code, line + "\n")
    assert "Traceback" not in err
    assert seconds < MAX_SECONDS
    assert peak < MAX_PEAK_KIB


@pytest.mark.parametrize("name", CASES)
def test_refused_as_a_strangers_too(results: dict[str, Result], name: str) -> None:
    code, out, err, seconds, peak = results[f"{name}, trusted"]
    assert (code, len(out.splitlines())) == (1, 1)
    assert "Traceback" not in err
    assert seconds < MAX_SECONDS
    assert peak < MAX_PEAK_KIB


PATHS = ["../rights.csv", "/etc/passwd", "data/../../rights.csv", "data\\rights.csv", "data/./rights.csv",
         ".git/config", "data/.git/rights.csv", "https://example.org/rights.csv", "file:///etc/passwd",
         "//example.org/rights.csv",
         "data/rights.csv\n", "data/rights.csv.gz", "data/RIGHTS.csv", "", "data/sub/rights.csv"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_paths_that_lead_elsewhere(
    package: Path, path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        if resource["name"] == "rights":
            resource["path"] = path
    file.write_text(json.dumps(descriptor), encoding="utf-8")
    asked: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: asked.append(address))
    capsys.readouterr()
    assert validate.main(["--root", str(package)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[:2] for line in lines] == [["datapackage.json:0:rights.path", "descriptor-path"]]
    assert asked == []


QUICK = settings(derandomize=True, deadline=None, max_examples=60, database=None)
PIECES = st.sampled_from([
    "right_id", "name", "G0001", "G0002", ",", ",", ",", "\n", "\n", "\r\n", ";", "\t", '"', '""', " ", "  ", "\ufeff",
    "\0", "\u200b", "\u0301", "\u00a0", "\u2028", "\x85", "e", "é", "=1+1", "<b>", "“", "#REF!", "10.05.2018", "1,5",
    "TRUE", "+7 701 555 01 02", "x" * 200,
])  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=20).map(lambda pieces: "right_id,name\n" + "".join(pieces)),
    st.text(max_size=200),
)


def table(rows: list[tuple[str, str]], delimiter: str, end: str, tail: int) -> bytes:
    """A table of rights as some program may save it, with empty columns and rows after the last."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([*row, *[""] * tail] for row in [("right_id", "name"), *rows, *[("", "")] * tail])
    return out.getvalue().encode()


CELL = st.lists(PIECES, max_size=4).map("".join)
BYTES = st.one_of(
    st.binary(max_size=300),
    TEXTS.map(str.encode),
    st.builds(
        table, st.lists(st.tuples(CELL, CELL), max_size=5), st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]),
        st.integers(0, 2),
    ),
    st.tuples(TEXTS, st.sampled_from(["utf-16", "utf-16-le", "cp1251", "utf-8-sig"])).map(
        lambda pair: pair[0].encode(pair[1], "replace")
    ),
)
RIGHTS_TABLE = load_package(ROOT).resource("rights")


@QUICK
@given(TEXTS, st.sampled_from(",;\t"), st.sampled_from([None, 3]))
def test_any_text_is_split_or_told(text: str, delimiter: str, most: int | None) -> None:
    header, rows, problems = split_rows(text, "x.csv", delimiter, most, frozenset("\u200b"))
    assert all("\n" not in str(problem) for problem in problems)
    assert problems or all(len(row) >= len(header) for row in rows)


@QUICK
@given(BYTES)
def test_any_bytes_are_told_in_lines(content: bytes) -> None:
    assert all("\n" not in str(problem) for problem in byte_problems(content, "x.csv"))


@QUICK
@given(BYTES)
def test_repair_is_repaired_once_and_for_all(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    text, problems = repair(RIGHTS_TABLE, content)
    assert (text == "") == bool(problems)
    if not problems:
        assert repair(RIGHTS_TABLE, text.encode()) == (text, [])
        folder = tmp_path_factory.mktemp("repaired")
        (folder / "data").mkdir()
        (folder / "data" / "rights.csv").write_bytes(text.encode())
        rows, faults = read_content((folder / "data/rights.csv").read_bytes(), "data/rights.csv", ["right_id", "name"])
        assert [fault for fault in faults if fault.rule != "hidden-character"] == []
        assert check_form(Package(folder, {"resources": [RIGHTS_TABLE]}), "rights", rows) == []


@settings(QUICK, max_examples=8)
@given(content=BYTES)
def test_any_bytes_pass_the_gate_without_a_traceback(shared: Path, content: bytes) -> None:
    (shared / "data" / "rights.csv").write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = validate.main(["--root", str(shared), "--scope", "model", "--only", "rights"])
    assert code in (0, 1)
    assert "could not run" not in err.getvalue()
    assert all(line.startswith(("data/", "validate")) for line in out.getvalue().splitlines())


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package whose table of rights each example overwrites."""
    return build_package(tmp_path_factory.mktemp("shared") / "package")
