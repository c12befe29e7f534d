"""The layer around Datasette: what it refuses, what every answer carries, what it forgets, how much work it allows."""

import asyncio
import gzip
import json
import re
import shutil
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from artificial import ROWS, build_all, write_package, write_settings
from odd_requests import VALUES, ask, odd_requests
from test_serve import UNBOUNDED, get, start

from scripts import serve, wrk
from scripts.package import load_package
from scripts.site_safety import cache as keeping
from scripts.site_safety.asked import Asked
from scripts.site_safety.cache import Answer, Cache, for_request, packed
from scripts.site_safety.headers import SAFE
from scripts.site_safety.inline import without_inline
from scripts.site_safety.layer import Layer
from scripts.site_safety.outbound import ACCOUNT, IN_KAZAKHSTAN, SHORT, STATE, UNKNOWN, outbound
from scripts.site_safety.rate import MAX_CLIENTS, Limiter, Rate
from scripts.site_safety.schema import as_schema
from scripts.site_safety.settings import Bounds
from scripts.site_safety.sql_text import is_one_statement

Ask = Callable[..., tuple[int, dict[str, str], bytes]]
UNBOUND = json.loads(UNBOUNDED.read_text(encoding="utf-8")) | {"cache_bytes": 0}
SEED = 20181105
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built artificial package."""
    folder = write_package(tmp_path_factory.mktemp("package"))
    write_settings(folder)
    build_all(folder)
    return folder


def asker(root: Path, bounds: dict[str, Any], wrap: Callable[[Any], Any] = lambda app: app) -> Ask:
    """A function that asks the application of a package within bounds; one event loop for all that it asks."""
    file = root / "build" / f"bounds-{abs(hash(json.dumps(bounds)))}.json"
    file.write_text(json.dumps(bounds), encoding="utf-8")
    app = wrap(serve.make_datasette(load_package(root), file).app())
    runner = asyncio.Runner()
    return lambda path, query="", **more: runner.run(ask(app, path, query, **more))


@pytest.fixture(scope="module")
def site(root: Path) -> Ask:
    """The application of the artificial package, without bounds."""
    return asker(root, UNBOUND)


# Odd requests


def fuzz(site: Ask, root: Path, number: int) -> dict[int, int]:
    """How many answers have which status; every answer must show nothing of the machine."""
    found: dict[int, int] = {}
    for path, query in odd_requests(number, SEED):
        status, headers, body = site(path, query)
        found[status] = found.get(status, 0) + 1
        assert status in (200, 302, 400, 404), (status, path, query)
        shown = body.decode("utf-8", errors="replace") if "octet-stream" not in headers["content-type"] else ""
        assert not re.search(rf"Traceback|site-packages|\.py\S{{1,8}} line|\.py:[0-9]|{root}", shown), (path, query)
        assert re.match(r"/[^/\\]|/$", headers.get("location", "/")), (path, query, headers["location"])
        assert {name: headers[name] for name in SAFE} == SAFE
    return found


def test_odd_requests_never_fail(site: Ask, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = fuzz(site, root, 400)
    assert {200, 400, 404} <= set(found)
    assert capsys.readouterr() == ("", "")


def test_odd_searches_never_fail(site: Ask, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = [f"q={quote(value, errors='replace')}&kind={quote(value[:9], errors='replace')}".encode() for value in VALUES]
    bodies = [*odd, b"", b"q", b"q=%FF", b"\xff\xfe=\x00", b"&".join([b"q=a"] * 9), b"q=" + b"a" * 9000]
    found: dict[int, int] = {}
    for body in bodies:
        status, _, page = site(f"/{'ru/' * (len(body) % 2)}search", method="POST", body=body)
        found[status] = found.get(status, 0) + 1
        assert not re.search(rf"Traceback|site-packages|{root}", page.decode()), body
    assert found == {200: len(bodies) - 2, 400: 1, 413: 1}
    assert capsys.readouterr() == ("", "")


@pytest.mark.long
def test_ten_thousand_odd_requests_never_fail(site: Ask, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = fuzz(site, root, 10_000)
    assert sum(found.values()) == 10_000
    assert capsys.readouterr() == ("", "")


def test_without_the_filter_they_would(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.site_safety.layer.refusal", lambda request, schema: None)
    site = asker(root, UNBOUND)
    odd = ["_sort=odd", "_through=[", "name__in=[", "age__gt=%C2%B2", "_ttl=%C2%B2", "_timelimit=x"]
    assert [site("/kz2018/persons", query)[0] for query in odd] == [500] * 6


REFUSED = {
    "/kz2018/persons?_odd=1": 400, "/kz2018/persons?_sort=odd": 400, "/kz2018/persons?odd=1": 400,
    "/kz2018/persons?_where=1": 400, "/kz2018/persons?_through={}": 400, "/kz2018/persons?name__in=[": 400,
    "/kz2018/persons?name=%00": 400, "/kz2018/persons?_next=a,b,c": 400, "/kz2018/persons?=1&_sort=odd": 400,
    "/kz2018/persons?age=99999999999999999999": 400, "/kz2018/persons/P0001?_odd=1": 400, "/kz2018?_odd=1": 400,
    "/correct?_odd=1": 400, "/?_odd=1": 400, "/kz2018/persons?%FF": 400, "//evil.example/": 400, "/a/../b": 400,
    "/-/databases.json": 404, "/-/threads": 404, "/_internal": 404, "/_memory": 404, "/kz2018/persons.blob": 404,
    "/kz2018/case_persons/K0001": 404,
}  # fmt: skip


def test_odd_parameters_are_named(site: Ask) -> None:
    assert {address: site(*address.split("?"))[0] for address in REFUSED} == REFUSED
    assert b"This page does not take _odd, or not with this value." in site("/kz2018/persons", "_odd=1")[2]
    assert json.loads(site("/kz2018/persons.json", "_odd=1")[2]) == {
        "ok": False,
        "error": "This page does not take _odd, or not with this value.",
        "status": 400,
    }
    assert site("/kz2018", method="DELETE")[0] == 405


ACCEPTED = [
    "/kz2018/persons?_sort=name&_size=max&_facet=person_type", "/kz2018/persons?_sort=&_size=1",
    "/kz2018/persons?name__in=[\"Alfa Example\"]", "/kz2018/persons?name__contains=alfa", "/kz2018/persons?_next=P0001",
    "/kz2018/persons.csv?_labels=on&_stream=on&_size=max", "/kz2018/search?_search=alfa", "/kz2018/persons/P0001",
    "/kz2018/case_persons/K0001,P0001", "/kz2018/persons_detained?_size=1",
    "/kz2018.json?sql=select+:a&a=1&_shape=array", "/kz2018?_show_hidden=1",
]  # fmt: skip


def test_what_pages_link_to_is_let_through(site: Ask) -> None:
    asked = {address: site(address.split("?")[0], address.partition("?")[2])[0] for address in ACCEPTED}
    assert asked == dict.fromkeys(ACCEPTED, 200)
    form = "_filter_column=name&_filter_op=contains&_filter_value=a"
    assert site("/kz2018/persons", form)[1]["location"] == "/kz2018/persons?name__contains=a"


def test_every_link_of_a_page_is_let_through(site: Ask) -> None:
    pages = ["/kz2018", "/kz2018/acts", "/kz2018/persons/P0001", "/kz2018/search"]
    found = {link for page in pages for link in re.findall(r'href="([^"#]+)', site(page)[2].decode())}
    own = sorted(link.replace("&amp;", "&").replace("http://here", "") for link in found)
    own = [link for link in own if re.match(r"/(?!search\b)", link)]  # the page /search is tested elsewhere
    assert [link for link in own if site(link.split("?")[0], link.partition("?")[2])[0] not in (200, 302)] == []
    assert len(own) > 60


# SQL


@pytest.mark.parametrize(
    ("sql", "is_one"),
    [
        ("select 1", True), ("select 1; ", True), ("select ';'", True), ("select 1 -- ;", True),
        ("select 1; -- end", True), ("select /* ; */ 1", True), ('select ";" from [a;b]', True),
        ("select 1; select 2", False), ("select 1;;", False), ("select ''';'; delete from persons", False),
    ],
)  # fmt: skip
def test_one_statement(sql: str, is_one: bool) -> None:
    assert is_one_statement(sql) == is_one


def test_sql_reads_rows_and_nothing_of_the_machine(site: Ask) -> None:
    assert json.loads(site("/kz2018.json", "sql=select+name+from+persons+limit+1&_shape=array")[2]) == [
        {"name": "Alfa Example"}
    ]
    for sql in ("select+1;select+2", "select+file+from+pragma_database_list", "delete+from+persons", "select+:_a",
                "select+zeroblob(900000000)", "select+replace(hex(zeroblob(40000)),0,1234567890)"):  # fmt: skip
        status, _, body = site("/kz2018", f"sql={sql}")
        assert (status, b"/build/" in body) == (400, False), sql


def test_one_setting_turns_sql_off(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(serve.SITE, tmp_path / "site")
    file = tmp_path / "site" / "settings.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"default_allow_sql": False}), encoding="utf-8")
    monkeypatch.setattr(serve, "SITE", tmp_path / "site")
    site = asker(root, UNBOUND)
    assert site("/kz2018", "sql=select+1")[0] == 403
    assert b"sql-editor" not in site("/kz2018")[2]
    assert site("/kz2018/persons_detained")[0] == 200


# Headers, and what is forgotten


KINDS = [
    "/", "/ru/", "/persons/P0001", "/officials/O0001", "/events/E0001", "/cases/K0001", "/figures", "/inconsistencies",
    "/about/methodology", "/kz2018", "/kz2018/acts", "/kz2018/persons/P0001", "/kz2018?sql=select+1", "/-/tables",
    "/correct/P0001", "/none",
]  # fmt: skip


@pytest.mark.parametrize("address", KINDS)
def test_no_page_holds_anything_inline(site: Ask, address: str) -> None:
    _, headers, body = site(address.split("?")[0], address.partition("?")[2])
    page = body.decode()
    assert re.findall(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*ld\+json)", page) == []
    assert re.findall(r'<(?:link rel="stylesheet"|img)[^>]*(?:src|href)="(?:https?:)?//', page) == []
    assert "unsafe" not in headers["content-security-policy"]
    assert {name: headers[name] for name in SAFE} == SAFE


def test_templates_lose_inline_code_and_keep_files_and_data() -> None:
    assert (
        without_inline(
            '<p style="color: #{{ f("x") }}">a</p><style>b {}</style><script>c()</script>'
            '<script {% if m %}type="module" {% endif %}src="{{ url }}"></script>'
            '<script type="application/ld+json">{"@type": "Dataset"}</script>'
        )
        == '<p>a</p><script {% if m %}type="module" {% endif %}src="{{ url }}"></script>'
        '<script type="application/ld+json">{"@type": "Dataset"}</script>'
    )


def test_no_cookie_is_set_or_read(site: Ask) -> None:
    known = {"cookie": "ds_actor=x; ds_messages=y", "authorization": "z"}
    plain, cookie = site("/correct/P0001"), site("/correct/P0001", headers=known)
    assert plain == cookie
    plain = site("/kz2018", headers=known)
    assert {"set-cookie", "server"} & set(plain[1]) == set()
    assert plain[1]["cache-control"] == "public, max-age=60"


def test_persons_and_officials_are_kept_from_search_engines(site: Ask) -> None:
    hidden = ["/kz2018/persons/P0001", "/kz2018/officials/O0001", "/kz2018/persons", "/kz2018", "/kz2018/none"]
    asked = [site(path)[1]["x-robots-tag"] for path in hidden]
    asked.append(site("/kz2018/acts", "person_id=P0001")[1]["x-robots-tag"])
    assert asked == ["noindex"] * 6
    own = ["/persons/P0001", "/officials/O0001", "/ru/persons/P0001", "/persons/P0001.json", "/correct/P0001"]
    assert [site(path)[1]["x-robots-tag"] for path in own] == ["noindex, nofollow"] * 5
    assert [site(path)[1].get("x-robots-tag") for path in ("/", "/figures", "/about/methodology")] == [None] * 3


def leads_to(link: str) -> Callable[[Any], Any]:
    """Puts an application in place of the site's, whose pages hold a link."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": f'<a href="{link}">x</a>'.encode()})

    return lambda layer: Layer(app, layer.schema, Bounds(**UNBOUND), "")


