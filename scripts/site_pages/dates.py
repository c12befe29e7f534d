"""Dates in words, by their precision, as the language writes them (Babel's CLDR)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton

from scripts.site_pages.texts import Texts


def day(texts: Texts, iso: str) -> str:
    """A full date in words: 10 May 2018."""
    return format_date(date.fromisoformat(iso), "long", locale=texts["locale"])


def span(texts: Texts, first: str, last: str) -> str:
    """From one day to another, month and year said once where they share them: 10–15 May 2018."""
    if first == last:
        return day(texts, first)
    if first[:7] != last[:7]:
        return f"{day(texts, first)} – {day(texts, last)}"
    pattern = Locale.parse(texts["locale"]).date_formats["long"].pattern
    days = f"'{int(first[8:])}–{int(last[8:])}'"
    return format_date(date.fromisoformat(last), re.sub(r"\bd\b", days, pattern, count=1), locale=texts["locale"])


def in_words(texts: Texts, row: Mapping[str, Any], start: str = "date_start", end: str = "date_end") -> str:
    """The date of a row (`date_start`, `date_end`, `date_precision`) in words; empty where it is unknown."""
    precision, first, last = row["date_precision"], row[start], row[end]
    if precision in (None, "unknown") or not (first or last):
        return ""
    if precision == "year":
        return str((first or last)[:4])
    if precision == "month":
        return format_skeleton("yMMMM", date.fromisoformat(first or last), locale=texts["locale"])
    if precision == "since" or not last:
        return str(texts["since_form"].format(day=day(texts, first)))
    if precision == "before" or not first:
        return str(texts["before_form"].format(day=day(texts, last)))
    return span(texts, first, last)
