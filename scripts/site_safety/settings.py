"""The site's bounds, from scripts/site/safety.json: how much is kept in memory, how much work may be asked for."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.site_safety.rate import Limiter, Rate
from scripts.site_safety.turns import Turns

Rates = dict[str, list[float]]
FILE = Path(__file__).resolve().parent.parent / "site" / "safety.json"
KINDS = ("pages", "asked", "sql")
NO_RATE = {"one": [1e9, 1e9], "everyone": [1e9, 1e9]}


@dataclass(frozen=True)
class Bounds:
    """What is kept and how much work may be asked for.

    `cache_bytes` (0: nothing is kept); the rates of `Limiter` for pages that must be made, for those that somebody's
    words or filters ask for, of which there is no end, and for SQL; how many queries run at once, how many wait.
    """

    cache_bytes: int
    pages: Rates
    asked: Rates
    sql: Rates
    sql_at_once: int
    sql_waiting: int

    def limiters(self) -> dict[str, Limiter]:
        """New limiters by kind of work."""
        rates: dict[str, Rates] = {kind: getattr(self, kind) for kind in KINDS}
        return {kind: Limiter(Rate(*rate["one"]), Rate(*rate["everyone"])) for kind, rate in rates.items()}

    def turns(self) -> Turns:
        """The turns of SQL."""
        return Turns(self.sql_at_once, self.sql_waiting)


def read_bounds(file: Path = FILE) -> dict[str, Any]:
    """The contents of a file such as FILE; raises ValueError where they are no bounds."""
    bounds: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    try:
        Bounds(**bounds).limiters()
        Bounds(**bounds).turns()
    except (TypeError, KeyError, ValueError) as error:
        raise ValueError(f"{file.name}: {error}") from error
    return bounds


def without_rates(**others: int) -> str:
    """The text of such a file with the site's bounds but no rates, for a program that asks for everything by itself."""
    return json.dumps(read_bounds() | dict.fromkeys(KINDS, NO_RATE) | others)
