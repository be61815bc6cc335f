"""What is asked of a connection test, and what one attempt brings to light."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.pki.keys import PrivateKey
from mtlsgui.tls.messages import (
    AlertDetail,
    CertificateList,
    CertificateRequest,
    Message,
)
from mtlsgui.tls.result import Sender, TlsParameters

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Target:
    """A server. host, server_name: ASCII, international names as A-labels.

    server_name: sent as SNI and looked for in the certificate.
    path: what is asked for by HTTP once TLS stands; None to ask nothing.
    """

    host: str
    port: int
    server_name: str
    path: str | None = "/"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True)
class Identity:
    """What the client presents.

    chain: what is sent after the certificate. above: its issuers as far as they are known,
    sent or not, the root included.
    """

    certificate: CertificateFacts
    key: PrivateKey = field(repr=False)
    chain: tuple[CertificateFacts, ...] = ()
    above: tuple[CertificateFacts, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Trust:
    """Which CAs the client trusts. known: other CAs that we hold, to tell what is missing."""

    anchors: tuple[CertificateFacts, ...] = ()
    system: bool = False
    known: tuple[CertificateFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. quiet: how long to listen at least for a refusal after the handshake."""

    connect: float = 5.0
    handshake: float = 10.0
    answer: float = 5.0
    quiet: float = 0.15


@dataclass(frozen=True)
class Question:
    """One test. version: "TLS 1.2" or "TLS 1.3" to offer only that."""

    target: Target
    identity: Identity | None
    trust: Trust
    limits: Limits = Limits()
    version: str | None = None


class NetworkFault(StrEnum):
    """What kept us from a connection, or ended one while it was being made."""

    NOT_RESOLVED = "not_resolved"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"


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
class HttpAnswer:
    """The beginning of an HTTP response. text: at most a few kilobytes."""

    status: int
    reason: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Evidence:
    """All that one attempt showed.

    first_bytes: what came first from the server; empty where nothing came.
    plain_answer: what a server that is silent on TLS says to plain HTTP.
    local_errors: OpenSSL's reasons on our side ("unsupported protocol").
    unreadable: depths of the server's certificates that could not be read, 0 its own.
    name_error: the certificate is not for the target's name; None where that was not reached, or
        could not be told.
    """

    question: Question
    at: datetime
    fault: NetworkFault | None = None
    fault_text: str = ""
    messages: tuple[Message, ...] = ()
    established: bool = False
    end: End = End.NOT_BEGUN
    tls: TlsParameters | None = None
    server_chain: tuple[CertificateFacts, ...] = ()
    verify_errors: tuple[VerifyError, ...] = ()
    unreadable: tuple[int, ...] = ()
    name_error: bool | None = None
    http: HttpAnswer | None = None
    first_bytes: bytes = field(default=b"", repr=False)
    plain_answer: bytes = field(default=b"", repr=False)
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
        return self._fatal("server")

    @property
    def client_alert(self) -> AlertDetail | None:
        """The fatal alert that OpenSSL sent for us.

        On an end of file it sends a decode_error of its own, which is no cause of anything.
        """
        if self.end in (End.CLOSED, End.RESET, End.ALERT):
            return None
        return self._fatal("client")

    def has(self, name: str, sender: Sender) -> bool:
        """Whether such a message passed."""
        return any(each.name == name and each.sender == sender for each in self.messages)

    def _fatal(self, sender: Sender) -> AlertDetail | None:
        alerts = self._details(sender, AlertDetail)
        return next((each for each in alerts if each.fatal), None)

    def _details(self, sender: Sender, kind: type[_Kind]) -> list[_Kind]:
        return [
            each.detail
            for each in self.messages
            if each.sender == sender and isinstance(each.detail, kind)
        ]
