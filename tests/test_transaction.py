"""A set of files is written wholly or not at all, wherever the writer is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from scripts import transaction
from scripts.files import CannotRun
from scripts.package import ROOT
from scripts.transaction import lock, recover, write_all

OLD: dict[str, bytes] = {f"data/t{n}.csv": b"old\n" * 500 for n in range(8)} | {
    "data/parquet/t0.parquet": b"old", "data/parquet/fingerprints.parquet": b"kept", "data/kept.csv": b"kept",
    "CHANGELOG.md": b"old", "metadata/gone.csv": b"old", "README.md": b"kept",
}  # fmt: skip
CHANGES: dict[str, bytes | None] = {f"data/t{n}.csv": b"new\n" * 500 for n in range(8)} | {
    "data/parquet/t0.parquet": b"new", "CHANGELOG.md": b"new", "metadata/gone.csv": None,
    "metadata/corrections/made.yaml": b"new",
}  # fmt: skip
NEW = {path: content for path, content in (OLD | CHANGES).items() if content is not None}
OUTSIDE: dict[str, bytes | None] = {path: content for path, content in CHANGES.items() if not path.startswith("data/")}

WRITER = """
import ctypes, os, signal, sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
import fcntl
from scripts import transaction
from test_transaction import CHANGES, OUTSIDE
steps = 0
def die(event, arguments):
    global steps
    steps += 1
    if steps == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[3] == "renames":
    transaction.exchange = lambda one, other: False
changes = OUTSIDE if sys.argv[3] == "outside" else CHANGES
print("ready", flush=True)
if sys.argv[2] != "0":
    sys.addaudithook(die)
