"""What a transaction asks of the disk: two folders change places at once, a file and a name are down on it."""

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

HERE = -100  # AT_FDCWD of Linux: paths are taken from the working folder
EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
UNABLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}  # the system, or this file system, has no such step


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one file system change places, at once; False where the system has no such step.

    Raises OSError where it has, and it fails.
    """
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        failed = library.renameat2(HERE, first, HERE, second, EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, EXCHANGE)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def write(file: Path, content: bytes, like: Path) -> None:
    """Write a file down to the disk, with the permissions of `like` where that is there."""
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if like.exists():
        shutil.copymode(like, file)


def sync(folder: Path) -> None:
    """Bring a folder's names down to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
