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
class Detail:
    """One thing that matters in a message. values: one a line."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One message of the sequence, or several that belong together.

    size: bytes on the wire without record headers; 0 where nothing was sent.
    at_ms: since the test began; None where it was not reached.
    is_cause: it went through, and is why a later one failed.
    details: what the message says, for those who open it; no keys and no secrets.
    explanation: the step in plain words, for those who learn.
    """

    number: int
    sender: Sender
    message: str
    state: StepState
    note: str = ""
    size: int = 0
    at_ms: float | None = None
    is_cause: bool = False
    details: tuple[Detail, ...] = ()
    explanation: str = ""


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


class RemedyKind(StrEnum):
    """What can be done about a problem here, by a button.

    ISSUE_SERVER: issue a server certificate with `names`. ISSUE_CLIENT: issue a client certificate
    from one of `issuers`. RENEW: `certificates[0]`, ours or the server's. SEND_CHAIN: write
    `certificates`, the right full chain leaf first, into a file. CHOOSE_IDENTITY: present a
    certificate from one of `issuers`. TRUST: trust `certificates[0]` for this test. STARTTLS: test
    again with `names[0]`, a StartTls. VERSION: test again without a limit on versions.
    WITHOUT_IDENTITY: test again without a certificate.
    """

    ISSUE_SERVER = "issue_server"
    ISSUE_CLIENT = "issue_client"
    RENEW = "renew"
    SEND_CHAIN = "send_chain"
    CHOOSE_IDENTITY = "choose_identity"
    TRUST = "trust"
    STARTTLS = "starttls"
    VERSION = "version"
    WITHOUT_IDENTITY = "without_identity"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do. issuers: names in DER as the server announced them."""

    kind: RemedyKind
    names: tuple[str, ...] = ()
    certificates: tuple[CertificateFacts, ...] = field(default=(), repr=False)
    issuers: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, with its remedy.

    code: stable, for programs. is_warning: it did not stop this connection.
    depth: in the chain, 0 for the leaf. subject: RFC 4514, of the certificate meant.
    remedies: what can be done here, the best first; `fix` says it in words.
    """

    code: str
    side: Side
    title: str
    explanation: str
    fix: str = ""
    is_warning: bool = False
    depth: int | None = None
    subject: str = ""
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds since the test began, None where it was not reached."""

    connect: float | None = None
    handshake: float | None = None
    verdict: float | None = None


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The beginning of an HTTP response. text: all of it, at most a few kilobytes."""

    status: int
    reason: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class ProbeResult:
    """One test. sentence, detail: the verdict in words.

    server_name: what was sent as SNI and looked for in the certificate.
    answer: what the server said inside TLS, by HTTP or in its own protocol, as text.
    ocsp_staple: the server's OCSP response in DER.
    """

    target: str
    server_name: str
    at: datetime
    outcome: Outcome
    sentence: str
    detail: str
    tls: TlsParameters | None
    client_certificate: ClientCertificate
    server_chain: tuple[CertificateFacts, ...] = field(repr=False)
    alert: Alert | None
    http_status: int | None
    answer: str = field(repr=False)
    ocsp_staple: bytes | None = field(repr=False)
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    timing: Timing

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Those that stop the connection."""
        return tuple(problem for problem in self.problems if not problem.is_warning)
