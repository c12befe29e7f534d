"""Debian's nginx with the files of scripts/deploy, as an ordinary user under a folder of its own; a site behind it."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scripts.package import ROOT

DEPLOY = ROOT / "scripts" / "deploy"
HOSTING = ROOT / "metadata" / "hosting.md"
NGINX, OPENSSL = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"), shutil.which("openssl")
MISSING = [name for name, found in {"nginx": NGINX, "openssl": OPENSSL}.items() if found is None]
NAME = "archive.example"


def blocks(kind: str) -> list[str]:
    """The blocks of a kind in metadata/hosting.md."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", HOSTING.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def replaced(text: str, changes: dict[str, str]) -> str:
    """A text with each of these replaced, of which none may be absent."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@dataclass
class Webserver:
    """A running nginx: its folder, its first process, and the ports with TLS and without."""

    folder: Path
    pid: int
    port: int
    plain_port: int
    context: ssl.SSLContext = field(default_factory=ssl._create_unverified_context)

    def connect(
        self, source: str = "127.0.0.1", name: str = NAME, context: ssl.SSLContext | None = None
    ) -> ssl.SSLSocket:
        """A connection with TLS, from an address of loopback, to a name."""
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=15, source_address=(source, 0))
        return (context or self.context).wrap_socket(raw, server_hostname=name)

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, source: str = "127.0.0.1", **headers: str
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers (in small letters) and body of an answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with self.kept(source) as connection:
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read()

    def statuses(self, paths: Iterable[str], source: str) -> list[int]:
        """The statuses of pages that are asked for one after the other on one connection."""
        found = []
        with self.kept(source) as connection:
            for path in paths:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                found.append(answer.status)
        return found

    @contextmanager
    def kept(self, source: str) -> Iterator[http.client.HTTPConnection]:
        """A connection that may be used again."""
        connection = http.client.HTTPConnection(NAME)
        connection.sock = self.connect(source)
        try:
            yield connection
        finally:
            connection.close()

    def written(self) -> dict[str, bytes]:
        """Every file under the folder that nginx wrote, by its path there."""
        files = [path for name in ("run", "log") for path in (self.folder / name).rglob("*") if path.is_file()]
        found = {}
        for path in files:
            with suppress(FileNotFoundError):
                found[path.relative_to(self.folder).as_posix()] = path.read_bytes()
        return found

    def open_files(self) -> set[str]:
        """What of the folder its processes hold open, files without a name among them, by the path there."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        found = set()
        for link in (link for pid in [self.pid, *children] for link in Path(f"/proc/{pid}/fd").iterdir()):
            with suppress(FileNotFoundError):
                found.add(os.readlink(link))
        return {path.removeprefix(f"{self.folder}/") for path in found if path.startswith(f"{self.folder}/")}


def write_files(folder: Path, upstream: str, ports: tuple[int, int], timeout: str) -> None:
    """The three files, with the folder in place of the machine's own, and a certificate for a day."""
    for name in ("etc", "run", "log"):
        (folder / name).mkdir()
    main = replaced(
        (DEPLOY / "nginx.conf").read_text(encoding="utf-8"),
        {"user www-data;": "", "/run/": f"{folder}/run/", "/var/log/nginx/": f"{folder}/log/",
         "/etc/nginx/": f"{folder}/etc/", "127.0.0.1:8001": upstream, "timeout 10s": f"timeout {timeout}"},
    )  # fmt: skip
    servers = re.sub(r"^ *listen \[::\].*\n", "", blocks("nginx")[0], flags=re.MULTILINE)
    servers = replaced(
        servers,
        {"listen 443 ": f"listen 127.0.0.1:{ports[0]} ", "listen 80 ": f"listen 127.0.0.1:{ports[1]} ",
         "/etc/letsencrypt/live/archive.example/": f"{folder}/etc/", "/etc/nginx/": f"{folder}/etc/"},
    )  # fmt: skip
    (folder / "etc" / "nginx.conf").write_text(main, encoding="utf-8")
    (folder / "etc" / "kz2018-servers.conf").write_text(servers, encoding="utf-8")
    shutil.copy(DEPLOY / "kz2018-site.conf", folder / "etc")
    command = [str(OPENSSL), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
               "-days", "1", "-subj", f"/CN={NAME}", "-keyout", f"{folder}/etc/privkey.pem",
               "-out", f"{folder}/etc/fullchain.pem"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=30)


@contextmanager
def webserver(upstream: str, timeout: str = "10s") -> Iterator[Webserver]:
    """nginx before the site at an address such as 127.0.0.1:8001; a request may take `timeout` to arrive."""
    ports = free_port(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="kz2018-nginx-"))
    write_files(folder, upstream, ports, timeout)
    other = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
    if other:
        for path in [folder, *folder.rglob("*")]:
            shutil.chown(path, "nobody", "nogroup")
    command = [str(NGINX), "-e", "stderr", "-p", str(folder), "-c", f"{folder}/etc/nginx.conf", "-g", "daemon off;"]
    with (folder / "said").open("wb") as said:
        running = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, **other)
        try:
            wait_for(running, ports[0], folder / "said")
            yield Webserver(folder, running.pid, *ports)
        finally:
            running.terminate()
            running.wait(timeout=20)
            shutil.rmtree(folder)


def wait_for(running: "subprocess.Popen[bytes]", port: int, said: Path) -> None:
    """Wait until a port is listened on."""
    for _ in range(100):
        assert running.poll() is None, said.read_text(encoding="utf-8")
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.05)
    raise AssertionError(f"nginx does not listen: {said.read_text(encoding='utf-8')}")


class Site(ThreadingHTTPServer):
    """A site that writes down what it is asked. What it answers is kept for a second, but for /slow and /search."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.go_on = threading.Event()
        self.go_on.set()

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """Answers for Site."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        """Answer with the path, and what was sent."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.path.encode() + self.rfile.read(int(headers.get("content-length", 0)))
        self.server.asked.append((self.command, self.path, headers))
        self.server.go_on.wait(10)
        if headers.get("if-none-match") == '"1"':
            self.send_response(304)
            body = b""
        else:
            self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-security-policy", "default-src 'none'")
        self.send_header("etag", '"1"')
        self.send_header("cache-control", "no-store" if self.path.startswith("/search") else "public, max-age=1")
        self.send_header("content-length", str(len(body)))
        self.send_header("connection", "close")  # so that a site that is stopped answers nothing more
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def site() -> Iterator[Site]:
    """A running Site."""
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
