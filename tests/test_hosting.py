"""What metadata/hosting.md says of nginx, systemd and the container: its files are run as they stand."""

import gzip
import http.client
import json
import os
import re
import shlex
import shutil
import ssl
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import webserver
from artificial import build_all, write_package, write_settings
from test_serve import start
from webserver import DEPLOY, HOSTING, NAME, Site, Webserver, blocks

from scripts import serve
from scripts.package import ROOT
from scripts.site_safety.headers import SAFE

WORD = "Zzqwertyuiop"
ANALYZE = shutil.which("systemd-analyze")
needs_nginx = pytest.mark.skipif(bool(webserver.MISSING), reason=f"not installed: {', '.join(webserver.MISSING)}")
Answer = tuple[int, list[tuple[str, str]], bytes]
OF_EACH_HOP = {"server", "date", "connection", "keep-alive", "transfer-encoding", "content-length"}


@pytest.fixture(scope="module")
def program(root: Path) -> Iterator[str]:
    """Host and port of the package's server."""
    server, address = start(root)
    try:
        yield address.removeprefix("http://").rstrip("/")
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture(scope="module")
def live(program: str) -> Iterator[Webserver]:
    """nginx before the package's server."""
    with webserver.webserver(program) as front:
        yield front


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that writes down what it is asked."""
    with webserver.site() as found:
        yield found


@pytest.fixture
def front(site: Site) -> Iterator[Webserver]:
    """nginx before that site."""
    with webserver.webserver(site.address) as found:
        yield found


def direct(program: str, path: str, encoding: str) -> Answer:
    """The program's own answer to what nginx asks it."""
    host, port = program.split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20)
    headers = {"Host": NAME, "X-Forwarded-Proto": "https", "Accept-Encoding": encoding}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read()
    connection.close()
    return found


# nginx: headers

PAGES = ["/", "/persons/P0001", "/kz2018/acts", "/kz2018/acts?_facet=assertion", "/kz2018/acts.json", "/robots.txt",
         "/search", "/correct/P0001", "/none", "/kz2018/acts?_odd=1", "/kz2018?sql=select+1"]  # fmt: skip


@needs_nginx
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_answers_and_headers_are_the_programs(live: Webserver, program: str, encoding: str) -> None:
    for path in PAGES:
        wanted = unpacked(direct(program, path, encoding))
        for _ in range(2):  # as passed on, and as kept
            found = live.ask(path, accept_encoding=encoding)
            assert unpacked(found) == wanted, path
            names = Counter(name for name, _ in found[1])
            assert (max(names.values()), names["vary"], names["strict-transport-security"]) == (1, 1, 1), path
            assert (dict(found[1]).get("content-encoding") == "gzip") == (encoding == "gzip" and len(wanted[2]) > 500)


def unpacked(answer: Answer) -> Answer:
    """An answer without what belongs to one hop or to its packing."""
    status, headers, body = answer
    own = {"vary", "content-encoding", "strict-transport-security"}
    plain = gzip.decompress(body) if ("content-encoding", "gzip") in headers else body
    return status, sorted(pair for pair in headers if pair[0] not in OF_EACH_HOP | own), plain


@needs_nginx
def test_a_kept_page_is_given_once_by_its_etag(live: Webserver) -> None:
    etag = dict(live.ask("/figures")[1])["etag"]
    status, headers, body = live.ask("/figures", if_none_match=etag)
    assert (status, body, dict(headers)["etag"]) == (304, b"", etag)


REFUSED = {
    "too much": ("/search", "POST", b"q=" + b"a" * 9000, 413, "More was sent than a search holds."),
    "too long": ("/" + "a" * 20_000, "GET", None, 414, "The address is too long."),
    "no method": ("/", "TRACE", None, 405, "This request cannot be answered."),
    "no path": ("/../x", "GET", None, 400, "This request cannot be answered."),
}


@needs_nginx
@pytest.mark.parametrize("name", REFUSED)
def test_what_nginx_refuses_has_the_sites_headers(live: Webserver, name: str) -> None:
    path, method, body, status, sentence = REFUSED[name]
    given, headers, page = live.ask(path, method, body)
    assert given == status
    assert page.decode() == (
        f'<!DOCTYPE html>\n<html lang="en">\n<title>{status}</title>\n<h1>{status}</h1>\n<p>{sentence}</p>\n'
    )
    own = {"x-robots-tag": "noindex", "cache-control": "no-store", "content-type": "text/html; charset=utf-8"}
    assert {key: value for key, value in headers if key in SAFE or key in own} == SAFE | own
    assert dict(headers)["server"] == "nginx"


@needs_nginx
def test_http2_and_the_name_of_the_site_alone(live: Webserver) -> None:
    context = ssl._create_unverified_context()
    context.set_alpn_protocols(["h2"])
    with live.connect(context=context) as secured:
        assert secured.selected_alpn_protocol() == "h2"
    with pytest.raises(ssl.SSLError):
        live.connect(name="other.example")
    plain = http.client.HTTPConnection("127.0.0.1", live.plain_port, timeout=10)
    plain.request("GET", "/events?a=1", headers={"Host": "other.example"})
    answer = plain.getresponse()
    assert (answer.status, answer.getheader("location")) == (301, f"https://{NAME}/events?a=1")
    plain.close()


