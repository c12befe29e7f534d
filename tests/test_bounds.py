"""What a request may cost: a query's rows, the queries at once, pages that filters ask for; and what words leave."""

import asyncio
import json
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from odd_requests import ask
from test_safety import UNBOUND, Ask, asker
from test_serve import get, start

from scripts import serve
from scripts.package import ROOT
from scripts.site_safety.amounts import TOO_MUCH, TooMuchError, Weigher
from scripts.site_safety.failures import NO_CSV, TOO_LONG
from scripts.site_safety.layer import Layer
from scripts.site_safety.schema import as_schema
from scripts.site_safety.settings import Bounds, read_bounds

MANY = "with recursive n(i) as (select 1 union all select i + 1 from n limit 100000) select"
ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select"
LONG = "replace(hex(zeroblob(49000)), '0', '&')"
HOSTILE = {
    "long values": f"{MANY} {', '.join(f'{LONG} c{n}' for n in range(20))} from n",
    "many cells": f"{MANY} {', '.join(f'i c{n}' for n in range(100))} from n",
    "short of the bound": f"{MANY} replace(hex(zeroblob(24000)), '0', char(1)) from n limit 80",
    "a gathered list": f"{MANY} json_group_array(x) from (select {LONG} x from n)",
    "a long sort": f"{ENDLESS} x from (select hex(randomblob(49000)) x from n limit 1000000) order by x",
    "distinct values": f"{ENDLESS} count(distinct x) from (select hex(randomblob(49000)) x from n limit 1000000)",
    "a window": f"{ENDLESS} sum(length(x)) over (order by i rows between unbounded preceding and unbounded following) "
    "from (select i, hex(randomblob(4900)) x from n limit 1000000)",
}
MOST_MEGABYTES = 200


@pytest.fixture(scope="module")
def site(root: Path) -> Ask:
    """The application of the artificial package, without rates, and nothing kept."""
    return asker(root, UNBOUND)


# What one query may hold


def most_memory(pid: int) -> float:
    """Megabytes that a process held at most."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="memory is read from /proc")
def test_no_query_takes_the_machines_memory(root: Path) -> None:
    server, address = start(root)
    try:
        get(address, "kz2018?sql=select+1")
        before = most_memory(server.pid)
        found: dict[str, set[int]] = {}
        for name, sql in HOSTILE.items():
            for form in ("", ".json", ".csv") if name == "short of the bound" else ("",):
                status, page = get(address, f"kz2018{form}?sql={quote_plus(sql)}")
                found.setdefault(name, set()).add(status)
                is_said = status == 200 or any(sentence in page for sentence in (TOO_MUCH, TOO_LONG, NO_CSV))
                assert is_said or "SQL Interrupted" in page, (name, form, page)
        assert found == {name: {200} if name == "short of the bound" else {400} for name in HOSTILE}
        assert most_memory(server.pid) - before < MOST_MEGABYTES
        assert get(address, "kz2018?sql=select+1")[0] == 200
    finally:
        server.terminate()
        out, err = server.communicate(timeout=20)
    assert (out, err) == ("", "stop with Ctrl-C\n")


GATHER = """
import sqlite3
from scripts.site_safety import amounts
amounts.bound_heap()
try:
    sqlite3.connect(":memory:").execute({sql!r}).fetchall()
except MemoryError:
    print("refused")
