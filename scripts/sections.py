"""The section of the report that each block stands in."""

import re
from collections.abc import Sequence

from scripts.blocks import ATTACHMENT, LETTERED, LIST_OF_PERSONS, NAMED_TITLES, NUMBERED, TITLE, Block, fold, title_name

FRONT = "0"
BACK_COVER = "back cover"
BOOKMARKS = "bookmarks"
CYRILLIC_A = "А"


def sections(blocks: Sequence[Block]) -> list[str]:
    """Give the section of each block: "summary", a chapter ("2"), "2.1", "3.1 A", "attachment 1", "complainants" …

    A title carries its chapter's number, which it prints or which its first numbered heading shows. Text before any
    title is in section "0"; a title that is neither numbered nor named is the back cover's.
    """
    found = []
    section = FRONT
    for i, block in enumerate(blocks):
        text = fold(block.text)
        if block.page < 0:
            section = BOOKMARKS
        elif block.kind == "heading" and block.level == TITLE:
            section = _title_section(blocks, i)
        elif block.kind == "heading":
            section = _heading_section(text, section)
        found.append(section)
    return found


def _title_section(blocks: Sequence[Block], i: int) -> str:
    text = fold(blocks[i].text)
    if title_name(text) in NAMED_TITLES:
        return NAMED_TITLES[title_name(text)]
    if printed := re.match(r"\d+", text):
        return printed[0]
    for block in blocks[i + 1:]:
        if block.level == TITLE:
            break
        if numbered := NUMBERED.match(fold(block.text)):
            return numbered[1].split(".")[0]
    return BACK_COVER


def _heading_section(text: str, section: str) -> str:
    if found := NUMBERED.match(text):
        return found[1]
    if found := ATTACHMENT.match(text):
        return f"attachment {found[1]}"
    if LIST_OF_PERSONS.match(text):
        return "complainants"
    if found := LETTERED.match(text):
        return f"{section.split()[0]} {found[1].replace(CYRILLIC_A, 'A')}"
    return section
