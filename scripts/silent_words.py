"""The words by which a withheld person would be known in a cell: spellings of a name, and ids of rows that are gone."""

import re
import unicodedata
from dataclasses import dataclass

SHORTEST_NAME = 3  # characters; shorter ones, initials, stand in too many words
SHORTEST_RUN = 5  # letters of a name that is looked for inside longer words
NEVER = r"(?!)"  # a pattern that matches nothing


@dataclass(frozen=True)
class Words:
    """Names and ids to be found in cells: as words anywhere, and names run together, as accounts have them."""

    words: re.Pattern[str]
    joined: re.Pattern[str]
    in_addresses: re.Pattern[str]

    @classmethod
    def of(cls, names: set[str], ids: set[str]) -> "Words":
        """From the spellings of names, a surname alone among them, and ids."""
        runs = {squeezed(name) for name in names}
        return cls(
            re.compile(rf"(?<!\w)(?:{any_of({plain(word) for word in names | ids}, SHORTEST_NAME)})(?!\w)"),
            re.compile(any_of({squeezed(name) for name in names if " " in name}, SHORTEST_RUN)),
            re.compile(any_of(runs, SHORTEST_RUN)),
        )

    def stand_in(self, cell: str) -> bool:
        """Whether one of them stands in a cell."""
        run = squeezed(cell)
        return bool(
            self.words.search(plain(cell))
            or self.joined.search(run)
            or ("://" in cell and self.in_addresses.search(run))
        )


def any_of(words: set[str], shortest: int) -> str:
    """A pattern of any of these words; of one that is never found where there is none."""
    kept = sorted(word for word in words if len(word) >= shortest)
    return "|".join(map(re.escape, kept)) or NEVER


def squeezed(text: str) -> str:
    """The letters and digits of a text alone, in lower case without accents."""
    return "".join(character for character in plain(text) if character.isalnum())


def plain(text: str) -> str:
    """A text in lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
