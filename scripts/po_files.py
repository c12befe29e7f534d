"""Catalogues of translations as files: brought up to the English texts, and written the same way each time."""

from collections.abc import Iterable

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import generate_po

from scripts.messages import Message
from scripts.translations import forms

HEADER = """\
# The site's texts in another language than English. `python -m scripts.translate` brings this file up to the English
# texts; whoever translates writes msgstr and takes `fuzzy` off what was looked at again.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"X-Checked-By-Native-Speaker: {checked}\\n"

"""
WIDTH = 110
WAS = "The English was: "  # a comment of a fuzzy entry; Babel does not read the previous msgid that gettext has for it


def updated(catalogue: Catalog, messages: Iterable[Message]) -> Catalog:
    """The catalogue with exactly these texts in their order.

    A new one is empty. Where the English has changed, the translation stays, is fuzzy, and a comment says for which
    English it was made. What is gone is left out.
    """
    old = {str(entry.context): entry for entry in catalogue if entry.id}
    made = Catalog(locale=catalogue.locale)
    for key, english in messages:
        add(made, key, english, old.get(key))
    return made


def add(made: Catalog, key: str, english: tuple[str, ...], old: Entry | None) -> None:
    """Put a text into a catalogue, with what an older one has for its key."""
    msgid = english if len(english) > 1 else english[0]
    if old is None or len(forms(old.id)) != len(english):
        made.add(msgid, context=key)
        return
    is_changed = forms(old.id) != english and all(forms(old.string))
    flags = {*old.flags, "fuzzy"} if is_changed else old.flags
    was = [comment for comment in old.user_comments if comment.startswith(WAS)]
    notes = [comment for comment in old.user_comments if comment not in was]
    if is_changed and not was:
        was = [f"{WAS}{' / '.join(forms(old.id))}"]
    made.add(msgid, old.string, flags=flags, user_comments=notes + (was if "fuzzy" in flags else []), context=key)


def po_text(catalogue: Catalog, is_checked: bool) -> str:
    """The text of a catalogue's file. It holds no time and no name."""
    language, plurals = catalogue.locale_identifier, catalogue.plural_forms
    header = HEADER.format(language=language, plurals=plurals, checked="yes" if is_checked else "no")
    entries = generate_po(catalogue, width=WIDTH, omit_header=True, ignore_obsolete=True)
    return header + "".join(entries).rstrip("\n") + "\n"
