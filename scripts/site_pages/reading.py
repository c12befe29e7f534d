"""`Site`: what pages read of the database, in a language: rows, words for codes, citations, answers."""

import json
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from babel.numbers import format_decimal
from datasette.app import Datasette

from scripts.project import Project
from scripts.site_pages import names
from scripts.site_pages.dates import in_words
from scripts.site_pages.page import Mark, Value
from scripts.site_pages.texts import Texts, site_texts
from scripts.translations import translation

DATABASE = "kz2018"
RECORD_KINDS = ("persons", "officials", "events", "cases", "places", "provisions", "rights", "passages")
LABELLED = ("act_types", "penalty_types")  # whose English labels stand in views
CITED = """
    SELECT citations.row_id, coalesce(citations.field, '') AS field, citations.passage_id, passages.section,
        passages.page, passages.page_latest, sources.title, sources.url
    FROM citations
    LEFT JOIN passages ON passages.passage_id = citations.passage_id
    LEFT JOIN sources ON sources.source_id = coalesce(citations.source_id, passages.source_id)
    WHERE citations.table_name = :table AND citations.row_id IN (SELECT value FROM json_each(:ids))
    ORDER BY citations.passage_id IS NULL, citations.passage_id
"""
# The names of records by site and language; the database does not change while it is served.
NAMES: WeakKeyDictionary[Datasette, dict[str, names.Names]] = WeakKeyDictionary()
Row = dict[str, Any]
Marks = tuple[Mark, ...]


class Site:
    """The database as the pages of one language read it. SQL is written in the modules of pages; values are bound."""

    def __init__(self, datasette: Datasette, language: str) -> None:
        self.datasette = datasette
        self.language = language
        self.t: Texts = site_texts(language)
        self.translation = translation(language)
        settings = dict(datasette.plugin_config("site_pages"))
        self.version: str = settings["version"]
        self.source: dict[str, str] = settings["source"]
        self.creator: str = settings["creator"]
        self.title: str = settings["title"]
        self.dataset: str = settings["dataset"]
        self.tables: dict[str, list[str]] = settings["tables"]
        self.project = Project(**settings["project"])
        self._labels: dict[str, dict[str, str]] = {}

    async def rows(self, sql: str, **values: Any) -> list[Row]:
        """The rows that a SELECT gives, `:name` in it bound to the value called so."""
        if self.language != "en" and self.language not in NAMES.setdefault(self.datasette, {}):
            NAMES[self.datasette][self.language] = await self._read_names()
        return await self._select(sql, **values)

    async def _select(self, sql: str, **values: Any) -> list[Row]:
        return [dict(row) for row in await self.datasette.get_database(DATABASE).execute(sql, values)]

    async def _read_names(self) -> names.Names:
        events = await self._select(names.EVENTS.format(language=self.language))
        provisions, rights = await self._select(names.PROVISIONS), await self._select(names.RIGHTS)
        return (
            names.event_names(self.t, events)
            | names.provision_names(self.t, provisions)
            | names.right_names(self.t, rights)
        )

    async def row(self, sql: str, **values: Any) -> Row | None:
        """The first of these rows, None where there is none."""
        return next(iter(await self.rows(sql, **values)), None)

    def path(self, path: str) -> str:
        """The address of one of our pages in this language."""
        prefix = "" if self.language == "en" else f"/{self.language}"
        return str(self.datasette.urls.path(prefix + path))

    def record(self, table: str, row_id: str) -> str:
        """The address of a record: its page, or its row among the tables where its kind has no page."""
        if table in RECORD_KINDS:
            return self.path(f"/{table}/{row_id}")
        return str(self.datasette.urls.row(DATABASE, table, row_id))

    def name(self, table: str, row_id: str | None, english: str | None) -> str:
        """The name of a record in this language, once rows were read; as it is in the data where it has no other."""
        own = NAMES.get(self.datasette, {}).get(self.language, {})
        return own.get((table, row_id or ""), english or row_id or "")

    def link(self, table: str, row_id: str | None, text: str | None, note: str = "") -> Value:
        """A link to a record by its name, or by its id where `text` is that; nothing where there is none.

        Where an event has another name in this language, its title in the data is the note.
        """
        name = text or row_id or "" if text == row_id else self.name(table, row_id, text)
        if table == "events" and text and name != text:
            note = text
        return Value(name, self.record(table, row_id) if row_id else "", note)

    def words(self, key: str, english: str) -> str:
        """A text that stands in no file of texts, such as a view's sentence, in this language."""
        return self.translation.text(key, english)

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        return format_decimal(value, locale=self.t["locale"])

    def person(self, row: Row, note: str = "") -> Value:
        """The link to a person (`person_id`, `name`, `is_withheld`); a withheld one has neither name nor link."""
        if row["is_withheld"]:
            return Value(self.t["withheld_person"], "", note)
        return self.link("persons", row["person_id"], row["name"], note)

    def code(self, column: str, value: str | None) -> str:
        """The words for a value of a closed set; KeyError where they are missing."""
        return str(self.t["codes"][column][value]) if value else ""

    async def label(self, table: str, code: str) -> str:
        """The label of a code of a code list, such as act_types."""
        if table not in self._labels:
            rows = await self.rows(f'SELECT code, label_{self.language} AS label FROM "{table}"')
            self._labels[table] = {row["code"]: row["label"] for row in rows}
        return self._labels[table][code]

    async def label_for(self, english: str) -> str:
        """The label of the treatment or penalty that has this English label; the English where none has."""
        if "" not in self._labels:
            tables = " UNION ".join(f"SELECT label_en, label_{self.language} AS own FROM {table}" for table in LABELLED)
            self._labels[""] = {row["label_en"]: row["own"] for row in await self.rows(tables)}
        return self._labels[""].get(english, english)

    def date(self, row: Row) -> str:
        """A row's date in words, empty where it is unknown."""
        return in_words(self.t, row)

    async def marks(self, table: str, ids: Iterable[str]) -> dict[tuple[str, str], Marks]:
        """The citations of rows of a table, by (row id, column); the column is empty for those of the whole row."""
        wanted = list(ids)
        cited = await self.rows(CITED, table=table, ids=json.dumps(wanted))
        found: dict[tuple[str, str], list[Row]] = {}
        for row in cited:
            found.setdefault((row["row_id"], row["field"]), []).append(row)
        return {key: self.marks_of(rows) for key, rows in found.items()}

    def marks_of(self, rows: list[Row]) -> Marks:
        """A mark for each section and page, with all the passages there."""
        places: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for row in rows:
            passages = places.setdefault((self.place(row), row["url"] or ""), [])
            passage_id = row["passage_id"]
            if passage_id and passage_id not in dict(passages):
                passages.append((passage_id, self.record("passages", passage_id)))
        return tuple(Mark(label, tuple(passages), url) for (label, url), passages in places.items())

    def place(self, row: Row) -> str:
        """Section and page of a passage: 3.1 J · p. 25; the title of a source that has no passages."""
        if row["section"] is None:
            return str(row["title"])
        section = self.t["sections"].get(row["section"], row["section"])
        if row["page"] is None:
            return str(section)
        latest = f"–{row['page_latest']}" if (row["page_latest"] or 0) > row["page"] else ""
        pages = self.t["page_short"].format(pages=f"{row['page']}{latest}")
        return f"{section} · {pages}"
