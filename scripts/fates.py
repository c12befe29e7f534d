"""What becomes of a fault: the gate, and what `verify --source` does beside it, run on a copy that holds the fault."""

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.extent import Extent
from scripts.files import CannotRun
from scripts.gate import check_package
from scripts.memo import Memo
from scripts.mutations import Mutation
from scripts.package import load_package, read_table
from scripts.pages import TextError
from scripts.parquet_files import read_small
from scripts.problems import Problem
from scripts.verify import UNREADABLE, against_text, against_words

PARTS = ("datapackage.json", "data", "validation", "scripts/views", "metadata")
TRUE_OF_ANY_CHANGE = {"stale-parquet"}  # a table was changed and not built again: no one is told what is wrong
NO_PACKAGE = "validate: could not run"  # said in place of a rule where scripts.validate stops with exit 2
FAULT = "validate: a fault of this program"
NO_TEXT = "verify: could not run"
READ_WITH_THE_TEXT = "data/"  # what the text is compared with lies there


@dataclass(frozen=True)
class Fate:
    """The rules by which a fault was told as an error, as a warning alone, and with the text's help."""

    mutation: Mutation
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    with_text: tuple[str, ...]

    @property
    def caught(self) -> bool:
        """Whether the gate stops it."""
        return bool(self.errors)

    @property
    def survived(self) -> bool:
        """Whether neither the gate nor the text stops it."""
        return not self.errors and not self.with_text


def fates(root: Path, mutations: Iterable[Mutation], source: Path | None) -> Iterator[Fate]:
    """What becomes of each fault of the package in `root`, which is left as it is; `source` is the report's text."""
    memo = Memo()
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(root, Path(folder) / "package")
        before = set(gate_problems(copy, memo))
        for mutation in mutations:
            with broken(copy, mutation):
                told = set(gate_problems(copy, memo)) - before
                errors = rules_of(told, "error")
                asked = source is not None and not errors and mutation.path.startswith(READ_WITH_THE_TEXT)
                text = text_rules(copy, source) if source is not None and asked else ()
            yield Fate(mutation, errors, rules_of(told, "warning"), text)


def copied(root: Path, folder: Path) -> Path:
    """A copy of what the gate reads."""
    for part in PARTS:
        source, target = root / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            shutil.copyfile(source, target)
    return folder


@contextlib.contextmanager
def broken(copy: Path, mutation: Mutation) -> Iterator[None]:
    """The copy with the fault, and afterwards as it was."""
    file = copy / mutation.path
    good = file.read_bytes() if file.exists() else None
    write(file, mutation.content)
    try:
        yield
    finally:
        write(file, good)


def write(file: Path, content: bytes | None) -> None:
    """Give a file these bytes, or take it away."""
    if content is None:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def gate_problems(root: Path, memo: Memo) -> list[Problem]:
    """The gate's problems of the package in `root`; that it cannot be loaded is one too."""
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            return check_package(load_package(root), root, Extent(), memo).problems
        except (CannotRun, ValueError, OSError) as error:  # scripts.validate says so in one line
            return [Problem("", 0, "", "", f"{NO_PACKAGE} ({type(error).__name__})", "error", str(error))]
        except Exception as error:  # a fault of the gate: it stops, but this is to be seen in the report and mended
            return [Problem("", 0, "", "", f"{FAULT} ({type(error).__name__})", "error", str(error))]


def text_rules(root: Path, source: Path) -> tuple[str, ...]:
    """The rules by which the report's text tells that the package in `root` is not as it gives it."""
    try:
        package = load_package(root)
        tables = {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}
        fingerprints = read_small(package.parquet_path("fingerprints"))
        found = [*against_text(package, source, tables, fingerprints), *against_words(package, source, tables)]
        return rules_of(found, "error")
    except (*UNREADABLE, TextError):  # scripts.verify says so in one line and stops
        return (NO_TEXT,)


def rules_of(problems: Iterable[Problem], severity: str) -> tuple[str, ...]:
    """The rules that told something of this severity."""
    return tuple(sorted({p.rule for p in problems if p.severity == severity} - TRUE_OF_ANY_CHANGE))
