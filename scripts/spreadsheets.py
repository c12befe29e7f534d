"""What a spreadsheet makes of a typed cell: recognised by its look, and read where that needs no guess."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from scripts.forms import FORMS

VALUE_RULE = "spreadsheet-value"
ERROR_RULE = "spreadsheet-error"
ERROR_WORDS = "is an error of a spreadsheet's formula: write the value itself"
ERRORS = re.compile(
    r"#(REF!|NAME\?|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!|ССЫЛКА!|ИМЯ\?|ЗНАЧ!|ДЕЛ/0!|Н/Д|ПУСТО!|ЧИСЛО!"
    r"|BEZUG!|WERT!|NV|ZAHL!|REF|NOM\?|VALEUR!|ADR!|NAZWA\?|ARG!)|Err:[0-9]{3}|#{3,}"
)
BOOLEANS = dict.fromkeys(["true", "истина", "wahr", "vrai", "prawda", "істина", "verdadero", "vero"], "true")
BOOLEANS |= dict.fromkeys(["false", "ложь", "falsch", "faux", "fałsz", "хибність", "falso"], "false")
MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?Z?)?"
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + MIDNIGHT)
DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})" + MIDNIGHT)
SLASHED = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})" + MIDNIGHT)
SHORT_YEAR = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}")
SERIAL_DAY = re.compile(r"([2-5][0-9]{4})(?:\.0)?")
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00(?:\.0+)?)?(?: ?([AP])\.?M\.?)?", re.IGNORECASE)
SHARE_OF_DAY = re.compile(r"0[.,]([0-9]{1,15})")
EXPONENT = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]{1,3}", re.IGNORECASE)
GROUP_SPACE = re.compile(r"(?<=[0-9])[ \u00a0\u202f'’](?=[0-9]{3}(?![0-9]))")
GROUPED = re.compile(
    r"-?[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]+|(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3}){2,}|(?:\.[0-9]{3}){2,})"
)
DECIMAL = re.compile(r"(-?[0-9]+)([.,])([0-9]+)")


@dataclass(frozen=True)
class Reading:
    """What a cell looks like; `right` is how it is written here, or empty where `looks` says what to decide."""

    looks: str
    right: str = ""

    def message(self, value: str) -> str:
        """What to tell of the cell."""
        return f"“{value}” looks like {self.looks}" + (f": {self.right}" if self.right else "")


def read_cell(kind: str, value: str, decimal_comma: bool = False) -> Reading | None:
    """How a spreadsheet's rendering of a cell of type `kind` is read; None where it looks like none, or is right.

    `decimal_comma`: the file's dialect leaves no other meaning to a comma in a number.
    """
    if kind not in FORMS or not value or len(value) > 40:
        return None
    if kind in ("integer", "number") and re.fullmatch(FORMS[kind][0], value):
        return None
    if kind == "date":
        found = read_date(value)
    elif kind == "time":
        found = read_time(value)
    elif kind == "boolean":
        found = certain("a truth value", BOOLEANS.get(value.casefold(), ""))
    else:
        found = read_number(value, decimal_comma, whole=kind == "integer")
    if found is None or found.right == value or (found.right and not re.fullmatch(FORMS[kind][0], found.right)):
        return None
    return found


def certain(what: str, right: str) -> Reading | None:
    """A reading that needs no guess, or None where there is no value."""
    return Reading(f"{what} as a spreadsheet writes it", right) if right else None


def read_date(value: str) -> Reading | None:
    """A day with the year first or dotted is certain, a slashed one where only one order makes a day."""
    days: set[str] = set()
    if match := YEAR_FIRST.fullmatch(value):
        days = {iso(match[1], match[3], match[4])}
    elif match := DOTTED.fullmatch(value):
        days = {iso(match[3], match[2], match[1])}
    elif match := SLASHED.fullmatch(value):
        days = {iso(match[4], match[3], match[1]), iso(match[4], match[1], match[3])}
    elif SHORT_YEAR.fullmatch(value):
        return Reading("a day whose century is left out: write YYYY-MM-DD")
    elif match := SERIAL_DAY.fullmatch(value):
        day = date(1899, 12, 30) + timedelta(days=int(match[1]))
        return Reading(f"a day that a spreadsheet counts from 1900, perhaps {day}: write YYYY-MM-DD")
    days -= {""}
    if len(days) == 2:
        return Reading(f"a day whose order is not certain: write {' or '.join(sorted(days))}")
    return certain("a day", "".join(days))


def iso(year: str, month: str, day: str) -> str:
    """YYYY-MM-DD, or nothing where there is no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def read_time(value: str) -> Reading | None:
    """A time of day with one digit, seconds of zero, AM or PM; a share of the day is named alone."""
    if match := SHARE_OF_DAY.fullmatch(value):
        minutes = round(float(f"0.{match[1]}") * 1440)
        return Reading(f"a time as a share of the day, perhaps {minutes // 60:02}:{minutes % 60:02}: write HH:MM")
    match = CLOCK.fullmatch(value)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    if match[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match[3] in "Pp" else 0)
    elif match[3]:
        return None
    return certain("a time", f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else "")


def read_number(value: str, decimal_comma: bool, whole: bool) -> Reading | None:
    """A number with a decimal comma, grouped thousands or decimals of zero; what could be two is named alone."""
    if EXPONENT.fullmatch(value):
        return Reading("a number that a spreadsheet cut to an exponent: write all its digits")
    plain = GROUP_SPACE.sub("", value)
    if GROUPED.fullmatch(plain):
        last = max(plain.rfind(","), plain.rfind("."))
        if plain.count(plain[last]) > 1:
            return certain("a number", plain.replace(plain[last], ""))
        return certain("a number", trimmed(re.sub("[.,]", "", plain[:last]), plain[last + 1 :], whole))
    if match := DECIMAL.fullmatch(plain):
        sign_and_digits, mark, decimals = match.groups()
        digits = sign_and_digits.removeprefix("-")
        could_be_thousands = len(decimals) == 3 and len(digits) <= 3 and digits != "0" and plain == value
        if could_be_thousands and not (mark == "," and decimal_comma):
            either = f"{sign_and_digits}{decimals} or {trimmed(sign_and_digits, decimals, whole=False)}"
            return Reading(f"a number whose {'comma' if mark == ',' else 'point'} could be either: write {either}")
        return certain("a number", trimmed(sign_and_digits, decimals, whole))
    return certain("a number", plain)


def trimmed(digits: str, decimals: str, whole: bool) -> str:
    """The number without zeros at the end of its decimals; nothing where a whole one would have decimals left."""
    decimals = decimals.rstrip("0")
    if not decimals:
        return digits
    return "" if whole else f"{digits}.{decimals}"
