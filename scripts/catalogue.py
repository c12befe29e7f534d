"""The catalogue: every check of the package as one list, wherever it is kept.

A check has one home: a column's constraint in datapackage.json, an expectation of validation/expectations/<table>.json,
a rule of validation/rules/<rule-id>.sql, or a program. What a check of the first or last kind says of itself stands in
validation/checks.json, a list sorted by id of {id, sentence, why, do, severity, scope, home, example}.
"""

import json
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from scripts.check_words import WORDS, id_of, missing_words
from scripts.files import fault
from scripts.problems import Problem
from scripts.rules import load_rules
from scripts.suites import load_suite

FILE = "validation/checks.json"
KINDS = ("program", "schema", "expectation", "rule")


@dataclass(frozen=True, order=True)
class Check:
    """One check; `kind` is one of KINDS, `home` a file, `remedy` what to do, `example` the message of its test."""

    check_id: str
    kind: str
    sentence: str
    severity: str
    scope: str
    home: str
    why: str
    remedy: str
    example: str


class CatalogueError(ValueError):
    """A catalogue that cannot be relied on; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


def read_catalogue(validation: Path) -> list[Check]:
    """The checks of a folder like validation/, sorted by id. Raises CatalogueError where `gather` finds a problem."""
    checks, problems = gather(validation)
    if problems:
        raise CatalogueError(problems)
    return checks


def gather(validation: Path) -> tuple[list[Check], list[Problem]]:
    """The checks that can be read, sorted by id, and what is wrong: misshapen entries, ids that stand twice.

    Raises OSError where a file cannot be read.
    """
    checks, problems = program_checks(validation / "checks.json")
    for file in sorted((validation / "expectations").glob("*.json")):
        expectations, more = load_suite(file, "all")
        problems += more
        home = f"validation/expectations/{file.name}"
        checks += [check_of(expectation["meta"], "expectation", home) for expectation in expectations]
    rules, more = load_rules(validation / "rules", "all")
    problems += more
    checks += [Check(r.rule_id, "rule", r.sentence, r.severity, r.scope, r.path, r.why, r.do, r.example) for r in rules]
    return sorted(checks), problems + repeated(checks)


def program_checks(file: Path) -> tuple[list[Check], list[Problem]]:
    """The checks of validation/checks.json, and what is wrong with the file."""
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [], [fault(FILE, 0, "", "rule-error", "the file is missing: it says what the programs check")]
    except ValueError as error:
        return [], [fault(FILE, 0, "", "rule-error", f"the file is not JSON: {error}")]
    if not isinstance(entries, list) or not entries:
        return [], [fault(FILE, 0, "", "rule-error", "the file is a list of checks; this one holds none")]
    checks, problems = [], []
    for entry in entries:
        reason = missing_words(entry, (*WORDS, "home")) or wrong_home(entry["home"])
        if reason:
            problems.append(fault(FILE, 0, id_of(entry), "rule-error", reason))
        else:
            kind = "schema" if entry["home"] == "datapackage.json" else "program"
            checks.append(check_of(entry, kind, entry["home"]))
    for before, after in pairwise(checks):
        if before.check_id > after.check_id:
            message = f"the checks are sorted by id, and {after.check_id} stands after {before.check_id}"
            problems.append(fault(FILE, 0, after.check_id, "rule-error", message))
    return checks, problems


def wrong_home(home: str) -> str:
    """Why a check of validation/checks.json cannot live there, or nothing."""
    if home == "datapackage.json" or (home.startswith("scripts/") and home.endswith(".py")):
        return ""
    return f"its home is datapackage.json or scripts/<name>.py, not {home}"


def check_of(words: dict[str, Any], kind: str, home: str) -> Check:
    """A check from what it says of itself."""
    return Check(
        words["id"],
        kind,
        words["sentence"],
        words["severity"],
        words["scope"],
        home,
        words["why"],
        words["do"],
        words["example"],
    )


def repeated(checks: list[Check]) -> list[Problem]:
    """A problem at each further check whose id another has."""
    times = Counter(check.check_id for check in checks)
    homes = {check_id: [c.home for c in checks if c.check_id == check_id] for check_id, n in times.items() if n > 1}
    return [
        fault(home, 0, check_id, "rule-error", f"the id {check_id} stands in {found[0]} already: give it another")
        for check_id, found in sorted(homes.items())
        for home in found[1:]
    ]
