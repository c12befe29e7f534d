"""The lists of validation/ after a person is withheld: lines that nothing needs any more, and lines that others need.

Such a line is about rows that are as they were: a rule compares them with one that is gone.
"""

import csv
import io
import re
from pathlib import Path

from scripts.correcting import as_csv
from scripts.problems import Problem
from scripts.second_reading import FOLDER as READING
from scripts.support import FILE as READ

EXCEPTIONS, WORDS = Path("validation/exceptions.csv"), Path("validation/words.csv")
STILL = "Tells of the event by its day, place or nature."
LOOSE = re.compile(r"add the line (\w+),(\w+),(X\d+),REASON")
OTHER_ROW = "Reviewed: both rows are as printed."
BESIDE = re.compile(r"“(.+)” stands nowhere else, and “(.+)” does: is it misspelt\?")


def settled_readings(root: Path, problems: list[Problem]) -> dict[Path, bytes]:
    """The citations that were read, without those that are gone or now show their tie, with those that lost it."""
    idle = {p.line for p in problems if p.rule == "read-citation-is-needed"}
    loose = [match.groups() for p in problems if (match := LOOSE.search(p.message))]
    if not idle and not loose:
        return {}
    head, *lines = csv.reader(io.StringIO((root / READ).read_text(encoding="utf-8")))
    kept = [line for number, line in enumerate(lines, start=2) if number not in idle]
    return {READ: as_csv([head, *sorted([*kept, *([*place, STILL] for place in loose)])])}


def settled_second(root: Path, problems: list[Problem]) -> dict[Path, bytes]:
    """The second reading without rows whose cells went with the person: what was read of them cannot be compared."""
    changed = {(Path(p.path).stem, p.row_id) for p in problems if p.rule == "second-reading-differs"}
    files = {}
    for table in {table for table, _ in changed}:
        for coder in ("first", "second"):
            path = READING / coder / f"{table}.csv"
            head, *lines = csv.reader(io.StringIO((root / path).read_text(encoding="utf-8")))
            files[path] = as_csv([head, *(line for line in lines if (table, line[0]) not in changed)])
    return files


def settled(root: Path, problems: list[Problem]) -> dict[Path, bytes]:
    """exceptions.csv without lines that the missing rows made idle; words.csv with words now left without a twin.

    Where such a line excepted one of two rows that differ, the rule may find the other one: the line moves to it.
    """
    files = settled_readings(root, problems) | settled_second(root, problems)
    idle = {p.line for p in problems if p.rule in ("exception-applies", "exception-outlived")}
    lone = sorted({match.groups() for p in problems if (match := BESIDE.fullmatch(p.message))})
    if idle:
        head, *lines = csv.reader(io.StringIO((root / EXCEPTIONS).read_text(encoding="utf-8")))
        free = [line[:2] for number, line in enumerate(lines, start=2) if number in idle]
        kept = [line for number, line in enumerate(lines, start=2) if number not in idle]
        for problem in problems:
            place = [problem.rule, Path(problem.path).stem]
            if place in free:
                free.remove(place)
                kept.append([*place, problem.row_id, OTHER_ROW])
        files[EXCEPTIONS] = as_csv([head, *sorted(kept)])
    if lone:
        first, *words = (root / WORDS).read_text(encoding="utf-8").splitlines()
        words += [f"{word.lower()},a word of its own beside {other}" for word, other in lone]
        files[WORDS] = "\n".join([first, *sorted(words), ""]).encode()
    return files
