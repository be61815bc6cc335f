"""What is asked of a connection test."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.pki.keys import PrivateKey


@dataclass(frozen=True, slots=True)
class Target:
    """A server. host, server_name: ASCII, international names as A-labels.

    server_name: sent as SNI and looked for in the certificate.
    """

    host: str
    port: int
    server_name: str

    def __str__(self) -> str:
        return f"{bracketed(self.host)}:{self.port}"


def bracketed(host: str) -> str:
    """A host as it stands before a port: an IPv6 address in brackets (RFC 3986, 3.2.2)."""
    return f"[{host}]" if ":" in host else host


@dataclass(frozen=True)
class Identity:
    """What the client presents.

    chain: what is sent after the certificate. above: its issuers as far as they are known,
    sent or not, the root included. revoked: whether it was revoked here, by a CA of our own; what
    lists say of it is found by those of `Trust`.
    """

    certificate: CertificateFacts
    key: PrivateKey = field(repr=False)
    chain: tuple[CertificateFacts, ...] = ()
    above: tuple[CertificateFacts, ...] = ()
    name: str = ""
    revoked: bool = False


@dataclass(frozen=True)
class Trust:
    """Which CAs the client trusts. known: other CAs that we hold, to tell what is missing.

    crls: revocation lists in DER, which both sides' certificates are held against.
    """

    anchors: tuple[CertificateFacts, ...] = ()
    system: bool = False
    known: tuple[CertificateFacts, ...] = ()
    crls: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. quiet: how long to listen at least for a refusal after the handshake."""

    connect: float = 5.0
    handshake: float = 10.0
    answer: float = 5.0
    quiet: float = 0.15


@dataclass(frozen=True, slots=True)
class Offer:
    """What the client offers. Empty means OpenSSL's own choice.

    versions: of "TLS 1.0" … "TLS 1.3", in one piece. ciphers: OpenSSL's cipher string, for TLS 1.2
    and older. suites: those of TLS 1.3, as in "TLS_AES_256_GCM_SHA384". groups: by OpenSSL's names,
    as in "X25519MLKEM768". signature_algorithms: likewise, as in "ecdsa_secp256r1_sha256".
    alpn: protocol names, the preferred one first.
    """

    versions: tuple[str, ...] = ()
    ciphers: str = ""
    suites: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    signature_algorithms: tuple[str, ...] = ()
    alpn: tuple[str, ...] = ()


class IpFamily(StrEnum):
    ANY = "any"
    IPV4 = "ipv4"
    IPV6 = "ipv6"


class ProxyKind(StrEnum):
    HTTP = "http"
    SOCKS5 = "socks5"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy to go through: HTTP CONNECT (RFC 9110, 9.3.6) or SOCKS5 (RFC 1928, RFC 1929).

    It resolves the target's name. user: empty for no authentication.
    """

    kind: ProxyKind
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.kind}://{bracketed(self.host)}:{self.port}"


class ProxyProtocol(StrEnum):
    """The PROXY protocol's header, sent before all else to the target (haproxy.org, 2.2, 2.3)."""

    V1 = "v1"
    V2 = "v2"


class Protocol(StrEnum):
    """What is spoken inside TLS, and asked for its own verdict. NONE: nothing is asked."""

    NONE = "none"
    HTTP = "http"
    SMTP = "smtp"
    IMAP = "imap"
    POP3 = "pop3"
    FTP = "ftp"
    XMPP = "xmpp"
    LDAP = "ldap"
    POSTGRES = "postgres"
    MYSQL = "mysql"
    REDIS = "redis"
    MQTT = "mqtt"

    @property
    def label(self) -> str:
        """As people write it."""
        return _LABELS.get(self.value, self.value.upper())


class StartTls(StrEnum):
    """Protocols that begin in plain text and are asked to go over to TLS."""

    SMTP = "smtp"
    IMAP = "imap"
    POP3 = "pop3"
    FTP = "ftp"
    XMPP = "xmpp"
    LDAP = "ldap"
    POSTGRES = "postgres"
    MYSQL = "mysql"

    @property
    def label(self) -> str:
        """As people write it."""
        return _LABELS.get(self.value, self.value.upper())


_LABELS = {"postgres": "PostgreSQL", "mysql": "MySQL", "redis": "Redis"}


@dataclass(frozen=True, slots=True)
class Opening:
    """What comes before TLS, in this order: a proxy, the PROXY protocol's header, STARTTLS."""

    proxy: Proxy | None = None
    proxy_protocol: ProxyProtocol | None = None
    starttls: StartTls | None = None
    family: IpFamily = IpFamily.ANY

    @property
    def is_asked(self) -> bool:
        """Whether anything comes before TLS."""
        return any((self.proxy, self.proxy_protocol, self.starttls))


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What is asked by HTTP/1.1. headers: beside or in place of those that are always sent."""

    method: str = "GET"
    path: str = "/"
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Question:
    """One test.

    keylog: a file that the connection's secrets are appended to, for those who ask for it
    (the NSS key log format, draft-ietf-tls-keylogfile).
    """

    target: Target
    identity: Identity | None
    trust: Trust
    limits: Limits = Limits()
    offer: Offer = Offer()
    opening: Opening = Opening()
    protocol: Protocol = Protocol.HTTP
    http: HttpRequest = HttpRequest()
    keylog: Path | None = None
