"""A second report that nobody wrote, as rows to add to a package: tests/second_source/<table>.csv.

Its rows are called new:A1 and so on, and get the next free ids; old:act, old:penalty and old:person are rows of the
first report that it answers or contradicts.
"""

import csv
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "second_source"
TOKEN = re.compile(r"(?:new:[A-Z]\d|old:[a-z]+)")


def read_table(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def ids_for(data: Path, old: dict[str, str]) -> dict[str, str]:
    """The id for each token: of `old`, or the next free one of its table, retired ids counted."""
    retired = [row["row_id"] for row in read_table(data / "retired_ids.csv")]
    found = dict(old)
    for file in sorted(FOLDER.glob("*.csv")):
        tokens = [token for row in read_table(file) if TOKEN.fullmatch(token := next(iter(row.values())))]
        for token in dict.fromkeys(token for token in tokens if token not in found):
            letter, number = token[4], int(token[5:])
            taken = [next(iter(row.values())) for row in read_table(data / file.name)] + retired
            width = 5 if letter == "Z" else 4
            last = max((int(row_id[1:]) for row_id in taken if re.fullmatch(rf"{letter}\d+", row_id)), default=0)
            found[token] = f"{letter}{last + number:0{width}}"
    return found


def add_second_source(root: Path, old: dict[str, str]) -> dict[str, str]:
    """Add the rows to the CSVs of a package, whose rows `old` names; the id of each token."""
    ids = ids_for(root / "data", old)
    for file in sorted(FOLDER.glob("*.csv")):
        with (root / "data" / file.name).open(encoding="utf-8", newline="") as text:
            header = next(csv.reader(text))
        with (root / "data" / file.name).open("a", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, header, lineterminator="\n")
            for row in read_table(file):
                writer.writerow({c: TOKEN.sub(lambda found: ids[found[0]], cell) for c, cell in row.items()})
    return ids
