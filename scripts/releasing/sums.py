"""SHA256SUMS: the hash of every other file of a release, in the form that sha256sum reads."""

import hashlib
import re
from collections.abc import Mapping

SUMS = "SHA256SUMS"
SIGNATURE = f"{SUMS}.minisig"
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def sums_text(files: Mapping[str, bytes]) -> str:
    """One line a file, by path."""
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))


def read_sums(text: str) -> dict[str, str]:
    """The hash of each path. Raises ValueError, naming the line, where one is no such line or tells a path again."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        match = LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"line {number} is not a hash, two spaces and a path")
        if match[2] in found:
            raise ValueError(f"line {number} tells a path once more")
        found[match[2]] = match[1]
    return found
