"""What of a connection passes in the clear, read without any key."""

from collections.abc import Callable

from OpenSSL import SSL

from mtlsgui.tls import seen
from mtlsgui.tls.messages import ClientHello, Message, Speaker, looks_like_tls
from mtlsgui.tls.records import RecordTrace
from mtlsgui.tls.result import TlsParameters

_MOST_BYTES = 1_048_576
_MOST_MESSAGES = 500
_HEADER, _MOST_RECORD = 5, 16_384 + 256
_HANDSHAKE = 22


class ClearText:
    """Give it what each side sends; it follows until it cannot read more, a megabyte at most.

    elapsed: milliseconds since the connection came.
    """

    def __init__(self, elapsed: Callable[[], float]) -> None:
        # A trace of our own connections that is given no secrets.
        self._trace = RecordTrace(SSL.Context(SSL.TLS_CLIENT_METHOD), elapsed)
        self._seen = {"client": 0, "server": 0}
        self._other: set[str] = set()

    @property
    def messages(self) -> list[Message]:
        """What has passed so far."""
        return self._trace.messages

    def of_client(self, data: bytes) -> None:
        """Bytes from the client."""
        if self._follows("client", data):
            self._trace.sent(data)

    def of_server(self, data: bytes) -> None:
        """Bytes from the server."""
        if self._follows("server", data):
            self._trace.received(data)

    def _follows(self, side: str, data: bytes) -> bool:
        if self._seen[side] == 0 and not looks_like_tls(data[:2]):
            self._other.add(side)
        self._seen[side] += len(data)
        return (
            side not in self._other
            and self._seen[side] <= _MOST_BYTES
            and len(self.messages) < _MOST_MESSAGES
        )

    @property
    def hello(self) -> ClientHello | None:
        """The client's last hello."""
        return seen.client_hello(self.messages)

    def parameters(self) -> TlsParameters | None:
        """What was agreed, as far as it can be seen."""
        return seen.parameters(self.messages)

    def certificates(self, sender: Speaker) -> tuple[bytes, ...]:
        """What a side presented, in DER."""
        return seen.certificates(self.messages, sender)


def begins_otherwise(data: bytes) -> bool:
    """Whether these first bytes of TLS cannot become a ClientHello."""
    if len(data) <= _HEADER:
        return False
    too_long = int.from_bytes(data[3:_HEADER], "big") > _MOST_RECORD
    return data[0] != _HANDSHAKE or data[_HEADER] != 1 or too_long
