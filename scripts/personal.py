"""Personal data that no cell may hold, by their look: addresses, telephones, numbers of persons, devices and papers.

A message never repeats them: logs of checks are public.
"""

import re
from datetime import date
from urllib.parse import unquote

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+ ?(?:@|[\[(] ?at ?[\])]) ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
PHONE = re.compile(
    r"\+[0-9](?:[ ()./\u2011\u2013-]{0,4}[0-9]){8,13}(?![0-9])"
    r"|(?<![\w.,+-])[78][ (./-]{0,2}7[0-9]{2}[ )./-]{0,2}[0-9]{3}[ ./-]?[0-9]{2}[ ./-]?[0-9]{2}(?![\w-])"
    r"|(?<![\w.,+-])8[ (/-]{1,2}[0-9]{3}[ )/-]{0,2}[0-9]{3}[ /-]?[0-9]{2}[ /-]?[0-9]{2}(?![\w-])"
    r"|(?<![\w.,+-])\(?7[0-9]{2}[ )-]{1,2}[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}(?![\w-])"
    r"|(?<![\w.,+-])[78] ?\([0-9]{3,5}\)(?:[ -]{0,2}[0-9]){5,7}(?![\w-])"
    r"|\b(?:tel|phone|mobile|mob|whatsapp|telegram|тел|телефон|моб)\b\.?:? ?(?:no\.? ?|№ ?)?"
    r"\+?[0-9(](?:[ ()./-]{0,4}[0-9]){4,}",
    re.IGNORECASE,
)
DIGITS = re.compile(r"(?<![\w.,-])[0-9](?:[ .\u2011\u2013/-]?[0-9]){11,15}(?![ ./-]?[0-9]|\w|[.,][0-9])")
DOCUMENT = re.compile(
    r"(?<![\w-])(?:N|[A-ZА-Я]{2})(?: ?№ ?| )?[0-9]{6,9}(?![\w-])"
    r"|(?<![\w.,-])0[0-9]{8}(?![\w-])"
    r"|(?<![\w-])[A-Z][0-9]{8}(?![\w-])"
    r"|(?i:\b(?:passport|identity card|identity document|id card|паспорт\w*|удостоверени\w*|төлқұжат\w*)\b)"
    r"[^0-9\n]{0,25}[0-9](?:[ -]?[0-9]){4,}"
)

def has_email(cell: str) -> bool:
    """Whether the cell holds an e-mail address, also percent-encoded."""
    return bool(EMAIL.search(unquote(cell)))


def has_phone(cell: str) -> bool:
    """Whether the cell holds a telephone number: international, Kazakh with 7 or 8, or announced by a word."""
    return bool(PHONE.search(cell))


def has_twelve_digits(cell: str) -> bool:
    """Whether a text holds 12 digits in one run: a personal number, whatever day it starts with."""
    return any(len(digits) == 12 and written == digits for written, digits in runs(cell))


def has_personal_number(cell: str) -> bool:
    """Whether the cell holds 12 digits that start with a day (YYMMDD), however they are cut."""
    return any(len(digits) == 12 and is_birthday(digits[:6]) for _, digits in runs(cell))


def has_device_number(cell: str) -> bool:
    """Whether the cell holds an IMEI: 15 digits as one run, or cut into groups with a check digit that fits."""
    return any(len(digits) in (15, 16) and (written == digits or luhn(digits)) for written, digits in runs(cell))


def has_document(cell: str) -> bool:
    """Whether the cell holds the number of a passport or identity card, by its form or announced by a word."""
    return bool(DOCUMENT.search(cell))


def runs(cell: str) -> list[tuple[str, str]]:
    """Each long run of digits in a cell, as written and without what cuts it."""
    return [(written, re.sub("[^0-9]", "", written)) for written in DIGITS.findall(cell)]


def is_birthday(digits: str) -> bool:
    """Whether six digits are a day as YYMMDD."""
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
