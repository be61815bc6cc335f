"""What a test server is to be: whom it is, whom it takes, and how it says no."""

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum

from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.question import Identity, Question

LOOPBACK = "127.0.0.1"


class Mode(StrEnum):
    """What becomes of a client whose certificate is wrong, or who has none.

    ENFORCE: it is refused in TLS, by the alert that OpenSSL has for it.
    EXPLAIN: TLS goes on whatever it presents; by HTTP it is told all that is wrong.
    OPTIONAL: it may come without a certificate; one that it presents must be right.
    """

    ENFORCE = "enforce"
    EXPLAIN = "explain"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one client, or all of them, may cost.

    handshake, request: seconds for the whole of it, however slowly its bytes come.
    linger: seconds that a client has to hang up once it was answered; else it would lose an
    answer that it has not read. connections: at once; more of them wait to be taken.
    head, body: bytes of an HTTP request.
    idle: seconds that nothing passes, where a client of another server is watched.
    """

    handshake: float = 10.0
    request: float = 5.0
    linger: float = 1.0
    connections: int = 256
    head: int = 16_384
    body: int = 1_048_576
    idle: float = 600.0


@dataclass(frozen=True)
class Settings:
    """One test server.

    identity: its certificate with the key. authorities: the CAs whose clients it takes; their
    names are sent to clients. known: other CAs that we hold, to tell a missing intermediate from
    a foreign CA.
    host: the address to listen on; one that other computers reach needs `wide`. port: 0 takes a
    free one. versions: of "TLS 1.2" and "TLS 1.3"; both where empty.
    crls: DER of revocation lists; without any, nothing is held for revoked.
    """

    identity: Identity
    authorities: tuple[CertificateFacts, ...]
    mode: Mode = Mode.ENFORCE
    host: str = LOOPBACK
    port: int = 0
    wide: bool = False
    versions: tuple[str, ...] = ()
    crls: tuple[bytes, ...] = field(default=(), repr=False)
    known: tuple[CertificateFacts, ...] = field(default=(), repr=False)
    bounds: Bounds = Bounds()


@dataclass(frozen=True)
class WatchSettings:
    """One server that stands before a real one, to see how its clients get on with that.

    question: the real server, who we are there, and whom we trust; nothing of our own is asked.
    identity: who we are to the clients; without one nothing is decrypted: what they and the real
    server send passes unchanged. careful: nothing of a client's passes on to a server that is not
    to be trusted. host, port, wide, bounds: as in `Settings`.
    """

    question: Question
    identity: Identity | None
    careful: bool = True
    host: str = LOOPBACK
    port: int = 0
    wide: bool = False
    bounds: Bounds = Bounds()


def is_loopback(host: str) -> bool:
    """Whether only programs of this computer reach the address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
