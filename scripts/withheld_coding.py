"""The files of validation/ without a person: the codings that were compared, their decisions, and the lists of rows."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from scripts.second_reading import FOLDER as READING
from scripts.support import FILE as READ
from scripts.withheld_names import Name, words_in
from scripts.withheld_texts import Gone

Row = dict[str, str]
Files = dict[Path, str]
ROUNDS = Path("validation") / "double_coding"
PEOPLE = ("person", "target_person")
DECIDED = "Decided on the passage."


@dataclass
class Sought:
    """Whom to take out: the ids of the person and of the rows that are gone, and the name; `lost` notes the units
    that went, by round."""

    person_id: str
    ids: frozenset[str]
    name: Name
    lost: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))

    def others(self, cell: str) -> str:
        """A cell of people without the person: a coder may have put several there, with a semicolon between."""
        people = [part for part in cell.split(";") if part != self.person_id and not self.name.mentioned(part)]
        return ";".join(people)

    def unit(self, row: Row, path: Path, paired: dict[tuple[str, str], bool]) -> Row | None:
        """A coder's unit without the person; None where it is about nobody else."""
        table, number = path.stem, path.parts[2]
        left = {column: self.others(row[column]) for column in PEOPLE if column in row}
        alone = [column for column, people in left.items() if row[column] and not people]
        goes = row["unit"] in self.ids or "person" in alone or ("target_person" in alone and not row["person"])
        goes = goes or (table == "official_roles" and bool(row.get("case")) and not self.others(row["case"]))
        if path.parts[3] == "second":
            goes = paired.get((table, row["unit"]), goes)
        if goes:
            self.lost[number].add((table, row["unit"]))
            return None
        kept = row | left
        return {column: cell if column == "unit" else self.name.without(cell) for column, cell in kept.items()}

    def decision(self, row: Row, number: str) -> Row | None:
        """A decision or pair without the person; None where its row, or a unit of it without a row, is gone."""
        if any(row.get(column) in self.ids for column in ("row_id", "first_unit", "second_unit")):
            return None
        units = {(row["table_name"], row.get(column, "")) for column in ("first_unit", "second_unit")}
        if units & self.lost[number] and not row.get("row_id"):
            return None
        kept = {column: "" if cell in self.ids else self.name.without(cell) for column, cell in row.items()}
        return kept | ({"reason": kept["reason"] or DECIDED} if "reason" in row else {})

    def reading(self, row: Row) -> Row | None:
        """A row of a second reading, its key first; None where that row is gone."""
        key, *_ = row
        if row[key] in self.ids:
            return None
        cells = {column: self.name.without(cell).split(" ") for column, cell in row.items()}
        return {column: " ".join(word for word in words if word not in self.ids) for column, words in cells.items()}

    def read_citation(self, row: Row) -> Row | None:
        """A citation that was read; None where its row is gone."""
        return None if row["row_id"] in self.ids else row

    def exception(self, row: Row) -> Row | None:
        """An exception; None where its row is gone or its reason tells of nobody else."""
        reason = self.name.without(row["reason"])
        return row | {"reason": reason} if reason and not self.ids & set(row["row_id"].split("/")) else None

    def word(self, row: Row) -> Row | None:
        """A word of the spelling list; None where it is of the name."""
        return None if self.name.own & {*words_in(row["word"]), *words_in(row["reason"])} else row


def codings_without(texts: Files, gone: Gone, person_id: str, name: Name) -> Files:
    """The changed texts of the files below validation/double_coding and of the lists of validation/.

    `texts` holds all of them by path; `gone` the rows that are gone.
    """
    sought = Sought(person_id, frozenset({row_id for _, row_id in gone} | {person_id}), name)
    coders = {path: text for path, text in texts.items() if path.parent.name in ("first", "second")}
    after = {
        path: edited(text, partial(sought.unit, path=path, paired=paired_units(texts, path.parts[2], sought.ids)))
        for path, text in coders.items()
        if READING not in path.parents
    }
    after |= {path: edited(text, sought.reading) for path, text in coders.items() if READING in path.parents}
    for path, text in texts.items():
        if path.name in ("adjudications.csv", "pairs.csv"):
            after[path] = edited(text, partial(sought.decision, number=path.parts[2]))
        elif path.name == "exceptions.csv":
            after[path] = edited(text, sought.exception)
        elif path == READ:
            after[path] = edited(text, sought.read_citation)
        elif path.name == "words.csv":
            after[path] = edited(text, sought.word)
    return {path: text for path, text in after.items() if text != texts[path]}


def paired_units(texts: Files, number: str, ids: frozenset[str]) -> dict[tuple[str, str], bool]:
    """For each (table, unit) of a round's second coding that is paired with a row: whether the row is gone."""
    text = texts.get(ROUNDS / number / "pairs.csv", "")
    return {(r["table_name"], r["second_unit"]): r["row_id"] in ids for r in csv.DictReader(io.StringIO(text))}


def edited(text: str, change: Callable[[Row], Row | None]) -> str:
    """A CSV text with each row changed, or taken out where the change gives None; untouched where nothing changes."""
    rows = list(csv.DictReader(io.StringIO(text)))
    changed = [change(row) for row in rows]
    if changed == rows:
        return text
    out = io.StringIO(newline="")
    head = next(csv.reader(io.StringIO(text)))
    writer = csv.DictWriter(out, head, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in changed if row is not None)
    return out.getvalue()
