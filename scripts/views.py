"""The views: scripts/views/<name>.sql, SQLite's SQL.

The first line of a file is `-- ` and one sentence: what one row is and what is counted. A line `-- one_row_per: …`
names that row in a few words, for the names of exported files. Lines `-- column: text` after it describe the columns
that the view makes; the others keep their descriptions from the tables that the view reads.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "views"
CAVEAT = (
    "These are mentions by 129 self-selected complainants with details given as examples; "
    "no rate, share or comparison of cities can be drawn; absence means nothing."
)
COLUMN_LINE = re.compile(r"-- (\w+): (.+)")
READ_FROM = re.compile(r"\b(?:FROM|JOIN) (\w+)")


@dataclass(frozen=True)
class View:
    """A view: its name, what one row is, its columns' own descriptions, its SELECT and the tables that it reads."""

    name: str
    sentence: str
    columns: dict[str, str]
    select: str
    one_row_per: str = ""

    @property
    def description(self) -> str:
        """What one row is, and the caveat that goes with every count."""
        return f"{self.sentence} {CAVEAT}"

    @property
    def title(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ").capitalize()

    @property
    def tables(self) -> list[str]:
        """What the view reads: first what its outermost SELECT names, then what stands in brackets."""
        outermost, brackets = self.select, 1
        while brackets:
            outermost, brackets = re.subn(r"\([^()]*\)", "", outermost)
        return list(dict.fromkeys([*READ_FROM.findall(outermost), *READ_FROM.findall(self.select)]))

    @property
    def ddl(self) -> str:
        """CREATE VIEW."""
        return f"CREATE VIEW {self.name} AS\n{self.select}"


def parse_view(name: str, text: str) -> View:
    """The view in a file's text. Raises ValueError where its first line is not a sentence."""
    first, _, rest = text.partition("\n")
    if not re.fullmatch(r"-- \S.*\.", first):
        raise ValueError(f"{name}.sql: the first line must be `-- ` and one sentence")
    lines = rest.splitlines()
    described = [COLUMN_LINE.fullmatch(line) for line in lines]
    columns = {match[1]: match[2] for match in described if match}
    one_row_per = columns.pop("one_row_per", "")
    select = "\n".join(line for line, match in zip(lines, described, strict=True) if not match)
    return View(name, first.removeprefix("-- "), columns, select.strip().removesuffix(";"), one_row_per)


def read_views(folder: Path = FOLDER) -> list[View]:
    """All views of a folder, by name."""
    return [parse_view(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))]
