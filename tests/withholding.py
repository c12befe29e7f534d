"""What the tests of withholding share: which people to try, what must be nowhere afterwards, and where to look."""

import csv
import re
import sqlite3
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pyreadstat
from pyarrow import parquet

from scripts import build_sqlite
from scripts.fingerprints import Prints
from scripts.package import ROOT
from scripts.tokens import fold, words_of

PARTS = ("data", "validation", "metadata")
FILES = ("datapackage.json", "README.md", "CHANGELOG.md", "CITATION.cff", ".zenodo.json", "CONTRIBUTING.md", "Makefile")
NAMED = {
    "persons": "person_id", "person_names": "person_id", "officials": "official_id", "official_names": "official_id",
}  # fmt: skip
NAMES = ("name", "surname", "given_name", "name_as_printed", "name_as_reported")
STATISTICS = {".dta": pyreadstat.read_dta, ".sav": pyreadstat.read_sav}
LETTERS = re.compile(r"[^\W\d_]+")
SHORTEST = 4  # letters of a single word that is looked for


def rows(root: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table as text."""
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_ids(root: Path = ROOT) -> list[str]:
    """The ids of everybody who is not withheld."""
    return [row["person_id"] for row in rows(root, "persons") if row["is_withheld"] == "false"]


def chosen(root: Path = ROOT) -> list[str]:
    """Four to try: a complainant with a case, one with penalties alone, one whose name is not theirs alone, a relative
    or other person who is no complainant."""
    of = {table: {row["person_id"] for row in rows(root, table)} for table in ("case_persons", "penalties")}
    people = [row for row in rows(root, "persons") if row["is_withheld"] == "false"]
    complain = [row["person_id"] for row in people if row["is_complainant"] == "true"]
    surnames = [row["surname"] for row in people]
    return [
        next(i for i in complain if i in of["case_persons"] and i in of["penalties"]),
        next(i for i in complain if i in of["penalties"] and i not in of["case_persons"]),
        next(row["person_id"] for row in people if row["surname"] and surnames.count(row["surname"]) > 1),
        next(row["person_id"] for row in people if row["is_complainant"] == "false" and row["description"]),
    ]


def plain(text: str) -> str:
    """A text in small letters without accents, apostrophes and hyphens, its words apart by one space."""
    parts = unicodedata.normalize("NFKD", fold(text).casefold())
    return " ".join(LETTERS.findall("".join(c for c in parts if not unicodedata.combining(c))))


def words_of_others(root: Path, person_id: str) -> set[str]:
    """Every word that somebody else, a place or a body is called by."""
    called = [
        row[column]
        for table, key in NAMED.items()
        for row in rows(root, table)
        if row[key] != person_id
        for column in NAMES
        if column in row
    ]
    called += [row["name"] for table in ("places", "institutions") for row in rows(root, table)]
    return {word for text in called for word in plain(text).split()}


def removed_values(root: Path, person_id: str) -> set[str]:
    """What may stand nowhere once a person is withheld: each spelling, and each word that is the person's alone."""
    spellings = {row["name"] for row in rows(root, "persons") if row["person_id"] == person_id}
    own = next(row for row in rows(root, "persons") if row["person_id"] == person_id)
    spellings |= {f"{own['surname']} {own['given_name']}", f"{own['given_name']} {own['surname']}"}
    spellings |= {row["name_as_printed"] for row in rows(root, "person_names") if row["person_id"] == person_id}
    plainly = {plain(spelling) for spelling in spellings}
    others = words_of_others(root, person_id)
    # Packed files and search indexes cut words, so a part of another's name is no sign.
    mine = {word for spelling in plainly for word in spelling.split()}
    alone = {word for word in mine if not any(word in other for other in others)}
    alone -= {word for table in ("acts", "events", "responses") for word in ordinary_words(root, table)}
    return {spelling for spelling in plainly if " " in spelling} | {word for word in alone if len(word) >= SHORTEST}


def ordinary_words(root: Path, table: str) -> set[str]:
    """The words that a table's texts write in small letters: a name that is such a word cannot be looked for alone."""
    return set(re.findall(r"\b[a-z]+\b", (root / "data" / f"{table}.csv").read_text(encoding="utf-8")))


def texts_in(root: Path) -> Iterator[tuple[str, str]]:
    """(where, text) of everything in a folder: files as text, Parquet and statistics programs' files decoded,
    the database by tables, by bytes."""
    for path in sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink()):
        where = path.relative_to(root).as_posix()
        yield where, path.read_bytes().decode("utf-8", "ignore")
        if path.suffix == ".parquet":
            yield f"{where} (decoded)", str(parquet.read_table(path).to_pydict())
        if path.suffix in (".db", ".sqlite"):
            yield from database_texts(path, where)
        if path.suffix in STATISTICS:
            yield f"{where} (decoded)", str(STATISTICS[path.suffix](path)[0].to_dict())
        if path.suffix in (".zip", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{where}!{n}", archive.read(n).decode("utf-8", "ignore")) for n in archive.namelist())


def database_texts(path: Path, where: str) -> Iterator[tuple[str, str]]:
    """Every table and view of a database as text, the search index among them."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        for (name,) in names:
            yield f"{where} ({name})", str(connection.execute(f'SELECT * FROM "{name}"').fetchall())


@lru_cache(maxsize=256)
def padded_words(text: str) -> str:
    """The words of a text as `plain` gives them, with a space at both ends; remembered: most files do not change."""
    return f" {plain(text)} "


def leaks(root: Path, values: set[str]) -> list[str]:
    """Where a value still stands, sorted; a value is found as whole words, whatever stands between them."""
    found = []
    for where, text in texts_in(root):
        padded = padded_words(text)
        found += [f"{where}: a removed value of {len(value)} letters" for value in values if f" {value} " in padded]
    return sorted(found)


def add_site_and_zip(root: Path) -> None:
    """Build the database that the site is served from, and pack data/ as a release would."""
    assert build_sqlite.main(["--root", str(root)]) == 0
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((root / "data").rglob("*")):
            archive.write(path, path.relative_to(root).as_posix())
    (root / "build" / "release.zip").write_bytes(packed.getvalue())


def confirmable(root: Path, spellings: set[str], passages: set[str]) -> set[str]:
    """The passages in which the fingerprints still confirm a spelling: each of its words, and that they are neighbours.

    A hash is short, so that one alone is often there by chance.
    """
    prints = Prints.of(parquet.read_table(root / "data" / "parquet" / "fingerprints.parquet"))
    spelled = [words_of(spelling) for spelling in spellings if len(words_of(spelling)) > 1]
    return {
        passage
        for passage in passages
        for words in spelled
        if prints.has_all(passage, words) and all(prints.has(passage, word) for word in words)
    }
