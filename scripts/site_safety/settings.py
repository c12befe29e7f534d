"""The site's bounds, from scripts/site/safety.json: how much is kept in memory, how much work may be asked for."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.site_safety.rate import Limiter, Rate

FILE = Path(__file__).resolve().parent.parent / "site" / "safety.json"


@dataclass(frozen=True)
class Bounds:
    """`cache_bytes` (0: nothing is kept) and, for pages that must be made and for SQL, the rates of `Limiter`."""

    cache_bytes: int
    pages: dict[str, list[float]]
    sql: dict[str, list[float]]

    def limiter(self, kind: str) -> Limiter:
        """A new limiter for `pages` or `sql`."""
        rates = self.sql if kind == "sql" else self.pages
        return Limiter(Rate(*rates["one"]), Rate(*rates["everyone"]))


def read_bounds(file: Path = FILE) -> dict[str, Any]:
    """The contents of a file such as FILE; raises ValueError where they are no bounds."""
    bounds: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    try:
        for kind in ("pages", "sql"):
            Bounds(**bounds).limiter(kind)
    except (TypeError, KeyError) as error:
        raise ValueError(f"{file.name}: {error}") from error
    return bounds
