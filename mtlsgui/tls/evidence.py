"""What one attempt of a connection test brings to light."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls import seen
from mtlsgui.tls.messages import (
    AlertDetail,
    CertificateList,
    CertificateRequest,
    Message,
)
from mtlsgui.tls.question import Protocol, Question
from mtlsgui.tls.result import HttpAnswer, Sender, TlsParameters

_Kind = TypeVar("_Kind")


class NetworkFault(StrEnum):
    """What kept us from a connection, or ended one before TLS began.

    PROXY_UNREACHABLE: the proxy itself. PROXY_REFUSED: it does not let us through, or does not
    reach the target. STARTTLS_REFUSED: the server does not go over to TLS.
    """

    NOT_RESOLVED = "not_resolved"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    PROXY_UNREACHABLE = "proxy_unreachable"
    PROXY_REFUSED = "proxy_refused"
    STARTTLS_REFUSED = "starttls_refused"


class End(StrEnum):
    """How the conversation ended, as far as we listened.

    QUIET: the server said nothing more, which is how a server waits for a request.
    """

    NOT_BEGUN = "not_begun"
    ALERT = "alert"
    TICKET = "ticket"
    ANSWER = "answer"
    QUIET = "quiet"
    CLOSED = "closed"
    RESET = "reset"
    TIMED_OUT = "timed_out"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class VerifyError:
    """One error that OpenSSL found in the server's chain. code: an X509_V_ERR number."""

    code: int
    depth: int
    certificate: CertificateFacts


@dataclass(frozen=True, slots=True)
class OpeningStep:
    """One line or message that passed before TLS. name: as in "CONNECT", "STARTTLS", "220".

    size: bytes. at_ms: since the test began.
    """

    sender: Sender
    name: str
    note: str
    size: int
    at_ms: float
    failed: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationAnswer:
    """What a server says in its own protocol inside TLS, HTTP excepted.

    accepted: whether the client was let in as far as TLS goes; None where that cannot be told.
    asked: what was sent, as in "StartupMessage". text: what came, readable, a few kilobytes.
    """

    protocol: Protocol
    asked: str
    accepted: bool | None
    text: str = field(repr=False)


@dataclass(frozen=True)
class Evidence:
    """All that one attempt showed.

    opening: what passed before TLS.
    hung_up: the server ended the connection after TLS stood, without a word inside it.
    staple: the server's OCSP response as it sent it; None where it sent none.
    first_bytes: what came first from the server; empty where nothing came.
    plain_answer: what a server that is silent on TLS says to plain HTTP.
    withheld: names of headers that were not sent, since they log in and the server is not trusted.
    local_errors: OpenSSL's reasons on our side ("unsupported protocol").
    unreadable: depths of the server's certificates that could not be read, 0 its own.
    name_error: the certificate is not for the target's name; None where that was not reached, or
        could not be told.
    """

    question: Question
    at: datetime
    fault: NetworkFault | None = None
    fault_text: str = ""
    opening: tuple[OpeningStep, ...] = ()
    messages: tuple[Message, ...] = ()
    established: bool = False
    end: End = End.NOT_BEGUN
    tls: TlsParameters | None = None
    server_chain: tuple[CertificateFacts, ...] = ()
    verify_errors: tuple[VerifyError, ...] = ()
    unreadable: tuple[int, ...] = ()
    name_error: bool | None = None
    http: HttpAnswer | None = None
    application: ApplicationAnswer | None = None
    staple: bytes | None = field(default=None, repr=False)
    hung_up: bool = False
    first_bytes: bytes = field(default=b"", repr=False)
    plain_answer: bytes = field(default=b"", repr=False)
    withheld: tuple[str, ...] = ()
    local_errors: tuple[str, ...] = ()
    connect_ms: float | None = None
    handshake_ms: float | None = None
    verdict_ms: float | None = None

    @property
    def request(self) -> CertificateRequest | None:
        """The server's request for a certificate."""
        found = self._details("server", CertificateRequest)
        return found[-1] if found else None

    @property
    def sent(self) -> bool:
        """Whether the client sent a certificate; an empty list is none."""
        return any(each.certificates for each in self._details("client", CertificateList))

    @property
    def server_alert(self) -> AlertDetail | None:
        """The fatal alert from the server."""
        return seen.fatal_alert(self.messages, "server")

    @property
    def client_alert(self) -> AlertDetail | None:
        """The fatal alert that OpenSSL sent for us.

        On an end of file it sends a decode_error of its own, which is no cause of anything.
        """
        if self.end in (End.CLOSED, End.RESET, End.ALERT):
            return None
        return seen.fatal_alert(self.messages, "client")

    def has(self, name: str, sender: Sender) -> bool:
        """Whether such a message passed."""
        return any(each.name == name and each.sender == sender for each in self.messages)

    def _details(self, sender: Sender, kind: type[_Kind]) -> list[_Kind]:
        return [
            each.detail
            for each in self.messages
            if each.sender == sender and isinstance(each.detail, kind)
        ]
