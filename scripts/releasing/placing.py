"""A release as a folder and as a .zip: fixed dates, order and modes, and put in place whole or not at all."""

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

MODE, FOLDER_MODE = 0o644, 0o755
LEVEL = 9
UNIX = 3


def zip_bytes(name: str, files: Mapping[str, bytes], day: date, comment: str) -> bytes:
    """The .zip of some files under the folder `name`; another release of zlib may pack the same files otherwise."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.comment = comment.encode()
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{name}/{path}", (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = UNIX
            entry.external_attr = (0o100000 | MODE) << 16
            archive.writestr(entry, files[path], zipfile.ZIP_DEFLATED, LEVEL)
    return made.getvalue()


def place(out: Path, name: str, files: Mapping[str, bytes], archive: bytes, day: date) -> None:
    """Write out/<name>/ and out/<name>.zip in the place of older ones.

    All is written aside first, and the old .zip goes before the new folder comes: a .zip that is there belongs to the
    folder beside it.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{name}.", dir=out) as aside:
        folder, zipped = Path(aside) / name, Path(aside) / f"{name}.zip"
        for path, content in files.items():
            write(folder / path, content)
        write(zipped, archive)
        date_all(Path(aside), day)
        (out / zipped.name).unlink(missing_ok=True)
        if (out / name).exists():
            (out / name).rename(Path(aside) / "old")
        folder.rename(out / name)
        os.replace(zipped, out / zipped.name)
        shutil.rmtree(Path(aside) / "old", ignore_errors=True)


def write(file: Path, content: bytes) -> None:
    """Write a file, its folders too, with the fixed modes whatever the process's mask is."""
    for folder in reversed(file.parents):
        if not folder.exists():
            folder.mkdir()
            folder.chmod(FOLDER_MODE)
    file.write_bytes(content)
    file.chmod(MODE)


def date_all(folder: Path, day: date) -> None:
    """Give everything in a folder the day as the time of its last change."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (moment, moment))
