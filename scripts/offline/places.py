"""Where each address of the site stands in the copy: a file and, where a row is meant, an anchor in it."""

import re
from posixpath import dirname, relpath

from scripts.site_pages.delivery import FORMATS
from scripts.site_pages.reading import DATABASE, RECORD_KINDS

LANGUAGE = re.compile(r"/(?:(?P<language>ru|kk)(?:/|$))?(?P<rest>.*)")
STOCK = re.compile(rf"/{DATABASE}(?:/(?P<table>\w+)(?:/(?P<row>[^/.]+))?)?(?:\.(?P<form>\w+))?")
CORRECT = re.compile(r"correct/(?P<letter>[A-Z])[0-9]{4,5}")
ONLY_CSV = "citations"  # thousands of rows that are shown beside what they support
OWN_CORRECT = tuple(kind for kind in RECORD_KINDS if kind != "passages")  # whose rows have pages /correct/<id>
FOLDERS = ("offline", "static")  # what has no page but is a file


def letter_page(letter: str) -> str:
    """The address of the page by which any row of a kind is corrected."""
    return f"/correct/{letter}"


def forms_kept(page: str) -> tuple[str, ...]:
    """In which forms a page's data are in the copy: a record's as CSV and JSON, a list's as Excel too."""
    return ("csv", "json") if page.strip("/").split("/")[0] in RECORD_KINDS and "/" in page.strip("/") else FORMATS


class Places:
    """The files of the copy, which is in some languages.

    `letters` gives the table of an id's first letter; `row_tables` have a page of rows.
    """

    def __init__(self, letters: dict[str, str], row_tables: frozenset[str], languages: tuple[str, ...]) -> None:
        self.letters, self.row_tables, self.languages = letters, row_tables, languages

    def of(self, address: str) -> str:
        """The file and anchor of an address of the site; empty where the copy has none."""
        path, _, anchor = address.partition("#")
        path = path.partition("?")[0]
        stock = STOCK.fullmatch(path)
        if stock:
            return self._stock(stock)
        name = self._page(path)
        return f"{name}#{anchor}" if name and anchor else name

    def _stock(self, path: re.Match[str]) -> str:
        table, row, form = path["table"], path["row"], path["form"]
        if table is None:
            return f"data/{DATABASE}.db" if form == "db" else "download.html"
        if table == "reported_totals" and row:
            return f"count/{row}.html"
        if form or table not in self.row_tables:
            return f"data/{table}.{form or 'csv'}"
        return f"tables/{table}.html" + (f"#{row}" if row else "")

    def _page(self, path: str) -> str:
        match = LANGUAGE.fullmatch(path)
        language, rest = (match["language"], match["rest"]) if match else (None, path.lstrip("/"))
        if rest.startswith(FOLDERS) or rest in ("robots.txt", "CONTRIBUTING.md"):
            return rest.removeprefix("offline/")
        stem, _, form = rest.rpartition(".")
        if form in FORMATS:
            return self._data(stem, form)
        if language and language not in self.languages:
            return ""
        prefix = f"{language}/" if language and not rest.startswith("tables/") else ""
        correct = CORRECT.fullmatch(rest)
        if correct and self.letters.get(correct["letter"]) not in OWN_CORRECT:
            return f"{prefix}correct/{correct['letter']}.html"
        return f"{prefix}{rest or 'index'}.html"

    def _data(self, stem: str, form: str) -> str:
        if stem.startswith("tables/"):
            return f"data/{stem.removeprefix('tables/')}.{form}" if form != "xlsx" else ""
        return f"{stem}.{form}" if form in forms_kept(stem) else ""


def relative(file: str, target: str) -> str:
    """The way from a file of the copy to another, with its anchor."""
    path, _, anchor = target.partition("#")
    way = relpath(path, dirname(file) or ".")
    return f"{way}#{anchor}" if anchor else way
