"""Whole answers kept in memory, within a number of bytes: the database does not change while it is served.

Kept are 200 answers, each with its ETag and, where the media type gains by it, its gzip form, made once. What a
reader's own words or filters found is kept for a minute and for that reader alone, so that nobody can tell by how fast
an answer comes what others have sought; its key holds words and address only as a hash, salted anew at each start.
"""

import asyncio
import gzip
import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass

from scripts.site_safety.asked import Asked
from scripts.site_safety.headers import Headers, content_type, header
from scripts.site_safety.rate import network

OVERHEAD = 1000  # bytes of an entry beside its bodies: key, headers, objects
SHORTEST = 500  # bytes; gzip gains nothing on less
TEXTS = {"text/html", "text/css", "text/plain", "text/csv", "text/javascript", "application/javascript",
         "application/json", "application/ld+json", "image/svg+xml", "application/xml"}  # fmt: skip
VARY = (b"vary", b"Accept-Encoding")
OURS = (b"content-length", b"content-encoding", b"etag")
OF_ONE_READER = 60  # seconds for which her own answers are kept
Key = tuple[str, str, str, bytes]


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


def may_stay(request: Asked, answer: Answer) -> bool:
    """Whether an answer may stay in memory: one that is kept, or the page of a search, which nobody else may keep."""
    is_page = request.method == "GET" and is_kept(request, answer)
    return is_page or (request.method == "POST" and answer.status == 200)


class Cache:
    """Answers by host, path, query and reader; the one unused for longest goes first."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes, self.size = max_bytes, 0
        self.salt = secrets.token_bytes(16)
        self.answers: OrderedDict[Key, Answer] = OrderedDict()

    def key(self, request: Asked, address: str, body: bytes) -> Key:
        """By what two requests want the same answer. Of an open-ended one, address and body are part of it."""
        own = b""
        if request.is_open_ended:
            said = f"{network(address)} ".encode() + body
            own = hashlib.blake2b(said, key=self.salt, digest_size=16).digest()
        return (request.host, request.path, request.query, own)

    def find(self, key: Key) -> Answer | None:
        """The answer that is kept, or None."""
        found = self.answers.get(key)
        if found:
            self.answers.move_to_end(key)
        return found

    def keep(self, key: Key, answer: Answer) -> None:
        """Keep an answer, unless it alone would take an eighth of the room; one reader's own for a minute."""
        if key in self.answers or answer.size > self.max_bytes // 8:
            return
        self.answers[key] = answer
        self.size += answer.size
        if key[-1]:
            asyncio.get_running_loop().call_later(OF_ONE_READER, self.forget, key)
        while self.size > self.max_bytes:
            self.forget(next(iter(self.answers)))

    def forget(self, key: Key) -> None:
        """Keep an answer no longer."""
        gone = self.answers.pop(key, None)
        self.size -= gone.size if gone else 0
