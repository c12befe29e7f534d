"""Bring the catalogues of translations up to the English texts, and say what is left to translate.

A new text is added without a translation; one whose English has changed keeps its translation, marked fuzzy, and is
shown in English until somebody has looked at it; one that is gone is taken out. Catalogues are
scripts/site/locale/<language>/LC_MESSAGES/site.po; whoever translates writes there.

Exit codes: 0 done (with --check: all are current and sound), 1 a translation has a fault, or with --check a catalogue
is not current (one line a text), 2 a catalogue or the package cannot be read.

Examples:
    python -m scripts.translate
    python -m scripts.translate --check
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from scripts.build_parquet import write_atomically
from scripts.messages import Message, messages
from scripts.package import ROOT, load_package
from scripts.po_files import po_text, updated
from scripts.problems import Problem, finish
from scripts.translation_faults import faults
from scripts.translations import LOCALE, catalogue_path, forms, is_checked, is_translated, read_catalogue

RUN = "run python -m scripts.translate"


def stale(path: str, old: Catalog, wanted: list[Message]) -> Iterator[Problem]:
    """A problem for each text that is new, changed or gone, each with its key."""
    have = {str(entry.context): entry for entry in old if entry.id}
    english = dict(wanted)
    for key in english.keys() - have.keys():
        yield problem(path, 0, key, "translation-is-current", f"a new text is missing: {RUN}")
    for key, entry in have.items():
        if key not in english:
            yield problem(path, entry.lineno, key, "translation-is-current", f"a text that is gone stands there: {RUN}")
        elif forms(entry.id) != english[key]:
            yield problem(path, entry.lineno, key, "translation-is-current", f"its English has changed: {RUN}")


def unsound(path: str, language: str, catalogue: Catalog) -> Iterator[Problem]:
    """A problem for each fault of a translation that is shown."""
    for entry in catalogue:
        if entry.id and is_translated(entry):
            for fault in faults(language, forms(entry.id), forms(entry.string)):
                yield problem(path, entry.lineno, str(entry.context), "translation-is-sound", fault)


def problem(path: str, line: int | None, key: str, rule: str, message: str) -> Problem:
    """A problem with the text of a key."""
    return Problem(path, line or 0, key, "", rule, "error", message)


def summary(language: str, catalogue: Catalog) -> str:
    """How far a catalogue is translated, in words."""
    entries = [entry for entry in catalogue if entry.id]
    done, fuzzy = sum(map(is_translated, entries)), sum(entry.fuzzy for entry in entries)
    return f"{language}: {done} translated, {fuzzy} fuzzy, {len(entries) - done - fuzzy} missing"


def check(path: Path, wanted: list[Message]) -> list[Problem]:
    """What keeps a catalogue from being current and sound."""
    name, old = path.relative_to(path.parents[3]).as_posix(), read_catalogue(path)
    found = [*stale(name, old, wanted), *unsound(name, path.parents[1].name, old)]
    if not found and path.read_text(encoding="utf-8") != po_text(updated(old, wanted), is_checked(path)):
        found.append(problem(name, 0, "", "translation-is-current", f"it is not in its own form: {RUN}"))
    return found


def update(path: Path, wanted: list[Message]) -> list[Problem]:
    """Write a catalogue anew and say on stderr how far it is translated; the faults of its translations."""
    language, made = path.parents[1].name, updated(read_catalogue(path), wanted)
    write_atomically(path, po_text(made, is_checked(path)).encode())
    written = read_catalogue(path)
    print(summary(language, written), file=sys.stderr)
    return list(unsound(path.relative_to(path.parents[3]).as_posix(), language, written))


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--locale", type=Path, default=LOCALE, help="folder of the catalogues")
    parser.add_argument("--check", action="store_true", help="write nothing; name each text that is not current")
    options = parser.parse_args(argv)
    try:
        wanted = messages(load_package(ROOT))
        paths = sorted(catalogue_path(folder.name, options.locale) for folder in options.locale.iterdir())
        work = check if options.check else update
        found = [fault for path in paths for fault in work(path, wanted)]
    except (OSError, ValueError, json.JSONDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    return finish(found, "translations")


if __name__ == "__main__":
    sys.exit(main())