@pytest.mark.parametrize(
    ("link", "robots"), [("/persons/P0001", "noindex"), ("/ru/officials/O0001", "noindex"), ("/places/L0001", None)]
)
def test_a_page_that_leads_to_somebody_is_kept_from_search_engines(root: Path, link: str, robots: str | None) -> None:
    assert asker(root, UNBOUND, leads_to(link))("/events/E0001")[1].get("x-robots-tag") == robots


def test_robots_and_sitemap(site: Ask, tmp_path: Path) -> None:
    assert (site("/sitemap.xml")[0], b"Sitemap" in site("/robots.txt")[2]) == (404, False)
    folder = write_package(tmp_path)
    write_settings(folder, {**SETTINGS, "site": "https://archive.example"})
    build_all(folder)
    published = asker(folder, UNBOUND)
    assert published("/robots.txt")[2].endswith(b"Sitemap: https://archive.example/sitemap.xml\n")
    listed = re.findall(r"<loc>https://archive\.example(/[^<]*)</loc>", published("/sitemap.xml")[2].decode())
    events = [path for path in listed if path.startswith("/events/")]
    assert listed == ["/", "/figures", "/events", "/about/methodology", "/about/read", *events]
    assert (len(events) > 0, "/events/E0002" in events) == (True, False)
    assert [path for path in listed if "x-robots-tag" in published(path)[1]] == []
    page = published("/kz2018/acts", headers={"host": "evil.example"})[2]
    assert (b"evil.example" in page, b"https://archive.example/kz2018/acts" in page) == (False, True)


