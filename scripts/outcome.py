"""What a run of the gate gave: the problems, and what it left out and why; and from both the result of each check."""

from collections.abc import Collection
from dataclasses import dataclass, field

from scripts.catalogue import Check
from scripts.problems import Problem

EVERYTHING = "everything"  # in `left_out`: all but the descriptor's own checks
ELSEWHERE = {  # homes of checks that other programs run
    "scripts/document.py": "python -m scripts.document --check runs it",
    "scripts/printed_words.py": "it needs the report's text: make verify SOURCE=path runs it",
    "scripts/segment.py": "it needs the report's text: make verify SOURCE=path runs it",
    "scripts/verify.py": "it needs the report's text: make verify SOURCE=path runs it",
}
DESCRIPTOR = "scripts/descriptor.py"


@dataclass(frozen=True)
class Outcome:
    """Problems as found, and why the checks of a home (a file, or EVERYTHING) or a table's file were left out."""

    problems: list[Problem]
    left_out: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """How a check ended: `status` is failed, warned, left out or passed; `why` says more where there is more to say."""

    check: Check
    status: str
    why: str


def results(checks: Collection[Check], outcome: Outcome, scope: str) -> list[Result]:
    """The result of each check, in the order of `checks`; `scope` (model or all) is what the gate took in."""
    return [result(check, outcome, scope) for check in checks]


def result(check: Check, outcome: Outcome, scope: str) -> Result:
    """The result of one check."""
    severities = [problem.severity for problem in set(outcome.problems) if problem.rule == check.check_id]
    if severities:
        times = "once" if len(severities) == 1 else f"{len(severities)} times"
        return Result(check, "failed" if "error" in severities else "warned", times)
    why = omission(check, outcome, scope)
    if why:
        return Result(check, "left out", why)
    unread = sorted(home for home in outcome.left_out if home.startswith("data/"))
    return Result(check, "passed", f"not in {', '.join(unread)}" if unread and check.kind == "schema" else "")


def omission(check: Check, outcome: Outcome, scope: str) -> str:
    """Why a check was not run, or nothing."""
    if check.home in ELSEWHERE:
        return ELSEWHERE[check.home]
    if EVERYTHING in outcome.left_out and check.home != DESCRIPTOR:
        return outcome.left_out[EVERYTHING]
    if check.scope == "edition" and scope == "model":
        return "it holds for this edition alone, and --scope model leaves such checks out"
    if check.home in outcome.left_out:
        return outcome.left_out[check.home]
    broken = [p for p in outcome.problems if p.rule == "rule-error" and p.path == check.home]
    if any(p.column in ("", check.check_id) for p in broken):
        return "it cannot be run: see rule-error"
    return ""
