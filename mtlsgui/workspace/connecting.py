"""Testing connections: with which of our certificates, trusting whom, and what comes of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.tls.question import (
    HttpRequest,
    Identity,
    IpFamily,
    Limits,
    Offer,
    Opening,
    Protocol,
    Proxy,
    ProxyProtocol,
    Question,
    StartTls,
    Trust,
)
from mtlsgui.tls.report import report
from mtlsgui.tls.result import ProbeResult
from mtlsgui.workspace.connections.addresses import TargetRefused, parse_target
from mtlsgui.workspace.connections.identities import (
    authorities,
    facts_of,
    held,
    presentable,
    with_issuers,
)
from mtlsgui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from mtlsgui.workspace.inspecting import Reader

__all__ = [
    "ConnectionTest",
    "ProbeResult",
    "Secrets",
    "TargetRefused",
    "TrustKind",
    "Unusable",
    "ask_what",
    "authorities",
    "identities",
    "identity_facts",
    "parse_target",
    "probe",
    "remarks",
    "report",
]

_CLIENT_KINDS = ("client", "peer", "other")


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


@dataclass(frozen=True)
class ConnectionTest:
    """What to test. What is typed into it may hold secrets; `kept.as_kept` leaves them out.

    address: as typed: host, host:port, [IPv6]:port or a URL.
    identity_id: the certificate to present; None for none. identity_files: one from files in its
    place: a certificate with its key and chain, or a PKCS#12 file.
    authority_id: for TrustKind.ONE. trust_files: for TrustKind.FILES.
    trust_certificates: CAs in DER that are trusted too, in this test.
    server_name: sent as SNI and looked for in the certificate; the address's host where empty.
    starttls: None leaves it to the address's scheme.
    proxy: a URL as in "socks5://user@host:1080"; a password is no part of it.
    send_request: ask inside TLS, by HTTP or the protocol that the port and STARTTLS mean.
    http_path: empty for the address's own. limits: seconds.
    try_without: where a certificate was sent, try once more without, to tell whether it is needed.
    """

    address: str = field(repr=False)
    identity_id: int | None = None
    identity_files: tuple[Path, ...] = ()
    trust: TrustKind = TrustKind.ALL
    authority_id: int | None = None
    trust_files: tuple[Path, ...] = ()
    trust_certificates: tuple[bytes, ...] = field(default=(), repr=False)
    crl_files: tuple[Path, ...] = ()
    server_name: str = ""
    offer: Offer = field(default_factory=Offer)
    starttls: StartTls | None = None
    proxy: str = field(default="", repr=False)
    proxy_protocol: ProxyProtocol | None = None
    family: IpFamily = IpFamily.ANY
    send_request: bool = True
    http_method: str = "GET"
    http_path: str = ""
    http_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    limits: Limits = field(default_factory=Limits)
    try_without: bool = True


class Unusable(MtlsguiError):
    """Something that a test names cannot be used; nothing was sent.

    field: of `ConnectionTest`. locked: a passphrase is missing, or wrong.
    """

    def __init__(self, field_name: str, error: MtlsguiError, *, locked: bool = False) -> None:
        super().__init__(error.title, error.detail, error.remedy)
        self.field, self.locked = field_name, locked


@dataclass(frozen=True)
class Secrets:
    """What a test needs and never keeps.

    passphrases: for the files of the identity. proxy_password: for the user that the proxy names.
    """

    passphrases: tuple[str, ...] = field(default=(), repr=False)
    proxy_password: str = field(default="", repr=False)


NO_SECRETS = Secrets()


def identities(ws: Workspace) -> list[CertificateRow]:
    """Certificates that a client may present: their keys are held. By name, 500 at most."""
    return presentable(ws, _CLIENT_KINDS)


def probe(
    ws: Workspace,
    test: ConnectionTest,
    check: Callable[[], None] | None = None,
    *,
    secrets: Secrets = NO_SECRETS,
    reader: "Reader | None" = None,
) -> ProbeResult:
    """Test a connection. Blocks on the network, on files and on the vault.

    check: called ten times a second; what it raises ends the test. reader: as `inspecting.inspect`
    takes it. Raises TargetRefused, Unusable for files and the proxy, KeyNotHere, and other
    MtlsguiErrors where the test cannot be made: then nothing was sent.
    """
    from mtlsgui.tls.probe import probe as ask  # OpenSSL and asyncio load when first needed

    question = ask_what(ws, test, secrets=secrets, reader=reader)
    return ask(question, ws.clock(), check, try_without=test.try_without)


def ask_what(
    ws: Workspace,
    test: ConnectionTest,
    *,
    secrets: Secrets = NO_SECRETS,
    reader: "Reader | None" = None,
) -> Question:
    """The test as the probe takes it, certificates and keys in it. Raises as `probe`."""
    address = parse_target(test.address, test.server_name, test.starttls)
    proxy = _proxy(test.proxy, secrets.proxy_password)
    trust = _trust(ws, test, reader)
    return Question(
        address.target,
        _identity(ws, test, secrets.passphrases, trust, reader),
        trust,
        test.limits,
        test.offer,
        Opening(proxy, test.proxy_protocol, address.starttls, test.family),
        address.protocol if test.send_request else Protocol.NONE,
        HttpRequest(test.http_method, test.http_path or address.path, test.http_headers),
    )


def identity_facts(
    ws: Workspace,
    files: Sequence[Path],
    passphrases: Sequence[str] = (),
    reader: "Reader | None" = None,
) -> CertificateFacts:
    """The certificate that files would present, to be named before it is. Raises as `probe`."""
    from mtlsgui.workspace.identity_files import identity_from_files

    with _using("identity_files"):
        return identity_from_files(reader, files, passphrases, now=ws.clock()).certificate


def remarks(certificate: CertificateFacts, now: datetime) -> tuple[str, ...]:
    """What is to be said of a certificate before it is presented. It can be all the same."""
    found = []
    ends, begins = certificate.not_after, certificate.not_before
    if ends is not None and ends < now:
        found.append(f"It expired on {ends.day} {ends:%b %Y}: a server will refuse it.")
    if begins is not None and now < begins:
        found.append(f"It is valid from {begins.day} {begins:%b %Y} only: a server will refuse it.")
    usages = certificate.extended_key_usage
    if usages and not {"clientAuth", "anyExtendedKeyUsage"} & set(usages):
        found.append("It is not made for clients: most servers will refuse it.")
    return tuple(found)


def _identity(
    ws: Workspace,
    test: ConnectionTest,
    passphrases: Sequence[str],
    trust: Trust,
    reader: "Reader | None",
) -> Identity | None:
    if test.identity_files:
        from mtlsgui.workspace.identity_files import identity_from_files

        with _using("identity_files"):
            given = identity_from_files(reader, test.identity_files, passphrases, now=ws.clock())
        return with_issuers(given, trust.known)
    return held(ws, test.identity_id) if test.identity_id is not None else None


def _trust(ws: Workspace, test: ConnectionTest, reader: "Reader | None") -> Trust:
    rows = authorities(ws)
    known = facts_of(ws, [row.id for row in rows])
    anchors: tuple[CertificateFacts, ...] = ()
    match test.trust:
        case TrustKind.ALL | TrustKind.OWN:
            anchors = tuple(facts for facts in known if facts.self_signed)
        case TrustKind.ONE:
            pairs = zip(rows, known, strict=True)
            anchors = tuple(facts for row, facts in pairs if row.id == test.authority_id)
        case TrustKind.FILES:
            from mtlsgui.workspace.identity_files import anchors_from_files

            with _using("trust_files"):
                anchors = anchors_from_files(reader, test.trust_files, now=ws.clock())
    also = tuple(read_certificate(der) for der in test.trust_certificates)
    system = test.trust in (TrustKind.ALL, TrustKind.SYSTEM)
    return Trust((*anchors, *also), system, known, _crls(ws, test.crl_files, reader))


def _crls(ws: Workspace, files: Sequence[Path], reader: "Reader | None") -> tuple[bytes, ...]:
    """The newest list of each CA that we hold, and those in files.

    A CA is its certificate: another of that name has lists of its own, and a list that nobody here
    signed takes the place of none.
    """
    newest: dict[tuple[int | None, int], tuple[int, int, bytes]] = {}
    for row in ws.inventory.crls.all():
        ca = (row.issuer_id, 0) if row.issuer_id is not None else (None, row.id)
        order = (row.number if row.number is not None else -1, row.id)
        if ca not in newest or newest[ca][:2] < order:
            newest[ca] = (*order, row.der)
    held = tuple(der for _, _, der in newest.values())
    if not files:
        return held
    from mtlsgui.workspace.identity_files import crls_from_files

    with _using("crl_files"):
        return (*crls_from_files(reader, files), *held)


def _proxy(text: str, password: str) -> Proxy | None:
    if not text.strip():
        return None
    from mtlsgui.tls.opening import parse_proxy

    with _using("proxy"):
        proxy = parse_proxy(text.strip())
    return replace(proxy, password=password) if password else proxy


@contextmanager
def _using(field_name: str) -> Iterator[None]:
    """Say of an error what it is about."""
    from mtlsgui.workspace.identity_files import FilesLocked

    try:
        yield
    except MtlsguiError as error:
        raise Unusable(field_name, error, locked=isinstance(error, FilesLocked)) from error
