"""One end of a TLS connection without a socket: bytes in, bytes out, and the messages that passed.

An endpoint is the client or the server of a connection (RFC 8446, section 1.1).
"""

import math
from enum import StrEnum

from OpenSSL import SSL

from mtlsgui.tls import seen
from mtlsgui.tls.messages import Message
from mtlsgui.tls.result import TlsParameters
from mtlsgui.tls.tracing import AnyTrace

_CHUNK = 65_536


class Closing(StrEnum):
    """How TLS ended: by a close_notify, by the end of the stream, or by an error."""

    NOTIFIED = "notified"
    CUT = "cut"
    ERROR = "error"


class Endpoint:
    """Give it what arrives by `receive`, send what `outgoing` gives.

    trace: opened on this context last. most: bytes of `received` beyond which no more is
    deciphered until some are taken away.
    established: the handshake is done. closing: None while TLS lasts.
    received: what the other side said inside TLS.
    local_errors: OpenSSL's reasons on our side ("unsupported protocol").
    """

    def __init__(self, context: SSL.Context, trace: AnyTrace, most: float = math.inf) -> None:
        self.established = False
        self.closing: Closing | None = None
        self.received = b""
        self.local_errors: tuple[str, ...] = ()
        self._trace, self._most = trace, most
        self._connection = SSL.Connection(context, None)

    @property
    def messages(self) -> list[Message]:
        """What has passed so far."""
        return self._trace.messages

    def advance(self) -> None:
        """Do what can be done with what has arrived."""
        if self.closing is not None:
            return
        try:
            if not self.established:
                self._connection.do_handshake()
                self.established = True
            while len(self.received) < self._most:
                self.received += self._connection.recv(_CHUNK)
        except SSL.WantReadError:
            pass
        except SSL.ZeroReturnError:
            self.closing = Closing.NOTIFIED
        except SSL.SysCallError:
            self.closing = Closing.CUT
        except SSL.Error as error:
            self.closing = Closing.ERROR
            self.local_errors = _reasons(error)
        self._trace.check()

    def receive(self, data: bytes) -> None:
        """Take what arrived."""
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            self._connection.bio_write(chunk)
            self.advance()
            self._trace.received(chunk)

    def receive_end(self) -> None:
        """The stream has ended."""
        self._connection.bio_shutdown()
        self.advance()

    def outgoing(self) -> bytes:
        """What is to be sent now."""
        parts = []
        while True:
            try:
                parts.append(self._connection.bio_read(_CHUNK))
            except SSL.WantReadError:
                data = b"".join(parts)
                self._note_sent(data)
                return data

    def send(self, data: bytes) -> None:
        """Encrypt application data."""
        try:
            self._connection.sendall(data)
        except SSL.Error as error:
            self.closing = Closing.ERROR
            self.local_errors = _reasons(error)

    def close(self) -> None:
        """Say goodbye: a close_notify. Where nothing was agreed yet, there is none to say."""
        try:
            self._connection.shutdown()
        except SSL.Error as error:
            self.local_errors = self.local_errors or _reasons(error)

    def parameters(self) -> TlsParameters | None:
        """What was agreed, as far as it got."""
        return seen.parameters(
            self.messages,
            self._connection.get_cipher_name() or "",
            self._connection.get_alpn_proto_negotiated().decode("ascii", "replace"),
        )

    def _note_sent(self, data: bytes) -> None:
        self._trace.sent(data)


def _reasons(error: SSL.Error) -> tuple[str, ...]:
    """OpenSSL's reasons, the last of each entry: for a report, never for a decision."""
    entries = error.args[0] if error.args else ()
    return tuple(str(entry[-1]) for entry in entries if entry)
