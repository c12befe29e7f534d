"""What is shown and written down when something fails: no traceback, no path, no address, no word of a reader.

Datasette's own handler prints the message of a failure, and its database the SQL with its values; both may hold what
somebody searched for. Here a line names the kind of failure and the line of the program, and nothing else.
"""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import datasette.handle_exception as stock_handler
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.plugins import pm
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError

from scripts.doors import LANGUAGES
from scripts.site_pages.delivery import defaults
from scripts.site_pages.foreign_words import marked
from scripts.site_pages.reading import Site
from scripts.site_safety.amounts import TOO_MUCH, TooMuchError

TOO_LONG = "SQL query took too long: it is stopped after one second."
NO_CSV = "This query fails, or its answer would be too large: its page says why, at the same address without .csv."
FAILED = "Something failed here, and it is not your doing. Try another page, or this one later."


def where(error: BaseException) -> str:
    """The kind of an error and the line where it was raised, as `ValueError, filters.py:219`."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "no place"
    return f"{type(error).__name__}, {place}"


def write_down(error: BaseException) -> None:
    """One line to the error log."""
    print(f"failed: {where(error)}", file=sys.stderr, flush=True)


def outcome(error: Exception) -> tuple[int, str, str]:
    """Status, title and sentence of an error."""
    if isinstance(error, Base400):
        return error.status, "", str(error.args[0])
    if isinstance(error, QueryInterrupted):
        return 400, "", TOO_LONG
    if isinstance(error, TooMuchError | MemoryError):
        return 400, "", TOO_MUCH
    if isinstance(error, DatasetteError):
        sentence = TOO_LONG if error.message_is_html else str(error.message)
        return error.status, str(error.title or ""), sentence
    write_down(error)
    return 500, "", FAILED


async def error_page(datasette: Datasette, request: Request, status: int, title: str, sentence: str) -> Response:
    """The page or JSON of an error."""
    info = {"ok": False, "error": sentence, "status": status, "title": title or None}
    if request.path.endswith(".json"):
        return Response.json(info, status=status)
    language = next((code for code in LANGUAGES if request.path.startswith(f"/{code}/")), "en")
    words = defaults(Site(datasette, language))
    body = await datasette.render_template([f"{status}.html", "error.html"], info | words, request=request)
    return Response.html(marked(body, language), status=status)


def is_failed_csv(path: str, is_sql: bool, body: bytes) -> bool:
    """Whether a query failed without a word: Datasette answers with a CSV that has not even a head."""
    return is_sql and path.endswith(".csv") and not body.strip()


def silence() -> None:
    """Take Datasette's own handler of failures out, and a reader's SQL out of the one that it writes itself."""
    stock: ModuleType = stock_handler
    if pm.is_registered(stock):
        pm.unregister(stock)
    QueryInterrupted.__str__ = lambda self: TOO_LONG


def without_log(database: Database) -> None:
    """Keep a database from writing SQL that fails, and its values, to the log."""
    execute: Callable[..., Awaitable[Any]] = database.execute

    async def quiet(*values: Any, **named: Any) -> Any:
        return await execute(*values, **(named | {"log_sql_errors": False}))

    database.execute = quiet
