"""What a reader may ask for of a record, in each language: the three doors, their questions, the text to copy.

The texts of scripts/site/texts/en.json and their translations are shown by the site and recognised again in what comes
back (scripts.answers).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from scripts.english import english
from scripts.translations import translation

LANGUAGES = ("en", "ru", "kk")
DANGER, WRONG, REPLY = "danger", "wrong", "reply"
DOORS = (DANGER, WRONG, REPLY)


@dataclass(frozen=True)
class Question:
    """A question of a door: its key, its label in a language, and the answers to choose from (key to words), if any."""

    key: str
    label: str
    options: dict[str, str]

    @property
    def hint(self) -> str:
        """The answers to choose from, in one line; empty for a free answer."""
        return " / ".join(self.options.values())

    def __str__(self) -> str:
        """The question as it stands in the text to copy, ready for the answer."""
        return f"{self.label} ({self.hint}): " if self.hint else f"{self.label}: "


@cache
def read_texts(language: str) -> dict[str, Any]:
    """All texts of a language of LANGUAGES; `draft` is empty where no translation waits for a native speaker."""
    if language not in LANGUAGES:
        raise ValueError(f"no texts in {language}: there are {', '.join(LANGUAGES)}")
    own = translation(language)
    texts: dict[str, Any] = own.texts("correct", english("correct"))
    return texts | ({"draft": ""} if own.is_checked else {})


def opening(language: str, door: str) -> str:
    """The sentence under the id, by which a returned text shows its door."""
    return str(read_texts(language)["doors"][door]["opening"])


def questions(language: str, door: str) -> list[Question]:
    """The questions of a door, in order."""
    asked = read_texts(language)["doors"][door]["questions"]
    return [Question(key, question["label"], question.get("options", {})) for key, question in asked.items()]


def text_to_copy(language: str, door: str, row_id: str) -> str:
    """The text that a reader copies into a messenger: the id, what is asked for, the questions. No value, no name."""
    asked = questions(language, door)
    if len(asked) == 1:
        lines = [str(asked[0])]
    else:
        lines = [f"{number}. {question}" for number, question in enumerate(asked, 1)]
    return "\n".join([row_id, opening(language, door), "", *(line.rstrip() for line in lines)]) + "\n"
