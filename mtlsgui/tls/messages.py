"""TLS messages read into what matters of them (RFC 5246 section 7.4, RFC 8446 section 4).

Reads the plaintext that OpenSSL hands out. A message that breaks its own rules is still a
message with its name and size; only its details are missing. Randoms, key shares, signatures and
tickets are never kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

from mtlsgui.tls.cipher_suites import CIPHER_SUITES
from mtlsgui.tls.registries import (
    CERTIFICATE_TYPES,
    COMPRESSIONS,
    EXTENSIONS,
    GROUPS,
    HANDSHAKE_TYPES,
    SIGNATURE_ALGORITHMS,
    VERSIONS,
    named,
)
from mtlsgui.tls.wire import Reader, extensions, numbers, vectors

TLS_1_2, TLS_1_3 = 0x0303, 0x0304
_SERVER_NAME, _STATUS, _GROUPS, _SIGNATURES, _ALPN, _SCTS = 0, 5, 10, 13, 16, 18
_VERSIONS, _AUTHORITIES, _KEY_SHARE = 43, 47, 51
_RECORD_TYPES = range(20, 25)
_NAMED_CURVE = 3
_FATAL = 2
_CLOSE_NOTIFY, _USER_CANCELED = 0, 90
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_MESSAGES = 300
"""Messages of one connection that are kept: the other side could send any number of tickets and
key updates. Fatal alerts are kept beyond that."""
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random of a ServerHello that is a HelloRetryRequest (RFC 8446, section 4.1.3)."""


@dataclass(frozen=True, slots=True)
class ClientHello:
    """What the client offers, all by name, in its order."""

    versions: tuple[str, ...]
    groups: tuple[str, ...]
    server_name: str
    cipher_suites: tuple[str, ...] = ()
    key_shares: tuple[str, ...] = ()
    signature_algorithms: tuple[str, ...] = ()
    alpn: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerHello:
    """What the server chose. group: in TLS 1.3; alpn: before it."""

    version: str
    group: str
    cipher_suite: str = ""
    alpn: str = ""
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EncryptedExtensions:
    alpn: str
    extensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificateRequest:
    """issuers: distinguished names in DER. signature_algorithms: those the server takes.

    certificate_types: before TLS 1.3 only.
    """

    issuers: tuple[bytes, ...]
    signature_algorithms: tuple[str, ...]
    certificate_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateList:
    """certificates: in DER, in the order sent.

    staple: the OCSP response in DER that came with the first one; timestamps: of its SCTs
    (RFC 6962, section 3.3). Both in TLS 1.3 only.
    """

    certificates: tuple[bytes, ...]
    staple: bytes | None = field(default=None, repr=False)
    timestamps: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateStatus:
    """The staple of TLS 1.2 (RFC 6066, section 8), in DER."""

    staple: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CompressedCertificate:
    """RFC 8879. size: bytes when it is unpacked, by its own account."""

    algorithm: str
    size: int


@dataclass(frozen=True, slots=True)
class NewSessionTicket:
    lifetime: timedelta


@dataclass(frozen=True, slots=True)
class Signed:
    """A message signed with the sender's private key; group: of the key exchange in TLS 1.2.

    signature_algorithm: empty before TLS 1.2, which does not say.
    """

    signature_algorithm: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class AlertDetail:
    """number: see `registries.ALERTS`. fatal: its level, which a close_notify does not have."""

    number: int
    fatal: bool


Detail = (
    ClientHello
    | ServerHello
    | EncryptedExtensions
    | CertificateRequest
    | CertificateList
    | CertificateStatus
    | CompressedCertificate
    | NewSessionTicket
    | Signed
    | AlertDetail
)


