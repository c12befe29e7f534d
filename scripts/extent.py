"""How much of the gate is run, and what it says on the way."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """How much of the gate is run.

    `scope` is model (leave out what holds for this edition alone) or all. `only` names the one table that matters:
    schema and rules of others are left out, and suites too unless `suites` is set. `parquet` compares data/parquet.
    """

    scope: str = "all"
    only: str | None = None
    suites: bool = False
    parquet: bool = True

    @property
    def runs_suites(self) -> bool:
        """Whether Great Expectations is needed."""
        return self.only is None or self.suites


def say(text: str) -> None:
    """A line on stderr about what the gate left out."""
    print(f"validate: {text}", file=sys.stderr)
