"""Hygiene of every cell that passed the door, so that nothing downstream has to escape or guess.

Each check has its own id and names the cell. Which cells a check reads:
  prose     columns of free text: not those whose type, closed list, pattern or key already fixes the whole cell
  names     of these, the ones that hold a name or a spelling as printed
  links     columns called url; long runs of digits in them are no one's number
  text      prose and links
  digits    every column but links and hashes: a number of a person may stand in a column of numbers or ids too
  every     every column but hashes
Counting rules are SQL and read as prose: neither a tag nor a formula has a place there either. The descriptor's texts
are read for HTML, links and personal data alone.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scripts import links, personal
from scripts.files import Rows, fault, shortened
from scripts.package import column_names, fields_of, foreign_keys, primary_key
from scripts.problems import Problem
from scripts.spreadsheets import ERROR_RULE, ERROR_WORDS, ERRORS, VALUE_RULE

NAMES = re.compile(
    r"(?:.*_)?(?:name|surname|name_2026|as_printed|as_reported)|patronymic|court|author|publisher|addressee"
)
MIXED_WORD = re.compile(
    "[A-Za-z\u00c0-\u024f][\u0300-\u036f'’-]?[\u0370-\u052f]|[\u0370-\u052f][\u0300-\u036f'’-]?[A-Za-z\u00c0-\u024f]"
)
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
NOT_LATIN = re.compile("[\u0370-\u052f]")  # Greek and Cyrillic, whose letters look like Latin ones
HTML = re.compile(r"</?[A-Za-z]|<[!?]|-->|&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]{1,31});")
FORMULA = re.compile("^[ ']*[=+@\uff1d\uff0b\uff0d\uff20-]", re.MULTILINE)
STRAY_SPACE = re.compile("^ | $|  ", re.MULTILINE)
BEYOND_LATIN_1 = re.compile("[^\0-\u00ff]")
OF_A_CELL = {"cell-form", "cell-type", "foreign-key", "maximum", "minimum", "pattern", VALUE_RULE, "unknown-code"}
SPELLED = {"title", "description", "example", "unit", "organization", "path", "homepage", "keywords", "version"}


@dataclass(frozen=True)
class CellCheck:
    """One check: `columns` says which it reads, `hint` stands in each text that can fail, `fails` decides on a cell.

    Of one `group` a cell is told once. Without a group it is private: the message never repeats the cell.
    """

    rule: str
    columns: str
    hint: re.Pattern[str]
    fails: Callable[[str], bool]
    message: str
    group: str = ""

    def words(self, cell: str) -> str:
        """The message about a cell that fails."""
        return f"“{shortened(cell)}” {self.message}" if self.group else self.message


def found_by(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether a pattern stands in a cell."""
    return lambda cell: bool(pattern.search(cell))


MANY_DIGITS = re.compile("[0-9](?:[ ()./\u2011\u2013-]{0,4}[0-9]){4}")
TWELVE_DIGITS = re.compile("[0-9](?:[ ./\u2011\u2013-]?[0-9]){11}")
LINK_SIGNS = re.compile(r"://|%3a|script:|[a-z]:[^\s]", re.IGNORECASE)
AT = re.compile(r"@|%40|[\[(] ?at ?[\])]", re.IGNORECASE)
ANY = re.compile("")
HIDE = "take it out (it is not repeated here)"
CHECKS = [  # a cell is told by the first that fails, and by the later ones of another group
    CellCheck("no-personal-number", "prose", TWELVE_DIGITS, personal.has_twelve_digits,
          f"the cell holds what looks like a 12-digit personal number: {HIDE}"),
    CellCheck("no-personal-number", "digits", TWELVE_DIGITS, personal.has_personal_number,
          f"the cell holds what looks like a 12-digit personal number: {HIDE}"),
    CellCheck("no-device-number", "digits", TWELVE_DIGITS, personal.has_device_number,
          f"the cell holds what looks like the number of a device (IMEI) or card: {HIDE}"),
    CellCheck("no-telephone", "digits", MANY_DIGITS, personal.has_phone,
          f"the cell holds what looks like a telephone number: {HIDE}"),
    CellCheck("no-identity-paper", "digits", MANY_DIGITS, personal.has_document,
          f"the cell holds what looks like the number of a passport or identity card: {HIDE}"),
    CellCheck("link-no-login", "text", AT, links.has_login,
          "a link may not hold a user or password before its host: take it out (it is not repeated here)"),
    CellCheck("no-email", "every", AT, personal.has_email, f"the cell holds what looks like an e-mail address: {HIDE}"),
    CellCheck("link-scheme", "links", ANY, lambda cell: not re.match("https?://", cell),
          "is no link that starts with http:// or https://", "link"),
    CellCheck("link-scheme", "text", LINK_SIGNS, links.has_scheme_fault,
          "holds a link or command that does not start with http:// or https://", "link"),
    CellCheck("link-carries-no-other", "text", re.compile("://"), links.carries_another,
          "is a link that carries a second one, which may lead elsewhere: give the page's own address", "link"),
    CellCheck(ERROR_RULE, "every", ERRORS, lambda cell: bool(ERRORS.fullmatch(cell)), ERROR_WORDS, "value"),
    CellCheck("text-no-formula", "text", FORMULA, found_by(FORMULA),
          "starts as a formula does, and a spreadsheet would run it: start with a word", "formula"),
    CellCheck("text-no-html", "text", HTML, found_by(HTML),
          "holds a tag, comment or entity of HTML: write plain text", "html"),
    CellCheck("one-script-a-word", "text", NOT_LATIN, found_by(MIXED_WORD),
          "has letters of two scripts in one word: type it again in one", "script"),
    CellCheck("one-script-a-name", "names", NOT_LATIN, lambda cell: bool(LATIN.search(cell) and NOT_LATIN.search(cell)),
          "has letters of two scripts in one name: type it again in one", "script"),
    CellCheck("text-nfc", "text", BEYOND_LATIN_1, lambda cell: not unicodedata.is_normalized("NFC", cell),
          "is not in Unicode's composed form (NFC): run make format", "form"),
    CellCheck("stray-space", "text", STRAY_SPACE, found_by(STRAY_SPACE),
          "has a space at an end or two in a row: run make format", "space"),
]  # fmt: skip