Speaker = Literal["client", "server"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it passed. size: bytes. at_ms: since the test began."""

    name: str
    sender: Speaker
    size: int
    at_ms: float
    detail: Detail | None = None


def keep(messages: list[Message], message: Message) -> None:
    """Add a message, unless there are more than anybody has a use for."""
    fatal = isinstance(message.detail, AlertDetail) and message.detail.fatal
    if len(messages) < MOST_MESSAGES or fatal:
        messages.append(message)


def read_alert(data: bytes, *, version: int) -> AlertDetail:
    """An alert's level and number. In TLS 1.3 the number alone decides (RFC 8446, section 6)."""
    level, number = data[0], data[1]
    if version >= TLS_1_3:
        return AlertDetail(number, fatal=number not in (_CLOSE_NOTIFY, _USER_CANCELED))
    return AlertDetail(number, fatal=level == _FATAL)


def looks_like_tls(first: bytes) -> bool:
    """Whether these bytes begin a TLS record (RFC 8446, section 5.1)."""
    return not first or (first[0] in _RECORD_TYPES and first[1:2] in (b"", b"\x03"))


def read_handshake(message: bytes, *, version: int) -> tuple[str, Detail | None]:
    """Name and details of one handshake message, its header of four bytes included.

    version: of the connection, as in TLS_1_3; unheeded for a hello.
    """
    name = HANDSHAKE_TYPES.get(message[0], f"Handshake type {message[0]}")
    reader = Reader(message[4:])
    try:
        match message[0]:
            case 1:
                return name, _client_hello(reader)
            case 2:
                return _server_hello(reader)
            case 4:
                return name, NewSessionTicket(timedelta(seconds=reader.number(4)))
            case 8:
                found = extensions(reader)
                return name, EncryptedExtensions(_chosen_alpn(found), _names(found))
            case 11:
                return name, _certificates(reader, version)
            case 12:
                return name, _key_exchange(reader, version)
            case 13:
                return name, _request(reader, version)
            case 15 if version >= TLS_1_2:
                return name, Signed(named(SIGNATURE_ALGORITHMS, reader.number(2)))
            case 22:
                return name, CertificateStatus(_staple(reader))
            case 25:
                algorithm = named(COMPRESSIONS, reader.number(2))
                return name, CompressedCertificate(algorithm, reader.number(3))
    except (EOFError, UnicodeDecodeError):
        pass  # a malformed message is OpenSSL's to refuse; it is named all the same
    return name, None


_Namer = Callable[[bytes], tuple[str, ...]]


def _namer(names: dict[int, str]) -> _Namer:
    """Names numbers of two bytes each; remembers, since all hellos of a scan are much alike."""

    @lru_cache(_REMEMBERED)
    def name(listed: bytes) -> tuple[str, ...]:
        return tuple(named(names, each) for each in numbers(listed))

    return name


_REMEMBERED = 16
_suites = _namer(CIPHER_SUITES)
_groups = _namer(GROUPS)
_signatures = _namer(SIGNATURE_ALGORITHMS)


def _names(found: dict[int, bytes]) -> tuple[str, ...]:
    return tuple(named(EXTENSIONS, each) for each in found)


def _protocols(data: bytes) -> tuple[str, ...]:
    listed = vectors(Reader(data).vector(2), 1)
    return tuple(each.decode("ascii", "backslashreplace") for each in listed)


def _chosen_alpn(found: dict[int, bytes]) -> str:
    return "".join(_protocols(found[_ALPN])[:1]) if _ALPN in found else ""


def _listed(found: dict[int, bytes], kind: int, name: _Namer) -> tuple[str, ...]:
    """An extension that is a vector of numbers of two bytes."""
    return name(Reader(found[kind]).vector(2)) if kind in found else ()


def _client_hello(reader: Reader) -> ClientHello:
    legacy = reader.number(2)
    reader.take(32)
    reader.vector(1)  # session id
    suites = reader.vector(2)
    reader.vector(1)  # compression
    found = extensions(reader)
    versions = numbers(Reader(found[_VERSIONS]).vector(1)) if _VERSIONS in found else [legacy]
    name = b""
    if _SERVER_NAME in found:
        listed = Reader(Reader(found[_SERVER_NAME]).vector(2))
        listed.take(1)
        name = listed.vector(2)
    return ClientHello(
        tuple(VERSIONS[each] for each in versions if each in VERSIONS),
        _listed(found, _GROUPS, _groups),
        name.decode("ascii"),
        _suites(suites),
        _shares(found),
        _listed(found, _SIGNATURES, _signatures),
        _protocols(found[_ALPN]) if _ALPN in found else (),
        _names(found),
    )


def _shares(found: dict[int, bytes]) -> tuple[str, ...]:
    """The groups of the key shares, without the keys."""
    if _KEY_SHARE not in found:
        return ()
    reader, groups = Reader(Reader(found[_KEY_SHARE]).vector(2)), []
    while reader.more:
        groups.append(named(GROUPS, reader.number(2)))
        reader.vector(2)
    return tuple(groups)


def _server_hello(reader: Reader) -> tuple[str, ServerHello]:
    version = reader.number(2)
    retry = reader.take(32) == _RETRY
    reader.vector(1)
    suite = reader.number(2)
    reader.take(1)  # compression
    found = extensions(reader)
    if _VERSIONS in found:
        version = Reader(found[_VERSIONS]).number(2)
    group = ""
    if _KEY_SHARE in found:
        group = named(GROUPS, Reader(found[_KEY_SHARE]).number(2))
    hello = ServerHello(
        named(VERSIONS, version),
        group,
        named(CIPHER_SUITES, suite),
        _chosen_alpn(found),
        _names(found),
    )
    return "HelloRetryRequest" if retry else "ServerHello", hello


def _staple(reader: Reader) -> bytes:
    reader.take(1)  # of type ocsp, the only one in use
    return reader.vector(3)


def _certificates(reader: Reader, version: int) -> CertificateList:
    if version < TLS_1_3:
        return CertificateList(tuple(vectors(reader.vector(3), 3)))
    reader.vector(1)
    entries, sent, first = Reader(reader.vector(3)), [], None
    while entries.more:
        sent.append(entries.vector(3))
        found = extensions(entries)
        first = found if first is None else first
    first = first or {}
    return CertificateList(
        tuple(sent),
        _staple(Reader(first[_STATUS])) if _STATUS in first else None,
        _timestamps(first[_SCTS]) if _SCTS in first else (),
    )


def _timestamps(data: bytes) -> tuple[datetime, ...]:
    found = []
    for each in vectors(Reader(data).vector(2), 2):
        reader = Reader(each)
        reader.take(33)  # version, log
        try:
            found.append(_EPOCH + timedelta(milliseconds=reader.number(8)))
        except OverflowError:  # beyond the year 9999
            raise EOFError from None
    return tuple(found)


def _key_exchange(reader: Reader, version: int) -> Signed:
    """Elliptic curves (RFC 8422, section 5.4), else finite-field Diffie-Hellman."""
    first = reader.take(1)
    if first[0] == _NAMED_CURVE:
        group = named(GROUPS, reader.number(2))
        reader.vector(1)
    else:
        prime = reader.take(int.from_bytes(first + reader.take(1), "big"))
        group = f"DHE, {int.from_bytes(prime, 'big').bit_length():,} bits"
        reader.vector(2)
        reader.vector(2)
    if version < TLS_1_2:
        return Signed("", group)
    return Signed(named(SIGNATURE_ALGORITHMS, reader.number(2)), group)


def _request(reader: Reader, version: int) -> CertificateRequest:
    if version >= TLS_1_3:
        reader.vector(1)
        found = extensions(reader)
        issuers = Reader(found[_AUTHORITIES]).vector(2) if _AUTHORITIES in found else b""
        algorithms = _listed(found, _SIGNATURES, _signatures)
        return CertificateRequest(tuple(vectors(issuers, 2)), algorithms)
    kinds = tuple(CERTIFICATE_TYPES.get(each, str(each)) for each in reader.vector(1))
    algorithms = _signatures(reader.vector(2)) if version >= TLS_1_2 else ()
    return CertificateRequest(tuple(vectors(reader.vector(2), 2)), algorithms, kinds)
