"""What a page shows, as data: templates render it as HTML, `exports` as JSON, CSV and Excel; all hold the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Mark:
    """A citation: section and page, the passages there that support the statement, and where they are published.

    `passages` pairs a passage's id with the path of its page; it is empty where a source without passages is cited.
    """

    label: str
    passages: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Value:
    """Words, where they lead, what qualifies them, and where they stand; `code` is what the data has for the words."""

    text: str
    href: str = ""
    note: str = ""
    marks: tuple[Mark, ...] = ()
    code: str = ""


@dataclass(frozen=True)
class Answer:
    """What the other side said of a row; `about` leads to that row."""

    row_id: str
    who: str
    what: str
    text: str = ""
    when: str = ""
    marks: tuple[Mark, ...] = ()
    about: Value | None = None


@dataclass(frozen=True)
class Fact:
    """A term and what the report says of it."""

    label: str
    values: tuple[Value, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A row told as a statement: when, what, its details, the passages that support it, the answers to it."""

    row_id: str
    title: Value
    when: str = ""
    facts: tuple[Fact, ...] = ()
    marks: tuple[Mark, ...] = ()
    answers: tuple[Answer, ...] = ()
    table: str = ""

    @property
    def is_sentence(self) -> bool:
        """Whether its title is a sentence and no heading."""
        return not self.title.href and self.title.text.endswith(".")

    def without(self, href: str) -> "Entry":
        """The statement without the facts that only lead to `href`, the page on which it stands."""
        facts = tuple(fact for fact in self.facts if [value.href for value in fact.values] != [href])
        return replace(self, facts=facts)


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in the data, its heading, and whether it holds numbers."""

    name: str
    title: str
    is_number: bool = False
    description: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under columns; `caption` says how many rows and what one row is."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of a page under a heading; any of its parts may be empty.

    `entries` are listed, or set along a line of time where `is_timeline`; `markup` is HTML that a program of ours made
    (a drawing, or a document of metadata/), and is not exported.
    """

    key: str
    heading: str
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    entries: tuple[Entry, ...] = ()
    table: Table | None = None
    markup: str = ""
    code: str = ""
    is_timeline: bool = False
    is_table_folded: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing but a heading and notes would be shown."""
        return not (self.facts or self.entries or self.table or self.markup or self.code)


@dataclass(frozen=True)
class Page:
    """A page: its address without the language, what stands at its head, its sections.

    `names_people`: a person's or official's name stands on it, so that search engines are asked to leave it out.
    `template` is empty where the common one of records or pages does; `extra` is what a template of its own needs.
    """

    path: str
    title: str
    kind: str = ""
    row_id: str = ""
    table: str = ""
    lead: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    names_people: bool = False
    status: int = 200
    template: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[Section, ...]:
        """The sections that hold something."""
        return tuple(section for section in self.sections if not section.is_empty)

    @property
    def has_data(self) -> bool:
        """Whether the page shows anything that can be taken away as data."""
        return any(part.facts or part.entries or part.table or part.code for part in self.sections)
