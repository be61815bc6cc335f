"""The file that a connection's secrets are appended to, for those who ask for it.

In the NSS key log format (RFC 9850): whoever has it can read the recorded connection.
"""

import os
from pathlib import Path

from OpenSSL import SSL

from mtlsgui.errors import MtlsguiError


class KeyLogFailed(MtlsguiError):
    """The key log cannot be written."""


class KeyLog:
    """Appends to a file, which is made for its owner alone.

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
                "Choose another file.",
            ) from None

    def _append(self, line: bytes) -> None:
        try:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            with os.fdopen(os.open(self._path, flags, 0o600), "ab") as file:
                file.write(line)
        except OSError as error:
            self._failure = error