SETTINGS = {"publisher": "", "contact": "", "repository": "", "answered_by": "", "answered_within_days": None}


def test_a_site_without_https_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_all(write_package(tmp_path))
    write_settings(tmp_path, {**SETTINGS, "site": "http://archive.example/"})
    assert serve.main(["--root", str(tmp_path), "--port", "0"]) == 2
    assert "the site's address is https:// and a host" in capsys.readouterr().err


# The log


def test_failures_tell_neither_readers_nor_the_log_anything(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scripts.site_safety.layer.refusal", lambda request, schema: None)
    site = asker(root, UNBOUND)
    status, _, body = site("/kz2018/persons", "name__in=[Secretova")
    assert (status, b"Secretova" in body, b"Expecting" in body) == (500, False, False)
    site("/kz2018", "sql=select+'Secretova'+from+nowhere")
    site("/kz2018/search", "_search=Secretova&_searchmode=raw&_sort=odd")
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"(failed: \w+, \w+\.py:\d+\n)+", err)


def test_the_server_logs_no_address_and_no_words(root: Path) -> None:
    server, address = start(root)
    try:
        for query in ("/search?_search=Secretova", "?sql=select+Secretova", "/persons?_sort=Secretova"):
            get(address, f"kz2018{query}")
    finally:
        server.terminate()
        out, err = server.communicate(timeout=20)
    assert (out, err) == ("", "stop with Ctrl-C\n")


