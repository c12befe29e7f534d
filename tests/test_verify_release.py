"""A release is checked without network: what was altered, added or taken out is named, and what is hostile refused."""

import hashlib
import json
import shutil
import stat
import struct
import subprocess
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from fixture_package import build_package
from pyarrow import parquet
from released import DAY, MINISIGN, NAME, edition_of, write_documents

from scripts import release, verify_release
from scripts.outcome import Outcome
from scripts.releasing import opened
from scripts.releasing.placing import place, zip_bytes
from scripts.releasing.signature import signed
from scripts.releasing.sums import SIGNATURE, SUMS, sums_text

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The files of the artificial package's release."""
    root = write_documents(build_package(tmp_path_factory.mktemp("made") / "package"))
    made = release.made_files(edition_of(root), Outcome([]), "model")
    return made | {SUMS: sums_text(made).encode()}


def found(place_of: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], list[str]]:
    """The program's exit code, what it prints on stdout and on stderr."""
    code = verify_release.main([str(place_of), *arguments])
    printed = capsys.readouterr()
    return code, printed.out.splitlines(), printed.err.splitlines()


def laid(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A release's folder with its .zip beside it."""
    place(folder, NAME, files, zip_bytes(NAME, files, DAY, ""), DAY)
    return folder / NAME


def packed(file: Path, entries: Mapping[str, bytes]) -> Path:
    """A .zip of any entries."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def test_a_release_as_it_was_made(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = laid(tmp_path, files)
    said = [f"verify_release: {len(files)} files, 0 not as they were released", f"verify_release: {SUMS} is not signed"]
    assert found(folder, capsys) == (0, [], said)
    assert found(folder.with_name(f"{NAME}.zip"), capsys) == (0, [], said)
    checked = subprocess.run(["sha256sum", "-c", "--quiet", SUMS], cwd=folder, capture_output=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, b"")


OTHER_HASH = f"is altered: {SUMS} has another hash"
KINDS = {
    "LICENSE": OTHER_HASH,
    "README.md": OTHER_HASH,
    "analysis/README.md": OTHER_HASH,
    "analysis/persons__one_row_per_person.csv": OTHER_HASH,
    "analysis/persons__one_row_per_person.parquet": OTHER_HASH,
    "data/parquet/fingerprints.parquet": f"{OTHER_HASH}; is altered: datapackage.json has another hash",
    "jsonl/acts.jsonl": OTHER_HASH,
    "kz2018.sqlite": OTHER_HASH,
    "kz2018.xlsx": OTHER_HASH,
    "CITATION.cff": OTHER_HASH,
    "metadata/terms.md": OTHER_HASH,
    "spss/acts.sav": OTHER_HASH,
    "stata/acts.dta": OTHER_HASH,
    "validation/report.html": OTHER_HASH,
    "validation/report.json": OTHER_HASH,
}


def test_an_altered_byte_of_each_kind_of_file_is_named(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = {path: bytes([files[path][0] ^ 1]) + files[path][1:] for path in KINDS}
    lines = [f"{path}: {words}" for path, words in sorted(KINDS.items())]
    folder = laid(tmp_path, files | changed)
    assert found(folder, capsys)[:2] == (1, lines)
    assert found(folder.with_name(f"{NAME}.zip"), capsys)[:2] == (1, lines)
    assert {Path(path).suffix for path in KINDS} == {Path(path).suffix for path in files}


def test_an_altered_cell_is_named_with_its_row(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acts = files["data/acts.csv"].replace(b"A0001,E0002,stated,P0001", b"A0001,E0002,stated,P0002")
    acts = b"".join(line for line in acts.splitlines(keepends=True) if not line.startswith(b"A0003"))
    assert found(laid(tmp_path, files | {"data/acts.csv": acts}), capsys)[:2] == (
        1,
        [
            "data/acts.csv: disagrees with parquet/acts.parquet in A0001 (person_id), A0003 (only in the Parquet); "
            f"is altered: {SUMS} has another hash; is altered: datapackage.json has another hash; "
            "is altered: datapackage.json has another size"
        ],
    )


def test_who_mends_all_hashes_is_found_by_the_other_format(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acts = files["data/acts.csv"].replace(b"A0001,E0002,stated,P0001", b"A0001,E0002,stated,P0002")
    descriptor = json.loads(files["datapackage.json"])
    resource = next(resource for resource in descriptor["resources"] if resource["name"] == "acts")
    resource |= {"hash": f"sha256:{hashlib.sha256(acts).hexdigest()}", "bytes": len(acts)}
    forged = files | {"data/acts.csv": acts, "datapackage.json": json.dumps(descriptor).encode()}
    del forged[SUMS]
    assert found(laid(tmp_path, forged | {SUMS: sums_text(forged).encode()}), capsys)[:2] == (
        1,
        ["data/acts.csv: disagrees with parquet/acts.parquet in A0001 (person_id)"],
    )


def test_what_is_missing_or_added_is_named(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = {path: content for path, content in files.items() if path not in ("LICENSE", "data/places.csv")}
    assert found(laid(tmp_path, changed | {"data/more.csv": b"id\n", "odd\x1b[31m": b""}), capsys)[:2] == (
        1,
        [
            f"LICENSE: is missing: {SUMS} lists it",
            f"data/more.csv: was added: {SUMS} does not list it",
            f"data/places.csv: is missing: {SUMS} lists it; is missing: datapackage.json declares it",
            f"odd\\x1b[31m: was added: {SUMS} does not list it",
        ],
    )


ODD: dict[str, tuple[Files, str]] = {
    "no sums": ({}, f"{SUMS}: is missing: nothing tells what was released"),
    "no line of sums": ({SUMS: b"hello\n"}, f"{SUMS}: cannot be read: line 1 is not a hash, two spaces and a path"),
    "a path twice": ({SUMS: b"%b  a\n" % (b"0" * 64) * 2}, f"{SUMS}: cannot be read: line 2 tells a path once more"),
}


@pytest.mark.parametrize("case", list(ODD))
def test_odd_sums(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    sums, line = ODD[case]
    kept = {path: content for path, content in files.items() if path != SUMS}
    assert found(laid(tmp_path, kept | sums), capsys)[:2] == (1, [line])


@pytest.mark.parametrize("text", [b"{", b"[]", b'{"resources": [7]}', b'{"resources": [{"path": "a"}]}', b"[" * 99_999])
def test_odd_descriptors(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: bytes) -> None:
    changed = {path: content for path, content in files.items() if path != SUMS} | {"datapackage.json": text}
    lines = [
        "datapackage.json: cannot be read: it is no descriptor of tables with their hashes; "
        "cannot be relied on: CSV and Parquet were not compared"
    ]
    assert found(laid(tmp_path, changed | {SUMS: sums_text(changed).encode()}), capsys)[:2] == (1, lines)


def test_tables_that_cannot_be_read(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = BytesIO()
    parquet.write_table(parquet.read_table(BytesIO(files["parquet/cases.parquet"])).select(["case_id"]), table)
    odd = {"data/acts.csv": b"a\n1\n", "parquet/events.parquet": b"odd", "parquet/cases.parquet": table.getvalue()}
    said = {line.split("; ")[0] for line in found(laid(tmp_path, files | odd), capsys)[1]}
    assert said == {
        "data/acts.csv: cannot be read as the table that the descriptor describes",
        "parquet/events.parquet: cannot be read: it is not a Parquet file",
        "parquet/cases.parquet: has other columns than data/cases.csv",
    }


# What is refused


def linked(name: str) -> bytes:
    """A .zip that holds a link."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return made.getvalue()


def lying() -> bytes:
    """A .zip whose entry says that it unpacks to one byte, and unpacks to 20,000."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b", b"0" * 20_000)
    return made.getvalue().replace(struct.pack("<L", 20_000), struct.pack("<L", 1))


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["a/../../b"], "it holds a path that leads elsewhere, a/../../b: nothing is read"),
        (["/etc/b"], "it holds a path that leads elsewhere, /etc/b: nothing is read"),
        (["a\\b"], "it holds a path that leads elsewhere, a\\b: nothing is read"),
        (["C:/b"], "it holds a path that leads elsewhere, C:/b: nothing is read"),
        (["a/./b"], "it holds a path that leads elsewhere, a/./b: nothing is read"),
        (["a/b", "a/B"], "it holds B twice, perhaps in other letters: nothing is read"),
        (["a/b", "c/d"], "its files do not lie in one folder, as those of a release do"),
        (["b"], "its files do not lie in one folder, as those of a release do"),
        ([], "its files do not lie in one folder, as those of a release do"),
        ([f"a/{number}" for number in range(2_001)], "it holds more than 2,000 files: none is read"),
    ],
)
def test_hostile_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str], names: list[str], why: str) -> None:
    file = packed(tmp_path / "odd.zip", dict.fromkeys(names, b"x"))
    assert found(file, capsys) == (2, [], [f"verify_release: could not run: {why}"])


def test_links_and_bombs(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MAX_BYTES", 10_000)
    file = tmp_path / "odd.zip"
    file.write_bytes(linked("a/b"))
    assert found(file, capsys)[2][0].endswith("it holds a link or device, a/b: nothing is read")
    packed(file, {"a/b": b"0" * 20_000})
    assert found(file, capsys)[2][0].endswith("it unpacks to more than 10,000 bytes: not read further")
    file.write_bytes(lying())
    assert found(file, capsys)[0] == 2
    file.write_bytes(bytes(20_000))
    assert found(file, capsys)[2][0].endswith("it is larger than 10,000 bytes: it is not read")
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "b").write_bytes(b"0" * 20_000)
    assert found(folder, capsys)[2][0].endswith("it holds more than 10,000 bytes: none is read")
    (folder / "link").symlink_to("/etc")
    assert found(folder, capsys)[2][0].endswith("it holds a link or device, link: nothing is read")


@pytest.mark.parametrize("content", [None, b"", b"no zip", b"PK\x03\x04"])
def test_no_release(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None) -> None:
    file = tmp_path / "release.zip"
    if content is not None:
        file.write_bytes(content)
    code, out, err = found(file, capsys)
    assert (code, out, len(err)) == (2, [], 1)
    assert err[0].startswith("verify_release: could not run: ")


# Signatures


@pytest.mark.skipif(MINISIGN is None, reason="it needs Debian's minisign")
def test_a_signature_tells_who_made_it(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = {}
    for owner in ("maker", "other"):
        secret, keys[owner] = tmp_path / f"{owner}.key", tmp_path / f"{owner}.pub"
        subprocess.run([str(MINISIGN), "-G", "-W", "-s", secret, "-p", keys[owner]], check=True, capture_output=True)
    signature = signed(files[SUMS], tmp_path / "maker.key", NAME)
    assert signature == signed(files[SUMS], tmp_path / "maker.key", NAME)
    assert f"trusted comment: {NAME}\n".encode() in signature
    folder = laid(tmp_path / "dist", files | {SIGNATURE: signature})
    asked = f"verify_release: {SUMS} is signed, but by whom was not checked: give --key"
    assert found(folder, capsys)[2][1] == asked
    assert found(folder, capsys, "--key", str(keys["maker"]))[:2] == (0, [])
    wrong = [f"{SUMS}: was altered after it was signed, or other.pub is not the signer's key"]
    assert found(folder, capsys, "--key", str(keys["other"]))[:2] == (1, wrong)
    forged = {path: content for path, content in files.items() if path != SUMS} | {"LICENSE": b"mine"}
    folder = laid(tmp_path / "forged", forged | {SUMS: sums_text(forged).encode(), SIGNATURE: signature})
    wrong = [f"{SUMS}: was altered after it was signed, or maker.pub is not the signer's key"]
    assert found(folder, capsys, "--key", str(keys["maker"]))[:2] == (1, wrong)
    (folder / SIGNATURE).unlink()
    wrong = [f"{SIGNATURE}: is missing: the release is not signed"]
    assert found(folder, capsys, "--key", str(keys["maker"]))[:2] == (1, wrong)
    lacking = f"verify_release: could not run: there is no file {tmp_path / 'no.pub'}"
    (folder / SIGNATURE).write_bytes(signature)
    assert found(folder, capsys, "--key", str(tmp_path / "no.pub")) == (2, [], [lacking])


def test_without_minisign_nothing_is_said_to_be_signed(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    key = tmp_path / "key"
    key.write_text("a key", encoding="utf-8")
    folder = laid(tmp_path / "dist", files | {SIGNATURE: b"x"})
    lacking = "verify_release: could not run: minisign is not installed (Debian: apt install minisign)"
    assert found(folder, capsys, "--key", str(key)) == (2, [], [lacking])
