"""Testing connections: with which of our certificates, trusting whom, and what comes of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import idna

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import CertificateRow, Sort, TreeFilter
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.tls.question import (
    HttpRequest,
    Identity,
    IpFamily,
    Limits,
    Offer,
    Opening,
    Protocol,
    ProxyProtocol,
    Question,
    StartTls,
    Target,
    Trust,
)
from mtlsgui.tls.report import report
from mtlsgui.tls.result import ProbeResult
from mtlsgui.workspace.custody import KeyNotHere
from mtlsgui.workspace.workspace import Workspace

__all__ = [
    "ConnectionTest",
    "ProbeResult",
    "TargetRefused",
    "TrustKind",
    "authorities",
    "identities",
    "parse_target",
    "probe",
    "report",
]

MOST_IDENTITIES = 500
_MOST_AUTHORITIES = 2_000
_DEFAULT_PORT = 443
_LONGEST_NAME = 253  # RFC 1035, section 2.3.4, as text
_SCHEME_PORTS = {
    "https": 443,
    "wss": 443,
    "http": 80,
    "ldaps": 636,
    "imaps": 993,
    "pop3s": 995,
    "smtps": 465,
    "mqtts": 8883,
    "amqps": 5671,
    "rediss": 6379,
}
_HTTP_SCHEMES = ("https", "http", "wss")
_NOT_HTTP_PORTS = frozenset((465, 636, 853, 990, 993, 995, 3306, 5432, 5671, 6379, 6514, 8883))
"""Ports that speak something else after TLS (IANA): they are asked nothing by HTTP."""


class TrustKind(StrEnum):
    """Which roots the client trusts.

    ALL: the workspace's and the system's. OWN: the workspace's. SYSTEM: the system's.
    ONE: the authority that is named, which may be an intermediate. FILES: what is in files.
    """

    ALL = "all"
    OWN = "own"
    SYSTEM = "system"
    ONE = "one"
    FILES = "files"


class TargetRefused(MtlsguiError):
    """What was typed is no address of a server."""


@dataclass(frozen=True)
class ConnectionTest:
    """What to test. It holds no secret: it is kept as it is when a test is saved.

    address: as typed: host, host:port, [IPv6]:port or a URL.
    identity_id: the certificate to present; None for none. identity_files: one from files in its
    place: a certificate with its key and chain, or a PKCS#12 file.
    authority_id: for TrustKind.ONE. trust_files: for TrustKind.FILES.
    server_name: sent as SNI and looked for in the certificate; the address's host where empty.
    proxy: a URL as in "socks5://user@host:1080"; a password is no part of it.
    send_request: ask inside TLS, by HTTP or the protocol that the port and STARTTLS mean.
    http_path: empty for the address's own. limits: seconds.
    try_without: where a certificate was sent, try once more without, to tell whether it is needed.
    """

    address: str
    identity_id: int | None = None
    identity_files: tuple[Path, ...] = ()
    trust: TrustKind = TrustKind.ALL
    authority_id: int | None = None
    trust_files: tuple[Path, ...] = ()
    crl_files: tuple[Path, ...] = ()
    server_name: str = ""
    offer: Offer = field(default_factory=Offer)
    starttls: StartTls | None = None
    proxy: str = ""
    proxy_protocol: ProxyProtocol | None = None
    family: IpFamily = IpFamily.ANY
    send_request: bool = True
    http_method: str = "GET"
    http_path: str = ""
    http_headers: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)
    try_without: bool = True


@dataclass(frozen=True, slots=True)
class Address:
    """What an address means: a server, what is spoken there inside TLS, and the path asked for."""

    target: Target
    protocol: Protocol
    path: str = "/"


def parse_target(address: str, server_name: str = "") -> Address:
    """The server that an address means. Raises TargetRefused."""
    text = address.strip()
    if not text:
        raise TargetRefused("Type the address of a server.", "", "For example: api.example:443.")
    scheme, _, rest = text.rpartition("://")
    try:
        parts = urlsplit(f"//{_bracketed(rest)}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused(text, "The port is not a number from 1 to 65535.") from None
    scheme = scheme.lower()
    if scheme and scheme not in _SCHEME_PORTS:
        known = ", ".join(sorted(_SCHEME_PORTS))
        raise _refused(text, f"“{scheme}” is not among {known}.")
    if not host or any(each.isspace() for each in text):
        raise _refused(text, "It has no host name or address.")
    if port == 0:
        raise _refused(text, "The port is not a number from 1 to 65535.")
    port = port or _SCHEME_PORTS.get(scheme, _DEFAULT_PORT)
    host = _ascii(host, text)
    http = scheme in _HTTP_SCHEMES if scheme else port not in _NOT_HTTP_PORTS
    path = parts.path or "/"
    if parts.query:
        path += f"?{parts.query}"
    wanted = _ascii(server_name.strip().rstrip("."), server_name) if server_name.strip() else host
    protocol = Protocol.HTTP if http else Protocol.NONE
    return Address(Target(host, port, wanted.rstrip(".")), protocol, path)


def _bracketed(rest: str) -> str:
    """A bare IPv6 address gets its brackets: "::1" is one, "::1:443" is another."""
    host, slash, path = rest.partition("/")
    if host.count(":") > 1 and not host.startswith("["):
        return f"[{host}]{slash}{path}"
    return rest


def _ascii(host: str, typed: str) -> str:
    """The name in the form that DNS and certificates use (IDNA 2008)."""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise _refused(typed, f"“{host}” cannot be a host name: {error}.") from None
    labels = host.removesuffix(".").split(".")
    if len(host) > _LONGEST_NAME or not all(0 < len(label) <= 63 for label in labels):
        raise _refused(typed, "A part of the name is empty, or longer than DNS takes.")
    return host


def _refused(typed: str, why: str) -> TargetRefused:
    return TargetRefused(
        f"“{typed}” is not the address of a server.",
        why,
        "Type host:port, [IPv6 address]:port or a URL such as https://api.example/.",
    )


def identities(ws: Workspace) -> list[CertificateRow]:
    """Certificates that a client may present: their keys are held. By name, 500 at most."""
    kinds = frozenset(("client", "peer", "other"))
    rows = _rows(ws, kinds, MOST_IDENTITIES)
    return [row for row in rows if row.key_id is not None]


def authorities(ws: Workspace) -> list[CertificateRow]:
    """CAs that can be trusted in a test, by name."""
    return _rows(ws, frozenset(("root_ca", "ca")), _MOST_AUTHORITIES)


def _rows(ws: Workspace, kinds: frozenset[str], most: int) -> list[CertificateRow]:
    wanted, now = TreeFilter(kinds=kinds), ws.clock()
    return ws.inventory.tree.flat_page(wanted, Sort(), now, ws.preferences.warn, 0, most)


def probe(
    ws: Workspace,
    test: ConnectionTest,
    check: Callable[[], None] | None = None,
) -> ProbeResult:
    """Test a connection. Blocks on the network and on the vault.

    check: called ten times a second; what it raises ends the test. Raises TargetRefused, and
    MtlsguiError where the identity cannot be used.
    """
    from mtlsgui.tls.probe import probe as ask  # OpenSSL and asyncio load when first needed

    question = ask_what(ws, test)
    return ask(question, ws.clock(), check)


def ask_what(ws: Workspace, test: ConnectionTest) -> Question:
    """The test as the probe takes it, certificates and keys in it. Raises as `probe`."""
    address = parse_target(test.address, test.server_name)
    identity = None if test.identity_id is None else _identity(ws, test.identity_id)
    return Question(
        address.target,
        identity,
        _trust(ws, test),
        test.limits,
        test.offer,
        Opening(None, test.proxy_protocol, test.starttls, test.family),
        address.protocol if test.send_request else Protocol.NONE,
        HttpRequest(test.http_method, test.http_path or address.path, test.http_headers),
    )


def _identity(ws: Workspace, certificate_id: int) -> Identity:
    row, *above = ws.inventory.certificates.chain(certificate_id)
    if row.key_id is None:
        raise KeyNotHere(
            f"The private key of “{row.name}” is not held here.",
            "Without it a certificate proves nothing.",
            "Choose another certificate, or import the key first.",
        )
    facts, *issuers = _facts(ws, (row, *above))
    return Identity(
        facts,
        ws.custody.private_key(ws.inventory.keys.get(row.key_id)),
        tuple(each for each in issuers if not each.self_signed),
        tuple(issuers),
        row.name,
    )


def _trust(ws: Workspace, test: ConnectionTest) -> Trust:
    rows = authorities(ws)
    known = _facts(ws, rows)
    system = test.trust in (TrustKind.ALL, TrustKind.SYSTEM)
    if test.trust is TrustKind.ONE:
        anchors = tuple(
            facts for row, facts in zip(rows, known, strict=True) if row.id == test.authority_id
        )
    elif test.trust is TrustKind.SYSTEM:
        anchors = ()
    else:
        anchors = tuple(facts for facts in known if facts.self_signed)
    return Trust(anchors, system, known)


def _facts(ws: Workspace, rows: Sequence[CertificateRow]) -> tuple[CertificateFacts, ...]:
    return tuple(read_certificate(ws.inventory.certificates.der(row.id)) for row in rows)
