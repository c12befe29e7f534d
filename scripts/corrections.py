"""Correction files: metadata/corrections/<id>.yaml, as validation/correction.schema.json describes them.

Anybody may write one. A file is read as plain text in YAML's form; what is wrong with it is told with its line, and its
values are never repeated, for a mistaken file may hold what nobody should read.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from scripts.files import fault, suggest
from scripts.folder import MAX_PATHS, path_problems, too_full, walk
from scripts.hygiene import CHECKS, failed
from scripts.json_schema import Draft7Validator, ValidationError
from scripts.plain_yaml import MAX_BYTES, Lines, NotPlain, Place, read_plain
from scripts.problems import Problem

FOLDER = Path("metadata") / "corrections"
SCHEMA = Path("validation") / "correction.schema.json"
VALID = "correction-file-is-valid"
MAX_FOLDER_BYTES = 3_000_000
PRIVATE = [check for check in CHECKS if not check.group]
TEXT = [check for check in CHECKS if check.columns == "text" and check.group]
LINK = re.compile(r"https?://\S+")
NAMED = re.compile(r"'([^']*)'")


@dataclass(frozen=True)
class Change:
    """One change; `said` holds what the file says of it, `number` is its place among the file's changes, from 0."""

    number: int
    said: dict[str, Any]

    @property
    def kind(self) -> str:
        """value, other_value, add, merge or withdraw."""
        return str(self.said["change"])

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.said["table"])

    def text(self, key: str) -> str:
        """What is said under a key, empty where nothing is."""
        return str(self.said.get(key, ""))

    def many(self, key: str) -> list[str]:
        """The list under a key."""
        return list(self.said.get(key, []))

    def cells(self, key: str) -> dict[str, str]:
        """The cells under a key, by column."""
        return dict(self.said.get(key, {}))


@dataclass(frozen=True)
class Correction:
    """One file; `said` holds what it says, `lines` where, `content` its bytes."""

    path: str
    said: dict[str, Any]
    content: bytes = field(repr=False)
    lines: Lines = field(repr=False, compare=False)

    @property
    def correction_id(self) -> str:
        """The file's id."""
        return str(self.said["id"])

    @property
    def decision(self) -> str:
        """accepted, declined, or empty while undecided."""
        return str(self.said.get("decision", ""))

    @property
    def version(self) -> str:
        """The version in which it appears, where it is accepted."""
        return str(self.said.get("version", ""))

    @property
    def changes(self) -> list[Change]:
        """The changes in the file's order."""
        return [Change(number, said) for number, said in enumerate(self.said["changes"])]


def fault_in(correction: Correction, rule: str, message: str, *place: str | int) -> Problem:
    """A problem at a place of a correction's file."""
    return placed(correction.path, correction.lines, rule, message, place)


def placed(path: str, lines: Lines, rule: str, message: str, place: Place) -> Problem:
    """A problem at the line of the nearest place that is there, and the last named key."""
    known = next(place[:n] for n in range(len(place), -1, -1) if place[:n] in lines)
    column = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    return fault(path, lines[known], column, rule, message)


def read_schema(base: Path) -> dict[str, Any]:
    """The schema that `base` keeps. Raises OSError where it is missing."""
    return dict(json.loads((base / SCHEMA).read_text(encoding="utf-8")))


def read_correction(content: bytes, path: str, schema: dict[str, Any]) -> tuple[Correction | None, list[Problem]]:
    """The correction in a file's bytes, or None and what is wrong; `path` is its path or name."""
    private = private_lines(content, path)
    if private:
        return None, private
    try:
        said, lines = read_plain(content)
    except NotPlain as error:
        return None, [fault(path, error.line, "", VALID, str(error))]
    problems = sorted({told(path, lines, error) for error in Draft7Validator(schema).iter_errors(said)})
    if problems:
        return None, problems
    correction = Correction(path, said, content, lines)
    problems = list(faults(correction))
    return (None, problems) if problems else (correction, [])


def private_lines(content: bytes, path: str) -> list[Problem]:
    """The lines that hold personal data by their look; digits in links are no one's number."""
    found = []
    for number, line in enumerate(content[:MAX_BYTES].decode("utf-8", "replace").splitlines(), start=1):
        for text in (LINK.sub(" ", line), *LINK.findall(line)):
            checks = PRIVATE if not LINK.fullmatch(text) else [c for c in PRIVATE if c.columns in ("text", "every")]
            for check in failed(text, checks):
                found.append(fault(path, number, "", check.rule, check.message))
    return found


