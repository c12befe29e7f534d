"""The package at a git revision: its descriptor and tables, read from the object store, nothing checked out."""

import os
import subprocess
from pathlib import Path

from scripts.files import CannotRun, one_line
from scripts.folder import MAX_BYTES, MAX_PATHS
from scripts.releases import DESCRIPTOR, is_part

SECONDS = 120
PLAIN = {"100644", "100755"}  # git's modes of plain files; links are not followed


def git(repository: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What a git command prints. Raises CannotRun with git's own last words."""
    environment = os.environ | {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}  # no network
    try:
        ran = subprocess.run(
            ["git", *arguments], cwd=repository, input=given, env=environment, capture_output=True, timeout=SECONDS
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CannotRun(f"git cannot be run in {repository}: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise CannotRun(f"git took more than {SECONDS} seconds") from error
    if ran.returncode:
        words = ran.stderr.decode("utf-8", "replace").strip().splitlines() or ["it gave no reason"]
        raise CannotRun(f"git: {one_line(words[-1])}")
    return ran.stdout


def find_commit(revision: str, repository: Path) -> str | None:
    """The hash of the commit that a revision names, or None where it names none."""
    try:
        found = git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except CannotRun:
        return None
    return found.decode().strip()


def read_commit(commit: str, repository: Path) -> dict[str, bytes]:
    """The descriptor and tables of a commit by their paths in the package that lies in `repository`.

    Raises CannotRun where there are too many or they are too large.
    """
    top = git(repository, "rev-parse", "--show-prefix").decode().strip()
    listed = git(
        repository, "ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", f"{top}{DESCRIPTOR}", f"{top}data"
    )
    names: dict[str, str] = {}
    size = 0
    for line in listed.decode("utf-8", "replace").split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, _, name, length = about.split()
        path = path.removeprefix(top)
        if mode in PLAIN and is_part(path):
            names[path] = name
            size += int(length)
    if len(names) > MAX_PATHS or size > MAX_BYTES:
        raise CannotRun(f"{commit[:12]}: the tables are together larger than {MAX_BYTES:,} bytes, or too many")
    found = git(repository, "cat-file", "--batch", given="".join(f"{name}\n" for name in names.values()).encode())
    return split_batch(list(names), found)


def split_batch(paths: list[str], answer: bytes) -> dict[str, bytes]:
    """The contents in git's answer to a batch, one for each path in order."""
    contents = {}
    at = 0
    for path in paths:
        end = answer.index(b"\n", at)
        length = int(answer[at:end].split()[2])
        contents[path] = answer[end + 1 : end + 1 + length]
        at = end + length + 2
    return contents