# nginx: what is kept and what is not


@needs_nginx
def test_pages_are_kept_and_queries_and_searches_are_not(front: Webserver, site: Site) -> None:
    for path, method, body in (
        ("/page", "GET", None), ("/page?a=1", "GET", None), ("/search", "GET", None), ("/search", "POST", b"q=a"),
    ):  # fmt: skip
        assert {front.ask(path, method, body)[::2] for _ in range(3)} == {(200, path.encode() + (body or b""))}
    assert Counter((method, path) for method, path, _ in site.asked) == {
        ("GET", "/page"): 1, ("GET", "/page?a=1"): 3, ("GET", "/search"): 3, ("POST", "/search"): 3,
    }  # fmt: skip
    assert [name for name in front.written() if "cache" in name] != []
    assert b"a=1" not in b"".join(front.written().values())


@needs_nginx
def test_no_file_holds_a_readers_words(live: Webserver) -> None:
    words = f"q={WORD}+{'x' * 7000}".encode()
    assert live.ask("/search", "POST", words, content_type="application/x-www-form-urlencoded")[0] == 200
    for path in (f"/search?q={WORD}", f"/kz2018/search?_search={WORD}", f"/kz2018.json?sql=select+'{WORD}'",
                 f"/kz2018/acts?description__contains={WORD}", f"/{WORD}", f"/persons/{WORD}"):  # fmt: skip
        assert live.ask(path, referer=f"https://{NAME}/{WORD}", cookie=WORD, user_agent=WORD)[0] in (200, 404), path
    assert [name for name, content in live.written().items() if WORD.encode() in content] == []


