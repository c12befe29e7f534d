"""Write a set of files of the package wholly or not at all, also when the program is killed half-way.

    with lock(root):                  # no other program writes there meanwhile
        recover(root)                 # what an earlier write left half done is finished or undone, and said on stderr
        write_all(root, {Path("data/acts.csv"): b"…", Path("CHANGELOG.md"): b"…", Path("old.txt"): None})

Everything is first written into the folder .transaction/ beside the files. Then data/ is exchanged for its new form as
one folder, in one step of the system: whoever reads data/ sees all of the old or all of the new. That step decides.
Killed before it, nothing has happened; killed after it, `recover` puts the other files in place too. Without a change
below data/ the journal decides. Where the system cannot exchange folders, data/ is renamed twice, and `recover` mends a
kill between the two.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.disk import exchange, sync, write
from scripts.files import CannotRun

ASIDE = Path(".transaction")
DONE = Path(".transaction.done")  # the same folder once every file is in place
JOURNAL = ASIDE / "journal.json"
NEW_DATA, OLD_DATA = ASIDE / "data", ASIDE / "old"
MARK = Path("data") / ".transaction"  # stands in the new data/ until every other file is in place
FINISHED = "an interrupted write was finished"
UNDONE = "an interrupted write was undone"
held: set[Path] = set()  # the folders whose lock this process holds


@contextmanager
def lock(root: Path) -> Iterator[None]:
    """Keep other writers out of the package until the block ends; a lock within a lock is the same one.

    The system drops the lock of a program that ends or is killed. Raises CannotRun where another program holds it.
    """
    place = root.resolve()
    if place in held:
        yield
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        import fcntl  # here, because Windows has none: there nothing is written at all

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, ImportError) as error:
        os.close(handle)
        why = "another program writes there: try again when it is done"
        raise CannotRun(f"{root}: {why if isinstance(error, OSError) else 'this system has no locks'}") from error
    held.add(place)
    try:
        yield
    finally:
        held.discard(place)
        os.close(handle)


def write_all(root: Path, files: Mapping[Path, bytes | None]) -> None:
    """Write every file or none; paths are relative to `root`, None removes a file.

    Raises ValueError for a path that leads out of `root`, and OSError where a file cannot be written; then, or where
    the program is killed, all is as before, or `recover` makes it all new.
    """
    for path in files:
        refuse(root, path)
    with lock(root):
        recover(root)
        try:
            prepare(root, files)
        except BaseException:
            recover(root)
            raise
        if any(path.parts[0] == "data" for path in files):
            swap(root)
        finish(root)


def recover(root: Path) -> str:
    """Finish or undo what a killed writer left; says on stderr which, and returns it, or "" where nothing was left.

    Raises CannotRun where that writer is still at work, or where the folder aside is not one of ours.
    """
    if not any((root / path).exists() for path in (ASIDE, DONE, MARK)):
        return ""
    with lock(root):
        done = ""
        if (root / ASIDE).exists():
            done = FINISHED if is_decided(root) else UNDONE
            if done == FINISHED:
                finish(root)
            else:
                shutil.rmtree(root / ASIDE)
        clear(root)
    if done:
        print(f"{root}: {done}", file=sys.stderr)
    return done


def is_decided(root: Path) -> bool:
    """Whether the write that was interrupted had taken the step that decides; data/ is put back where it is missing."""
    if not (root / JOURNAL).exists():
        return False
    if not (root / "data").exists():  # killed between two renames
        (root / NEW_DATA).rename(root / "data")
    return (root / MARK).exists() or not read_journal(root)["data"]


def read_journal(root: Path) -> dict[str, Any]:
    """What the write was to do: `data`, whether data/ changes; `files`, each with its path and its number aside.

    Raises CannotRun where that is no journal of ours, for a folder may come from a stranger.
    """
    try:
        journal = json.loads((root / JOURNAL).read_text(encoding="utf-8"))
        for step in journal["files"]:
            refuse(root, Path(step["path"]))
            if step["aside"] is not None:
                int(step["aside"])
        return {"data": bool(journal["data"]), "files": journal["files"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotRun(f"{root / JOURNAL} is no journal of an interrupted write: remove {root / ASIDE}") from error


def refuse(root: Path, path: Path) -> None:
    """Raise ValueError for a path that is not one of a file below the package, or that leads over a link."""
    inside = path.parts and not path.is_absolute() and not {"..", "."} & set(path.parts)
    inside = inside and path.parts[0] not in (ASIDE.name, DONE.name)
    steps = [root.joinpath(*path.parts[:n]) for n in range(1, len(path.parts) + 1)]
    if not inside or any(step.is_symlink() for step in steps) or (root / path).is_dir():
        raise ValueError(f"{path} is no plain file of the package")
    if path.parts[0] == "data" and len(path.parts) == 1:
        raise ValueError("data is a folder")


def prepare(root: Path, files: Mapping[Path, bytes | None]) -> None:
    """Write all of it aside, and last the journal that says what is to come."""
    (root / ASIDE).mkdir()
    data = {path: content for path, content in files.items() if path.parts[0] == "data"}
    if data:
        copy_data(root, data)
    steps = []
    for number, (path, content) in enumerate(sorted(files.items())):
        if path in data:
            continue
        steps.append({"path": path.as_posix(), "aside": None if content is None else f"{number}"})
        if content is not None:
            write(root / ASIDE / f"{number}", content, root / path)
    for folder in {root, root / ASIDE, *(root / ASIDE).rglob("*/")}:
        sync(folder)
    draft = root / ASIDE / "draft"
    write(draft, json.dumps({"data": bool(data), "files": steps}).encode(), draft)
    draft.rename(root / JOURNAL)
    sync(root / ASIDE)


def copy_data(root: Path, data: Mapping[Path, bytes | None]) -> None:
    """The new data/ aside: changed files written, all others the same files under a second name."""
    new = root / NEW_DATA
    new.mkdir()
    for place, folders, names in os.walk(root / "data"):
        inner = Path(place).relative_to(root / "data")
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in set(folders) - set(links):
            (new / inner / name).mkdir()
        for name in names + links:
            if Path("data") / inner / name not in data:
                os.link(Path(place) / name, new / inner / name, follow_symlinks=False)
    for path, content in data.items():
        if content is not None:
            file = new / path.relative_to("data")
            file.parent.mkdir(parents=True, exist_ok=True)
            write(file, content, root / path)
    write(new / MARK.name, b"", root / MARK)
    shutil.copymode(root / "data", new)


def swap(root: Path) -> None:
    """Put the new data/ in the place of the old one: the step that decides."""
    try:
        if not exchange(root / "data", root / NEW_DATA):
            (root / "data").rename(root / OLD_DATA)
            try:
                (root / NEW_DATA).rename(root / "data")
            except OSError:
                (root / OLD_DATA).rename(root / "data")
                raise
    except OSError:
        shutil.rmtree(root / ASIDE)
        raise
    sync(root)


def finish(root: Path) -> None:
    """Put the files outside data/ in place as the journal says, and clear up; may be done again after a kill."""
    for step in read_journal(root)["files"]:
        file = root / step["path"]
        if step["aside"] is None:
            file.unlink(missing_ok=True)
        elif (root / ASIDE / step["aside"]).exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            os.replace(root / ASIDE / step["aside"], file)
        if file.parent.exists():
            sync(file.parent)
    (root / ASIDE).rename(root / DONE)
    clear(root)


def clear(root: Path) -> None:
    """Take away what a finished write leaves; it asks for nothing any more."""
    (root / MARK).unlink(missing_ok=True)
    if (root / DONE).exists():
        shutil.rmtree(root / DONE)
