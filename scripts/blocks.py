"""The blocks of a text extracted from a PDF: runs of lines of one kind, before sentences that run on are joined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scripts.pages import OUTLINE, is_running_head, page_of

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
ENDED = re.compile(r"[.?!…:][”’\"»)]*(?:\s{2,}\d{1,2})?$")  # the last sentence has ended; a footnote's mark may follow
RUNS_ON = re.compile(r"[“\"‘(]|[a-z]|\d")
BULLET = re.compile(r" {0,2}●")
CAPTION = re.compile(r"\bPhoto(?::|\s+from\b)")
FOOTNOTE = re.compile(rf"(\d{{1,2}}) (?!{MONTH})\S")  # "10 May …" opens a caption
LINK = re.compile(r"https?://")
LABEL = re.compile(r"(?:City|Published):")
BELOW_PERSON = re.compile(r"City:|Charges?\b[^.]*:")  # the label that stands below the name of a person charged
NUMBERED = re.compile(r"(\d\.\d)\. ")
LETTERED = re.compile(r"([A-ZА])\) ")  # the report's first letter is Cyrillic
ATTACHMENT = re.compile(r"Attachment (\d)\. ")
LIST_OF_PERSONS = re.compile(r"List of persons\b")
AGE = re.compile(r"\((?:aged \d+|age not stated)\)\.?$")
NAMED_TITLES = {"SUMMARY": "summary", "ATTACHMENTS": "attachments"}  # chapters without a number, and their sections
TITLE, NUMBER, PERSON, SUB = 1, 2, 3, 4  # levels of headings: an attachment counts as NUMBER, a letter as PERSON
HEADING_LINES, HEADING_WIDTH = 3, 80  # no heading of the report is longer; its running text reaches 90 to 100


@dataclass(frozen=True)
class Block:
    """Lines first..last (1-based, inclusive) of one kind on one page.

    `page` is the index of the page, -1 for a bookmark outline; `width` the characters of the longest line; `level` a
    heading's, else 0; `joins` says that a title, caption, footnote or running head goes on from the block before.
    """

    first: int
    last: int
    page: int
    text: str
    width: int
    kind: str = ""
    level: int = 0
    joins: bool = False


def fold(text: str) -> str:
    """Fold each run of white space, no-break and thin spaces too, to one space, and strip."""
    return " ".join(text.split())


def title_name(text: str) -> str:
    """Give a title's letters in capitals without the spaces set between them."""
    return re.sub(r"\W", "", text).upper()


def has_ended(text: str) -> bool:
    """Tell whether a text ends with the end of a sentence or a colon."""
    return ENDED.search(text.rstrip()) is not None


def runs_on(text: str, after: str) -> bool:
    """Tell whether a text that has not ended shows, or the text after it shows, that the sentence or word runs on."""
    return text.rstrip()[-1] in "-,;" or RUNS_ON.match(after.lstrip()) is not None


def cut_blocks(lines: Sequence[str], starts: Sequence[int]) -> list[Block]:
    """Cut the lines that are not blank into blocks with kinds, in order, none over a blank line or a page break.

    `starts` are the first lines of the pages. A bullet and a footnote begin a block without a blank line before them.
    """
    blocks = []
    for first, last in _ranges(lines, starts):
        part = lines[first - 1:last]
        page = -1 if part[0].startswith(OUTLINE) else page_of(starts, first)
        blocks.append(Block(first, last, page, "\n".join(part), max(len(line.strip()) for line in part)))
    return _classify(blocks)


def _ranges(lines: Sequence[str], starts: Sequence[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    begins = set(starts)
    footnote = 1
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        is_footnote = _is_footnote(line, footnote)
        footnote += is_footnote
        is_new = is_footnote or number in begins or BULLET.match(line) is not None
        if is_new or not ranges or ranges[-1][1] < number - 1 or _ends_head(lines, begins, ranges[-1][0], line):
            ranges.append((number, number))
        else:
            ranges[-1] = ranges[-1][0], number
    return ranges


def _ends_head(lines: Sequence[str], begins: set[int], first: int, line: str) -> bool:
    """Tell whether a line ends the running head that line `first` opened: the head is in capitals."""
    return first in begins and is_running_head(lines[first - 1]) and line != line.upper()


def _classify(blocks: Sequence[Block]) -> list[Block]:
    done: list[Block] = []
    footnote = 1
    in_list = False
    for i, block in enumerate(blocks):
        before = done[-1] if done and done[-1].page == block.page else None
        rest = [later for later in blocks[i + 1:] if later.page == block.page]
        if _is_footnote(block.text, footnote):
            block = replace(block, kind="footnote")
            footnote += 1
        else:
            block = _layout(block, before, any(_is_footnote(later.text, footnote) for later in rest))
        if not block.kind:
            block = _running_text(block, before, rest[0] if rest else None, in_list)
        in_list = block.level != TITLE and (in_list or LIST_OF_PERSONS.match(block.text.lstrip()) is not None)
        done.append(block)
    return done


def _layout(block: Block, before: Block | None, is_footnote_below: bool) -> Block:
    """Give the block its kind if it is furniture or a caption, or goes on from the block before; else as it came."""
    lines = block.text.split("\n")
    if block.text.startswith(OUTLINE) or (before is None and is_running_head(lines[0])):
        return replace(block, kind="furniture")
    if before and _is_capitals(block) and (before.kind == "furniture" or before.level == TITLE):
        return replace(block, kind=before.kind, level=before.level, joins=True)
    if all(LINK.match(line) for line in lines) and not is_footnote_below:
        return replace(block, kind="furniture")
    if before and before.kind == "caption" and before.text.rstrip().endswith(":"):
        return replace(block, kind="caption", joins=True)
    if CAPTION.search(block.text):
        return replace(block, kind="caption")
    if before and before.kind == "footnote":
        return replace(block, kind="footnote", joins=True)
    return block


def _running_text(block: Block, before: Block | None, after: Block | None, in_list: bool) -> Block:
    if BULLET.match(block.text) or (in_list and AGE.search(fold(block.text))):
        return replace(block, kind="bullet")
    level = _level(block, before, after, in_list)
    return replace(block, kind="heading" if level else "paragraph", level=level)


def _level(block: Block, before: Block | None, after: Block | None, in_list: bool) -> int:
    """Give the level of the heading that a block is, or 0 for a paragraph."""
    text = block.text.lstrip()
    if before is None and (_is_capitals(block) or title_name(text) in NAMED_TITLES):
        return TITLE
    if NUMBERED.match(text) or ATTACHMENT.match(text) or LIST_OF_PERSONS.match(text):
        return NUMBER
    if LETTERED.match(text) or in_list:
        return PERSON
    if LABEL.match(text) or has_ended(text) or text.count("\n") >= HEADING_LINES or block.width > HEADING_WIDTH:
        return 0
    if not text[0].isupper() or after is None or runs_on(text, after.text):
        return 0
    return PERSON if BELOW_PERSON.match(after.text) else SUB


def _is_footnote(text: str, number: int) -> bool:
    found = FOOTNOTE.match(text)
    return found is not None and int(found[1]) == number


def _is_capitals(block: Block) -> bool:
    return block.text == block.text.upper()