@needs_nginx
def test_a_search_lies_in_no_file_while_it_is_answered(front: Webserver, site: Site) -> None:
    site.go_on.clear()
    with front.connect() as sent:
        body = f"q={WORD}".encode() + b"x" * 8000
        sent.sendall(f"POST /search HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        wait_until(lambda: bool(site.asked))
        assert sorted(front.written()) == ["log/error.log", "run/nginx.pid"]
        assert front.open_files() <= {"log/error.log", "said"}
        site.go_on.set()
        assert sent.recv(100).startswith(b"HTTP/1.1 200 OK")


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait up to five seconds for something to be so."""
    for _ in range(500):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError("it never was so")


@needs_nginx
def test_while_the_site_is_down_kept_pages_are_given(site: Site, front: Webserver) -> None:
    assert front.ask("/page")[0] == 200
    site.shutdown()
    site.server_close()
    time.sleep(2.1)  # the page may be kept for a second, and nginx counts whole ones
    assert front.ask("/page")[::2] == (200, b"/page")
    status, _, page = front.ask("/other")
    assert (status, b"<p>The site does not answer at the moment." in page) == (502, True)
    assert front.written()["log/error.log"] == b""


@needs_nginx
def test_the_site_learns_neither_cookies_nor_a_name_that_a_request_gives(front: Webserver, site: Site) -> None:
    told = {"cookie": "a=b", "authorization": "x", "referer": "https://elsewhere.example/", "user_agent": "Y/1"}
    assert front.ask("/page", host="evil.example")[0] == 421
    assert front.ask("/page", x_forwarded_for="192.0.2.9", source="127.0.0.7", **told)[0] == 200
    assert [headers for _, _, headers in site.asked] == [
        {"host": NAME, "x-forwarded-for": "127.0.0.7", "x-forwarded-proto": "https"}
    ]


# nginx: bounds


@needs_nginx
def test_a_crawler_of_filters_is_bounded_and_readers_are_not(front: Webserver, site: Site) -> None:
    paths = [f"/kz2018/acts?_facet={number}" for number in range(80)]
    begun = time.monotonic()
    alone = Counter(front.statuses(paths, "127.0.0.1"))
    spent = time.monotonic() - begun
    assert 60 < alone[200] <= 62 + 2 * spent
    assert alone[200] + alone[429] == 80
    many = Counter(status for number in range(20) for status in front.statuses(paths[:50], f"127.0.1.{number}"))
    spent = time.monotonic() - begun
    assert many[200] + many[429] == 1000
    assert len(site.asked) == alone[200] + many[200] <= 122 + 20 * spent
    assert front.ask("/page", source="127.0.0.9")[0] == 200
    assert front.written()["log/error.log"] == b""


@needs_nginx
def test_a_request_that_does_not_arrive_is_dropped(site: Site) -> None:
    with webserver.webserver(site.address, timeout="1s") as front, front.connect() as slow:
        begun = time.monotonic()
        slow.sendall(b"GET /page HTTP/1.1\r\nHost: ")
        assert slow.recv(10) in (b"", b"HTTP/1.1 4")
        assert 0.5 < time.monotonic() - begun < 5
        assert front.ask("/page")[0] == 200
        assert b"127.0.0.1" not in front.written()["log/error.log"]


# systemd


@pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze")
def test_the_service_is_one_and_is_hardened(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    unit = tmp_path / "kz2018.service"
    text = (DEPLOY / "kz2018.service").read_text(encoding="utf-8")
    unit.write_text(webserver.replaced(text, {"/opt/kz2018": str(tmp_path)}), encoding="utf-8")
    for command in (["verify"], ["security", "--offline=true", "--threshold=15", "--no-pager"]):
        found = subprocess.run([str(ANALYZE), *command, str(unit)], capture_output=True, text=True, timeout=60)
        said = [line for line in found.stderr.splitlines() if unit.name in line]
        assert (found.returncode, said) == (0, []), found.stdout + found.stderr


def test_service_container_and_nginx_agree_on_the_port() -> None:
    command = ["/opt/kz2018/.venv/bin/python", "-m", "scripts.serve", "--port", "8001"]
    started = re.search(r"^ExecStart=(.*)$", (DEPLOY / "kz2018.service").read_text(encoding="utf-8"), re.MULTILINE)
    assert started and shlex.split(started[1]) == command
    said = dict(steps())
    python, *words = json.loads(said["ENTRYPOINT"]) + json.loads(said["CMD"])
    assert [f"{said['WORKDIR']}/{python}", *words] == command
    assert "server 127.0.0.1:8001;" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


# The folder may be read-only


def test_a_folder_that_may_only_be_read_is_served(tmp_path: Path) -> None:
    folder = write_package(tmp_path)
    write_settings(folder)
    build_all(folder)
    assert serve.main(["--root", str(folder), "--check"]) == 0
    made = [folder / "build" / name for name in ("inspect.json", "metadata.json")]
    before = [(file.stat().st_ino, file.stat().st_mtime_ns) for file in made]
    assert serve.main(["--root", str(folder), "--check"]) == 0
    assert [(file.stat().st_ino, file.stat().st_mtime_ns) for file in made] == before


# The container


def steps() -> list[tuple[str, str]]:
    """The steps of the Containerfile: keyword and rest, continued lines joined."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.split(None, 1)[1]) for line in lines]


def test_the_container_copies_what_is_tracked_and_runs_as_nobody() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = {name.split("/")[0] for name in tracked.splitlines()}
    copied = {name for step, rest in steps() if step == "COPY" for name in rest.split()[:-1] if "--from" not in rest}
    assert copied <= names
    assert [rest for step, rest in steps() if step in ("ARG", "FROM", "USER")] == [
        "BASE", "${BASE} AS built", "${BASE}", "65532:65532",
    ]  # fmt: skip


def test_the_containers_health_check_works(root: Path, program: str) -> None:
    said = dict(steps())
    check = json.loads("[" + said["HEALTHCHECK"].split(" CMD [", 1)[1])
    for address, status in ((program, 0), (f"127.0.0.1:{webserver.free_port()}", 1)):
        words = [word.replace("127.0.0.1:8001", address) for word in check]
        assert subprocess.run(words, cwd=ROOT, capture_output=True, timeout=20).returncode == status


@pytest.mark.long
def test_the_containers_steps_run_in_a_clean_folder(tmp_path: Path) -> None:
    for step, rest in steps():
        if step == "COPY" and "--from" not in rest:
            *names, to = rest.split()
            for name in names:
                if (ROOT / name).is_dir():
                    left_out = shutil.ignore_patterns("__pycache__")
                    shutil.copytree(ROOT / name, tmp_path / to, ignore=left_out)
                else:
                    shutil.copy2(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    installed = "-o .venv/.serve-installed -o .venv/bin/uv"  # the tests' own environment stands for the image's
    runs = [rest for step, rest in steps() if step == "RUN" and "apt-get" not in rest]
    for run in runs:
        run = run.replace("make build", f"make {installed} build").replace("PYTHON=python3", "")
        subprocess.run(run, shell=True, cwd=tmp_path, check=True, timeout=300, env=os.environ | {"MAKEFLAGS": ""})
    assert (tmp_path / "build" / "inspect.json").is_file()
    assert len(runs) == 2


# The document


def test_the_documents_commands_are_of_this_project() -> None:
    commands = "\n".join(blocks("sh")).replace("\\\n", "")
    files = re.findall(r"scripts/deploy/[\w.-]+", commands)
    assert [name for name in files if not (ROOT / name).is_file()] == []
    assert sorted(set(files)) == sorted(f"scripts/deploy/{path.name}" for path in DEPLOY.iterdir())
    for line in (line.strip() for line in commands.splitlines()):
        assert subprocess.run(["bash", "-n", "-c", line], capture_output=True).returncode == 0, line
    for link in re.findall(r"\]\(([^):]+)\)", HOSTING.read_text(encoding="utf-8")):
        assert (HOSTING.parent / link).exists(), link
