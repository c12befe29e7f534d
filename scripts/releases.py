"""The package inside a release's .zip: only its descriptor and tables are taken, bounded, and nothing is unpacked.

The archive may be anybody's: names in it are compared, never followed, and no entry is believed about its size.
"""

import lzma
import re
import zipfile
import zlib
from pathlib import Path

from scripts.files import CannotRun
from scripts.folder import MAX_BYTES, MAX_PATHS
from scripts.package import MAX_DESCRIPTOR_BYTES

DESCRIPTOR = "datapackage.json"
TABLE = re.compile(r"data/[a-z][a-z0-9_]*\.csv")
UNSOUND = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)


def is_part(path: str) -> bool:
    """Whether a path, relative to the package, is one that a version is read from."""
    return path == DESCRIPTOR or TABLE.fullmatch(path) is not None


def read_zip(file: Path) -> dict[str, bytes]:
    """The descriptor and tables of a .zip by their paths in the package, which may lie under one folder.

    Raises CannotRun where there is no package or more than one, where it is too large, and where the file is no sound
    .zip.
    """
    if file.stat().st_size > MAX_BYTES:
        raise CannotRun(f"{file.name} is larger than {MAX_BYTES:,} bytes")
    try:
        with zipfile.ZipFile(file) as archive:
            return parts_of(archive, file.name)
    except UNSOUND as error:
        raise CannotRun(f"{file.name} is no sound .zip: {error}") from error


def parts_of(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    """The parts of an open archive; raises as `read_zip`."""
    entries = archive.infolist()
    if len(entries) > MAX_PATHS:
        raise CannotRun(f"{name} holds more than {MAX_PATHS:,} files")
    tops = [e.filename.removesuffix(DESCRIPTOR) for e in entries if e.filename.rpartition("/")[2] == DESCRIPTOR]
    tops = [top for top in tops if top.count("/") <= 1 and not top.startswith("/")]
    if len(tops) != 1:
        raise CannotRun(
            f"{name} holds {'no' if not tops else 'more than one'} {DESCRIPTOR} at its top or one folder down"
        )
    found: dict[str, bytes] = {}
    room = MAX_BYTES
    for entry in entries:
        path = entry.filename.removeprefix(tops[0])
        if not entry.filename.startswith(tops[0]) or not is_part(path):
            continue
        if path in found:
            raise CannotRun(f"{name} holds {path} twice")
        most = min(room, MAX_DESCRIPTOR_BYTES) if path == DESCRIPTOR else room
        with archive.open(entry) as part:
            found[path] = part.read(most + 1)
        if len(found[path]) > most:
            raise CannotRun(f"{name}: {path} is too large, or all tables together are: {MAX_BYTES:,} bytes are read")
        room -= len(found[path])
    return found
