"""The two files in which the site can be taken away, and whether they have been made: dist/ holds them."""

from pathlib import Path

DIST = Path("dist")
FOLDER = DIST / "snapshot"


def archive_name(name: str, version: str) -> str:
    """The archive of the whole copy."""
    return f"{name}-{version}-offline.zip"


def one_file_name(name: str, version: str) -> str:
    """The file of all pages' text."""
    return f"{name}-{version}-all.html"


def copy_file(root: Path, name: str) -> Path:
    """Where a file of that name lies in a package's folder."""
    return root / (DIST if name.endswith(".zip") else FOLDER) / name


def made_copies(root: Path, name: str, version: str) -> list[str]:
    """The names of those that are there."""
    names = [archive_name(name, version), one_file_name(name, version)]
    return [found for found in names if copy_file(root, found).is_file()]
