"""Dates as the source prints them, and whether a coded date says the same."""

import calendar
from datetime import date
from typing import Any

from scripts.tokens import MONTHS, Token, tokens

Mention = tuple[int | None, int | None, int | None]  # day, month, year


def mentions(printed: str) -> list[Mention]:
    """The dates in printed words, in order; a part left out is taken from the next mention (`17–18 September 2018`)."""
    found: list[Mention] = []
    numbers: list[int] = []
    month: int | None = None
    for token in [*tokens(printed), Token("", "end", False, 0, 0)]:
        value = int(token.text) if token.kind == "number" and token.text.isdigit() else None
        if value is not None and value > 31:
            found.append((numbers[-1] if numbers else None, month, value))
            numbers, month = [], None
        elif value is not None:
            if month is not None:
                found.append((numbers[-1] if numbers else None, month, None))
                numbers, month = [], None
            numbers.append(value)
            if len(numbers) > 1:
                found.append((numbers.pop(0), None, None))
        elif token.kind == "month" or token.kind == "end":
            if month is not None:
                found.append((numbers[-1] if numbers else None, month, None))
                numbers = []
            month = MONTHS.get(token.text)
    return fill_from_next(found)


def fill_from_next(found: list[Mention]) -> list[Mention]:
    """Mentions with a missing month or year taken from the one after."""
    filled: list[Mention] = []
    for day, month, year in reversed(found):
        after = filled[-1] if filled else (None, None, None)
        filled.append((day, month or after[1], year or after[2]))
    return filled[::-1]


def first_day(mention: Mention) -> date | None:
    """The earliest day a mention allows; None where it names no year."""
    day, month, year = mention
    return None if year is None else date(year, month or 1, day or 1)


def last_day(mention: Mention) -> date | None:
    """The latest day a mention allows; None where it names no year."""
    day, month, year = mention
    if year is None:
        return None
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def disagreement(row: dict[str, Any]) -> str | None:
    """Why `date_start`, `date_end` and `date_precision` do not say what `date_as_printed` says; None where they do.

    Words without a year ("10 May") are compared by day and month. A span's first and last mention give its ends. Words
    that hold no date at all ("the day before") are not compared. An impossible printed date counts as a disagreement.
    """
    found = mentions(row["date_as_printed"])
    if not found:
        return None
    try:
        first, last = first_day(found[0]), last_day(found[-1])
    except ValueError:
        return "the printed words are no date of the calendar"
    for column, printed, mention in (("date_start", first, found[0]), ("date_end", last, found[-1])):
        coded = row.get(column)
        if coded is None:
            continue
        if printed is not None and coded != printed:
            return f"{column} is {coded}, the printed words give {printed}"
        day, month, _ = mention
        if printed is None and month is not None and (coded.day, coded.month) != (day or coded.day, month):
            return f"{column} is {coded}, the printed words give another day or month"
    return None
