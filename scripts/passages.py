"""The segmentation of the report's text into passages: pure functions, no files.

A passage is a heading, paragraph, bullet, caption, footnote or piece of furniture. Every line that is not blank stands
in exactly one passage. A sentence, list or word that runs on over a blank line stays in its passage; over a page break,
a caption or footnotes it goes on in another passage, whose `continues` names the first.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scripts.blocks import cut_blocks
from scripts.governors import governors
from scripts.pages import TextError, number_pages, page_starts
from scripts.pieces import Piece, join
from scripts.sections import sections

# A child's name, which no file of ours holds: hash of the two words before it -> how many words are cut.
WITHHELD = {"8b12a3083b457542": 2}
WITHHELD_MARK = "[withheld]"


@dataclass(frozen=True)
class Passage:
    """One row of the table `passages`; its description there says what each column means."""

    passage_id: str
    source_id: str
    section: str
    page: int | None
    page_latest: int | None
    passage_kind: str
    first_line: int
    last_line: int
    continues: str
    governed_by: str
    sha256: str


def lines_of(text: str) -> list[str]:
    """Split a text at "\\n" alone, so that line n of an editor is item n - 1."""
    return text.split("\n")


def segment(text: str, source_id: str = "S0001") -> list[Passage]:
    """Cut a text into passages, in the order of its lines.

    Raises TextError where a printed page number disagrees with the count of page breaks.
    """
    lines = lines_of(text)
    starts = page_starts(lines)
    blocks = cut_blocks(lines, starts)
    pieces = join(blocks)
    piece_sections = sections([piece.block for piece in pieces])
    pages = number_pages(lines, starts, _may_lose(pieces, piece_sections, len(starts)))
    ids = [f"X{number:04}" for number in range(1, len(pieces) + 1)]
    passages = []
    for i, governor in enumerate(governors(pieces, piece_sections)):
        block, continues = pieces[i]
        page, page_latest = pages[block.page] if block.page >= 0 else (None, None)
        passages.append(Passage(
            passage_id=ids[i],
            source_id=source_id,
            section=piece_sections[i] if block.kind != "footnote" or governor is None else piece_sections[governor],
            page=page,
            page_latest=page_latest,
            passage_kind=block.kind,
            first_line=block.first,
            last_line=block.last,
            continues="" if continues is None else ids[continues],
            governed_by="" if governor is None else ids[governor],
            sha256=hashlib.sha256(_folded(lines, block.first, block.last).encode()).hexdigest(),
        ))
    check_cover(lines, passages)
    return passages


def passage_text(lines: Sequence[str], passage: Passage) -> str:
    """Give a passage's text from the text's lines: white space folded, a withheld name replaced by "[withheld]"."""
    return _folded(lines, passage.first_line, passage.last_line)


def check_cover(lines: Sequence[str], passages: Sequence[Passage]) -> None:
    """Raise TextError unless each line that is not blank stands in exactly one passage, and passages are in order."""
    ends = [(passage.first_line, passage.last_line) for passage in passages]
    between = [(0, 0), *ends, (len(lines) + 1, len(lines) + 1)]
    for (_, last), (first, _) in pairwise(between):
        if first <= last or any(line.strip() for line in lines[last:first - 1]):
            raise TextError(f"lines {last} to {first}: passages overlap, or text stands between them")


def _folded(lines: Sequence[str], first: int, last: int) -> str:
    words = " ".join(lines[first - 1:last]).split()
    for at in range(len(words) - 1):
        count = WITHHELD.get(hashlib.sha256(" ".join(words[at:at + 2]).encode()).hexdigest()[:16])
        if count is not None:
            words[at + 2:at + 2 + count] = [WITHHELD_MARK]
    return " ".join(words)


def _may_lose(pieces: Sequence[Piece], piece_sections: Sequence[str], pages: int) -> list[bool]:
    """Tell for each page whether pages without text (scans) can be missing before it: only between attachments."""
    named = [(piece.block.page, name) for piece, name in zip(pieces, piece_sections, strict=True)]
    ends, begins = dict(named), dict(reversed(named))
    turns = [(ends[page - 1], begins[page]) if page else ("", "") for page in range(pages)]
    return [before != after and "attachment" in before + after for before, after in turns]