transaction.write_all(Path(sys.argv[1]), {{Path(path): content for path, content in changes.items()}})
"""


def fill(root: Path) -> Path:
    """Write the old files into a folder."""
    for path, content in OLD.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a folder with what it holds."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def tables(root: Path) -> dict[str, bytes]:
    """The CSVs in data/."""
    return {path: content for path, content in contents(root / "data").items() if path.endswith(".csv")}


def writer(root: Path, step: int, how: str) -> subprocess.Popen[bytes]:
    """A process that writes the new files, at the point of starting; it kills itself before step `step`, if not 0."""
    code = WRITER.format(root=str(ROOT), tests=str(Path(__file__).parent))
    process = subprocess.Popen([sys.executable, "-c", code, str(root), str(step), how], stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    return process


def whole(root: Path, new: dict[str, bytes]) -> str:
    """`old` or `new`, once `recover` has run, having looked at data/ before; fails on anything between."""
    old_tables, new_tables = [{p: c for p, c in f.items() if p.startswith("data/") and p.endswith(".csv")}
                              for f in (OLD, new)]  # fmt: skip
    before = {f"data/{path}": content for path, content in tables(root).items()}
    assert before in (old_tables, new_tables) or not (root / "data").exists()
    recover(root)
    after = contents(root)
    assert after in (OLD, new)
    if before and old_tables != new_tables:
        assert (before == new_tables) == (after == new)
    assert recover(root) == ""
    return "new" if after == new else "old"


def test_the_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    root = fill(tmp_path)
    kept = (root / "data" / "kept.csv").stat().st_ino
    write_all(root, {Path(path): content for path, content in CHANGES.items()})
    assert contents(root) == NEW
    assert sorted(path.name for path in root.iterdir()) == ["CHANGELOG.md", "README.md", "data", "metadata"]
    assert (root / "data" / "kept.csv").stat().st_ino == kept


@pytest.mark.parametrize("how", ["exchange", "renames", "outside"])
def test_a_kill_before_any_step_leaves_old_or_new(tmp_path: Path, how: str) -> None:
    """Each step is something the program asks of the system: opening, renaming, removing a file, and the like."""
    new = NEW if how != "outside" else {p: c for p, c in (OLD | OUTSIDE).items() if c is not None}
    found: Counter[str] = Counter()
    step, stride = 1, {"exchange": 3, "renames": 7, "outside": 2}[how]
    while True:
        root = fill(tmp_path / str(step))
        killed = writer(root, step, how).wait() == -signal.SIGKILL
        outcome = whole(root, new)
        if not killed:
            assert outcome == "new"
            break
        found[outcome] += 1
        step += stride
    assert found["old"] >= 3 and found["new"] >= 3


def kill_at_random(folder: Path, times: int) -> Counter[str]:
    """Kill a writer as often at random moments; how often the files were old and new afterwards."""
    chance = random.Random(2018)
    root = fill(folder / "timed")
    process = writer(root, 0, "exchange")
    start = time.perf_counter()
    assert process.wait() == 0
    lasts = time.perf_counter() - start
    found: Counter[str] = Counter()
    for number in range(times):
        root = fill(folder / str(number))
        process = writer(root, 0, "exchange")
        time.sleep(chance.uniform(0, lasts * 1.1))
        process.kill()
        process.wait()
        found[whole(root, NEW)] += 1
    return found


def test_a_kill_at_a_random_moment_leaves_old_or_new(tmp_path: Path) -> None:
    assert kill_at_random(tmp_path, 20).total() == 20


@pytest.mark.long
def test_200_kills_at_random_moments_leave_old_or_new(tmp_path: Path) -> None:
    found = kill_at_random(tmp_path, 200)
    assert found["old"] and found["new"]


def test_it_says_what_it_recovered(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = fill(tmp_path)
    (root / ".transaction").mkdir()
    (root / ".transaction" / "0").write_bytes(b"half")
    assert recover(root) == "an interrupted write was undone"
    assert capfd.readouterr().err == f"{root}: an interrupted write was undone\n"
    assert contents(root) == OLD


def test_a_second_writer_waits_outside(tmp_path: Path) -> None:
    root = fill(tmp_path)
    with lock(root), lock(root):
        code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom pathlib import Path\n"
        code += "from scripts import transaction"
        code += f"\ntransaction.write_all(Path({str(root)!r}), {{Path('CHANGELOG.md'): b'theirs'}})"
        second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert second.stderr.splitlines()[-1].endswith("another program writes there: try again when it is done")
        (root / ".transaction").mkdir()
        code = code[: code.rindex("\n")] + f"\ntransaction.recover(Path({str(root)!r}))"
        third = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert "another program writes there" in third.stderr
    recover(root)
    assert contents(root) == OLD


@pytest.mark.parametrize("path", ["../out.txt", "/tmp/out.txt", "data", "metadata", ".transaction/0", "link/x", "."])
def test_a_path_out_of_the_package_is_refused(tmp_path: Path, path: str) -> None:
    root = fill(tmp_path)
    (root / "link").symlink_to(tmp_path.parent)
    with pytest.raises(ValueError):
        write_all(root, {Path(path): b"x"})
    (root / "link").unlink()
    assert contents(root) == OLD


def test_a_write_that_fails_half_way_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = fill(tmp_path)
    asked = []

    def full(handle: int) -> None:
        asked.append(handle)
        if len(asked) == 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_all(root, {Path(path): content for path, content in CHANGES.items()})
    assert contents(root) == OLD
    assert transaction.held == set()


@pytest.mark.parametrize(
    "journal",
    [
        "half",
        "[" * 100_000,
        "[]",
        '{"data": false, "files": [{"path": "../out.txt", "aside": "0"}]}',
        '{"data": false, "files": [{"path": "README.md", "aside": "../../secret"}]}',
    ],
)
def test_a_strangers_journal_moves_nothing(tmp_path: Path, journal: str) -> None:
    root = fill(tmp_path / "package")
    (root / ".transaction").mkdir()
    (root / ".transaction" / "journal.json").write_text(journal)
    (root / ".transaction" / "0").write_text("theirs")
    with pytest.raises(CannotRun, match="is no journal of an interrupted write: remove"):
        recover(root)
    assert {path: content for path, content in contents(root).items() if not path.startswith(".")} == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["package"]
