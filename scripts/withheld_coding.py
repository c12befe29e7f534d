"""The files of validation/ without a person: the codings that were compared, their decisions, and the lists of rows."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from scripts.withheld_names import Name, words_in
from scripts.withheld_rows import Gone

Row = dict[str, str]
Files = dict[Path, str]
ROUNDS = Path("validation") / "double_coding"
PEOPLE = ("person", "target_person")
DECIDED = "Decided on the passage."


def codings_without(texts: Files, gone: Gone, person_id: str, name: Name) -> Files:
    """The changed texts of the files below validation/double_coding and of exceptions.csv and words.csv.

    `texts` holds all of them by path; `gone` the rows that are gone.
    """
    ids = {row_id for _, row_id in gone} | {person_id}
    lost = {path.parts[2]: set[tuple[str, str]]() for path in texts if path.parts[1] == ROUNDS.name}
    after: Files = {}

    def is_theirs(cell: str) -> bool:
        return cell == person_id or name.mentioned(cell)

    for path, text in texts.items():
        if path.parts[1] != ROUNDS.name:
            continue
        if path.parts[3] in ("first", "second"):
            paired = paired_units(texts, path.parts[2], ids)
            after[path] = edited(text, lambda row, p=path, m=paired: unit_without(row, p, m, is_theirs, name, lost, ids))
    for path, text in texts.items():
        if path.name in ("adjudications.csv", "pairs.csv"):
            mine = lost[path.parts[2]]
            after[path] = edited(text, lambda row, m=mine: decision_without(row, m, ids, name))
    for path, text in texts.items():
        if path.name == "exceptions.csv":
            after[path] = edited(text, lambda row: exception_without(row, ids, name))
        if path.name == "words.csv":
            after[path] = edited(text, lambda row: None if set(words_in(row["word"])) & name.own else row)
    return {path: text for path, text in after.items() if text != texts[path]}


def paired_units(texts: Files, number: str, ids: set[str]) -> dict[tuple[str, str], bool]:
    """For each (table, unit) of a round's second coding that is paired with a row: whether the row is gone."""
    text = texts.get(ROUNDS / number / "pairs.csv", "")
    return {(r["table_name"], r["second_unit"]): r["row_id"] in ids for r in csv.DictReader(io.StringIO(text))}


def unit_without(
    row: Row,
    path: Path,
    paired: dict[tuple[str, str], bool],
    is_theirs: Callable[[str], bool],
    name: Name,
    lost: dict[str, set[tuple[str, str]]],
    ids: set[str],
) -> Row | None:
    """A coder's unit without the person; None where it is about nobody else, which `lost` then notes."""
    table, number = path.stem, path.parts[2]
    theirs = [column for column in PEOPLE if column in row and is_theirs(row[column])]
    goes = row["unit"] in ids or "person" in theirs or ("target_person" in theirs and not row["person"])
    goes = goes or (table == "official_roles" and is_theirs(row.get("case", "")))
    if path.parts[3] == "second" and (table, row["unit"]) in paired:
        goes = paired[table, row["unit"]]
    if goes:
        lost[number].add((table, row["unit"]))
        return None
    return {column: cell if column == "unit" else name.without(emptied(cell, column, theirs)) for column, cell in row.items()}


def emptied(cell: str, column: str, theirs: list[str]) -> str:
    """A cell, empty where it is one of the person's columns."""
    return "" if column in theirs else cell


def decision_without(row: Row, lost: set[tuple[str, str]], ids: set[str], name: Name) -> Row | None:
    """A decision or pair without the person; None where the row or a unit is gone."""
    table = row["table_name"]
    units = {(table, row.get(column, "")) for column in ("first_unit", "second_unit")}
    if any(row.get(column) in ids for column in ("row_id", "first_unit", "second_unit")):
        return None
    if units & lost and not row.get("row_id"):
        return None
    kept = {column: name.without(cell) for column, cell in row.items()}
    return kept | ({"reason": kept["reason"] or DECIDED} if "reason" in row else {})


def exception_without(row: Row, ids: set[str], name: Name) -> Row | None:
    """An exception; None where its row is gone or its reason tells of the person."""
    if ids & set(row["row_id"].split("/")):
        return None
    reason = name.without(row["reason"])
    return row | {"reason": reason} if reason else None


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
