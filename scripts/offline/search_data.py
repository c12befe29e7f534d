"""What the copy's search needs, as a script that only assigns it: the findable rows, and how words are compared.

Every table and bound is the site's own (scripts.search), so that nothing is said twice. The rows are those that the
site's search gives, in its order, with what it shows of them.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import iuliia

from scripts.doors import LANGUAGES
from scripts.offline.places import Places
from scripts.record_ids import ID, LOOK_ALIKES
from scripts.search import answer, distance, index, letters, ranking, snippets, spellings
from scripts.search.index import Row
from scripts.site_pages.reading import RECORD_KINDS
from scripts.site_pages.texts import site_texts
from scripts.translations import Plural

PROGRAMS = [Path(__file__).resolve().parent / name for name in ("search-words.js", "search-find.js", "search.js")]
TEXTS = (
    "search_nothing", "search_searched", "search_spellings", "search_found", "search_partly",
    "search_unknown", "search_cut", "search_similar", "search_more", "search_first", "search_all_kinds",
    "search_absent", "search_kinds", "search_kind_notes",
)  # fmt: skip


def letter_map(table: Mapping[int, str | int]) -> dict[str, str]:
    """A table of str.translate with letters on both sides."""
    return {chr(key): chr(to) if isinstance(to, int) else to for key, to in table.items()}


def transliteration() -> dict[str, Any]:
    """iuliia's tables of the scheme that the search uses."""
    scheme: dict[str, Any] = json.loads(Path(iuliia.WIKIPEDIA.path).read_text(encoding="utf-8"))
    return {name: scheme.get(f"{name}mapping", {}) for name in ("", "prev_", "next_", "ending_")}


def rules(pairs: list[tuple[re.Pattern[str], str]]) -> list[list[str]]:
    """Patterns and what stands in their place."""
    return [[pattern.pattern, to] for pattern, to in pairs]


def comparing() -> dict[str, Any]:
    """How words are folded, reduced, compared and ranked."""
    return {
        "word": r"[\p{L}\p{N}]+(?:['’‘ʼ`ʹʻ-][\p{L}\p{N}]+)*",
        "apart": letters.APOSTROPHES_AND_HYPHENS.pattern,
        "longest": letters.LONGEST_WORD,
        "russian": letter_map(letters.TO_RUSSIAN),
        "latin": letter_map(letters.TO_LATIN),
        "scheme": transliteration(),
        "cyrillic": letters.CYRILLIC.pattern,
        "levelled": rules(letters.LEVELLED),
        "readings": [letter_map(reading) for reading in letters.READINGS],
        "softened": rules(letters.SOFTENED),
        "hard": letters.HARD.pattern,
        "id": ID.pattern,
        "alike": letter_map(LOOK_ALIKES),
        "one": distance.SHORTEST_WITH_ONE,
        "two": distance.SHORTEST_WITH_TWO,
        "prefix": index.SHORTEST_PREFIX,
        "skeleton": index.SHORTEST_SKELETON_PREFIX,
        "similar": index.SIMILAR,
        "inText": ranking.IN_TEXT,
        "inFit": ranking.IN_FIT,
        "query": answer.LONGEST_QUERY,
        "words": answer.MOST_WORDS,
        "hits": answer.HITS_A_GROUP,
        "ofOne": answer.HITS_OF_ONE_KIND,
        "kinds": answer.KINDS,
        "named": sorted(index.NAMED_KINDS),
        "small": sorted(answer.SMALL_WORDS),
        "snippet": snippets.LENGTH,
        "before": snippets.BEFORE,
        "offers": spellings.MOST,
    }


def page_of(row: Row, places: Places) -> str:
    """The file of a row in the copy, from the folder of its language; `../` before what is in English alone."""
    if row.kind == "documents":
        return places.of(f"/about/{row.row_id}")
    if row.kind in RECORD_KINDS or row.kind == "reported_totals":
        return places.of(f"/{'count' if row.kind == 'reported_totals' else row.kind}/{row.row_id}")
    return "/" + places.of(f"/kz2018/{row.kind}/{row.row_id}")


def row_data(row: Row, places: Places) -> list[Any]:
    """A row: kind, id, file, titles by language (one where they are the same), other spellings, what it says."""
    titles = [row.titles[language] for language in LANGUAGES]
    shown = titles if len(set(titles)) > 1 else titles[:1]
    return [answer.KINDS.index(row.kind), row.row_id, page_of(row, places), shown, row.names, row.texts]


def shown(text: Any) -> Any:
    """A text as the programs take it: one with a plural as its forms by category."""
    return text.forms() if isinstance(text, Plural) else text


def search_script(rows: list[Row], places: Places) -> str:
    """The script: rows, comparing, texts of each language."""
    texts = {language: {key: shown(site_texts(language)[key]) for key in TEXTS} for language in LANGUAGES}
    parts = {"by": comparing(), "texts": texts}
    head = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    lines = ",\n".join(json.dumps(row_data(row, places), ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'"use strict";\nconst SEARCH = {head};\nSEARCH.rows = [\n{lines}\n];\n'
