"""The copy as an archive, the sums by which it is checked, and its folder put in the place of the last one."""

import hashlib
import shutil
import zipfile
from pathlib import Path

SUMS = "SHA256SUMS"
BEGINNING = (1980, 1, 1, 0, 0, 0)  # no clock: the same files give the same archive
PLAIN_FILE = 0o644 << 16


class NotOursError(Exception):
    """A folder that this program did not make and so does not replace."""


def file_names(folder: Path) -> list[str]:
    """All files of a folder, sorted."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS, as `sha256sum --check` reads it."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in file_names(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def check_replaceable(folder: Path) -> None:
    """Raise NotOursError where a folder is there that holds something and is no copy."""
    if folder.exists() and not (folder.is_dir() and ((folder / SUMS).is_file() or not any(folder.iterdir()))):
        raise NotOursError(f"{folder} is there and is no offline copy: name another folder with --out")


def put_in_place(made: Path, folder: Path) -> None:
    """Let a folder take the place of another, which is removed."""
    check_replaceable(folder)
    if folder.exists():
        shutil.rmtree(folder)
    made.rename(folder)


def write_archive(folder: Path, archive: Path) -> str:
    """Write a folder as a .zip that unpacks into one folder of the archive's name; its SHA-256."""
    part = archive.with_name(f"{archive.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in file_names(folder):
            entry = zipfile.ZipInfo(f"{archive.stem}/{name}", BEGINNING)
            entry.external_attr, entry.compress_type = PLAIN_FILE, zipfile.ZIP_DEFLATED
            packed.writestr(entry, (folder / name).read_bytes(), zipfile.ZIP_DEFLATED, 9)
    part.replace(archive)
    return hashlib.sha256(archive.read_bytes()).hexdigest()
