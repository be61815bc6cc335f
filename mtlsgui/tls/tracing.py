"""Which way messages are seen: by OpenSSL's callback, or where it is gone by reading records."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from OpenSSL import SSL

from mtlsgui.tls.keylog import KeyLog
from mtlsgui.tls.messages import Message, Speaker
from mtlsgui.tls.records import RecordTrace

if TYPE_CHECKING:
    from mtlsgui.tls.trace import Trace


class AnyTrace(Protocol):
    """The messages of one connection."""

    messages: list[Message]

    def received(self, data: bytes) -> None:
        """What came from the other side, after OpenSSL has taken it."""

    def sent(self, data: bytes) -> None:
        """What OpenSSL gave to be sent."""

    def check(self) -> None:
        """Raise what went wrong in a callback."""


def open_trace(
    context: SSL.Context,
    elapsed: Callable[[], float],
    keylog: KeyLog | None = None,
    side: Speaker = "client",
) -> AnyTrace:
    """elapsed: milliseconds since it began. side: whose messages are those that we write."""
    by_callback = _by_callback()
    if by_callback is None:
        return RecordTrace(context, elapsed, keylog, side)
    return by_callback(context, elapsed, side)


def traces_share_contexts() -> bool:
    """Whether one context may serve several connections, each with a trace of its own."""
    return _by_callback() is not None


def _by_callback() -> "type[Trace] | None":
    try:
        from mtlsgui.tls.trace import Trace
    except ImportError:  # pyOpenSSL's bindings are private, and may go
        return None
    return Trace
