"""The servers that scripts.bench_site measures: stock Datasette, this site, and this site with nothing kept."""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from scripts.build_sqlite import DATABASE
from scripts.serve import HOST, bound_socket
from scripts.site_safety.settings import without_rates

STOCK, KEPT, MADE = "stock", "this site", "this site, nothing kept"
BOUNDS = Path("build") / "bench_bounds.json"
SERVE = ["-m", "scripts.serve", "--bounds"]
SERVERS = {
    STOCK: ["-m", "datasette", "serve", "--host", HOST, "-i", DATABASE.as_posix()],
    KEPT: [*SERVE, BOUNDS.as_posix()],
    MADE: [*SERVE, BOUNDS.with_stem("bench_bounds_made").as_posix()],
}


def write_bounds(root: Path) -> None:
    """Write the site's bounds without rates, since all comes from one address; and such that nothing is kept."""
    (root / BOUNDS).write_text(without_rates(), encoding="utf-8")
    (root / BOUNDS.with_stem("bench_bounds_made")).write_text(without_rates(cache_bytes=0), encoding="utf-8")


@contextmanager
def server(name: str, root: Path) -> Iterator[tuple[str, int]]:
    """A server of SERVERS on a free port: its address and process."""
    with started(SERVERS[name], root) as found:
        yield found


@contextmanager
def started(arguments: list[str], folder: Path | None = None) -> Iterator[tuple[str, int]]:
    """Python with arguments and a free port in a folder, once it answers: its address and process."""
    with bound_socket(0) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        running = subprocess.Popen(
            [sys.executable, *arguments, "--port", str(port)], cwd=folder, stdout=log, stderr=log
        )
        address = f"http://{HOST}:{port}"
        try:
            wait_for(address, running)
            yield address, running.pid
        finally:
            running.send_signal(signal.SIGINT)
            try:
                running.wait(timeout=20)
            except subprocess.TimeoutExpired:
                running.kill()


def wait_for(address: str, running: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers. Raises RuntimeError where it ends, or does not within a minute."""
    for _ in range(300):
        if running.poll() is not None:
            break
        try:
            urlopen(address + "/robots.txt", timeout=5).close()
        except URLError as error:
            if "refused" not in str(error):
                return
        else:
            return
        time.sleep(0.2)
    raise RuntimeError(f"no server at {address}")


def memory(pid: int) -> float:
    """Megabytes that a process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
