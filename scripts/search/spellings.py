"""Words to offer where nothing was found: those of names that come nearest, as they are written."""

from difflib import get_close_matches

from scripts.search.index import Index
from scripts.search.letters import skeletons

MOST = 6
LEAST_ALIKE = 0.6


def near_spellings(index: Index, words: list[str]) -> list[str]:
    """Up to six words of names, as written, whose skeletons come nearest to those of the words."""
    near = [get_close_matches(skeletons(word)[0], index.written_names, MOST, LEAST_ALIKE) for word in words]
    return list(dict.fromkeys(index.written_names[skeleton] for found in near for skeleton in found))[:MOST]