def told(path: str, lines: Lines, error: ValidationError) -> Problem:
    """What a departure from the schema means to who wrote the file."""
    place: Place = tuple(error.absolute_path)
    about = error.schema if isinstance(error.schema, dict) else {}
    meaning = f"{about.get('title', 'this')}: {about.get('description', 'see metadata/corrections/README.md')}"
    named = NAMED.findall(error.message)
    if error.validator == "required":
        return placed(path, lines, VALID, f"“{named[0]}” is missing", (*place, named[0]))
    if error.validator == "dependencies":
        return placed(path, lines, VALID, f"where “{named[1]}” stands, “{named[0]}” stands too", (*place, named[1]))
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = about.get("properties", {})
        unknown = sorted(set(error.instance) - set(known))[0]
        message = f"nothing of this name is read here{suggest(unknown, known)}"
        return placed(path, lines, VALID, message, (*place, unknown))
    if error.validator == "enum":
        meaning = f"one of {', '.join(about['enum'])} stands here"
    return placed(path, lines, VALID, meaning, place)


def faults(correction: Correction) -> Iterator[Problem]:
    """What the schema cannot say of a file."""
    if Path(correction.path).stem != correction.correction_id:
        message = f"the file is called <id>.yaml, so its id is {Path(correction.path).stem}"
        yield fault_in(correction, VALID, message, "id")
    texts: list[Place] = [("reason",), ("answer",), *(("changes", c.number, "note") for c in correction.changes)]
    for place in texts:
        for check in failed(at(correction.said, place), TEXT):
            yield fault_in(correction, check.rule, f"the text {check.message}", *place)
    names = [change.text("new") for change in correction.changes if change.text("new")]
    for change in correction.changes:
        here = ("changes", change.number)
        if names.count(change.text("new")) > 1:
            yield fault_in(correction, VALID, "two rows of this file have this name", *here, "new")
        if change.kind == "other_value" and not change.text("source_id") and not change.text("passage_id"):
            yield fault_in(correction, VALID, "who says it: “source_id” or “passage_id” is missing", *here, "source_id")
        if change.kind == "withdraw" and change.table == "involvements" and "act_id" not in change.cells("expect"):
            message = "a doer is taken from an act: “expect” names its act_id"
            yield fault_in(correction, VALID, message, *here, "expect")
        for place, text in scalars(change.said, here):
            if text.startswith("new:") and text.removeprefix("new:") not in names:
                yield fault_in(correction, VALID, "no row of this file has this name", *place)


def at(said: Any, place: Place) -> str:
    """The text at a place, empty where nothing stands."""
    for step in place:
        if isinstance(said, dict) and step not in said:
            return ""
        said = said[step]
    return str(said)


def scalars(said: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every text in a part of a file, with its place."""
    if isinstance(said, str):
        yield place, said
    else:
        for key, value in said.items() if isinstance(said, dict) else enumerate(said):
            yield from scalars(value, (*place, key))


def read_folder(root: Path, schema: dict[str, Any]) -> tuple[list[Correction], list[Problem]]:
    """The corrections in a package's folder, sorted by id, and what is wrong with its files."""
    paths = list(islice(walk(root, FOLDER), MAX_PATHS + 1))
    if len(paths) > MAX_PATHS:
        return [], [too_full(FOLDER.as_posix(), "none of them is read")]
    found: list[Correction] = []
    problems: list[Problem] = []
    room = MAX_FOLDER_BYTES
    for path in paths:
        odd = path_problems(root, path)
        if odd or path == FOLDER or path == FOLDER / "README.md":
            problems += odd
        elif path.parent != FOLDER or path.suffix != ".yaml":
            message = "a correction is called metadata/corrections/<id>.yaml"
            problems.append(fault(path.as_posix(), 0, "", VALID, message))
        elif (room := room - (root / path).stat().st_size) < 0:
            message = f"with this file the corrections are larger than {MAX_FOLDER_BYTES:,} bytes: it is not read"
            problems.append(fault(path.as_posix(), 0, "", VALID, message))
        else:
            correction, more = read_correction((root / path).read_bytes(), path.as_posix(), schema)
            problems += more
            found += [correction] if correction else []
    return found, problems