# Printed addresses

PRINTED = {
    "https://rus.azattyq.org/a/1.html": "",
    "http://www.europarl.europa.eu/x": "",
    "https://en.odfoundation.eu/a/8949": "",
    "http://prokuror.gov.kz/rus": STATE,
    "http://adilet.zan.kz/rus/docs/P1": STATE,
    "http://www.reyestr.court.gov.ua/Review/1": STATE,
    "https://bit.ly/2abc": SHORT,
    "https://www.facebook.com/somebody/posts/1": ACCOUNT,
    "https://twitter.com/somebody/status/1": ACCOUNT,
    "https://t.me/somebody": ACCOUNT,
    "https://bureau.kz/novosti": IN_KAZAKHSTAN,
    "http://tirek.info/dir": UNKNOWN,
    "https://youtube.com.evil.example/": UNKNOWN,
    "https://youtube.com@evil.example/": UNKNOWN,
    "https://a:b@www.youtube.com/": UNKNOWN,
    "javascript:alert(1)//youtube.com": UNKNOWN,
    "https://[": UNKNOWN,
}


def test_outbound_links_lead_only_to_listed_hosts() -> None:
    assert {url: outbound(url).reason for url in PRINTED} == PRINTED
    assert {url for url in PRINTED if outbound(url).href} == {url for url, reason in PRINTED.items() if not reason}
    assert outbound("https://www.youtube.com/watch?v=1&t=2").html == (
        '<a href="https://www.youtube.com/watch?v=1&amp;t=2" rel="noreferrer nofollow external">'
        "https://www.youtube.com/watch?v=1&amp;t=2</a> <small>(youtube.com; as printed in 2018, not checked)</small>"
    )
    assert "<a" not in outbound("https://bit.ly/2abc").html


