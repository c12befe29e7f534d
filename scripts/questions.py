"""The ready questions: scripts/questions/<name>.sql, SQLite's SQL, each named for what it counts.

A file is written as a view's is (scripts.views), with two lines more: `-- unit: …` says in what it counts, and
`-- leaves_out: …` what is not in it.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from scripts.views import View, parse_view

FOLDER = Path(__file__).resolve().parent / "questions"


@dataclass(frozen=True)
class Question:
    """A ready question: its name, its query, the unit in which it counts, and what it leaves out."""

    name: str
    view: View
    unit: str
    leaves_out: str


def parse_question(name: str, text: str) -> Question:
    """The question in a file's text. Raises ValueError where its unit or what it leaves out is not said."""
    view = parse_view(name, text)
    about = {key: view.columns.get(key, "") for key in ("unit", "leaves_out")}
    missing = [key for key, said in about.items() if not said]
    if missing:
        raise ValueError(f"{name}.sql: no line `-- {missing[0]}: …`")
    columns = {column: said for column, said in view.columns.items() if column not in about}
    return Question(name, replace(view, columns=columns), **about)


def read_questions(folder: Path = FOLDER) -> list[Question]:
    """All questions of a folder, by name."""
    return [parse_question(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))]
