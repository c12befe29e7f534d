"""What a search answers: hits in groups, each with the place where it was found."""

from dataclasses import dataclass, field

Marked = tuple[tuple[str, bool], ...]  # pieces of a text, and whether each was searched for


@dataclass(frozen=True)
class Hit:
    """A found row: its title, the text in which it was found, and whether only by forgiving an error."""

    kind: str
    row_id: str
    title: Marked
    snippet: Marked
    is_similar: bool


@dataclass(frozen=True)
class Group:
    """The hits of one kind, best first, and how many there are beyond those given."""

    kind: str
    hits: list[Hit]
    total: int


@dataclass(frozen=True)
class Results:
    """The answer to a search.

    `words` is what was searched, `unknown` those words that stand nowhere, in no spelling. `has_all` is false where no
    row has all the words, so that the groups hold the rows with most of them. `spellings` offers other words where
    nothing was found; `was_cut` says that more was typed than is searched.
    """

    words: list[str]
    groups: list[Group] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    has_all: bool = True
    spellings: list[str] = field(default_factory=list)
    was_cut: bool = False

    @property
    def total(self) -> int:
        """The number of rows found."""
        return sum(group.total for group in self.groups)