def columns_read(resource: dict[str, Any]) -> dict[str, set[str]]:
    """The names of a table's columns by what `CellCheck.columns` says."""
    keys = {column for column, _, _ in foreign_keys(resource)}
    fields = {field["name"]: field for field in fields_of(resource)}
    closed = {name for name, field in fields.items() if {"enum", "pattern"} & set(field.get("constraints", {}))}
    prose = {name for name, field in fields.items() if field["type"] == "string"} - keys - closed
    urls, hashes = {"url"} & set(fields), {"sha256"} & set(fields)
    return {
        "prose": prose - urls,
        "names": {name for name in prose if NAMES.fullmatch(name)},
        "links": urls,
        "text": prose | urls,
        "digits": set(fields) - urls - hashes,
        "every": set(fields) - hashes,
    }


def descriptor_problems(descriptor: dict[str, Any]) -> Iterator[Problem]:
    """The texts of the descriptor that fail a check."""
    texts = [(place, text) for place, text in spoken(descriptor, "") if text]
    for place, text in texts:
        for check in failed(text, [check for check in CHECKS if check.columns != "links" and is_for_descriptor(check)]):
            yield fault("datapackage.json", 0, place, check.rule, check.words(text))


def table_problems(resource: dict[str, Any], rows: Rows) -> Iterator[Problem]:
    """The cells of a table that fail; a column is searched cell by cell only where a check's hint stands in it."""
    read = columns_read(resource)
    columns = column_names(resource)
    key = [columns.index(column) for column in primary_key(resource)]
    for i, column in enumerate(columns):
        cells = [row[i] for row in rows]
        together = "\n".join(cells)
        checks = [check for check in CHECKS if column in read[check.columns] and check.hint.search(together)]
        for line, cell in enumerate(cells if checks else [], start=2):
            for check in failed(cell, checks) if cell else []:
                row_id = "" if not check.group and i in key else "/".join(rows[line - 2][k] for k in key)
                yield Problem(str(resource["path"]), line, column, row_id, check.rule, "error", check.words(cell))


def failed(cell: str, checks: Iterable[CellCheck]) -> list[CellCheck]:
    """The checks that a cell fails, one a group; a private one alone, for others would quote the cell."""
    groups: dict[str, CellCheck] = {}
    for check in checks:
        if check.group not in groups and check.hint.search(cell) and check.fails(cell):
            if not check.group:
                return [check]
            groups[check.group] = check
    return list(groups.values())


def spoken(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Each text of the descriptor that people write, with its place."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else []
    for key, value in items:
        name = value.get("name", key) if isinstance(value, dict) else key
        inner = place if key in ("resources", "schema", "fields") else f"{place}.{name}".strip(".")
        if isinstance(value, str):
            if key in SPELLED or isinstance(key, int):
                yield inner, value
        elif key != "constraints":
            yield from spoken(value, inner)


def is_for_descriptor(check: CellCheck) -> bool:
    """Whether a check is of personal data, HTML or links."""
    return check.group in ("", "html", "link")


def without_those_told(problems: Iterable[Problem], hygiene: Iterable[Problem]) -> list[Problem]:
    """The problems without the schema's of a cell that hygiene names, which says the more telling thing.

    Of a cell that holds what is private nothing else is told, for it would quote the cell.
    """
    hygiene = list(hygiene)
    private = {check.rule for check in CHECKS if not check.group}
    told = {(p.path, p.line, p.column) for p in hygiene}
    hushed = {(p.path, p.line, p.column) for p in hygiene if p.rule in private}
    return [
        p
        for p in problems
        if (p.path, p.line, p.column) not in (told if p.rule in OF_A_CELL and p.column else hushed)
    ]
