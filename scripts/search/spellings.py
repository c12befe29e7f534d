"""Words to offer where nothing was found: those of names and titles that come nearest, as they are written."""

from difflib import get_close_matches

from scripts.search.index import NAMED_KINDS, Index
from scripts.search.letters import forms, skeletons, words_of

MOST = 6
LEAST_ALIKE = 0.6


def near_spellings(index: Index, words: list[str]) -> list[str]:
    """Up to six words of names, as written, whose skeletons come nearest to those of the words."""
    written: dict[str, str] = {}
    for row in index.rows:
        if row.kind in NAMED_KINDS:
            for word in words_of(row.titles["en"]):
                for skeleton in skeletons(forms(word)[0]):
                    written.setdefault(skeleton, word)
    near = [get_close_matches(skeletons(word)[0], written, MOST, LEAST_ALIKE) for word in words]
    return list(dict.fromkeys(written[skeleton] for found in near for skeleton in found))[:MOST]
