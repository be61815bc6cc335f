"""The file that a connection's secrets are appended to, for those who ask for it.

In the NSS key log format (RFC 9850): whoever has it can read the recorded connection.
"""

import errno
import os
import stat
from pathlib import Path

from OpenSSL import SSL

from mtlsgui.errors import MtlsguiError

_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT
_FLAGS |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe would be waited for


class KeyLogFailed(MtlsguiError):
    """The key log cannot be written."""


class KeyLog:
    """Appends to a file, which is made for its owner alone.

    A file that is there is taken where nobody else can read it: no link, no pipe, no device.
    Raises KeyLogFailed at once where that cannot be done.
    """

    def __init__(self, context: SSL.Context, path: Path) -> None:
        self._path = path
        self._failure: OSError | None = None
        self._append(b"")
        self.check()
        context.set_keylog_callback(lambda _connection, line: self.write(line))

    def write(self, line: bytes) -> None:
        """One line, without its end."""
        self._append(line + b"\n")

    def check(self) -> None:
        """Raise what went wrong in the callback, where an exception would only be printed."""
        if self._failure is not None:
            raise KeyLogFailed(
                f"The key log “{self._path}” cannot be written.",
                self._failure.strerror or "",
                "Choose a new file, or one that only you can read.",
            ) from None

    def _append(self, line: bytes) -> None:
        try:
            with os.fdopen(os.open(self._path, _FLAGS, 0o600), "ab") as file:
                _refuse_shared(file.fileno())
                file.write(line)
        except OSError as error:
            self._failure = error


def _refuse_shared(descriptor: int) -> None:
    """Raises OSError where others could read what is written."""
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "It is no file")
    if os.name == "posix" and (found.st_uid != os.geteuid() or found.st_mode & 0o077):
        raise OSError(errno.EACCES, "Others can read it")
