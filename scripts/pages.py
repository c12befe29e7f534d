"""Printed page numbers, worked out from the page breaks and the numbers that the text still shows.

The text has no form feeds. A page begins at a line with one more leading space than its kind has (one for running text,
two for a bullet), or after two or more blank lines. A number is printed where the running head has survived.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

PAGE_START = re.compile(r" (?! ?●)\S|  ●")
OUTLINE = "\t"
RUNNING_HEAD = re.compile(r" ?\d+\.\s\D+")
PRINTED_NUMBER = re.compile(r"(?:\d+\.\s)?\D*(\d{1,3})")


class TextError(ValueError):
    """The text can't be cut: it contradicts itself, or a rule that must hold does not."""


def page_starts(lines: Sequence[str]) -> list[int]:
    """Give the first line (1-based) of each page that has text, in order; a bookmark outline is no page."""
    starts = []
    blank = 2
    for number, line in enumerate(lines, 1):
        if not line.strip():
            blank += 1
            continue
        if not line.startswith(OUTLINE) and (blank >= 2 or PAGE_START.match(line)):
            starts.append(number)
        blank = 0
    return starts


def is_running_head(line: str) -> bool:
    """Tell whether a page's first line is page furniture: "12", "TITLE12", "2. TITLE 12" or "2. TITLE", in capitals.

    A chapter's number stands alone too, but with the leading space of a page's first line.
    """
    capitals = line == line.upper()
    return capitals and (printed_number(line) is not None or RUNNING_HEAD.fullmatch(line.rstrip()) is not None)


def printed_number(line: str) -> int | None:
    """Give the page number that a page's first line ends with, or None where it shows none."""
    found = PRINTED_NUMBER.fullmatch(line.rstrip())
    return int(found[1]) if found and line == line.upper() and not line.startswith(" ") else None


def page_of(starts: Sequence[int], line: int) -> int:
    """Give the index in `starts` of the page that a line stands on."""
    return bisect_right(starts, line) - 1


def number_pages(
    lines: Sequence[str], starts: Sequence[int], may_lose: Sequence[bool]
) -> list[tuple[int, int] | tuple[None, None]]:
    """Give the earliest and the latest printed number of each page.

    `may_lose[i]` says whether pages without text can be missing just before page i. Pages before the first printed
    number are counted back from it, pages after the last counted on; with no printed number none is known.
    Raises TextError where a printed number disagrees with the count.
    """
    anchors = [(i, n) for i, start in enumerate(starts) if (n := printed_number(lines[start - 1])) is not None]
    if not anchors:
        return [(None, None)] * len(starts)
    first, last = anchors[0], anchors[-1]
    pages = {i: (first[1] - first[0] + i,) * 2 for i in range(first[0] + 1)}
    if pages[0][0] < 1:
        raise TextError(f"line {starts[first[0]]}: page {first[1]} is printed, but {first[0]} pages stand before it")
    for (i, number), (j, next_number) in pairwise(anchors):
        lost = next_number - number - (j - i)
        gaps = [k for k in range(i + 1, j + 1) if may_lose[k]]
        if lost < 0 or (lost and not gaps):
            raise TextError(f"line {starts[j]}: page {next_number} is printed, but the count gives {number + j - i}")
        for k in range(i + 1, j + 1):
            counted = number + k - i
            pages[k] = (
                counted + (lost if gaps and k >= gaps[-1] else 0),
                counted + (lost if gaps and k >= gaps[0] else 0),
            )
    pages |= {i: (last[1] - last[0] + i,) * 2 for i in range(last[0], len(starts))}
    return [pages[i] for i in range(len(starts))]