"""


def test_sqlite_takes_no_more_than_its_share(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gathers = f"{MANY} length(json_group_array(hex(zeroblob(49000)))) from (select 1 from n limit 3000)"
    command = [sys.executable, "-c", GATHER.format(sql=gathers)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (said.stdout, said.stderr) == ("refused\n", "")

    class CalledError(Exception):
        pass

    def called() -> None:
        raise CalledError

    monkeypatch.setattr("scripts.serve.amounts.bound_heap", called)
    monkeypatch.setattr("scripts.serve.uvicorn.Server", lambda config: pytest.fail("it serves without"))
    with pytest.raises(CalledError):  # the server asks for it before it answers
        serve.main(["--root", str(root), "--port", "0"])


def test_rows_are_weighed_by_cursor() -> None:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = Weigher()
    cells = "select 1" + ", 1" * 99
    numbers = "with recursive n(i) as (select 1 union all select i + 1 from n limit {}) "
    assert len(connection.execute(numbers.format(500) + f"{cells} from n").fetchall()) == 500
    assert len(connection.execute(numbers.format(500) + f"{cells} from n").fetchall()) == 500
    with pytest.raises(TooMuchError):
        connection.execute(numbers.format(501) + f"{cells} from n").fetchall()
    row = connection.execute("select 1 as a, 'b' as b").fetchone()
    assert (row["a"], row["b"], row.keys()) == (1, "b", ["a", "b"])


@pytest.mark.parametrize("sql", ["select nothing", HOSTILE["many cells"], f"{ENDLESS} max(i) from n"])
def test_a_query_that_fails_has_no_empty_csv(site: Ask, sql: str) -> None:
    status, headers, body = site("/kz2018.csv", f"sql={quote_plus(sql)}")
    assert (status, headers["cache-control"]) == (400, "no-store")
    assert (NO_CSV if "max" not in sql else TOO_LONG) in body.decode()
    assert site("/kz2018.csv", "sql=select+1+as+a+where+0")[2] == b"a\r\n"


# How many queries run at once


def test_two_queries_run_at_once_and_eight_wait() -> None:
    running, most = 0, 0

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal running, most
        running, most = running + 1, max(most, running + 1)
        await asyncio.sleep(0.02)
        running -= 1
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"rows"})

    layer = Layer(app, as_schema({}), Bounds(**UNBOUND), "")

    async def many(path: str) -> Counter[int]:
        answers = await asyncio.gather(*(ask(layer, path, f"sql=select+{number}") for number in range(20)))
        assert {headers.get("retry-after") for status, headers, _ in answers if status == 429} <= {"1"}
        return Counter(status for status, _, _ in answers)

    with asyncio.Runner() as runner:
        assert (runner.run(many("/kz2018")), most) == (Counter({200: 10, 429: 10}), 2)
        assert runner.run(many("/kz2018")) == Counter({200: 10, 429: 10})  # every turn was given back
        most = 0
        assert (runner.run(many("/kz2018/acts")), most) == (Counter({200: 20}), 20)


# Pages without end


def test_crawlers_of_filters_cost_readers_nothing(root: Path) -> None:
    rates = {"asked": {"one": [0.01, 5], "everyone": [0.01, 30]}, "cache_bytes": 300_000}
    layers: list[Layer] = []

    def seen(layer: Layer) -> Layer:
        layers.append(layer)
        return layer

    site = asker(root, UNBOUND | rates, seen)
    statuses = Counter(
        site("/kz2018/acts", f"_facet=assertion&_size={number}", client=f"192.0.2.{number % 100}")[0]
        for number in range(200)
    )
    assert statuses == {200: 30, 429: 170}
    assert site("/search", method="POST")[0] == 429
    assert [site(path)[0] for path in ("/", "/kz2018/acts", "/persons/P0001")] == [200] * 3
    assert site("/kz2018", "sql=select+1")[0] == 200
    assert 0 < layers[0].cache.size <= 300_000


def test_the_sites_own_bounds_are_read() -> None:
    bounds = read_bounds()
    assert {"cache_bytes", "pages", "asked", "sql", "sql_at_once", "sql_waiting"} == set(bounds)
    assert bounds["sql_at_once"] < 3  # of Datasette's three threads one is left to pages


def test_bounds_that_are_none_are_an_error(tmp_path: Path) -> None:
    file = tmp_path / "bounds.json"
    for changes in ({"odd": 1}, {"sql": {"one": [1, 1]}}, {"sql_at_once": -1}):
        file.write_text(json.dumps(UNBOUND | changes), encoding="utf-8")
        with pytest.raises(ValueError, match=r"bounds\.json: "):
            read_bounds(file)


# What somebody typed


@pytest.mark.parametrize("path", ["/search", "/ru/search", "/kk/search"])
def test_typed_words_are_answered_and_stand_in_no_address(site: Ask, path: str) -> None:
    status, headers, body = site(path, "q=Zzqwerty+alfa")
    page = body.decode()
    assert (status, headers["cache-control"], headers["x-robots-tag"]) == (200, "no-store", "noindex, nofollow")
    assert "Zzqwerty" in page
    assert [link for link in re.findall(r'(?:href|action|src)="([^"]*)"', page) if "zzq" in link.lower()] == []
    assert "etag" not in headers
