"""The layer around Datasette: every request comes in and every answer goes out through it."""

import asyncio
import html
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from scripts.site_pages.delivery import stylesheet
from scripts.site_safety import failures
from scripts.site_safety.asked import Asked, Scope, asked, forgetful
from scripts.site_safety.cache import Answer, Cache, Key, for_request, is_kept, may_stay, packed, with_gzip
from scripts.site_safety.filter import Refusal, refusal
from scripts.site_safety.headers import Headers, content_type, header, with_safe_headers
from scripts.site_safety.indexing import robots_of
from scripts.site_safety.schema import Schema
from scripts.site_safety.settings import Bounds

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{status} · Kazakhstan 2018</title>
<link rel="stylesheet" href="/static/site.{hash}.css">
<main>
<p class="kind">Error <span class="id">{status}</span></p>
<h1>{title}</h1>
<p class="lead">{sentence}</p>
<p><a href="/">Kazakhstan 2018</a></p>
</main>
"""
KEPT_FOR = b"public, max-age=60"
LARGEST_BODY = 8192  # bytes that a search may send


def refused(request: Asked, status: int, sentence: str, headers: Headers | None = None) -> Answer:
    """A short answer of this layer's own, as JSON where JSON was asked for."""
    if request.path.endswith(".json"):
        kind, text = "application/json", json.dumps({"ok": False, "error": sentence, "status": status})
    else:
        kind, words = "text/html", {"title": HTTPStatus(status).phrase, "sentence": html.escape(sentence)}
        text = PAGE.format(status=status, hash=stylesheet()[1], **words)
    sent = [(b"content-type", f"{kind}; charset=utf-8".encode()), (b"cache-control", b"no-store"), *(headers or [])]
    return Answer(status, sent, text.encode())


def too_many(request: Asked, wait: int) -> Answer:
    """The answer that says when a request may come again."""
    sentence = f"Too many pages were asked for at once. Try again in {wait} second{'' if wait == 1 else 's'}."
    return refused(request, 429, sentence, [(b"retry-after", str(wait).encode())])


def is_stream(request: Asked) -> bool:
    """Whether the answer is passed on piece by piece: the database or a copy as a file, a whole table as CSV."""
    if request.is_sql:
        return False
    is_file = request.path.endswith((".db", ".zip"))
    return is_file or any(name == "_stream" and value for name, value in request.parameters)


async def send_answer(send: Send, answer: Answer) -> None:
    """Send a whole answer."""
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})


async def sent(receive: Receive) -> tuple[bytes, Receive]:
    """The body of a request, as far as it is no larger than a search; and what gives it once more, and what follows."""
    messages: list[Message] = []
    is_more = True
    while is_more and sum(len(message.get("body", b"")) for message in messages) <= LARGEST_BODY:
        messages.append(await receive())
        is_more = bool(messages[-1].get("more_body", False))
    body = b"".join(message.get("body", b"") for message in messages)

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return body, again


