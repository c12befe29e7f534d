"""What lies in a package's folders: only plain files inside them are ever opened, and never too many or too large."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from scripts.files import fault, suggest
from scripts.package import Package
from scripts.problems import Problem

MAX_FILE_BYTES = 20_000_000
MAX_BYTES = 60_000_000  # of all tables together
MAX_PATHS = 2_000  # looked at in each folder


def folder_problems(root: Path, folder: str) -> list[Problem]:
    """Everything in a folder of the package that is no plain file, or that there are too many files."""
    paths = list(islice(walk(root, Path(folder)), MAX_PATHS + 1))
    if len(paths) > MAX_PATHS:
        return [too_full(folder, "none of them is read")]
    return [problem for path in paths for problem in path_problems(root, path)]


def path_problems(root: Path, path: Path) -> list[Problem]:
    """What keeps a path below `root` from being opened: it is no plain file, or too large to read whole."""
    if why := oddness(root / path):
        return [fault(path.as_posix(), 0, "", "file-odd", f"{why}: only plain files are read")]
    if is_too_large(root / path):
        return [fault(path.as_posix(), 0, "", "file-too-large", f"the file is larger than {MAX_FILE_BYTES:,} bytes")]
    return []


def too_full(folder: str, what: str) -> Problem:
    """A folder of more files than are looked at."""
    message = f"the folder holds more than {MAX_PATHS:,} files and folders: {what}"
    return fault(folder, 0, "", "folder-too-full", message)


def undeclared_files(package: Package) -> list[Problem]:
    """Every CSV below data/ that no resource of the descriptor names."""
    declared = {str(resource["path"]) for resource in package.resources}
    tables = [resource["name"] for resource in package.csv_resources]
    names = [path.as_posix() for path in islice(walk(package.root, Path("data")), MAX_PATHS)]
    return [
        undeclared(name, tables) for name in names if name.lower().endswith((".csv", ".tsv")) and name not in declared
    ]


def undeclared(name: str, tables: list[str]) -> Problem:
    """A file called as no table is, with the likely one of `tables`."""
    return fault(name, 0, "", "file-undeclared", f"no table of datapackage.json{suggest(Path(name).stem, tables)}")


def presence_problems(root: Path, path: str) -> list[Problem]:
    """Whether a declared file is there, plain and not too large to read whole; `path` is relative to `root`."""
    link = link_in(root, Path(path))
    if link is None and not (root / path).exists():
        return [fault(path, 0, "", "file-missing", "the descriptor declares this file, and it is not there")]
    return path_problems(root, link or Path(path))


def link_in(root: Path, path: Path) -> Path | None:
    """The first step of `path` below `root` that is a link, or None."""
    steps = [Path(*path.parts[:n]) for n in range(1, len(path.parts) + 1)]
    return next((step for step in steps if (root / step).is_symlink()), None)


def walk(root: Path, folder: Path) -> Iterator[Path]:
    """The folder and everything in it, relative to `root`, sorted, without following links."""
    link = link_in(root, folder)
    if link is not None:
        yield link
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
    return ""


def is_too_large(path: Path) -> bool:
    """Whether a file is larger than any table or program of the package needs to be."""
    return path.is_file() and path.stat().st_size > MAX_FILE_BYTES
