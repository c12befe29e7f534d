"""The results of `python -m scripts.mutate`: a table by class, the faults that survived, and whether the bars hold."""

from collections import Counter
from typing import Any

from scripts.fates import Fate

PERFECT = ("structure", "keys", "encodings", "hygiene", "do no harm")  # classes of which nothing may survive
BY_GATE, WITH_TEXT = 0.97, 0.99  # the least shares of all faults but prose
HEAD = (
    "| Class | Faults | Caught by the gate | With the text too | Warned alone | Survived | Rules that caught most |",
    "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
)
MOST_RULES = 3
UNJUDGED = "prose"  # our free wording edited into other wording


def result_table(found: list[Fate]) -> str:
    """A Markdown table: a line a class, then all faults but prose, then all."""
    kinds = dict.fromkeys(fate.mutation.kind for fate in found)
    groups = {kind: [fate for fate in found if fate.mutation.kind == kind] for kind in kinds}
    groups["all but prose"] = judged(found)
    groups["all"] = found
    return "\n".join([*HEAD, *(line(name, some) for name, some in groups.items() if some)])


def line(name: str, some: list[Fate]) -> str:
    """One line of the table."""
    caught = sum(fate.caught for fate in some)
    lost = [fate for fate in some if fate.survived]
    warned = sum(bool(fate.warnings) for fate in lost)
    rules = Counter(rule for fate in some for rule in fate.errors).most_common(MOST_RULES)
    cells = [
        name, str(len(some)), of(caught, len(some)), of(len(some) - len(lost), len(some)), str(warned), str(len(lost)),
        ", ".join(f"`{rule}` {times}" for rule, times in rules),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def of(part: int, whole: int) -> str:
    """A count with its part of the whole in hundredths."""
    return f"{part} ({100 * part / whole:.1f} %)"


def judged(found: list[Fate]) -> list[Fate]:
    """All faults but those that no program can judge."""
    return [fate for fate in found if fate.mutation.kind != UNJUDGED]


def survivors(found: list[Fate]) -> list[str]:
    """A line for each fault that nothing stopped."""
    return [
        f"{fate.mutation.kind}: {fate.mutation.operator}: {fate.mutation.words}"
        + (f" (warned by {', '.join(fate.warnings)})" if fate.warnings else "")
        for fate in found
        if fate.survived
    ]


def broken_bars(found: list[Fate], with_text: bool) -> list[str]:
    """The bars that do not hold, in words; that of the text is left out where there was none."""
    faults = judged(found)
    caught, survived = sum(fate.caught for fate in faults), sum(fate.survived for fate in faults)
    lines = []
    if caught < BY_GATE * len(faults):
        lines.append(f"the gate caught {of(caught, len(faults))}, and the bar is {BY_GATE:.0%}")
    if with_text and len(faults) - survived < WITH_TEXT * len(faults):
        lines.append(f"with the text {of(len(faults) - survived, len(faults))} were caught; the bar is {WITH_TEXT:.0%}")
    for kind in PERFECT:
        lost = sum(fate.survived for fate in faults if fate.mutation.kind == kind)
        if lost:
            lines.append(f"{lost} of the class {kind} survived, and none may")
    return lines


def as_json(found: list[Fate], seed: int) -> dict[str, Any]:
    """The seed, the counts by class, and every fault with what caught it."""
    kinds = dict.fromkeys(fate.mutation.kind for fate in found)
    counts = {
        kind: {
            "faults": sum(fate.mutation.kind == kind for fate in found),
            "caught_by_gate": sum(fate.caught for fate in found if fate.mutation.kind == kind),
            "survived": sum(fate.survived for fate in found if fate.mutation.kind == kind),
        }
        for kind in kinds
    }
    faults = [
        {
            "class": f.mutation.kind, "operator": f.mutation.operator, "place": f.mutation.place,
            "fault": f.mutation.words, "path": f.mutation.path, "errors": f.errors, "warnings": f.warnings,
            "with_text": f.with_text, "survived": f.survived,
        }
        for f in found
    ]  # fmt: skip
    return {"seed": seed, "classes": counts, "faults": faults}