def test_every_address_of_the_report_is_listed_or_has_a_reason() -> None:
    rows = (load_package().root / "data" / "sources.csv").read_text(encoding="utf-8")
    hosts = {outbound(url).host: outbound(url).reason for url in re.findall(r"https?://[^\s,\"]+", rows)}
    assert sorted(host for host, reason in hosts.items() if reason == UNKNOWN) == ["freeassembly.net", "tirek.info"]


def test_a_table_shows_addresses_so(tmp_path: Path) -> None:
    source = {"source_id": "S0002", "source_type": "web_page", "title": "Page", "url": "https://bit.ly/2abc"}
    rows = ROWS | {"sources": [*ROWS["sources"], source | {"language": "en", "parent_source_id": "S0001"}]}
    folder = write_package(tmp_path, rows)
    write_settings(folder)
    build_all(folder)
    page = asker(folder, UNBOUND)("/kz2018/sources")[2].decode()
    assert 'href="https://bit.ly' not in page
    assert f"(as printed in 2018, not checked; {SHORT})" in page


# Work


def test_buckets_of_clients_and_of_all() -> None:
    now = [0.0]
    limiter = Limiter(Rate(1, 2), Rate(2, 4), lambda: now[0])
    assert [limiter.wait("192.0.2.1") for _ in range(3)] == [0, 0, 1]
    assert [limiter.wait("2001:db8::1"), limiter.wait("2001:db8::2"), limiter.wait("2001:db8::3")] == [0, 0, 1]
    assert limiter.wait("192.0.2.9") == 1
    now[0] = 1.0
    assert [limiter.wait("192.0.2.1"), limiter.wait("192.0.2.1")] == [0, 1]


def test_clients_are_few_and_have_no_address() -> None:
    limiter = Limiter(Rate(1, 2), Rate(1e9, 1e9))
    for number in range(MAX_CLIENTS + 10):
        limiter.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(limiter.clients) == MAX_CLIENTS
    assert {len(key) for key in limiter.clients} == {8}


