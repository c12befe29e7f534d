"""A stranger's folder laid into a trusted package: only its rows are taken, and only from plain files."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from scripts.canonical import GENERATED
from scripts.files import MAX_FILE_BYTES, fault
from scripts.package import Package
from scripts.problems import Problem

FOLDERS = {"data": ".csv", "metadata/corrections": ".yaml"}  # what an untrusted folder may supply


def assemble(root: Path, base: Package, into: Path) -> tuple[Package, list[Problem]]:
    """Copy into the empty folder `into` the CSV files and corrections of `root` and all other files of `base`'s tables.

    Returns the package there, under `base`'s descriptor, and what in `root` is not a plain file and was not taken.
    """
    taken: list[Path] = []
    problems: list[Problem] = []
    for folder, suffix in FOLDERS.items():
        for path in walk(root, Path(folder)):
            odd = oddness(root / path)
            if odd:
                problems.append(fault(path.as_posix(), 0, "", "file-odd", f"{odd}: only plain files are taken"))
            elif path.name.lower().endswith(suffix) and (root / path).is_file():
                taken.append(path)
    ours = [Path(r["path"]) for r in base.resources if r["name"] in GENERATED or r["format"] != "csv"]
    for path in taken:
        if path not in ours:
            copy(root / path, into / path)
    for path in ours:
        if (base.root / path).is_file():
            copy(base.root / path, into / path)
    return Package(into, base.descriptor), problems


def walk(root: Path, folder: Path) -> Iterator[Path]:
    """The folder and everything in it, relative to `root`, sorted, without following links."""
    steps = [root.joinpath(*folder.parts[:n]) for n in range(1, len(folder.parts) + 1)]
    links = [step for step in steps if step.is_symlink()]
    if links:
        yield links[0].relative_to(root)
    elif (root / folder).exists():
        yield folder
        for place, folders, files in os.walk(root / folder):
            folders.sort()
            for name in sorted(files + folders):
                yield (Path(place) / name).relative_to(root)


def oddness(path: Path) -> str:
    """Why a path is no plain file or folder, or nothing."""
    if path.is_symlink():
        return "this is a link"
    if not path.is_file() and not path.is_dir():
        return "this is no file"
    if path.is_file() and path.stat().st_size > MAX_FILE_BYTES:
        return f"this is larger than {MAX_FILE_BYTES:,} bytes"
    return ""


def copy(file: Path, to: Path) -> None:
    """Copy a file's bytes, making folders as needed."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to, follow_symlinks=False)
