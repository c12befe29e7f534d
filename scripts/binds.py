"""What a passage's form ties to a name: the amount before a list of names, the role before a colon, an hour after."""

import re
from collections.abc import Iterator
from itertools import pairwise

from scripts.tokens import Token, fold, tokens

SENTENCE = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“●])")
ABBREVIATION = re.compile(r"(?:\b[A-Z][a-z]?|\bMr|\bArt|\bNo)\.$")
SEGMENT = re.compile(r";|,(?=\s+(?:judge|judges|prosecutor|prosecutors|investigator|investigators):)")
LABEL = re.compile(r":(?!\d)| — ")
BRACKETED = re.compile(r"([A-Z][\w-]+ [A-Z][\w-]+) \(([A-Z][\w-]+)\)")


def sentences(text: str) -> list[str]:
    """The sentences of a passage; a full stop after an initial or an abbreviation ends none."""
    result: list[str] = []
    for part in SENTENCE.split(text):
        if result and ABBREVIATION.search(result[-1]):
            result[-1] += " " + part
        else:
            result.append(part)
    return result


def name_pairs(found: list[Token]) -> list[tuple[int, str]]:
    """Where two neighbouring name tokens stand: (index of the second, `first second`)."""
    return [
        (i, f"{a.text} {b.text}")
        for i, (a, b) in enumerate(pairwise(found), 1)
        if b.joined and a.kind == b.kind == "name"
    ]


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """(label token, name) for texts of the form `label: names; label: names` or `amount — names`.

    What stands before the first of two colons, as in `The case of N: investigators: …`, also labels the later segments;
    of a single label (`On 10 May 2018, Aktau: …`) only the date does.
    """
    carried: list[str] = []
    for number, segment in enumerate(SEGMENT.split(text)):
        *labels, items = LABEL.split(segment)
        own = label_tokens(" ".join(labels))
        if number == 0:
            carried = label_tokens(labels[0]) if len(labels) > 1 else dates_in(" ".join(labels))
        inline = [token.text for token in tokens(items) if token.kind == "word"]
        for _, name in name_pairs(tokens(items)):
            for label in dict.fromkeys(carried + own + inline):
                yield label, name


def label_tokens(label: str) -> list[str]:
    """What a label ties to the names after it: its tokens and its pairs of name tokens."""
    found = tokens(label)
    return [token.text for token in found] + [name for _, name in name_pairs(found)]


def dates_in(label: str) -> list[str]:
    """The numbers and months of a label."""
    return [token.text for token in tokens(label) if token.kind in ("number", "month")]


def nearest(sentence: str, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(value, name) in running text: each value of these kinds with the names just before it, else the first after it.

    Several names share a number where no other number stands between them (`A and B (aged 72)`).
    """
    found = tokens(sentence)
    names = dict(name_pairs(found))
    waiting: list[str] = []
    unclaimed: list[str] = []
    closed = False
    for i, token in enumerate(found):
        if i in names:
            if closed:
                waiting, closed = [], False
            waiting.append(names[i])
            for number in unclaimed:
                yield number, names[i]
            unclaimed = []
        elif token.kind in kinds:
            for name in waiting:
                yield token.text, name
            if token.kind == "number":
                closed = bool(waiting)
                if not waiting:
                    unclaimed.append(token.text)
            elif i + 1 < len(found) and found[i + 1].kind == "name":
                unclaimed.append(token.text)


def titles(found: list[Token]) -> Iterator[tuple[str, str]]:
    """(word, name) for each capitalised word directly before a name (`National Security Committee A. B`)."""
    run: list[Token] = []
    for token in [*found, Token("", "end", False, 0, 0)]:
        if run and not (token.joined and token.kind == "name"):
            for earlier in run[:-2]:
                yield earlier.text, f"{run[-2].text} {run[-1].text}"
            run = []
        if token.kind == "name":
            run.append(token)


def binds(text: str) -> set[str]:
    """The pairs `token|first second` that one reading of a passage's text ties together."""
    lists = ";" in text or bool(LABEL.search(text))
    found = {f"{label}|{name}" for label, name in labelled(text)} if lists else set()
    kinds = ("number",) if lists and "●" in text else ("number", "word")  # a list's labels tie its roles
    for sentence in sentences(text):
        found |= {f"{value}|{name}" for value, name in nearest(sentence, kinds)}
    found |= {f"{word}|{name}" for word, name in titles(tokens(text))}
    found |= {f"{fold(place)}|{fold(name)}" for name, place in BRACKETED.findall(text)}
    return found
