"""The files of a release, from its folder or its .zip: anybody may have made it, so nothing is followed or unpacked.

Refused are links, devices, paths that lead out, names that differ in small and capital letters alone, and more files or
bytes than any release of ours has, whatever the archive says of itself.
"""

import os
import stat
import zipfile
from pathlib import Path, PurePosixPath

from scripts.files import CannotRun
from scripts.releases import UNSOUND

MAX_FILES = 2_000
MAX_BYTES = 200_000_000


def open_release(place: Path) -> dict[str, bytes]:
    """The bytes of each file by its path in the release. Raises CannotRun where it is none, or refused."""
    if place.is_dir():
        return read_folder(place)
    if not place.is_file():
        raise CannotRun(f"there is no file or folder {place}")
    if place.stat().st_size > MAX_BYTES:
        raise CannotRun(f"it is larger than {MAX_BYTES:,} bytes: it is not read")
    try:
        with zipfile.ZipFile(place) as archive:
            return read_archive(archive)
    except UNSOUND as error:
        raise CannotRun(f"{place.name} is no sound .zip: {error}") from error


def read_archive(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The files of an archive, all of which lie in one folder."""
    entries = archive.infolist()
    if len(entries) > MAX_FILES:
        raise CannotRun(f"it holds more than {MAX_FILES:,} files: none is read")
    for entry in entries:
        refuse_path(entry.filename)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise CannotRun(f"it holds a link or device, {shown(entry.filename)}: nothing is read")
    files = [entry for entry in entries if not entry.is_dir()]
    tops = {PurePosixPath(entry.filename).parts[0] for entry in files}
    if len(tops) != 1 or any("/" not in entry.filename for entry in files):
        raise CannotRun("its files do not lie in one folder, as those of a release do")
    top = tops.pop()
    names = [entry.filename.removeprefix(f"{top}/") for entry in files]
    refuse_twins(names)
    found: dict[str, bytes] = {}
    room = MAX_BYTES
    for entry, name in zip(files, names, strict=True):
        with archive.open(entry) as stream:
            found[name] = stream.read(room + 1)  # the sizes that a zip states may be untrue
        room -= len(found[name])
        if room < 0:
            raise CannotRun(f"it unpacks to more than {MAX_BYTES:,} bytes: not read further")
    return found


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a folder, without following a link."""
    paths: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted([*folders, *names]):
            path = Path(place) / name
            kind = stat.S_IFMT(path.lstat().st_mode)
            if kind not in (stat.S_IFREG, stat.S_IFDIR):
                where = shown(path.relative_to(folder).as_posix())
                raise CannotRun(f"it holds a link or device, {where}: nothing is read")
            if kind == stat.S_IFREG:
                paths.append(path)
        if len(paths) > MAX_FILES:
            raise CannotRun(f"it holds more than {MAX_FILES:,} files: none is read")
    if sum(path.stat().st_size for path in paths) > MAX_BYTES:
        raise CannotRun(f"it holds more than {MAX_BYTES:,} bytes: none is read")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def refuse_path(name: str) -> None:
    """Raise CannotRun for a path that could lead out of the folder into which an archive is unpacked."""
    parts = name.removesuffix("/").split("/")
    if "\\" in name or ":" in name or "\0" in name or not all(parts) or {".", ".."} & set(parts):
        raise CannotRun(f"it holds a path that leads elsewhere, {shown(name)}: nothing is read")


def refuse_twins(names: list[str]) -> None:
    """Raise CannotRun where two files would be one on some systems."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise CannotRun(f"it holds {shown(name)} twice, perhaps in other letters: nothing is read")
        seen.add(name.casefold())


def shown(name: str) -> str:
    """A path as a message tells it: in one line, with no character that a terminal obeys."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name[:200])
