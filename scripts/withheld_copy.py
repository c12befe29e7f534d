"""A copy of the package in a temporary folder, with some files changed, for the gate to look at."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.package import Package, load_package


@contextmanager
def laid_out(root: Path, files: Mapping[Path, bytes | None]) -> Iterator[Package]:
    """A copy of the package with some files changed, in a folder that is there until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "package"
        copy.mkdir()
        for part in ("data", "validation", "metadata"):
            if (root / part).is_dir():
                shutil.copytree(root / part, copy / part)
        for file in ("datapackage.json", "README.md", "CHANGELOG.md"):
            if (root / file).is_file():
                shutil.copyfile(root / file, copy / file)
        if (root / "scripts").is_dir():
            (copy / "scripts").symlink_to((root / "scripts").resolve(), target_is_directory=True)
        lay(copy, files)
        yield load_package(copy)


def lay(root: Path, files: Mapping[Path, bytes | None]) -> None:
    """Write files into a copy."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).write_bytes(content)


def bytes_of(path: Path) -> bytes | None:
    """A file's bytes; None where there is none."""
    return path.read_bytes() if path.is_file() else None
