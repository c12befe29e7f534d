"""The correction files that a command names, and which of them are to be applied."""

from collections.abc import Iterator
from pathlib import Path

from scripts.corrected import TO_DECIDE, UNDECIDED
from scripts.correction_log import LogRow, given_ids, log_rows
from scripts.corrections import FOLDER, VALID, Correction, fault_in, read_correction, read_folder, read_schema
from scripts.files import CannotRun, one_line
from scripts.folder import oddness
from scripts.package import Package
from scripts.plain_yaml import MAX_BYTES
from scripts.problems import Problem


def read_files(files: list[Path], package: Package) -> tuple[list[Correction], list[Problem]]:
    """The corrections in files, and what is wrong with them. Raises CannotRun where a file is none."""
    schema = read_schema(package.root)
    found: list[Correction] = []
    problems: list[Problem] = []
    for file in files:
        if oddness(file) or not file.is_file():
            raise CannotRun(f"{one_line(str(file))} is no plain file")
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        correction, more = read_correction(content, shown(file, package), schema)
        problems += more
        found += [correction] if correction else []
    ids = [correction.correction_id for correction in found]
    problems += [fault_in(c, VALID, "two files have this id", "id") for c in found if ids.count(c.correction_id) > 1]
    return found, problems


def shown(file: Path, package: Package) -> str:
    """A file's path in the package, or its name where it lies elsewhere."""
    place, root = file.resolve(), package.root.resolve()
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else file.name


def sort_out(
    corrections: list[Correction], package: Package, log: list[LogRow], dry: bool
) -> Iterator[Correction | Problem | str]:
    """Each correction that is to be applied, or why it is not: a problem, or, where it was applied before, a word."""
    kept = {c.correction_id: c for c in read_folder(package.root, read_schema(package.root))[0]}
    for correction in corrections:
        lines = [row for row in log if row["correction_id"] == correction.correction_id]
        old = kept.get(correction.correction_id, correction)
        if old.said["changes"] != correction.said["changes"] or (old.decision and old.said != correction.said):
            message = f"{FOLDER.as_posix()} has another correction of this id: give this one another"
            yield fault_in(correction, VALID, message, "id")
        elif lines and lines == log_rows(correction, given_ids(log, correction.correction_id)):
            done = "applied" if correction.decision == "accepted" else "logged as declined"
            yield f"{correction.correction_id} was {done} before: nothing to do"
        elif lines and lines[0]["decision"] == "accepted":
            message = "this correction was applied before, with other words: restore them"
            yield fault_in(correction, VALID, message, "id")
        elif not correction.decision and not dry:
            yield fault_in(correction, UNDECIDED, TO_DECIDE, "decision")
        elif correction.version and as_numbers(correction.version) < as_numbers(package.descriptor["version"]):
            message = f"the package has version {package.descriptor['version']} already"
            yield fault_in(correction, VALID, message, "version")
        else:
            yield correction


def as_numbers(version: str) -> list[int]:
    """A version as a list to compare."""
    return [int(part) for part in version.split(".")]
