"""How well a row answers the words typed, and by which of its own words."""

from collections.abc import Set as AbstractSet

from scripts.search.index import NAMED_KINDS, SIMILAR, Index

IN_TEXT, IN_FIT = 1, 16  # a cost is IN_FIT for each step of fit, and IN_TEXT for each word that is in no name or title
Fits = dict[str, int]  # known words that a typed word may mean, each with how well it fits


def costs(index: Index, fits: Fits) -> dict[int, int]:
    """The cost of each row that has one of the words: the better it fits the less, and less in a name than in a text.

    A word that stands somewhere as typed is forgiven an error in names alone, and no second one.
    """
    is_known = any(fit < SIMILAR for fit in fits.values())
    found: dict[int, int] = {}
    for word, fit in fits.items():
        if fit > SIMILAR and is_known:
            continue
        cost = IN_FIT * fit
        names_alone = fit >= SIMILAR and is_known
        for number in index.in_names.get(word, ()):
            if not names_alone or index.rows[number].kind in NAMED_KINDS:
                found[number] = min(cost, found.get(number, cost))
        for number in () if names_alone else index.in_texts.get(word, ()):
            found[number] = min(cost + IN_TEXT, found.get(number, cost + IN_TEXT))
    return found


def sums(all_costs: list[dict[int, int]]) -> tuple[dict[int, int], int]:
    """The summed costs of those rows that have most of the words, and how many words that is."""
    counts: dict[int, int] = {}
    for one in all_costs:
        for number in one:
            counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    best = [number for number, count in counts.items() if count == most]
    return {number: sum(one.get(number, 0) for one in all_costs) for number in best}, most


def standing(kind: str, cost: int) -> int:
    """Which groups come first: those found by name, then in texts, then by forgiving an error; documents last."""
    if kind == "documents":
        return 3
    return 2 if cost >= IN_FIT * SIMILAR else min(1, max(cost, 0) % IN_FIT)


def found_words(own: AbstractSet[str], all_fits: list[Fits]) -> tuple[set[str], bool]:
    """Those of a row's own words that answer the typed ones, the best for each; whether one of them is only similar."""
    found: set[str] = set()
    is_similar = False
    for fits in all_fits:
        here = {word: fits[word] for word in own & fits.keys()}
        best = min(here.values(), default=0)
        found |= {word for word, fit in here.items() if fit == best}
        is_similar |= best >= SIMILAR
    return found, is_similar
