"""What a link in a cell may not do: run, log in, or carry another link."""

import re
from urllib.parse import unquote

LINK = re.compile(r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://[^\s<>\"“”]*", re.IGNORECASE)
ACTIVE = re.compile(
    r"(?:java|vb|live)script:|(?<![a-z])(?:data|mailto|tel|sms|file|blob|about|intent):[^\s]", re.IGNORECASE
)
LOGIN = re.compile(r"://[^/?#\s]*@")
SECOND = re.compile(r".(?:[a-z][a-z0-9+.-]{1,20}:[/\\]{1,2}|[=?&#][/\\]{2}|(?:java|vb)script:)", re.IGNORECASE)


def has_scheme_fault(cell: str) -> bool:
    """Whether the cell holds a link that is not http or https, or text that a browser would run or open."""
    plain = decoded(cell)
    return bool(ACTIVE.search(plain)) or any(
        not link.lower().startswith(("http://", "https://")) for link in LINK.findall(plain)
    )


def has_login(cell: str) -> bool:
    """Whether a link holds `user@` or `user:password@` before its host."""
    return bool(LOGIN.search(cell)) or bool(LOGIN.search(decoded(cell)))


def carries_another(cell: str) -> bool:
    """Whether a link holds a second one, plain, percent-encoded or without its scheme."""
    return any(SECOND.search(decoded(link).split("://", 1)[1]) for link in LINK.findall(cell))


def decoded(text: str) -> str:
    """The text without percent-encoding, also where it is encoded several times."""
    for _ in range(5):
        plain = unquote(text)
        if plain == text:
            break
        text = plain
    return text
