"""Words of a page that are in another language than the page, each given its own `lang`.

Our texts in Russian and Kazakh are written in Cyrillic letters, the data as reported in Latin ones: so the letters tell
the language, and no template can forget to. What stands in an element with a `lang` of its own is left alone.
"""

import re
from collections.abc import Iterator
from html import unescape

from markupsafe import escape

from scripts.translations import ADDRESS

TAGS = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
LANG = re.compile(r'\slang="([^"]*)"')
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "!doctype"}
CLOSED_TO_MARKS = {"title", "textarea", "svg", "code", "pre", "script", "style"}
LATIN = "A-Za-zÀ-ɏ"
CYRILLIC = "Ѐ-ӿ"
KAZAKH = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
# From a letter to the last one before a letter of the other alphabet, or to the end of the text where none follows.
RUNS = {
    "latin": re.compile(rf"[{LATIN}](?:[^{CYRILLIC}]*$|[^{CYRILLIC}]*[{LATIN}])?"),
    "cyrillic": re.compile(rf"[{CYRILLIC}](?:[^{LATIN}]*$|[^{LATIN}]*[{CYRILLIC}])?"),
}
IDS = re.compile(r"(?:[A-Z]\d{4,5}\W+)+")
WORD = re.compile(rf"[{LATIN}{CYRILLIC}][a-zà-ɏ{CYRILLIC}]")


def marked(page: str, language: str) -> str:
    """The HTML of a page in a language, every run of foreign words with its `lang`."""
    return "".join(parts(page, language))


def parts(page: str, language: str) -> Iterator[str]:
    """The tags and texts of a page, foreign words marked."""
    open_elements: list[tuple[str, bool]] = []  # its name, and whether what stands in it is left alone
    known: dict[str, str] = {}  # texts repeat on a page; none is kept after it, for a reader may have typed it
    pieces = TAGS.split(page)
    for number, piece in enumerate(pieces):
        if not piece.startswith("<"):
            name_of_element, is_left_alone = open_elements[-1] if open_elements else ("", False)
            if not is_left_alone and name_of_element != "option":
                piece = known[piece] if piece in known else known.setdefault(piece, with_marks(piece, language))
            yield piece
            continue
        name = NAME.match(piece)
        if name is None:
            yield piece
        elif piece.startswith("</"):
            close(open_elements, name[1])
            yield piece
        else:
            own = LANG.search(piece)
            if name[1].lower() not in VOID and not piece.endswith("/>"):
                is_left_alone = (own is not None and name[1] != "html") or name[1] in CLOSED_TO_MARKS
                is_left_alone |= bool(open_elements) and open_elements[-1][1]
                open_elements.append((name[1], is_left_alone))
            yield option(piece, pieces[number + 1], language) if name[1] == "option" and not own else piece


def close(open_elements: list[tuple[str, bool]], name: str) -> None:
    """Close the innermost open element of this name, and what was left open in it."""
    for depth in range(len(open_elements) - 1, -1, -1):
        if open_elements[depth][0] == name:
            del open_elements[depth:]
            return


def with_marks(text: str, language: str) -> str:
    """A text of HTML with its foreign runs marked; ids, addresses and what is all capitals are no words."""
    if not WORD.search(text):
        return text
    plain = unescape(text)
    runs = RUNS["cyrillic" if language == "en" else "latin"].finditer(plain)
    found = [run for run in runs if WORD.search(run[0]) and not ADDRESS.fullmatch(run[0].strip())]
    marks, end = [], 0
    for run in found:
        ids = IDS.match(run[0])
        start = run.start() + (ids.end() if ids else 0)
        words = plain[start : run.end()].rstrip()
        marks += [escape(plain[end:start]), f'<span lang="{language_of(words)}">{escape(words)}</span>']
        end = start + len(words)
    return "".join([*marks, escape(plain[end:])]) if found else text


def language_of(words: str) -> str:
    """The language of words, by their letters: English, Kazakh where a letter is Kazakh alone, else Russian."""
    if not re.search(f"[{CYRILLIC}]", words):
        return "en"
    return "kk" if KAZAKH.search(words) else "ru"


def option(tag: str, text: str, language: str) -> str:
    """The tag of an option, which can hold no span, with the language of its text where that is foreign."""
    foreign = with_marks(text, language)
    return f'{tag[:-1]} lang="{language_of(text)}">' if foreign != text else tag
