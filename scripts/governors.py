"""The heading, lead-in or bullet that gives each piece of the text its date, place or subject."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scripts.blocks import MONTH, Block, fold
from scripts.pages import TextError
from scripts.pieces import Piece

PERIOD = re.compile(r"In the period\b")  # opens a list with its days, though it ends in a full stop
DATED = re.compile(rf"● (?:On )?\d{{1,2}}(?:–\d{{1,2}})? {MONTH} \d{{4}}\b")


class GovernorException(NamedTuple):
    """A piece that another passage governs than the rules find; both are keyed by `line_key` of their first line."""

    governor: str
    reason: str


GOVERNOR_EXCEPTIONS = {
    "c7f66c13249a": GovernorException("6cefedbc31fe", "elderly people of all the days, not of the day before it"),
    "0a2969bc36fa": GovernorException("e38ca6f13fce", "a pull quote on many cases, not on the day before it"),
    "567e8a74a594": GovernorException("d8170c298005", "a box in the list that the period opens"),
    "5481c9e5063d": GovernorException("567e8a74a594", "goes on about the person of the box before it"),
    "442edc7ba0bb": GovernorException("d8170c298005", "a box in the list that the period opens"),
    "ae7dda82d749": GovernorException("442edc7ba0bb", "goes on about the person of the box before it"),
    "e0abc5a4c964": GovernorException("b0667cca8abf", "an item of the list set as a box, with a day of its own"),
    "3ebb424602a6": GovernorException("6e5b725a082f", "the second addressee of the appeal; its list has ended"),
    "a35bba9f47be": GovernorException("6e5b725a082f", "the third addressee of the appeal"),
    "26405e180c90": GovernorException("6e5b725a082f", "the fourth addressee of the appeal"),
}


def line_key(line: str) -> str:
    """Give the key under which exceptions know a line: 12 hex digits of the SHA-256 of its folded text."""
    return hashlib.sha256(fold(line).encode()).hexdigest()[:12]


def governors(pieces: Sequence[Piece], piece_sections: Sequence[str]) -> list[int | None]:
    """Give the index of the heading, lead-in or bullet that governs each piece, or None.

    A heading is governed by the nearest higher one, a bullet by its list's lead-in, a paragraph by the nearest heading.
    A paragraph directly below a lead-in, and all below one in an attachment, are governed by it; paragraphs that follow
    a bullet which opens with a day, by the bullet. Captions and furniture are governed by nothing, a footnote by
    the piece that carries its mark.
    """
    found: list[int | None] = []
    reader = _Reader({}, {})
    for i, (block, continues) in enumerate(pieces):
        reader.keys[line_key(block.text.split("\n")[0])] = i
        if block.kind == "heading":
            found.append(reader.heading(i, block.level))
        elif block.kind in ("paragraph", "bullet") and continues is not None:
            found.append(found[continues])
        elif block.kind == "bullet":
            found.append(reader.bullet(i, fold(block.text)))
        elif block.kind == "paragraph":
            found.append(reader.paragraph(i, block, piece_sections[i].startswith("attachment")))
        else:
            found.append(_mark_carrier(pieces[:i], block.text.split()[0]) if block.kind == "footnote" else None)
    return found


@dataclass
class _Reader:
    """What a reader keeps in mind: the open headings by level, the list's lead-in, the dated bullet, the last text."""

    headings: dict[int, int]
    keys: dict[str, int]
    lead_in: int | None = None
    dated: int | None = None
    last: int | None = None
    period: int | None = None

    def nearest(self) -> int | None:
        return self.headings[max(self.headings)] if self.headings else None

    def heading(self, i: int, level: int) -> int | None:
        self.headings = {higher: at for higher, at in self.headings.items() if higher < level}
        governor = self.nearest()
        self.headings[level] = i
        self.lead_in = self.dated = self.period = None
        self.last = i
        return governor

    def bullet(self, i: int, text: str) -> int | None:
        if self.period is not None and self.period == self.last:
            self.lead_in = self.period
        self.dated = i if DATED.match(text) else None
        self.last = i
        return self.nearest() if self.lead_in is None else self.lead_in

    def paragraph(self, i: int, block: Block, is_attachment: bool) -> int | None:
        text = fold(block.text)
        governor = self._governor(block, is_attachment)
        if governor != self.dated:
            self.dated = None
        if governor == self.nearest():
            self.lead_in = None
        if text.endswith(":"):
            self.lead_in = i
        if PERIOD.match(text):
            self.period = i
        self.last = i
        return governor

    def _governor(self, block: Block, is_attachment: bool) -> int | None:
        exception = GOVERNOR_EXCEPTIONS.get(line_key(block.text.split("\n")[0]))
        if exception is not None:
            if exception.governor not in self.keys:
                raise TextError(f"line {block.first}: the line that governs it by exception is missing: {exception}")
            return self.keys[exception.governor]
        if self.lead_in is not None and (is_attachment or self.last == self.lead_in):
            return self.lead_in
        return self.nearest() if self.dated is None else self.dated


def _mark_carrier(pieces: Sequence[Piece], number: str) -> int | None:
    """Find the last piece of running text that carries a footnote's number, two spaces after a word."""
    mark = re.compile(rf"\S[ \u00a0]{{2,}}{number}(?!\d)")
    texts = ("paragraph", "bullet", "heading")
    return next((j for j in reversed(range(len(pieces)))
                 if pieces[j].block.kind in texts and mark.search(pieces[j].block.text)), None)
