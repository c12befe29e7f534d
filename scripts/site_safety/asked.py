"""A request as the rest of the site may see it: no cookie, no login, no address of whoever asks."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

Scope = dict[str, Any]
FORGOTTEN = {
    b"cookie", b"authorization", b"user-agent", b"referer", b"from", b"forwarded", b"x-forwarded-for", b"x-real-ip",
    b"accept-language",
}  # fmt: skip
DATABASE = "kz2018"


@dataclass(frozen=True)
class Asked:
    """Method, host, raw path and query of a request, and what it accepts.

    The host is empty where the site has an address of its own, and stands in no page then.
    """

    method: str
    host: str
    path: str
    query: str
    gzip: bool
    etag: str

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Names and values in order; raises UnicodeDecodeError where they are no UTF-8."""
        pairs = parse_qsl(self.query, keep_blank_values=True, encoding="utf-8", errors="strict")
        return [(name, value) for name, value in pairs]

    @property
    def is_sql(self) -> bool:
        """Whether it brings SQL of its own."""
        return self.path.partition(".")[0] == f"/{DATABASE}" and any(name == "sql" for name, _ in self.parameters)

    @property
    def is_open_ended(self) -> bool:
        """Whether words or filters of whoever asks make the page: there are as many such pages as one can think of."""
        return bool(self.query) or self.method == "POST"

    @property
    def is_static(self) -> bool:
        """Whether a file of the site is meant, which costs nothing to make."""
        return self.path.startswith(("/-/static/", "/static/"))


def asked(scope: Scope, site: str = "") -> Asked:
    """What a scope asks for of the site, whose address may be set."""
    headers = {bytes(key).lower(): bytes(value).decode("latin-1") for key, value in scope["headers"]}
    raw = scope.get("raw_path") or scope["path"].encode()
    return Asked(
        scope["method"],
        "" if site else headers.get(b"host", ""),
        raw.partition(b"?")[0].decode("latin-1"),
        scope["query_string"].decode("latin-1"),
        "gzip" in headers.get(b"accept-encoding", ""),
        headers.get(b"if-none-match", ""),
    )


def forgetful(scope: Scope, site: str = "") -> Scope:
    """The scope without the address and the headers that tell people apart; nothing behind here can log them.

    Where the site's own address is set, links are made of it, not of the host that the request names.
    """
    kept = [(key, value) for key, value in scope["headers"] if bytes(key).lower() not in FORGOTTEN]
    if not site:
        return scope | {"headers": kept, "client": None}
    named = [(key, value) for key, value in kept if bytes(key).lower() != b"host"]
    scheme, _, host = site.partition("://")
    return scope | {"headers": [*named, (b"host", host.encode())], "scheme": scheme, "client": None}


def decoded(path: str) -> str:
    """A path in letters; raises UnicodeDecodeError where it is no UTF-8."""
    return unquote_to_bytes(path).decode("utf-8")
