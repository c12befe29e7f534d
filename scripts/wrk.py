"""wrk, Debian's measure of web servers: one page asked for over and over, and what it reports of that."""

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}
TIME = re.compile(r"([\d.]+)(us|ms|s|m)\b")
POST = """wrk.method = "POST"
wrk.body = "{}"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
"""


@dataclass(frozen=True)
class Measure:
    """What wrk found: milliseconds of the median and 99th percentile, answers a second, answers, and those lost."""

    median: float
    late: float
    rate: float
    answers: int
    lost: int


def is_installed() -> bool:
    """Whether wrk can be called."""
    return shutil.which("wrk") is not None


def milliseconds(text: str) -> float:
    """A time as wrk writes it."""
    match = TIME.search(text)
    if not match:
        raise ValueError(f"no time: {text}")
    return float(match[1]) * UNITS[match[2]]


def parse(text: str) -> Measure:
    """wrk's report (with --latency). Raises ValueError where it is none."""
    lines = {name: re.search(rf"^ *{name} +(\S+)", text, re.MULTILINE) for name in ("50%", "99%", "Requests/sec:")}
    missing = [name for name, match in lines.items() if match is None]
    if missing:
        raise ValueError(f"wrk said nothing of {', '.join(missing)}")
    found = {name: match[1] for name, match in lines.items() if match}
    lost = [int(number) for number in re.findall(r"(?:connect|read|write|timeout) (\d+)", text)]
    lost += [int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", text)]
    answers = re.search(r"(\d+) requests in", text)
    return Measure(
        milliseconds(found["50%"]),
        milliseconds(found["99%"]),
        float(found["Requests/sec:"]),
        int(answers[1]) if answers else 0,
        sum(lost),
    )


def measure(address: str, connections: int, seconds: int, body: str = "") -> Measure:
    """Ask for one page over and over; with a form's body, by POST."""
    command = ["wrk", "--latency", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", address]
    with tempfile.TemporaryDirectory() as folder:
        if body:
            script = Path(folder) / "post.lua"
            script.write_text(POST.format(body), encoding="utf-8")
            command += ["--script", str(script)]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60)
    return parse(said.stdout)
