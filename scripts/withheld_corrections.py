"""The correction files, their log and the CHANGELOG without a person: the changes about them, and mentions of them.

A change goes where it is of a row that is gone or names the person; a file goes with its last change. What is left of
a file is written anew, without its comments.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from scripts.changelog_sections import FILE as CHANGELOG
from scripts.correction_log import FILE, read_log, render, right_log, with_sections
from scripts.corrections import FOLDER, read_correction, read_schema
from scripts.files import CannotRun
from scripts.plain_yaml import read_plain
from scripts.withheld_names import Name, words_in

Said = dict[str, Any]
ID = re.compile(r"\b[A-Z][0-9]{4,5}\b")
NEUTRAL = "Said in general words."


def corrections_without(root: Path, ids: frozenset[str], name: Name) -> dict[Path, bytes | None]:
    """The files below metadata/corrections, the log and the CHANGELOG that change; None where a file goes.

    `ids` are those of the person and of the rows that are gone. Raises CannotRun where a file is no correction.
    """
    files: dict[Path, bytes | None] = {}
    dropped: set[tuple[str, int]] = set()
    left = []
    schema = read_schema(root) if (root / FOLDER).is_dir() else {}
    for path in sorted((root / FOLDER).glob("*.yaml")):
        content = path.read_bytes()
        said, _ = read_plain(content)
        whole = is_named(path.stem, name)
        gone = {n for n, change in enumerate(said["changes"]) if whole or concerns(change, ids, name)}
        dropped |= {(path.stem, n) for n in gone}
        kept = [change for n, change in enumerate(said["changes"]) if n not in gone]
        if gone or name.mentioned(content.decode()) or ids & set(ID.findall(content.decode())):
            rest = {key: cleared(key, value, name) for key, value in said.items()} | {"changes": kept}
            content = yaml.safe_dump(rest, allow_unicode=True, sort_keys=False, width=120).encode()
            files[FOLDER / path.name] = content if kept else None
        if kept:
            correction, problems = read_correction(content, path.name, schema)
            if correction is None:
                raise CannotRun(f"{FOLDER.as_posix()}: {problems[0].rule}")
            left.append(correction)
    changelog = "\n".join(name.without(line) for line in text_of(root / CHANGELOG).split("\n"))
    if (root / FILE).exists():
        numbered: dict[str, int] = {}
        lines = []
        for row in read_log(root):
            number = numbered[row["correction_id"]] = numbered.get(row["correction_id"], -1) + 1
            lines += [] if (row["correction_id"], number) in dropped else [row]
        log = right_log(lines, left)
        files[FILE] = render(log).encode()
        changelog = with_sections(changelog, log)
    if (root / CHANGELOG).is_file():
        files[CHANGELOG] = changelog.encode()
    return files


def concerns(change: Said, ids: frozenset[str], name: Name) -> bool:
    """Whether a change is of a row that is gone, leads to one, or names the person."""
    texts = list(scalars(change))
    return any(name.mentioned(text) or ids & set(ID.findall(text)) for text in texts)


def scalars(said: Any) -> Iterator[str]:
    """Every text in a part of a file."""
    if isinstance(said, str):
        yield said
    for inner in said.values() if isinstance(said, dict) else said if isinstance(said, list) else []:
        yield from scalars(inner)


def is_named(stem: str, name: Name) -> bool:
    """Whether the name of a file has a word that is the person's alone."""
    return not name.own.isdisjoint(words_in(stem))


def cleared(key: str, value: Any, name: Name) -> Any:
    """A text of a file without the person; other values as they are, but links that name them."""
    if isinstance(value, str):
        return name.without(value) or (NEUTRAL if key in ("reason", "answer") else "")
    if key == "evidence":
        kept = [item for item in value if not any(name.mentioned(text) for text in item.values())]
        return kept or [{"source_id": "S0001"}]
    return value


def text_of(path: Path) -> str:
    """A file's text, empty where there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""
