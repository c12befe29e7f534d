"""How many typing errors lie between two words: wrong, missing, added or swapped letters."""

from collections.abc import Iterable

SHORTEST_FORGIVEN = 4
SHORTEST_WITH_TWO = 7


def errors_forgiven(word: str) -> int:
    """How many errors a word may hold: none in short ones and in numbers, two in long ones."""
    if len(word) < SHORTEST_FORGIVEN or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < SHORTEST_WITH_TWO else 2


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


def near(word: str, known: Iterable[tuple[str, int]], limit: int) -> dict[str, int]:
    """The known words (each with its `letter_bits`) within the limit of errors, with the number of errors."""
    bits, length = letter_bits(word), len(word)
    close = [
        other
        for other, theirs in known
        if -limit <= len(other) - length <= limit and (bits ^ theirs).bit_count() <= 2 * limit
    ]
    counted = {other: distance(word, other, limit) for other in close}
    return {other: errors for other, errors in counted.items() if errors <= limit}
