"""What a connection test found out, as data: the document of `mtlsctl probe`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from mtlsgui.pki.facts import CertificateFacts

Sender = Literal["client", "server", "local"]


class Outcome(StrEnum):
    """How the test ended.

    REFUSED_BY_CLIENT: the server is not to be trusted, so a client would turn away.
    """

    ACCEPTED = "accepted"
    REFUSED_BY_SERVER = "refused_by_server"
    REFUSED_BY_CLIENT = "refused_by_client"
    UNREACHABLE = "unreachable"
    NOT_TLS = "not_tls"
    TIMED_OUT = "timed_out"


class Side(StrEnum):
    """Whose fault it is."""

    SERVER = "server"
    CLIENT = "client"
    NETWORK = "network"


class StepState(StrEnum):
    OK = "ok"
    FAILED = "failed"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Step:
    """One message of the sequence, or several that belong together.

    size: bytes on the wire without record headers; 0 where nothing was sent.
    at_ms: since the test began; None where it was not reached.
    is_cause: it went through, and is why a later one failed.
    """

    number: int
    sender: Sender
    message: str
    state: StepState
    note: str = ""
    size: int = 0
    at_ms: float | None = None
    is_cause: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """A fatal alert (RFC 8446, section 6)."""

    number: int
    name: str
    sender: Sender


@dataclass(frozen=True, slots=True)
class TlsParameters:
    """What was negotiated. group and signature_algorithm: empty where TLS does not say.

    signature_algorithm: what the server proved its key with.
    """

    version: str
    cipher: str
    group: str = ""
    signature_algorithm: str = ""
    alpn: str = ""


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """The client's side of mutual TLS.

    required: None where this test cannot tell; a test without a certificate can.
    acceptable_issuers: RFC 4514 names, as the server sent them; empty means that it named none.
    """

    requested: bool
    required: bool | None
    sent: bool
    acceptable_issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, with its remedy.

    code: stable, for programs. is_warning: it did not stop this connection.
    depth: in the chain, 0 for the leaf. subject: RFC 4514, of the certificate meant.
    """

    code: str
    side: Side
    title: str
    explanation: str
    fix: str = ""
    is_warning: bool = False
    depth: int | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds since the test began, None where it was not reached."""

    connect: float | None = None
    handshake: float | None = None
    verdict: float | None = None


@dataclass(frozen=True)
class ProbeResult:
    """One test. sentence, detail: the verdict in words."""

    target: str
    at: datetime
    outcome: Outcome
    sentence: str
    detail: str
    tls: TlsParameters | None
    client_certificate: ClientCertificate
    server_chain: tuple[CertificateFacts, ...] = field(repr=False)
    alert: Alert | None
    http_status: int | None
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    timing: Timing

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Those that stop the connection."""
        return tuple(problem for problem in self.problems if not problem.is_warning)
