"""Dates in words, by their precision."""

from collections.abc import Mapping
from typing import Any

from scripts.site_pages.texts import Texts


def day(texts: Texts, iso: str) -> str:
    """A full date in words: 10 May 2018."""
    year, month, number = iso.split("-")
    return str(texts["day_form"].format(day=int(number), month=texts["months"][int(month) - 1], year=year))


def span(texts: Texts, first: str, last: str) -> str:
    """From one day to another, months and years that they share said once: 10–15 May 2018."""
    if first == last:
        return day(texts, first)
    if first[:7] == last[:7]:
        return day(texts, last).replace(str(int(last[8:])), f"{int(first[8:])}–{int(last[8:])}", 1)
    return f"{day(texts, first)} – {day(texts, last)}"


def in_words(texts: Texts, row: Mapping[str, Any], start: str = "date_start", end: str = "date_end") -> str:
    """The date of a row (`date_start`, `date_end`, `date_precision`) in words; empty where it is unknown."""
    precision, first, last = row["date_precision"], row[start], row[end]
    if precision in (None, "unknown") or not (first or last):
        return ""
    if precision == "year":
        return str((first or last)[:4])
    if precision == "month":
        year, month = (first or last).split("-")[:2]
        return str(texts["month_form"].format(month=texts["months_alone"][int(month) - 1], year=year))
    if precision == "since" or not last:
        return str(texts["since_form"].format(day=day(texts, first)))
    if precision == "before" or not first:
        return str(texts["before_form"].format(day=day(texts, last)))
    return span(texts, first, last)
