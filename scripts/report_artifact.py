"""What the check of a pull request left, read as something that a stranger may have made.

The archive is never unpacked to disk: two files are read from it, by their expected names, and no more of them than
fits.
"""

import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

EXPECTED = {"report.json", "report.html", "diff.txt", "diff.md"}
MAX_ZIP_BYTES = 20_000_000
MAX_MEMBERS = 20
MAX_BYTES = 5_000_000  # of a member that is read


class Unreadable(Exception):
    """The artifact is not what the check leaves; the message says why in trusted words."""


def members(file: Path) -> dict[str, bytes]:
    """The files of the artifact that are read, by name. Raises Unreadable, and reads no more than MAX_BYTES of each."""
    if not file.is_file() or file.stat().st_size > MAX_ZIP_BYTES:
        raise Unreadable(f"it is not a file of at most {MAX_ZIP_BYTES:,} bytes")
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_MEMBERS:
                raise Unreadable(f"it holds more than {MAX_MEMBERS} files")
            names = [entry.filename for entry in entries]
            if len(set(names)) < len(names) or not set(names) <= EXPECTED:
                raise Unreadable(f"it holds other files than {', '.join(sorted(EXPECTED))}, once each")
            return {name: content(archive, name) for name in ("report.json", "diff.txt") if name in names}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise Unreadable("it is no sound zip") from error


def content(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes; raises Unreadable where there are more than MAX_BYTES, whatever the archive says."""
    with archive.open(name) as member:
        found = member.read(MAX_BYTES + 1)
    if len(found) > MAX_BYTES:
        raise Unreadable(f"{name} is larger than {MAX_BYTES:,} bytes")
    return found


def problems(content: bytes) -> list[tuple[str, str]]:
    """(severity, line as the gate prints it) of each problem in report.json; Unreadable where it is no such list."""
    try:
        rows = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("report.json is no JSON") from error
    if not isinstance(rows, list):
        raise Unreadable("report.json is no list of problems")
    return [problem(row) for row in rows]


def problem(row: Any) -> tuple[str, str]:
    """The severity and line of one problem; raises Unreadable for anything else."""
    texts = ("path", "column", "row_id", "rule", "severity", "message")
    if (
        not isinstance(row, dict)
        or not all(isinstance(row.get(key), str) for key in texts)
        or type(row.get("line")) is not int
        or abs(row["line"]) > 10**9
        or row["severity"] not in ("error", "warning")
    ):
        raise Unreadable("report.json holds something else than problems")
    warned = "" if row["severity"] == "error" else "warning: "
    return row["severity"], f"{row['path']}:{row['line']}:{row['column']}  {row['rule']}  {warned}{row['message']}"
