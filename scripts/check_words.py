"""What every check says of itself, wherever it is kept: id, sentence, why, do, example, severity, scope."""

import re
from typing import Any

WORDS = ("id", "sentence", "why", "do", "example", "severity", "scope")
SEVERITIES = ("error", "warning")
SCOPES = ("model", "edition")  # any package with this schema; this dataset alone
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def missing_words(entry: Any, keys: tuple[str, ...] = WORDS) -> str:
    """What a check lacks or has too much of, as one sentence, or nothing where all `keys` and no others are filled."""
    if not isinstance(entry, dict):
        return f"a check is an object with the keys {', '.join(keys)}"
    empty = [key for key in keys if not isinstance(entry.get(key), str) or not entry[key].strip()]
    if empty:
        return f"the check says nothing under: {', '.join(empty)}"
    if set(entry) - set(keys):
        return f"no program reads a check's {', '.join(sorted(set(entry) - set(keys)))}"
    if not ID.fullmatch(entry["id"]):
        return f"“{entry['id']}” is no id: small letters, digits and hyphens, such as fine-has-amount"
    if entry["severity"] not in SEVERITIES:
        return f"severity is error or warning, not “{entry['severity']}”"
    if entry["scope"] not in SCOPES:
        return f"scope is model or edition, not “{entry['scope']}”"
    return ""


def id_of(entry: Any) -> str:
    """The id that a check gives itself, or nothing."""
    return str(entry["id"]) if isinstance(entry, dict) and "id" in entry else ""
