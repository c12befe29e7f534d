"""Words as they are compared: folded, and as skeletons that all spellings of one name share.

A skeleton is no spelling and is never shown. Cyrillic goes to Latin by iuliia (Wikipedia's scheme), Kazakh letters that
it does not know by way of the Russian ones that stand for them in passports. Then what spellings differ in is levelled:
zh, dzh and j; kh, h and x; y, i and iy; gh and g; q, c and k; ye and e; double letters.
"""

import re
import unicodedata
from functools import lru_cache

import iuliia

WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`ʹʻ-][^\W_]+)*")
APOSTROPHES_AND_HYPHENS = re.compile("['’‘ʼ`ʹʻ-]")
LONGEST_WORD = 40
CYRILLIC = re.compile("[Ѐ-ӿ]")
TO_RUSSIAN = str.maketrans("әғқңөұүһіўґєєі", "агкноуухиугееи")
TO_LATIN = str.maketrans(
    {"ı": "i", "ə": "a", "ł": "l", "ø": "o", "đ": "d", "ŋ": "n", "œ": "oe", "ž": "zh", "š": "sh", "č": "ch", "ç": "ch"}
)
# Sounds of two letters become capitals, so that they are not taken for the doubtful letters below.
LEVELLED = [
    (re.compile(pattern), letter)
    for pattern, letter in [
        ("dzh|dj|zh", "J"),
        ("shch|sch|sh", "s"),
        ("t?ch", "Q"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("ck|q", "k"),
        ("t[sz]", "C"),
        ("(?<=[oe])ff$", "v"),
        ("y", "i"),
    ]
]
# Letters that stand for two sounds: read first as in Kazakh or Russian names, then as in other ones.
READINGS = [
    str.maketrans({"j": "J", "x": "h", "c": "k", "w": "v"}),
    str.maketrans({"j": "i", "x": "ks", "c": "s", "w": "u", "C": "ts"}),
]
DOUBLE = re.compile(r"(.)\1+")
HARD = re.compile("i(?=[au])")
SOFTENED = [(re.compile("ie"), "e"), (re.compile("io"), "o")]


def fold(text: str) -> str:
    """A text in lower case, without accents (ё becomes е, й becomes и), apostrophes and hyphens."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return APOSTROPHES_AND_HYPHENS.sub("", letters)


def words_of(text: str) -> list[str]:
    """The words of a text as written; those with a hyphen or an apostrophe once whole."""
    return WORD.findall(unicodedata.normalize("NFC", text))


@lru_cache(maxsize=32768)
def forms(word: str) -> tuple[str, ...]:
    """The folded forms under which a word is found: whole and, where it has hyphens or apostrophes, its parts.

    Of words of the data alone, since they are remembered.
    """
    parts = APOSTROPHES_AND_HYPHENS.split(word)
    longer = [part for part in parts if len(part) > 1] if len(parts) > 1 else []
    return tuple(dict.fromkeys(fold(form)[:LONGEST_WORD] for form in [word, *longer]))


def latin(word: str) -> str:
    """A word in small Latin letters without accents, as far as they are known."""
    marked = unicodedata.normalize("NFC", word.casefold()).translate(TO_LATIN)
    plain = fold(marked).translate(TO_RUSSIAN)
    return str(iuliia.WIKIPEDIA.translate(plain)) if CYRILLIC.search(plain) else plain


def levelled(word: str) -> tuple[str, ...]:
    """The readings of a word with its sounds levelled, the likelier first; of a number the number alone."""
    letters = latin(word[:LONGEST_WORD])
    if any(letter.isdigit() for letter in letters):
        return (letters,)
    for pattern, letter in LEVELLED:
        letters = pattern.sub(letter, letters)
    return tuple(dict.fromkeys(DOUBLE.sub(r"\1", letters.translate(reading).lower()) for reading in READINGS))


def skeleton(reading: str) -> str:
    """A reading without an i that only softens, and again without double letters."""
    for pattern, replacement in SOFTENED:
        reading = pattern.sub(replacement, reading)
    return DOUBLE.sub(r"\1", reading)


def skeletons(word: str) -> tuple[str, ...]:
    """The skeletons of a word, the likelier first."""
    return tuple(dict.fromkeys(skeleton(reading) for reading in levelled(word)))


def readings(word: str) -> set[str]:
    """All in which a typing error is looked for: levelled, skeletons, and those with ia and iu as one letter (я, ю)."""
    reduced = skeletons(word)
    return {*levelled(word), *reduced, *(HARD.sub("", reading) for reading in reduced)}