class Layer:
    """An ASGI application around another: filter, rate, cache, headers, in this order."""

    def __init__(self, app: App, schema: Schema, bounds: Bounds, site: str) -> None:
        self.app, self.schema, self.site = app, schema, site
        self.cache = Cache(bounds.cache_bytes)
        self.limiters, self.turns = bounds.limiters(), bounds.turns()
        self.making: dict[Key, asyncio.Task[Answer]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; pass everything that is none on."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request = asked(scope, self.site)
        found = refusal(request, self.schema)
        if found:
            return await self.send_refusal(send, request, found)
        address = (scope.get("client") or ("",))[0]
        body, receive = await sent(receive) if request.method == "POST" else (b"", receive)
        key = self.cache.key(request, address, body)
        kept = self.cache.find(key)
        if kept:
            return await send_answer(send, for_request(kept, request))
        wait = 0 if request.is_static or self.is_shared(request, key) else self.wait(request, address)
        if wait:
            return await self.send_wait(send, request, wait)
        scope = forgetful(scope, self.site)
        if is_stream(request):
            return await self.pass_on(request, scope, receive, send)
        await send_answer(send, for_request(await self.answer(request, key, scope, receive), request))

    def is_shared(self, request: Asked, key: Key) -> bool:
        """Whether the answer is being made already, so that one more costs nothing."""
        return request.method != "HEAD" and key in self.making

    def wait(self, request: Asked, address: str) -> int:
        """How many seconds the client must wait; 0 where it need not."""
        return self.limiters["sql" if request.is_sql else "asked" if request.is_open_ended else "pages"].wait(address)

    async def send_refusal(self, send: Send, request: Asked, found: Refusal) -> None:
        """Say why a request goes no further."""
        allow = [(b"allow", b"GET, HEAD")] if found.status == 405 else []
        await send_answer(send, self.dressed(request, refused(request, found.status, found.sentence, allow)))

    async def send_wait(self, send: Send, request: Asked, wait: int) -> None:
        """Say when a request may come again."""
        await send_answer(send, self.dressed(request, too_many(request, wait)))

    def dressed(self, request: Asked, answer: Answer) -> Answer:
        """The answer with the headers that every answer carries and its gzip form; one that is kept with ETag too."""
        robots = robots_of(request, answer.status, content_type(answer.headers), answer.body)
        headers = with_safe_headers(answer.headers, robots)
        if not is_kept(request, answer):
            sized = [(key, value) for key, value in headers if key.lower() != b"content-length"]
            if answer.status >= 400 and not header(headers, "cache-control"):
                sized.append((b"cache-control", b"no-store"))
            return with_gzip(Answer(answer.status, sized, answer.body))
        if "immutable" not in header(headers, "cache-control"):
            others = [(key, value) for key, value in headers if key.lower() != b"cache-control"]
            headers = [*others, (b"cache-control", KEPT_FOR)]
        return packed(Answer(answer.status, headers, answer.body))

    async def answer(self, request: Asked, key: Key, scope: Scope, receive: Receive) -> Answer:
        """The whole answer; several who ask for one page at once wait for the same."""
        if request.method == "HEAD":
            return await self.made(request, key, scope, receive)
        task = self.making.get(key)
        if task is None:
            task = asyncio.create_task(self.made(request, key, scope, receive))
            self.making[key] = task
            task.add_done_callback(lambda _: self.making.pop(key, None))
        return await asyncio.shield(task)

    async def made(self, request: Asked, key: Key, scope: Scope, receive: Receive) -> Answer:
        """The whole answer as the application makes it, dressed; kept where it may be."""
        if not request.is_sql:
            return await self.made_at_once(request, key, scope, receive)
        if self.turns.is_full:
            return self.dressed(request, too_many(request, 1))
        async with self.turns:
            return await self.made_at_once(request, key, scope, receive)

    async def made_at_once(self, request: Asked, key: Key, scope: Scope, receive: Receive) -> Answer:
        """The whole answer, without waiting for a turn."""
        status, headers, pieces = 500, [], []

        async def collect(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [(bytes(key), bytes(value)) for key, value in message.get("headers", [])]
            elif message["type"] == "http.response.body":
                pieces.append(message.get("body", b""))

        try:
            await self.app(scope, receive, collect)
        except Exception as error:
            failures.write_down(error)
            return self.dressed(request, refused(request, 500, failures.FAILED))
        body = b"".join(pieces)
        if failures.is_failed_csv(request.path, request.is_sql, body):
            return self.dressed(request, refused(request, 400, failures.NO_CSV))
        answer = self.dressed(request, Answer(status, headers, body))
        if may_stay(request, answer):
            self.cache.keep(key, answer)
        return answer

    async def pass_on(self, request: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an answer on in pieces, with the headers that every answer carries."""

        async def dress(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(bytes(key), bytes(value)) for key, value in message.get("headers", [])]
                robots = robots_of(request, message["status"], content_type(headers), b"")
                message = message | {"headers": with_safe_headers(headers, robots)}
            await send(message)

        try:
            await self.app(scope, receive, dress)
        except Exception as error:
            failures.write_down(error)
            raise ConnectionAbortedError from None
