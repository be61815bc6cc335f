"""Which way messages are seen: by OpenSSL's callback, or where it is gone by reading records."""

from collections.abc import Callable
from typing import Protocol

from OpenSSL import SSL

from mtlsgui.tls.keylog import KeyLog
from mtlsgui.tls.messages import Message
from mtlsgui.tls.records import RecordTrace


class ClientTrace(Protocol):
    """The messages of a client's connection."""

    messages: list[Message]

    def received(self, data: bytes) -> None:
        """What came from the server, after OpenSSL has taken it."""

    def sent(self, data: bytes) -> None:
        """What OpenSSL gave to be sent."""

    def check(self) -> None:
        """Raise what went wrong in a callback."""


def open_trace(
    context: SSL.Context, elapsed: Callable[[], float], keylog: KeyLog | None
) -> ClientTrace:
    """elapsed: milliseconds since the test began."""
    try:
        from mtlsgui.tls.trace import Trace
    except ImportError:  # pyOpenSSL's bindings are private, and may go
        return RecordTrace(context, elapsed, keylog)
    return Trace(context, elapsed)
