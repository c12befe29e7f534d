"""What is wrong with a translation that a program can see: what is filled in, marks, the end, the alphabet."""

import re
from collections import Counter
from collections.abc import Iterator

FILLED_IN = re.compile(r"\{[^{}]*\}")
MARKS = re.compile(r"\*\*|[*`]|\]\([^)]*\)|</?[a-z]+>|https?://\S+")
ENDS = ".:?"
LATIN, CYRILLIC = re.compile(r"[A-Za-zÀ-ɏ]"), re.compile(r"[Ѐ-ӿ]")
WORDS = re.compile(r"[^\W\d_]+")
KAZAKH_ALONE = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")


def faults(language: str, english: tuple[str, ...], said: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the forms of a translation, in words; nothing where a form is still empty."""
    if not all(said):
        return
    for text in said:
        yield from form_faults(language, english[-1], text)


def form_faults(language: str, english: str, text: str) -> Iterator[str]:
    """What is wrong with one form."""
    wanted, found = (set(FILLED_IN.findall(words)) for words in (english, text))
    if wanted != found:
        yield f"{listed(wanted)} stands in the English, {listed(found)} in the translation: {text}"
    if Counter(MARKS.findall(english)) != Counter(MARKS.findall(text)):
        yield f"its marks and links are not those of the English: {text}"
    if end(english) != end(text):
        yield f"the English ends in “{english[-1]}”, the translation in “{text[-1]}”: {text}"
    words = WORDS.findall(FILLED_IN.sub("", text))
    mixed = [word for word in words if LATIN.search(word) and CYRILLIC.search(word)]
    if mixed:
        yield f"Latin and Cyrillic letters in one word: {', '.join(mixed)}"
    if words and not CYRILLIC.search(text) and any(word != word.upper() for word in words):
        yield f"it is not translated: {text}"
    if language == "ru" and KAZAKH_ALONE.search(text):
        yield f"Kazakh letters in a Russian text: {text}"


def end(text: str) -> str:
    """The mark that ends a text, if it is one of ENDS."""
    return text[-1] if text[-1] in ENDS else ""


def listed(names: set[str]) -> str:
    """Names in a fixed order; that there are none."""
    return ", ".join(sorted(names)) or "nothing to fill in"
