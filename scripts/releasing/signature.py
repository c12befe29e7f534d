"""Signatures of SHA256SUMS by Debian's minisign, which is called with plain arguments; no key is kept or read here."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from scripts.files import CannotRun
from scripts.releasing.sums import SIGNATURE, SUMS

PROGRAM = "minisign"


def signed(sums: bytes, key: Path, comment: str) -> bytes:
    """The signature of SHA256SUMS by a secret key, with a comment that it covers; the same for the same input.

    minisign asks on the terminal for the key's password where it has one. Raises CannotRun where the key is missing,
    and where minisign is not installed or refuses.
    """
    if not key.is_file():
        raise CannotRun(f"there is no file {key}")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / SUMS).write_bytes(sums)
        run(["-S", "-s", str(key.resolve()), "-m", SUMS, "-x", SIGNATURE, "-t", comment, "-c", "signature"], folder)
        return (Path(folder) / SIGNATURE).read_bytes()


def is_signed_by(sums: bytes, signature: bytes, key: Path) -> bool:
    """Whether a signature is that of SHA256SUMS by the owner of a public key. Raises CannotRun without minisign."""
    if not key.is_file():
        raise CannotRun(f"there is no file {key}")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / SUMS).write_bytes(sums)
        (Path(folder) / SIGNATURE).write_bytes(signature)
        asked = ["-V", "-q", "-p", str(key.resolve()), "-m", SUMS, "-x", SIGNATURE]
        return subprocess.run([program(), *asked], cwd=folder, capture_output=True, check=False).returncode == 0


def program() -> str:
    """Where minisign is. Raises CannotRun where it is not installed."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise CannotRun(f"{PROGRAM} is not installed (Debian: apt install {PROGRAM})")
    return found


def run(arguments: list[str], folder: str) -> None:
    """Run minisign in a folder; it asks and complains on stderr. Raises CannotRun where it fails."""
    done = subprocess.run([program(), *arguments], cwd=folder, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise CannotRun(f"{PROGRAM} did not sign (exit code {done.returncode}): its own words stand above")
