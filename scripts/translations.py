"""Translations of the interface: scripts/site/locale/<language>/LC_MESSAGES/site.po, gettext catalogues read by Babel.

A text is asked for by its key, which is the entry's context, and by its English. Where the catalogue has no translation
of just that English, or only a fuzzy one, the English itself is given. English has no catalogue.
"""

import gettext
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from babel.support import Translations

LOCALE = Path(__file__).resolve().parent / "site" / "locale"
PLURAL = {"one", "other"}  # the keys of an English text with a form for one and a form for many
LOCALES = {"en": "en_GB"}  # in which English dates are written; other languages are locales themselves
ADDRESS = re.compile(r"/\S*|[a-z0-9]+(?:\.[a-z]+)+")
LINE = re.compile(r'|#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) )?".*"')
CHECKED = re.compile(r'^"X-Checked-By-Native-Speaker: (yes|no)\\n"$', re.MULTILINE)
EVERY_FORM = 101  # numbers below this have every form of a plural that whole numbers have
Texts = dict[str, Any]


def catalogue_path(language: str, folder: Path = LOCALE) -> Path:
    """The catalogue of a language."""
    return folder / language / "LC_MESSAGES" / "site.po"


def read_catalogue(path: Path) -> Catalog:
    """A catalogue. Raises OSError where it is missing, ValueError where it is none: Babel passes over broken lines."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not LINE.fullmatch(line):
            raise ValueError(f"{path.name} of {path.parents[1].name} cannot be read: line {number} is {line}")
    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.parents[1].name, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} of {path.parents[1].name} cannot be read: {error}") from error


def is_checked(path: Path) -> bool:
    """Whether the catalogue's header says that a native speaker has checked it; ValueError where it does not say."""
    said = CHECKED.search(path.read_text(encoding="utf-8"))
    if said is None:
        name = f"{path.name} of {path.parents[1].name}"
        raise ValueError(f"{name}: its header lacks X-Checked-By-Native-Speaker: yes or no")
    return said[1] == "yes"


def forms(words: object) -> tuple[str, ...]:
    """The forms of a text of a catalogue: one, or more where it has a plural."""
    return tuple(words) if isinstance(words, list | tuple) else (str(words),)


def is_translated(message: Message) -> bool:
    """Whether an entry has all its forms and no doubt upon it."""
    return not message.fuzzy and all(forms(message.string))


@dataclass(frozen=True)
class Translation:
    """The texts of a language: `found` finds them, `known` holds the key and English of those that it has."""

    language: str
    found: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)
    known: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
    is_checked: bool = True

    @property
    def locale(self) -> str:
        """The locale by which numbers and dates are written."""
        return LOCALES.get(self.language, self.language)

    def text(self, key: str, english: str) -> str:
        """A text in this language; in English where there is none."""
        return self.found.pgettext(key, english)

    def texts(self, key: str, english: Any) -> Any:
        """Nested English texts in this language: dicts and lists of texts; a dict of PLURAL becomes a Plural."""
        if isinstance(english, list):
            return [self.texts(f"{key}.{number}", text) for number, text in enumerate(english)]
        if isinstance(english, str):
            return self.text(key, english) if is_words(english) else english
        if english.keys() == PLURAL:
            return Plural(self, key, english["one"], english["other"])
        return {name: self.texts(f"{key}.{name}", text) for name, text in english.items()}

    def lacks(self, wanted: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
        """The keys of these texts (key, forms in English) that are shown in English; none in English itself."""
        return [] if self.language == "en" else [key for key, english in wanted if (key, english) not in self.known]


@dataclass(frozen=True)
class Plural:
    """A text with a form for each kind of number: “1 row”, “47 rows”."""

    translation: Translation
    key: str
    one: str
    other: str

    def format(self, number: float, **words: object) -> str:
        """The text for a number, which stands in it as the language writes it. A fraction takes the form of two."""
        whole = int(number) if number == int(number) else 2
        form = self.translation.found.npgettext(self.key, self.one, self.other, whole)
        return form.format(number=format_decimal(number, locale=self.translation.locale), **words)

    def forms(self) -> dict[str, str]:
        """Each form, unfilled, under its category of the CLDR (one, few, many, other): a browser knows these too."""
        category = Locale.parse(self.translation.language).plural_form
        found = self.translation.found
        return {category(n): found.npgettext(self.key, self.one, self.other, n) for n in range(EVERY_FORM)}


def is_words(text: str) -> bool:
    """Whether a text of the interface is to be translated: an address is not."""
    return ADDRESS.fullmatch(text) is None


def leaves(key: str, english: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The texts in nested English texts, each with its key, as (key, forms)."""
    if isinstance(english, str):
        return [(key, (english,))] if is_words(english) else []
    if isinstance(english, dict) and english.keys() == PLURAL:
        return [(key, (english["one"], english["other"]))]
    parts = enumerate(english) if isinstance(english, list) else english.items()
    return [leaf for name, text in parts for leaf in leaves(f"{key}.{name}", text)]


@cache
def translation(language: str) -> Translation:
    """The translation into a language, its catalogue read once. Raises OSError or ValueError where it has none."""
    return Translation("en") if language == "en" else read_translation(catalogue_path(language))


def read_translation(path: Path) -> Translation:
    """The translation that a catalogue gives, without what is empty or fuzzy."""
    catalogue = read_catalogue(path)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    known = {(str(m.context), forms(m.id)) for m in catalogue if m.id and is_translated(m)}
    return Translation(path.parents[1].name, Translations(compiled), frozenset(known), is_checked(path))
