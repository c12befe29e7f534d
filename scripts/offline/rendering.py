"""Rendering: the site itself is asked for each address, in process, and what it answers is written as a file.

Nothing is sent over a network. Several processes share the addresses; each has a Datasette of its own.
"""

import asyncio
import multiprocessing
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from datasette.app import Datasette

from scripts.offline.one_file import extract
from scripts.offline.places import Places, forms_kept
from scripts.offline.rewriting import Copy, copied
from scripts.package import load_package
from scripts.serve import make_datasette
from scripts.site_safety.settings import without_rates

CHUNK = 64
LARGE = 400  # addresses from which on a second process pays
HAS_DATA = '<link rel="alternate" type="application/json"'
SHOWN = {200, 404, 410}  # a page of what became of a record is a page too


class RenderingError(Exception):
    """An address that the site did not answer."""


@dataclass(frozen=True)
class Plan:
    """What a process must know: the package, the folder to write into, the places of addresses, what pages say."""

    root: Path
    folder: Path
    places: Places
    copy: Copy


@contextmanager
def bounds_file() -> Iterator[Path]:
    """A file of the site's bounds without rates and with nothing kept: who asks is this program."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bounds.json"
        file.write_text(without_rates(cache_bytes=0), encoding="utf-8")
        yield file


async def started(root: Path, copies: list[str]) -> Datasette:
    """The site over a package's database, ready to be asked. Raises CannotServeError."""
    with bounds_file() as bounds:
        datasette = make_datasette(load_package(root), bounds, copies)
    await datasette.invoke_startup()
    return datasette


async def ask(datasette: Datasette, address: str) -> tuple[bytes, bool, int]:
    """Body of an answer, whether search engines are asked to leave it out, and its status. Raises RenderingError."""
    answer = await datasette.client.get(address)
    if answer.status_code not in SHOWN:
        raise RenderingError(f"{address}: the site answered {answer.status_code}")
    return answer.content, "noindex" in answer.headers.get("x-robots-tag", ""), answer.status_code


def write(folder: Path, name: str, content: bytes) -> None:
    """Write a file of the copy, and the folders that it needs."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


async def render(datasette: Datasette, plan: Plan, address: str) -> str:
    """Write a page and, for one in English, its data; the text that it adds to the file of all pages."""
    content, is_hidden, status = await ask(datasette, address)
    html, file = content.decode("utf-8"), plan.places.of(address)
    write(plan.folder, file, copied(html, file, plan.places, plan.copy, is_hidden).encode())
    if address.startswith(("/ru/", "/kk/")) or status != 200:
        return ""
    if HAS_DATA in html:
        stem = address if address != "/" else "/home"
        for form in forms_kept(stem):
            data, _, _ = await ask(datasette, f"{stem}.{form}")
            write(plan.folder, plan.places.of(f"{stem}.{form}"), data)
    return extract(html)


class Renderer:
    """One process's site and event loop."""

    def __init__(self, plan: Plan, copies: list[str]) -> None:
        self.plan, self.runner = plan, asyncio.Runner()
        self.datasette = self.runner.run(started(plan.root, copies))

    def render(self, addresses: list[str]) -> dict[str, str]:
        """Write these pages; the text of each for the file of all pages."""

        async def one_by_one() -> dict[str, str]:
            return {address: await render(self.datasette, self.plan, address) for address in addresses}

        return self.runner.run(one_by_one())


RENDERERS: list[Renderer] = []  # of a process: none or one


def begin(plan: Plan, copies: list[str]) -> None:
    """Make a process's renderer."""
    RENDERERS.append(Renderer(plan, copies))


def render_chunk(addresses: list[str]) -> dict[str, str]:
    """Render in a process that has begun."""
    return RENDERERS[0].render(addresses)


def rendered(plan: Plan, copies: list[str], addresses: list[str], processes: int) -> Iterator[dict[str, str]]:
    """Write the pages of all addresses; the texts of each chunk, in the order of the addresses."""
    chunks = [addresses[start : start + CHUNK] for start in range(0, len(addresses), CHUNK)]
    if processes < 2 or len(addresses) < LARGE:
        renderer = Renderer(plan, copies)
        yield from map(renderer.render, chunks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, begin, (plan, copies)) as pool:
        yield from pool.map(render_chunk, chunks)
