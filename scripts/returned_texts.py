"""A text of the site that comes back with answers: which record, which door, what was answered.

A messenger may have quoted, wrapped or decorated it; labels are recognised in each language of the site.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.doors import DANGER, DOORS, LANGUAGES, Question, opening, questions
from scripts.record_ids import as_id

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
QUOTE_MARKS = re.compile(r"^(?:[ \t]*[>|›»]+)*[ \t]*", re.MULTILINE)
WRITTEN_ID = re.compile(r"(?<![^\W_])[^\W\d_][0-9]{4,5}(?![^\W_])")
SIGNS = r"(?:[^\w\n]|_)*?"  # within a line
ARTICLES = {"a", "an", "the"}


class TextFault(ValueError):
    """Why a returned text cannot be used, with what to do: one line a fault in `lines`."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("; ".join(lines))


@dataclass(frozen=True)
class Returned:
    """A returned text: its records, its door, the language of its labels, each question's answer ("" where none).

    Only a text that asks for hiding has more than one record, and no answers.
    """

    row_ids: list[str]
    door: str
    language: str
    answers: dict[str, str]

    @property
    def row_id(self) -> str:
        """The record, or the first of them."""
        return self.row_ids[0]


@dataclass(frozen=True)
class Mark:
    """Where a sentence of the site stands in a text; `key` is its question's, or "" for the opening sentence."""

    start: int
    end: int
    key: str


def read_returned(content: str) -> Returned:
    """What a returned text says. Raises TextFault where it holds no door or several, no id or several."""
    text = plain(content)
    found = {(door, language): marks(text, door, language) for door in DOORS for language in LANGUAGES}
    opened = {door for (door, _), there in found.items() if any(mark.key == "" for mark in there)}
    if any(there for (door, _), there in found.items() if door == DANGER):
        return Returned(all_ids(text), DANGER, "en", {})
    if len(opened) > 1:
        raise TextFault("it holds two of the site's texts: put each into a file of its own")
    door, language = max(found, key=lambda way: len(found[way]))
    there = found[door, language]
    if not there:
        raise TextFault("none of the site's texts is in it: copy one from /correct/ and put the answers into it")
    return Returned([only_id(text[: there[0].start])], door, language, answers_between(text, there))


def plain(content: str) -> str:
    """A text with LF alone, without invisible characters and the marks of quotation at the start of lines."""
    text = unicodedata.normalize("NFC", content).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return QUOTE_MARKS.sub("", INVISIBLE.sub("", text))


def words(text: str) -> list[str]:
    """The words and numbers of a text, in lower case."""
    return re.findall(r"[^\W_]+", text.casefold())


def spaced(text: str) -> str:
    """A regular expression for the text's words with anything but letters between them, a line's end too."""
    return r"[\W_]+".join(re.escape(word) for word in re.findall(r"[^\W_]+", text))


def label_pattern(question: Question) -> re.Pattern[str]:
    """The label at the start of a line, numbered or not; what stands in brackets after it may have been taken out."""
    label, _, bracketed = question.label.partition("(")
    rest = "".join(rf"(?:[\W_]*{spaced(part)}\b)?" for part in (bracketed, question.hint) if part)
    return re.compile(rf"^{SIGNS}(?:[0-9]+{SIGNS})?{spaced(label)}\b{rest}[\s)\]:?*_]*", re.MULTILINE | re.IGNORECASE)


def marks(text: str, door: str, language: str) -> list[Mark]:
    """Where the sentences of a door stand in the text, in order."""
    opened = re.finditer(rf"\b{spaced(opening(language, door))}\b", text, re.IGNORECASE)
    found = [Mark(*hit.span(), "") for hit in opened]
    for question in questions(language, door):
        found += [Mark(*hit.span(), question.key) for hit in label_pattern(question).finditer(text)]
    return sorted(found, key=lambda mark: mark.start)


def answers_between(text: str, there: list[Mark]) -> dict[str, str]:
    """What stands between the labels. Raises TextFault where a question has two different answers."""
    answers: dict[str, str] = {}
    faults = []
    ends = [mark.start for mark in there[1:]] + [len(text)]
    for mark, end in zip(there, ends, strict=True):
        answer = " ".join(text[mark.end : end].split())
        if mark.key and answer and answers.get(mark.key, answer) != answer:
            faults.append(f"{mark.key}: it is answered twice, and differently: leave one")
        if mark.key and (answer or mark.key not in answers):
            answers[mark.key] = answer
    if faults:
        raise TextFault(*faults)
    return answers


def written_ids(text: str) -> Iterator[str]:
    """The ids in a text, in capital Latin letters."""
    yield from (row_id for written in WRITTEN_ID.findall(text) if (row_id := as_id(written)))


def only_id(head: str) -> str:
    """The one id above the site's sentences. Raises TextFault where there is none or more than one."""
    found = sorted(set(written_ids(head)))
    if len(found) != 1:
        what = f"{', '.join(found)} stand" if found else "no id stands"
        raise TextFault(f"{what} above the site's text: write the record's id there, such as P0123, and no other")
    return found[0]


def all_ids(text: str) -> list[str]:
    """All ids of a text that asks for hiding. Raises TextFault where there is none."""
    found = list(dict.fromkeys(written_ids(text)))
    if not found:
        raise TextFault("somebody asks for a record to be hidden, and no id is there: ask at once which one")
    return found


def chosen(answer: str, question: Question) -> str | None:
    """The key of the one option that an answer names; None where it names none or several."""
    said = set(words(answer))
    wanted = {key: set(words(option)) - ARTICLES for key, option in question.options.items()}
    whole = [key for key, option in wanted.items() if option <= said]
    part = [key for key, option in wanted.items() if option & said]
    named = whole or part
    return named[0] if len(named) == 1 else None
