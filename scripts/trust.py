"""A stranger's folder laid into a trusted package: only its rows are taken, and only from plain files."""

import shutil
from itertools import islice
from pathlib import Path

from scripts.canonical import GENERATED
from scripts.files import fault
from scripts.folder import MAX_BYTES, MAX_FILE_BYTES, MAX_PATHS, is_too_large, oddness, too_full, undeclared, walk
from scripts.package import Package
from scripts.problems import Problem

FOLDERS = {"data": ".csv", "metadata/corrections": ".yaml"}  # what an untrusted folder may supply


def assemble(root: Path, base: Package, into: Path) -> tuple[Package, list[Problem]]:
    """Copy into the empty folder `into` the tables and corrections of `root` and all other files of `base`'s tables.

    Returns the package there, under `base`'s descriptor, and what in `root` is no plain file, no declared table or too
    much, and was not taken.
    """
    tables = {Path(r["path"]): str(r["name"]) for r in base.csv_resources}
    taken: list[Path] = []
    problems: list[Problem] = []
    room = MAX_BYTES
    for folder, suffix in FOLDERS.items():
        paths = list(islice(walk(root, Path(folder)), MAX_PATHS + 1))
        if len(paths) > MAX_PATHS:
            problems.append(too_full(folder, "none of them is taken"))
            continue
        for path in paths:
            odd = oddness(root / path)
            if not odd and is_too_large(root / path):
                odd = f"this is larger than {MAX_FILE_BYTES:,} bytes"
            if odd:
                problems.append(fault(path.as_posix(), 0, "", "file-odd", f"{odd}: only plain files are taken"))
            elif not path.name.lower().endswith(suffix) or not (root / path).is_file():
                continue
            elif suffix == ".csv" and path not in tables:
                problems.append(undeclared(path.as_posix(), list(tables.values())))
            elif (root / path).stat().st_size > room:
                message = f"with this file the tables and corrections are larger than {MAX_BYTES:,} bytes"
                problems.append(fault(path.as_posix(), 0, "", "package-too-large", message))
            else:
                room -= (root / path).stat().st_size
                taken.append(path)
    ours = [Path(r["path"]) for r in base.resources if r["name"] in GENERATED or r["format"] != "csv"]
    for path in taken:
        if path not in ours:
            copy(root / path, into / path)
    for path in ours:
        if (base.root / path).is_file():
            copy(base.root / path, into / path)
    return Package(into, base.descriptor), problems


def copy(file: Path, to: Path) -> None:
    """Copy a file's bytes, making folders as needed."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to, follow_symlinks=False)
