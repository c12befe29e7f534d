"""The piece of a text around what was searched for, with the found words marked."""

import unicodedata
from collections.abc import Set as AbstractSet

from scripts.search.index import Row
from scripts.search.letters import WORD, forms
from scripts.search.results import Marked

LENGTH = 180
BEFORE = 60


def marked(text: str, found: AbstractSet[str]) -> Marked:
    """A text in pieces, those of the found words marked."""
    text = unicodedata.normalize("NFC", text)
    pieces, end = [], 0
    for match in WORD.finditer(text):
        if found.isdisjoint(forms(match[0])):
            continue
        pieces += [(text[end : match.start()], False), (match[0], True)]
        end = match.end()
    return tuple((piece, is_found) for piece, is_found in [*pieces, (text[end:], False)] if piece)


def hits_in(pieces: Marked) -> int:
    """How many different words of a text were found."""
    return len({piece.casefold() for piece, is_found in pieces if is_found})


def shortened(pieces: Marked) -> Marked:
    """About 180 letters of a text, from shortly before its first found word; cut at spaces, with … where it is cut."""
    text = "".join(piece for piece, _ in pieces)
    if len(text) <= LENGTH:
        return pieces
    first = 0
    for piece, is_found in pieces:
        if is_found:
            break
        first += len(piece)
    start = max(0, min(first, len(text)) - BEFORE) if first < len(text) else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = len(text) if start + LENGTH >= len(text) else text.rfind(" ", start, start + LENGTH)
    end = end if end > start else start + LENGTH
    kept, place = [("… ", False)] if start else [], 0
    for piece, is_found in pieces:
        inside = piece[max(0, start - place) : max(0, end - place)]
        place += len(piece)
        if inside:
            kept.append((inside, is_found))
    return tuple([*kept, (" …", False)] if end < len(text) else kept)


def snippet(row: Row, title: Marked, found: AbstractSet[str]) -> Marked:
    """The text of a row that holds most of the found words; its first text where its title holds as many."""
    lines = [marked(line, found) for line in (*row.names, *row.texts)]
    best = max(lines, key=hits_in, default=())
    if hits_in(best) > hits_in(title):
        return shortened(best)
    saying = [marked(line, found) for line in row.texts]
    return shortened(max(saying, key=hits_in, default=()))
