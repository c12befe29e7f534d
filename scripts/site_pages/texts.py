"""The interface's texts: scripts/site/texts/<part>/<language>.json, one namespace over all parts.

A text that a language does not have yet is shown in English; `untranslated` counts them, and the page says so.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from scripts.doors import LANGUAGES

FOLDER = Path(__file__).resolve().parent.parent / "site" / "texts"
Texts = dict[str, Any]


def read_parts(language: str, folder: Path = FOLDER) -> Texts:
    """The texts of all parts in a language. Raises ValueError where two parts have the same key."""
    found: Texts = {}
    for path in sorted(folder.glob(f"*/{language}.json")):
        part = json.loads(path.read_text(encoding="utf-8"))
        twice = found.keys() & part.keys()
        if twice:
            raise ValueError(f"{path.parent.name}/{path.name}: keys of another part: {', '.join(sorted(twice))}")
        found |= part
    return found


def over(texts: Texts, under: Texts) -> Texts:
    """`texts`, with those of `under` that it lacks, at every depth."""
    merged = dict(under)
    for key, text in texts.items():
        merged[key] = over(text, under[key]) if isinstance(text, dict) and isinstance(under.get(key), dict) else text
    return merged


@cache
def site_texts(language: str) -> Texts:
    """All texts of a language of LANGUAGES, English where it has none; `is_translated` says whether it has all."""
    if language not in LANGUAGES:
        raise ValueError(f"no texts in {language}: there are {', '.join(LANGUAGES)}")
    english, own = read_parts("en"), read_parts(language)
    return over(own, english) | {"is_translated": own.keys() >= english.keys()}
