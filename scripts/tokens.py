"""The tokens of a passage that citations are checked by: names, numbers, months, roles and units; nothing else.

Other words (a diagnosis, a motive, what somebody posted) are never tokens, and neither are the age or number of
children, the make of a device, a street, or somebody's looks.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "one-and-a-half": "1.5", "hundred": "100",
}  # fmt: skip
PLURALS = {
    "investigators": "investigator", "prosecutors": "prosecutor", "judges": "judge", "officers": "officer",
    "policemen": "officer", "policeman": "officer", "days": "day", "months": "month", "years": "year",
    "hours": "hour", "euros": "euro", "articles": "article", "art": "article", "arts": "article", "section": "part",
}  # fmt: skip
CLOSED = set(PLURALS.values()) | {
    "tenge", "part", "minister", "chairman", "president", "head", "aged", "arrest", "probation", "court",
}  # fmt: skip
COMMON_CAPITALS = {  # capitalised where a sentence starts
    "the", "a", "an", "in", "on", "at", "of", "to", "for", "from", "by", "with", "and", "or", "as", "if", "it", "its",
    "he", "she", "his", "her", "they", "their", "them", "we", "you", "i", "this", "that", "these", "those", "there",
    "here", "then", "when", "while", "where", "who", "what", "why", "how", "all", "some", "many", "most", "few",
    "not", "no", "only", "also", "after", "before", "during", "since", "until", "according", "although", "however",
    "currently", "several", "previously", "recently", "moreover", "so", "still", "yet", "once", "being", "both",
    "each", "one", "such", "photo", "but",
}  # fmt: skip
CYRILLIC_TWINS = str.maketrans("АВЕКМНОРСТХаеорсухіІ", "ABEKMHOPCTXaeopcyxiI")
TOKEN = re.compile(
    r"(?P<time>\d{1,2}(?::\d\d)? ?[ap]\. ?m\b\.?)"
    r"|(?P<age>\d+-year-old)"
    r"|(?P<number>\d{1,3}(?:[,\u2009\u00a0]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:[-'’][^\W\d_]+)*)"
)
DATE = re.compile(r"\b(\d{1,2})\.(0[1-9]|1[0-2])\.(\d{4})\b")
BROKEN = re.compile(r"([^\W\d_]+)- ([a-zà-ž][^\W\d_]*)")
NO_TOKEN = re.compile(  # ages and numbers of children, makes of devices, streets, looks
    r"\b(?:aged|age of|turns) (?:\d|1[0-7])(?: and (?:\d|1[0-7]))?\b(?!\d)|\b\d{1,2}–\d{1,2} years of age"
    r"|\b\w+ minor children|\b[A-Z][\w-]*(?= (?:brand|street)\b)|\b[A-Z]\w*(?= appearance\b)"
)


@dataclass(frozen=True)
class Token:
    """A token: folded text, kind (name, number, month, word), whether it directly follows the one before, and where."""

    text: str
    kind: str
    joined: bool
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without diacritics; Cyrillic letters that look Latin are Latin; typographic apostrophes are plain."""
    plain = unicodedata.normalize("NFKD", text.translate(CYRILLIC_TWINS))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("’", "'")


def readings(text: str) -> list[str]:
    """The text with words that a line's end broke put together, hyphenated, and left in two."""
    return list(dict.fromkeys(BROKEN.sub(form, text) for form in (r"\1\2", r"\1-\2", r"\1 \2")))


def clock(text: str) -> str:
    """`3:00 a. m.` as `03:00`."""
    hour, minute = re.match(r"(\d+)(?::(\d\d))?", text).groups()  # type: ignore[union-attr]
    return f"{int(hour) % 12 + (12 if 'p' in text else 0):02}:{minute or '00'}"


def classify(kind: str, text: str) -> tuple[str, str] | None:
    """Folded text and kind of what the pattern matched; None for what is no token."""
    if kind == "time":
        return clock(text), "number"
    if kind == "age":
        years = text.split("-")[0]
        return (years, "number") if int(years) >= 18 else None
    if kind == "number":
        return re.sub(r"[,\u2009\u00a0]", "", text), "number"
    folded = re.sub(r"'s?$", "", fold(text))
    if folded in NUMBER_WORDS:
        return NUMBER_WORDS[folded], "number"
    if folded in MONTHS and text[0].isupper():
        return folded, "month"
    word = PLURALS.get(folded, folded)
    if word in CLOSED:
        return word, "word"
    if text[0].isupper() and (len(text) == 1 or folded not in COMMON_CAPITALS):
        return folded, "name"
    return None


def tokens(text: str) -> list[Token]:
    """The tokens of one reading of a passage's text (white space folded), in order.

    A token is `joined` to the one before when only white space stands between them, a full stop after an initial or an
    abbreviation, a comma between month and year, or a dash between numbers.
    """
    text = DATE.sub(lambda match: f"{match[1]} {calendar.month_name[int(match[2])]} {match[3]}", text)
    text = NO_TOKEN.sub(lambda match: " " * len(match[0]), text)
    found: list[Token] = []
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or ""
        classified = classify(kind, match[0])
        if classified is None:
            continue
        gap = text[found[-1].end : match.start()] if found else "|"
        joined = is_joining(gap, found[-1] if found else None, classified[1])
        found.append(Token(*classified, joined, match.start(), match.end()))
    return found


def is_joining(gap: str, before: Token | None, kind: str) -> bool:
    """Whether the text between two tokens leaves them neighbours."""
    if before is None:
        return False
    if gap.strip() == "":
        return True
    if gap.strip() == "." and (len(before.text) <= 2 or before.text == "article"):
        return True
    if gap.strip() == "," and before.kind == "month" and kind == "number":
        return True
    return gap.strip() in ("–", "-") and before.kind == "number" and kind in ("number", "name")


def pairs(found: list[Token]) -> set[str]:
    """Neighbouring tokens as `first second`; in a span of days each day is also paired with the month."""
    result = {f"{a.text} {b.text}" for a, b in pairwise(found) if b.joined}
    for a, b, c in zip(found, found[1:], found[2:], strict=False):
        if a.kind == b.kind == "number" and b.joined and c.joined and c.kind == "month":
            result.add(f"{a.text} {c.text}")
    return result


def words_of(text: str) -> list[str]:
    """The folded tokens of a value (a name, a printed date), in order; single letters included."""
    return list(folded(text))


@lru_cache(maxsize=20_000)
def folded(text: str) -> tuple[str, ...]:
    """The same, remembered: a name is looked for in many rows."""
    return tuple(token.text for token in tokens(text))


def name_key(name: str) -> str:
    """What stands for a name in binds: its last two tokens."""
    return " ".join(words_of(name)[-2:])