def test_too_many_pages_wait_and_kept_ones_do_not(root: Path) -> None:
    site = asker(root, UNBOUND | {"cache_bytes": 10**7, "pages": {"one": [0.01, 2], "everyone": [1, 99]}})
    assert [site("/kz2018/acts")[0] for _ in range(5)] == [200] * 5
    site("/kz2018/events")
    status, headers, body = site("/kz2018/persons")
    assert (status, headers["retry-after"], b"Try again in" in body) == (429, "100", True)
    assert [site("/kz2018/acts")[0], site("/kz2018/persons", client="192.0.2.2")[0]] == [200, 200]
    assert site("/kz2018", "sql=select+1")[0] == 200


def test_sql_has_its_own_rate(root: Path) -> None:
    site = asker(root, UNBOUND | {"sql": {"one": [0.01, 1], "everyone": [1, 9]}})
    assert [site("/kz2018", "sql=select+1")[0], site("/kz2018.json", "sql=select+2")[0]] == [200, 429]
    assert site("/kz2018/persons")[0] == 200


# What is kept


def request(path: str, **more: Any) -> Asked:
    """A GET."""
    return Asked(**({"method": "GET", "host": "", "path": path, "query": "", "gzip": False, "etag": ""} | more))


def test_the_cache_is_bounded_by_bytes() -> None:
    cache = Cache(80_000)
    keys = {path: cache.key(request(path), "", b"") for path in ("/large", *(f"/{number}" for number in range(100)))}
    for number in range(100):
        cache.keep(keys[f"/{number}"], Answer(200, [], b"x" * 4000))
    assert (len(cache.answers), cache.size) == (16, 80_000)
    cache.keep(keys["/large"], Answer(200, [], b"x" * 10_000))
    assert (cache.find(keys["/large"]), cache.find(keys["/0"])) == (None, None)


def test_gzip_etag_and_head() -> None:
    kept = packed(Answer(200, [(b"content-type", b"text/html; charset=utf-8")], b"word " * 500))
    assert gzip.decompress(for_request(kept, request("/", gzip=True)).body) == for_request(kept, request("/")).body
    again = for_request(kept, request("/", etag=f'"x", W/{kept.etag}', gzip=True))
    assert (again.status, again.body) == (304, b"")
    head = for_request(kept, request("/", method="HEAD"))
    assert (head.body, dict(head.headers)[b"content-length"]) == (b"", b"2500")


def test_kept_pages_are_the_same_and_made_once(root: Path) -> None:
    site = asker(root, UNBOUND | {"cache_bytes": 10**7})
    first = site("/kz2018/acts", headers={"accept-encoding": "gzip"})
    start_time = time.perf_counter()
    assert site("/kz2018/acts", headers={"accept-encoding": "gzip"}) == first
    assert time.perf_counter() - start_time < 0.02
    assert gzip.decompress(first[2]) == site("/kz2018/acts")[2]
    status, headers, body = site("/kz2018", "sql=select+*+from+acts", headers={"accept-encoding": "gzip"})  # never kept
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "Accept-Encoding")
    assert gzip.decompress(body) == site("/kz2018", "sql=select+*+from+acts")[2]
    assert site("/kz2018/acts", headers={"if-none-match": first[1]["etag"]})[0] == 304
    assert site("/kz2018/acts", headers={"host": "other.example"})[2] != site("/kz2018/acts")[2]
    assert site("/correct/P0001")[1]["cache-control"] == "no-store"


def test_those_who_ask_at_once_wait_for_one_page() -> None:
    made = []

    async def app(scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        made.append(scope["path"])
        await asyncio.sleep(0.02)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})

    bounds = UNBOUND | {"cache_bytes": 10**6, "pages": {"one": [1, 1], "everyone": [1, 1]}}
    layer = Layer(app, as_schema({}), Bounds(**bounds), "")

    async def many() -> list[tuple[int, dict[str, str], bytes]]:
        return await asyncio.gather(*(ask(layer, "/page") for _ in range(20)))

    assert {(status, body) for status, _, body in asyncio.run(many())} == {(200, b"page")}
    assert made == ["/page"]


