"""Every TLS message as OpenSSL sends or takes it, decrypted.

pyOpenSSL has no public way to OpenSSL's message callback, so this one module reaches for its
bindings. `tests/tls/test_trace.py` says when they are gone.
"""

from collections.abc import Callable
from typing import Any

from OpenSSL import SSL
from OpenSSL._util import ffi, lib

from mtlsgui.tls.messages import Message, Speaker, keep, read_alert, read_handshake

if not hasattr(lib, "SSL_CTX_set_msg_callback"):
    raise ImportError("OpenSSL's message callback is not bound")

_ALERT, _HANDSHAKE = 21, 22


class Trace:
    """Collects the messages of one connection.

    elapsed: milliseconds since the test began. side: whose messages are those that we write.
    """

    def __init__(
        self, context: SSL.Context, elapsed: Callable[[], float], side: Speaker = "client"
    ) -> None:
        self.messages: list[Message] = []
        self._senders: dict[bool, Speaker] = {
            True: side,
            False: "server" if side == "client" else "client",
        }
        self._elapsed = elapsed
        self._failure: Exception | None = None
        # OpenSSL keeps a bare pointer to it: it must live as long as the connection that is made
        # next with this context, and takes it over (SSL_new copies it).
        self._callback = ffi.callback(
            "void(int, int, int, const void *, size_t, SSL *, void *)", self._note
        )
        lib.SSL_CTX_set_msg_callback(context._context, self._callback)

    def received(self, _data: bytes) -> None:
        """OpenSSL tells by itself what came."""

    def sent(self, _data: bytes) -> None:
        """OpenSSL tells by itself what is sent."""

    def check(self) -> None:
        """Raise what went wrong in the callback, where an exception would only be printed."""
        if self._failure is not None:
            raise self._failure

    def _note(
        self,
        written: int,
        _version: int,
        content: int,
        data: Any,
        size: int,
        connection: Any,
        _argument: Any,
    ) -> None:
        try:
            if content in (_ALERT, _HANDSHAKE):
                version = lib.SSL_version(connection)
                self._add(bool(written), content, bytes(ffi.buffer(data, size)), version)
        except Exception as error:
            self._failure = error

    def _add(self, written: bool, content: int, data: bytes, version: int) -> None:
        sender = self._senders[written]
        at = self._elapsed()
        if content == _HANDSHAKE:
            name, detail = read_handshake(data, version=version)
            keep(self.messages, Message(name, sender, len(data), at, detail))
        else:
            alert = read_alert(data, version=version)
            keep(self.messages, Message("Alert", sender, len(data), at, alert))
