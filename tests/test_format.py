"""`make format`: what it mends, what it refuses, and that it never loses a cell."""

import csv
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import format as formatter
from scripts.canonical import render, repair
from scripts.package import ROOT, load_package

CANONICAL = (
    "provision_id,instrument,article,part,title,jurisdiction\n"
    "B0001,Mock Code,12,3,Sampling,KZ\n"
    "B0002,Möck Code,13,,\"Sampling, twice\",KZ\n"
)  # fmt: skip
MENDED = {
    "byte order mark": b"\xef\xbb\xbf" + CANONICAL.encode(),
    "Windows line ends": CANONICAL.replace("\n", "\r\n").encode(),
    "old Macintosh line ends": CANONICAL.replace("\n", "\r").encode(),
    "no line end at the end": CANONICAL.rstrip("\n").encode(),
    "blank lines": CANONICAL.replace("\n", "\n\n").encode(),
    "semicolons": CANONICAL.replace(", ", "|").replace(",", ";").replace("|", ", ").encode(),
    "quotes everywhere": b'"provision_id","instrument","article","part","title","jurisdiction"\n'
    b'"B0001","Mock Code","12","3","Sampling","KZ"\n'
    + '"B0002","Möck Code","13","","Sampling, twice","KZ"\n'.encode(),
    "blanks at the ends of cells": CANONICAL.replace("Mock Code", " Mock Code\u00a0\t").encode(),
    "decomposed letters": CANONICAL.replace("ö", "o\u0308").encode(),
    "rows in another order": "\n".join([CANONICAL.split("\n")[i] for i in (0, 2, 1)]).encode(),
    "columns in another order": (
        "instrument,provision_id,article,part,title,jurisdiction\n"
        "Mock Code,B0001,12,3,Sampling,KZ\n"
        "Möck Code,B0002,13,,\"Sampling, twice\",KZ\n"
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("content", MENDED.values(), ids=MENDED.keys())
def test_mends(package: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    file = package / "data" / "provisions.csv"
    file.write_bytes(content)
    capsys.readouterr()
    assert formatter.main(["--root", str(package), "--check"]) == 1
    assert capsys.readouterr().out.startswith("data/provisions.csv:")
    assert file.read_bytes() == content
    assert formatter.main(["--root", str(package)]) == 0
    assert capsys.readouterr().out == "data/provisions.csv\n"
    assert file.read_bytes() == CANONICAL.encode()
    assert formatter.main(["--root", str(package), "--check"]) == 0


def test_mends_what_spreadsheets_make_of_booleans(package: Path) -> None:
    file = package / "data" / "persons.csv"
    before = file.read_bytes()
    file.write_bytes(before.replace(b"true", b"TRUE").replace(b"false", b"False"))
    assert formatter.main(["--root", str(package)]) == 0
    assert file.read_bytes() == before


REFUSED = {
    "a byte that is not UTF-8": (b"\xff" + CANONICAL.encode(), "data/provisions.csv:1:  file-not-utf-8  "),
    "a missing column": (CANONICAL.replace(",title", "").encode(), "data/provisions.csv:1:title  column-missing  "),
    "a surplus column": (
        CANONICAL.replace("title", "title,note").encode(), "data/provisions.csv:1:note  column-unknown  "),
    "a cell too many": (CANONICAL.replace("Mock Code", "Mock,Code").encode(), "data/provisions.csv:2:  row-ragged  "),
    "an open quotation mark": (CANONICAL.replace("Mock", '"Mock').encode(), "data/provisions.csv:2:  row-unreadable  "),
    "a line break in a cell": (
        CANONICAL.replace("Sampling,K", '"Sampling\n",K').encode(), "data/provisions.csv:2:title  cell-line-break  "),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line"), REFUSED.values(), ids=REFUSED.keys())
def test_refuses_and_writes_nothing(
    package: Path, content: bytes, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (package / "data" / "provisions.csv").write_bytes(content)
    other = package / "data" / "rights.csv"
    other.write_bytes(b"\xef\xbb\xbf" + other.read_bytes())
    before = {file: file.read_bytes() for file in (package / "data").glob("*") if file.is_file()}
    capsys.readouterr()
    assert formatter.main(["--root", str(package)]) == 1
    assert line in capsys.readouterr().out
    assert {file: file.read_bytes() for file in (package / "data").glob("*") if file.is_file()} == before


def test_leaves_the_passages_alone(package: Path) -> None:
    file = package / "data" / "passages.csv"
    content = b"\xef\xbb\xbf" + file.read_bytes()
    file.write_bytes(content)
    assert formatter.main(["--root", str(package)]) == 0
    assert file.read_bytes() == content


def test_could_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert formatter.main(["--root", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("format: could not run: ")


CELL = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=5)


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_no_cell_is_lost(pairs: list[tuple[str, str]]) -> None:
    resource = load_package(ROOT).resource("rights")
    rows = [list(pair) for pair in pairs]
    text, problems = repair(resource, render(resource, rows).encode())
    assert problems == []
    assert list(csv.reader(text.splitlines()))[1:] == sorted([normalize("NFC", cell) for cell in row] for row in rows)
    assert repair(resource, text.encode()) == (text, [])


@given(st.binary(max_size=200))
def test_any_bytes_are_mended_or_refused(content: bytes) -> None:
    resource = load_package(ROOT).resource("rights")
    text, problems = repair(resource, content)
    assert (text == "") == bool(problems)
