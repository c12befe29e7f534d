"""Blocks joined where a sentence, list or word runs on over a blank line, or marked where it goes on over more."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from scripts.blocks import Block, has_ended, runs_on


class Piece(NamedTuple):
    """A passage in the making: its block, and the index of the piece whose sentence or list it continues, or None."""

    block: Block
    continues: int | None


def join(blocks: Sequence[Block]) -> list[Piece]:
    """Join the blocks that only blank lines part, and mark those that go on after a caption, footnotes or a page break.

    A piece that goes on has the kind of the first piece, and names that one, a third piece too.
    """
    pieces: list[Piece] = []
    text_at: int | None = None  # the last piece of running text since a heading
    for block in blocks:
        goes_on = block.kind == "paragraph" and text_at is not None and _goes_on(pieces[text_at].block, block)
        is_next = goes_on and text_at == len(pieces) - 1 and pieces[-1].block.page == block.page
        if block.joins or is_next:
            pieces[-1] = pieces[-1]._replace(block=_merge(pieces[-1].block, block))
            continue
        if goes_on and text_at is not None:
            earlier = pieces[text_at].continues
            first = text_at if earlier is None else earlier
            pieces.append(Piece(replace(block, kind=pieces[first].block.kind), first))
        else:
            pieces.append(Piece(block, None))
        if block.kind == "heading":
            text_at = None
        elif block.kind in ("paragraph", "bullet"):
            text_at = len(pieces) - 1
    return pieces


def _goes_on(earlier: Block, block: Block) -> bool:
    """Tell whether a paragraph's block carries on the running text before it."""
    if has_ended(earlier.text):
        return False
    if runs_on(earlier.text, block.text):
        return True
    return (earlier.kind == "bullet" or earlier.page != block.page) and not earlier.text.rstrip().endswith(")")


def _merge(block: Block, more: Block) -> Block:
    return replace(block, last=more.last, text=f"{block.text}\n{more.text}", width=max(block.width, more.width))
