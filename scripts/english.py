"""The English texts of the site's pages, in scripts/site/texts; other languages are translated from them."""

import json
from functools import cache
from pathlib import Path

from scripts.translations import Texts

FOLDER = Path(__file__).resolve().parent / "site" / "texts"
PARTS = {"correct": "en.json", "offline": "offline/en.json", "search": "search/en.json", "site": "site/en.json"}


@cache
def english(part: str) -> Texts:
    """The texts of a part of PARTS, nested by key."""
    texts: Texts = json.loads((FOLDER / PARTS[part]).read_text(encoding="utf-8"))
    return texts
