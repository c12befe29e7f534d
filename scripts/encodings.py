"""What a file's bytes are, before any parser sees them: text in UTF-8, or what else by its look."""

import re
from collections.abc import Iterator

from scripts.files import fault
from scripts.problems import Problem

BOM = b"\xef\xbb\xbf"
UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
KINDS = {  # first bytes: what the file is
    b"PK\x03\x04": "a ZIP archive or a workbook (.xlsx, .ods)",
    b"\xd0\xcf\x11\xe0": "an old workbook (.xls)",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"(\xb5/\xfd": "a Zstandard archive",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF file",
    b"SQLite format 3": "an SQLite database",
}
CYRILLIC_RUN = re.compile("[А-яЁёҐґІіЇїЎў]{2,}")
WESTERN = re.compile("[À-ÿŠšŽžŒœŸ‘’“”–—…€\u00a0«»°§]")


def byte_problems(content: bytes, path: str) -> Iterator[Problem]:
    """Faults of the bytes: another kind of file, not UTF-8, a byte order mark, line ends other than LF, NUL."""
    kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), "")
    if kind:
        yield fault(path, 0, "", "file-not-csv", f"the file is {kind}, not CSV: save the table as CSV in UTF-8")
        return
    if looks := looks_like_utf_16(content):
        message = f"the file is not UTF-8 and looks like {looks}: save it as UTF-8"
        yield fault(path, 1, "", "file-not-utf-8", message)
        return
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        looks = looks_like_code_page(content)
        message = f"byte {error.start} (0x{content[error.start]:02X}) is not UTF-8{looks}: save the file as UTF-8"
        yield fault(path, line, "", "file-not-utf-8", message)
    if content.startswith(BOM):
        yield fault(path, 1, "", "file-bom", "the file starts with a byte order mark: run make format")
    if b"\r" in content:
        line = content.count(b"\n", 0, content.index(b"\r")) + 1
        yield fault(path, line, "", "file-line-ends", "the line does not end in LF alone: run make format")
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        yield fault(path, line, "", "file-nul", "the line holds a NUL byte, which no text has")


def looks_like_utf_16(content: bytes) -> str:
    """`UTF-16` where the bytes have its mark, or NULs in every other place of the first line; else nothing."""
    if content[:2] in UTF_16:
        return "UTF-16"
    head = content[:64]
    odd, even = head[1::2].count(0), head[::2].count(0)
    return "UTF-16" if len(head) >= 16 and min(odd, even) == 0 and max(odd, even) >= 0.4 * len(head) else ""


def looks_like_code_page(content: bytes) -> str:
    """` and looks like …` for bytes without any UTF-8 beyond ASCII whose letters make sense in a code page."""
    sample = content[:200_000]
    high = re.findall(rb"[\x80-\xff]", sample)
    if len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", sample)) * 4 > len(high):
        return ""
    runs = sum(map(len, CYRILLIC_RUN.findall(sample.decode("cp1251", "replace"))))
    if runs * 4 > len(high) * 3:
        return " and looks like Windows-1251"
    if len(WESTERN.findall(sample.decode("cp1252", "replace"))) == len(high):
        return " and looks like Windows-1252"
    return ""


def recoded(content: bytes) -> bytes:
    """The bytes in UTF-8 where they carry the mark of UTF-16 and are it; else as they are."""
    codec = UTF_16.get(content[:2])
    if codec is None or len(content) % 2:
        return content
    try:
        return content[2:].decode(codec).encode("utf-8")
    except UnicodeDecodeError:
        return content