def test_what_a_reader_sought_is_kept_for_her_alone_and_not_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    async def app(scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        made.append((scope["path"], (await receive())["body"]))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"cache-control", b"no-store")]})
        await send({"type": "http.response.body", "body": b"found"})

    monkeypatch.setattr(keeping, "OF_ONE_READER", 0.2)
    layer = Layer(app, as_schema({}), Bounds(**UNBOUND | {"cache_bytes": 10**6}), "")

    async def seek(words: bytes, client: str, method: str = "POST") -> str:
        status, headers, body = await ask(layer, "/search", method=method, body=words, client=client)
        assert (status, body) == (200, b"found")
        return headers["cache-control"]

    async def readers() -> None:
        for words, client in [(b"q=a", "192.0.2.1"), (b"q=a", "192.0.2.2"), (b"q=b", "192.0.2.1")] * 3:
            assert await seek(words, client) == "no-store"
        await seek(b"", "192.0.2.1", "GET")
        assert [body for _, body in made] == [b"q=a", b"q=a", b"q=b", b""]
        held = repr([*layer.cache.answers, *layer.cache.answers.values()])
        assert "q=" not in held and "192.0.2" not in held
        await asyncio.sleep(0.3)
        assert (list(layer.cache.answers), layer.cache.size) == ([], 0)
        await seek(b"q=a", "192.0.2.1")
        assert len(made) == 5

    asyncio.run(readers())


# In a browser


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """The address of the package's server."""
    server, found = start(root)
    try:
        yield found
    finally:
        server.terminate()
        server.communicate(timeout=20)


def console(page: str) -> list[str]:
    """What Chromium says of a page's policy."""
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"]
    command = [str(CHROMIUM), *options, page]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return [line for line in said.stderr.splitlines() if "CONSOLE" in line]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_a_browser_finds_nothing_against_the_policy(address: str) -> None:
    pages = ["", "persons/P0001", "figures", "kz2018/acts", "kz2018?sql=select+1", "correct/P0001"]
    assert [(page, line) for page in pages for line in console(address + page)] == []


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
@pytest.mark.parametrize(
    ("element", "is_refused"),
    [("<script>1</script>", True), ("<style>p {}</style>", True), ('<p style="color: red">x</p>', True),
     ('<script type="application/ld+json">{"@type": "Dataset"}</script>', False)],
)  # fmt: skip
def test_a_browser_lets_data_stand_and_no_inline_code(tmp_path: Path, element: str, is_refused: bool) -> None:
    page = tmp_path / "page.html"
    policy = SAFE["content-security-policy"].replace("; frame-ancestors 'none'", "")  # which a page cannot say itself
    page.write_text(f'<meta http-equiv="Content-Security-Policy" content="{policy}">{element}', encoding="utf-8")
    said = console(page.as_uri())
    assert any("Content Security Policy" in line for line in said) == is_refused


# The measure

WRK = """Running 2s test @ http://127.0.0.1:1/
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.02ms  393.41us   9.71ms   93.42%
    Req/Sec     7.97k   536.61     8.51k    90.00%
  Latency Distribution
     50%    1.94ms
     75%    2.01ms
     90%    2.11ms
     99%    1.20s
  15866 requests in 2.00s, 58.00MB read
  Socket errors: connect 1, read 2, write 0, timeout 3
  Non-2xx or 3xx responses: 4
Requests/sec:   7930.20
Transfer/sec:     28.99MB
"""


def test_wrk_is_understood() -> None:
    assert wrk.parse(WRK) == wrk.Measure(1.94, 1200.0, 7930.2, 15866, 10)
    with pytest.raises(ValueError, match=r"wrk said nothing of 50%, 99%, Requests/sec:"):
        wrk.parse("unable to connect")
