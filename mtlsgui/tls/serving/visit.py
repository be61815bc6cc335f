"""What one client of a test server did, and what came of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.result import Alert, ProbeResult, Problem, Step, TlsParameters


class VisitOutcome(StrEnum):
    """How a visit ended.

    REFUSED: the client was turned away, by an alert or by HTTP. REFUSED_BY_CLIENT: it turned
    away from us. NOT_TLS: it spoke something else. LEFT: it hung up during the handshake.
    TIMED_OUT: it did not finish the handshake in time. UNREACHABLE: the server behind, where we
    watch a client of another server. STOPPED: we were stopped meanwhile. PASSED: it went through
    to the server behind, as far as can be seen from outside.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFUSED_BY_CLIENT = "refused_by_client"
    NOT_TLS = "not_tls"
    LEFT = "left"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Offered:
    """What the client offered, the preferred first; names as in IANA's registries."""

    versions: tuple[str, ...] = ()
    ciphers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    alpn: tuple[str, ...] = ()


@dataclass(frozen=True)
class Visit:
    """One connection.

    number: counted from 1, in the order of coming. peer: address and port.
    sentence: what happened, for people. server_name: the SNI that it sent.
    chain: its certificates as sent, its own first; one that cannot be read ends it.
    problems: all that is wrong, what decided first. alert: the fatal one, whoever sent it.
    request: as in "GET /path HTTP/1.1". duration: milliseconds.
    upstream: where we watch a client of another server, the connection to that one.
    is_open: it stands yet; the same number is told of again when it ends.
    """

    number: int
    at: datetime
    peer: str
    outcome: VisitOutcome
    sentence: str
    server_name: str = ""
    offered: Offered = Offered()
    tls: TlsParameters | None = None
    chain: tuple[CertificateFacts, ...] = field(default=(), repr=False)
    problems: tuple[Problem, ...] = ()
    alert: Alert | None = None
    request: str = ""
    http_status: int | None = None
    steps: tuple[Step, ...] = field(default=(), repr=False)
    duration: float = 0.0
    upstream: ProbeResult | None = None
    is_open: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Of what is wrong; what is only worth knowing is not among them."""
        return tuple(each.code for each in self.problems if not each.is_warning)
