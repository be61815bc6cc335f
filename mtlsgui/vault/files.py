"""Files that survive anything: replaced as a whole, and one writer at a time."""

import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_POLL = 0.02  # seconds between tries
_REPLACE_PATIENCE = 2.0  # seconds; Windows refuses while a reader or a scanner has the file open


def replace_file(path: Path, data: bytes) -> None:
    """Make `data` the whole content of `path`, readable by its owner only, or change nothing.

    It is written beside `path`, flushed to the disk, read back, and renamed over it. After a
    crash `path` has the old content or the new one; call it under `exclusive(path)`, which also
    lets it clear away what an earlier crash left. Raises OSError.
    """
    for stale in path.parent.glob(f".{path.name}.*.tmp"):
        with suppress(OSError):
            stale.unlink()
    temporary = path.parent / f".{path.name}.{secrets.token_hex(8)}.tmp"
    try:
        _write(temporary, data)
        _check(temporary, data)
        _rename_over(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _flush_directory(path.parent)


@contextmanager
def exclusive(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock that goes with `path` (`path` + ".lock", which stays).

    The lock is a file of its own since replacing `path` would replace the lock with it; the
    system frees it when the process ends in any way. Raises TimeoutError after `patience`
    seconds, OSError when the lock file cannot be made.
    """
    descriptor = os.open(
        path.with_name(path.name + ".lock"),
        os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0),
        0o600,
    )
    try:
        deadline = time.monotonic() + patience
        while not _try_lock(descriptor):
            if time.monotonic() > deadline:
                raise TimeoutError("the lock is held by another process")
            time.sleep(_POLL)
        try:
            yield
        finally:
            _unlock(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _check(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise OSError("the disk gave back other data than was written")


def _rename_over(source: Path, target: Path) -> None:
    deadline = time.monotonic() + _REPLACE_PATIENCE
    while True:
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(_POLL)
        else:
            return


def _flush_directory(directory: Path) -> None:
    """Make the rename itself durable, where that can be done: the content is in place already.

    Windows does so by itself; some file systems do not take it.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
