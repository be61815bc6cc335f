"""TLS messages read into what matters of them (RFC 5246 section 7.4, RFC 8446 section 4).

Reads the plaintext that OpenSSL hands out. A message that breaks its own rules is still a
message with its name and size; only its details are missing.
"""

from dataclasses import dataclass
from typing import Literal

from mtlsgui.tls.registries import (
    GROUPS,
    HANDSHAKE_TYPES,
    SIGNATURE_ALGORITHMS,
    VERSIONS,
    named,
)

_SERVER_NAME, _GROUPS, _VERSIONS = 0, 10, 43
_SIGNATURES, _AUTHORITIES, _KEY_SHARE = 13, 47, 51
_RECORD_TYPES = range(20, 25)
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random of a ServerHello that is a HelloRetryRequest (RFC 8446, section 4.1.3)."""


@dataclass(frozen=True, slots=True)
class ClientHello:
    versions: tuple[str, ...]
    groups: tuple[str, ...]
    server_name: str


@dataclass(frozen=True, slots=True)
class ServerHello:
    version: str
    group: str


@dataclass(frozen=True, slots=True)
class CertificateRequest:
    """issuers: distinguished names in DER. signature_algorithms: those the server takes."""

    issuers: tuple[bytes, ...]
    signature_algorithms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificateList:
    """certificates: in DER, in the order sent."""

    certificates: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """A message signed with the sender's private key; group: of the key exchange in TLS 1.2."""

    signature_algorithm: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class AlertDetail:
    """number: see `registries.ALERTS`. fatal: its level, which a close_notify does not have."""

    number: int
    fatal: bool


Detail = ClientHello | ServerHello | CertificateRequest | CertificateList | Signed | AlertDetail


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it passed. size: bytes. at_ms: since the test began."""

    name: str
    sender: Literal["client", "server"]
    size: int
    at_ms: float
    detail: Detail | None = None


def looks_like_tls(first: bytes) -> bool:
    """Whether these bytes begin a TLS record (RFC 8446, section 5.1)."""
    return not first or (first[0] in _RECORD_TYPES and first[1:2] in (b"", b"\x03"))


def read_handshake(message: bytes, *, tls13: bool) -> tuple[str, Detail | None]:
    """Name and details of one handshake message, its header of four bytes included."""
    name = HANDSHAKE_TYPES.get(message[0], f"Handshake type {message[0]}")
    reader = _Reader(message[4:])
    try:
        match message[0]:
            case 1:
                return name, _client_hello(reader)
            case 2:
                return _server_hello(reader)
            case 11:
                return name, _certificates(reader, tls13)
            case 12:
                return name, _key_exchange(reader)
            case 13:
                return name, _request(reader, tls13)
            case 15:
                return name, Signed(named(SIGNATURE_ALGORITHMS, reader.number(2)))
    except (EOFError, UnicodeDecodeError):
        pass  # a malformed message is OpenSSL's to refuse; it is named all the same
    return name, None


class _Reader:
    """Reads numbers and length-prefixed vectors. Raises EOFError past the end."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, size: int) -> bytes:
        part = self._data[self._at : self._at + size]
        if len(part) < size:
            raise EOFError
        self._at += size
        return part

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def vector(self, length_size: int) -> bytes:
        return self.take(self.number(length_size))

    @property
    def more(self) -> bool:
        return self._at < len(self._data)


def _extensions(reader: _Reader) -> dict[int, bytes]:
    if not reader.more:
        return {}
    inner, found = _Reader(reader.vector(2)), {}
    while inner.more:
        kind = inner.number(2)
        found[kind] = inner.vector(2)
    return found


def _numbers(data: bytes) -> list[int]:
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def _client_hello(reader: _Reader) -> ClientHello:
    legacy = reader.number(2)
    reader.take(32)
    for size in (1, 2, 1):  # session id, cipher suites, compression
        reader.vector(size)
    found = _extensions(reader)
    versions = _numbers(_Reader(found[_VERSIONS]).vector(1)) if _VERSIONS in found else [legacy]
    groups = _numbers(_Reader(found[_GROUPS]).vector(2)) if _GROUPS in found else []
    name = b""
    if _SERVER_NAME in found:
        names = _Reader(_Reader(found[_SERVER_NAME]).vector(2))
        names.take(1)
        name = names.vector(2)
    return ClientHello(
        tuple(VERSIONS[each] for each in versions if each in VERSIONS),
        tuple(named(GROUPS, each) for each in groups),
        name.decode("ascii"),
    )


def _server_hello(reader: _Reader) -> tuple[str, ServerHello]:
    version = reader.number(2)
    retry = reader.take(32) == _RETRY
    reader.vector(1)
    reader.take(3)  # cipher suite, compression
    found = _extensions(reader)
    if _VERSIONS in found:
        version = _Reader(found[_VERSIONS]).number(2)
    group = ""
    if _KEY_SHARE in found:
        group = named(GROUPS, _Reader(found[_KEY_SHARE]).number(2))
    hello = ServerHello(named(VERSIONS, version), group)
    return "HelloRetryRequest" if retry else "ServerHello", hello


def _certificates(reader: _Reader, tls13: bool) -> CertificateList:
    if tls13:
        reader.vector(1)
    entries, found = _Reader(reader.vector(3)), []
    while entries.more:
        found.append(entries.vector(3))
        if tls13:
            entries.vector(2)
    return CertificateList(tuple(found))


def _key_exchange(reader: _Reader) -> Signed | None:
    if reader.number(1) != 3:  # not a named curve: finite-field Diffie-Hellman
        return None
    group = named(GROUPS, reader.number(2))
    reader.vector(1)
    return Signed(named(SIGNATURE_ALGORITHMS, reader.number(2)), group)


def _request(reader: _Reader, tls13: bool) -> CertificateRequest:
    if tls13:
        reader.vector(1)
        found = _extensions(reader)
        algorithms = _Reader(found[_SIGNATURES]).vector(2) if _SIGNATURES in found else b""
        issuers = _Reader(found[_AUTHORITIES]).vector(2) if _AUTHORITIES in found else b""
    else:
        reader.vector(1)
        algorithms, issuers = reader.vector(2), reader.vector(2)
    names, listed = _Reader(issuers), []
    while names.more:
        listed.append(names.vector(2))
    return CertificateRequest(
        tuple(listed), tuple(named(SIGNATURE_ALGORITHMS, each) for each in _numbers(algorithms))
    )
