"""How many typing errors lie between two words: wrong, missing, added or swapped letters."""

from collections.abc import Iterable

SHORTEST_WITH_ONE = 4
SHORTEST_WITH_TWO = 6


def errors_forgiven(typed: int, known: int) -> int:
    """How many errors may lie between words of such lengths: the longer decides, and two errors need two long words."""
    longer = max(typed, known)
    if longer < SHORTEST_WITH_ONE:
        return 0
    return 2 if longer >= SHORTEST_WITH_TWO and min(typed, known) >= SHORTEST_WITH_TWO - 1 else 1


def letter_bits(word: str) -> int:
    """The letters of a word as bits, so that far words can be told apart cheaply."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def distance(one: str, other: str, limit: int) -> int:
    """The least number of errors between two words (Damerau's, optimal string alignment), at most limit + 1."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and (not before or min(before) > limit):
            return limit + 1
    return min(row[-1], limit + 1)


class Lexicon:
    """Words to be compared with a typed one, by length, each with its letters as bits. Numbers are not among them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        for word in sorted(set(words)):
            if not any(letter.isdigit() for letter in word):
                self._by_length.setdefault(len(word), []).append((word, letter_bits(word)))

    def near(self, word: str, most: int) -> dict[str, int]:
        """The words within the forgiven errors, `most` of them at most, with the number of errors."""
        bits, found = letter_bits(word), {}
        for length, known in self._by_length.items():
            limit = min(most, errors_forgiven(len(word), length))
            if not abs(length - len(word)) <= limit or not limit:
                continue
            for other in [other for other, theirs in known if (bits ^ theirs).bit_count() <= 2 * limit]:
                errors = distance(word, other, limit)
                if errors <= limit:
                    found[other] = errors
        return found
