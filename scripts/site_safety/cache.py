"""Whole answers kept in memory, within a number of bytes: the database does not change while it is served.

Kept are 200 answers to GET alone, each with its ETag and, where the media type gains by it, its gzip form, made once.
Other whole answers, such as what a search finds, are sent as gzip too, made anew each time.
"""

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from scripts.site_safety.asked import Asked
from scripts.site_safety.headers import Headers, content_type, header

OVERHEAD = 1000  # bytes of an entry beside its bodies: key, headers, objects
SHORTEST = 500  # bytes; gzip gains nothing on less
TEXTS = {"text/html", "text/css", "text/plain", "text/csv", "text/javascript", "application/javascript",
         "application/json", "application/ld+json", "image/svg+xml", "application/xml"}  # fmt: skip
VARY = (b"vary", b"Accept-Encoding")
OURS = (b"content-length", b"content-encoding", b"etag")


@dataclass(frozen=True)
class Answer:
    """A whole answer: status, headers, body, and the body's gzip form where there is one."""

    status: int
    headers: Headers
    body: bytes
    gzip: bytes = b""

    @property
    def etag(self) -> str:
        """The ETag, quoted; empty where there is none."""
        return header(self.headers, "etag")

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, nearly."""
        return len(self.body) + len(self.gzip) + OVERHEAD


def with_gzip(answer: Answer) -> Answer:
    """The answer with its gzip form, where its media type gains by one."""
    is_text = content_type(answer.headers) in TEXTS and len(answer.body) >= SHORTEST
    small = gzip.compress(answer.body, 6, mtime=0) if is_text else b""
    return Answer(answer.status, answer.headers + ([VARY] if small else []), answer.body, small)


def packed(answer: Answer) -> Answer:
    """The answer with ETag (of its content) and gzip form."""
    kept = [(key, value) for key, value in answer.headers if key.lower() not in OURS]
    etag = f'"{hashlib.blake2b(answer.body, digest_size=12).hexdigest()}"'.encode()
    return with_gzip(Answer(answer.status, [*kept, (b"etag", etag)], answer.body))


def for_request(answer: Answer, request: Asked) -> Answer:
    """What is sent for a request: the gzip form, or nothing but headers where it has the page or asked for the head."""
    if answer.etag and answer.etag in [tag.strip().removeprefix("W/") for tag in request.etag.split(",")]:
        return Answer(304, [(key, value) for key, value in answer.headers if key.lower() != b"content-type"], b"")
    small = bool(answer.gzip) and request.gzip
    body = answer.gzip if small else answer.body
    headers = [*answer.headers, (b"content-length", str(len(body)).encode())]
    headers += [(b"content-encoding", b"gzip")] if small else []
    return Answer(answer.status, headers, b"" if request.method == "HEAD" else body)


def is_kept(request: Asked, answer: Answer) -> bool:
    """Whether an answer may be kept: whole, the same for everyone, and not one that its page says to forget."""
    if answer.status != 200 or request.method not in ("GET", "HEAD"):
        return False
    return not request.is_sql and "no-store" not in header(answer.headers, "cache-control")


class Cache:
    """Answers by host, path and query; the one unused for longest goes first."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes, self.size = max_bytes, 0
        self.answers: OrderedDict[tuple[str, str, str], Answer] = OrderedDict()

    def find(self, request: Asked) -> Answer | None:
        """The answer to a request, or None."""
        key = request.key
        found = self.answers.get(key) if request.method in ("GET", "HEAD") else None
        if found:
            self.answers.move_to_end(key)
        return found

    def keep(self, request: Asked, answer: Answer) -> None:
        """Keep an answer to a GET, unless it alone would take an eighth of the room."""
        key = request.key
        if request.method != "GET" or key in self.answers or answer.size > self.max_bytes // 8:
            return
        self.answers[key] = answer
        self.size += answer.size
        while self.size > self.max_bytes:
            self.size -= self.answers.popitem(last=False)[1].size
