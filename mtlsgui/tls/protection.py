"""How TLS protects its records, as far as it takes to read one's own (RFC 8446, RFC 5246)."""

import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

_SHORT_TAG, _TAG = 8, 16
_EXPLICIT = 8
"""Bytes of the nonce that come with each record in TLS 1.2 (RFC 5288, section 3)."""

_MACS = {"SHA": "sha1", "SHA256": "sha256", "SHA384": "sha384"}
_BLOCK = 16
"""Bytes of AES, and of the IV that comes with each record."""

Aead = AESGCM | AESCCM | ChaCha20Poly1305


class UnknownProtection(Exception):
    """A cipher suite that is not read here."""


@dataclass(frozen=True, slots=True)
class Suite:
    """digest: of the key schedule. kind: "GCM", "CCM", "CCM_8", "CHACHA20" or "CBC".

    mac: the hash of a CBC suite's HMAC.
    """

    digest: str
    kind: str
    key_size: int
    mac: str = ""

    @classmethod
    def named(cls, name: str) -> "Suite":
        """By its name in IANA's registry. Raises UnknownProtection."""
        digest = "sha384" if name.endswith("SHA384") else "sha256"
        if "CHACHA20" in name:
            return cls(digest, "CHACHA20", 32)
        kinds = [kind for kind in ("GCM", "CCM_8", "CCM", "CBC") if f"_{kind}" in name]
        if not kinds or "_AES_" not in name:
            raise UnknownProtection(name)
        size = 32 if "_AES_256_" in name else 16
        mac = _MACS[name.rpartition("_")[2]] if kinds[0] == "CBC" else ""
        return cls(digest, kinds[0], size, mac)

    def aead(self, key: bytes) -> Aead:
        if self.kind == "CHACHA20":
            return ChaCha20Poly1305(key)
        if self.kind == "GCM":
            return AESGCM(key)
        return AESCCM(key, tag_length=_SHORT_TAG if self.kind == "CCM_8" else _TAG)


@dataclass
class Protection:
    """Of one direction. iv: the part of the nonce that is not sent; sequence: of the next record.

    explicit: bytes of the nonce that each record brings, 0 in TLS 1.3 and for ChaCha20.
    """

    aead: Aead = field(repr=False)
    iv: bytes = field(repr=False)
    is_tls13: bool
    tag_size: int
    explicit: int = 0
    sequence: int = 0

    def open(self, header: bytes, body: bytes) -> tuple[int, bytes] | None:
        """Type and content of the next record; None where it does not decrypt."""
        sequence = self.sequence.to_bytes(8, "big")
        self.sequence += 1
        brought, sealed = body[: self.explicit], body[self.explicit :]
        if self.explicit:
            nonce = self.iv + brought
        else:
            padded = sequence.rjust(len(self.iv), b"\0")
            nonce = bytes(left ^ right for left, right in zip(self.iv, padded, strict=True))
        length = len(sealed) - self.tag_size
        if length < 0:
            return None
        beside = header if self.is_tls13 else sequence + header[:3] + length.to_bytes(2, "big")
        try:
            content = self.aead.decrypt(nonce, sealed, beside)
        except InvalidTag:
            return None
        if not self.is_tls13:
            return header[0], content
        content = content.rstrip(b"\0")  # the type is the last byte that is not zero (5.4)
        return (content[-1], content[:-1]) if content else None


@dataclass
class CbcProtection:
    """Of one direction in TLS 1.2 (RFC 5246, section 6.2.3.2). sequence: of the next record.

    mac_last: the MAC is over what was encrypted (RFC 7366).
    """

    key: bytes = field(repr=False)
    mac_key: bytes = field(repr=False)
    mac: str
    mac_last: bool
    sequence: int = 0

    def open(self, header: bytes, body: bytes) -> tuple[int, bytes] | None:
        """Type and content of the next record; None where it does not decrypt."""
        before = self.sequence.to_bytes(8, "big") + header[:3]
        self.sequence += 1
        if self.mac_last:
            body, right = self._checked(before, body)
            if not right:
                return None
        if len(body) < 2 * _BLOCK or len(body) % _BLOCK:
            return None
        decryptor = Cipher(AES(self.key), CBC(body[:_BLOCK])).decryptor()
        padded = decryptor.update(body[_BLOCK:]) + decryptor.finalize()
        content = padded[: -padded[-1] - 1]
        if not self.mac_last:
            content, right = self._checked(before, content)
            if not right:
                return None
        return header[0], content

    def _checked(self, before: bytes, data: bytes) -> tuple[bytes, bool]:
        """Data without the MAC at its end, and whether that is right."""
        size = hashlib.new(self.mac).digest_size
        content, found = data[:-size], data[-size:]
        sized = before + len(content).to_bytes(2, "big")
        made = hmac.digest(self.mac_key, sized + content, self.mac)
        return content, hmac.compare_digest(made, found)


AnyProtection = Protection | CbcProtection


def of_secret(suite: Suite, secret: bytes) -> Protection:
    """TLS 1.3's, from a traffic secret (RFC 8446, section 7.3)."""
    key = _expand(suite, secret, b"key", suite.key_size)
    return Protection(suite.aead(key), _expand(suite, secret, b"iv", 12), True, _tag_size(suite))


def next_secret(suite: Suite, secret: bytes) -> bytes:
    """After a KeyUpdate (RFC 8446, section 7.2)."""
    return _expand(suite, secret, b"traffic upd", hashlib.new(suite.digest).digest_size)


def of_master(
    suite: Suite, master: bytes, randoms: tuple[bytes, bytes], *, mac_last: bool = False
) -> tuple[AnyProtection, AnyProtection]:
    """TLS 1.2's, the client's and the server's (RFC 5246, section 6.3).

    randoms: the client's and the server's. mac_last: as in `CbcProtection`.
    """
    seed = b"key expansion" + randoms[1] + randoms[0]
    if suite.mac:
        size = hashlib.new(suite.mac).digest_size
        parts = _cut(suite, master, seed, (size, size, suite.key_size, suite.key_size))
        ours, theirs = (
            CbcProtection(key, mac_key, suite.mac, mac_last)
            for mac_key, key in zip(parts[:2], parts[2:], strict=True)
        )
        return ours, theirs
    brought = 0 if suite.kind == "CHACHA20" else _EXPLICIT
    fixed = 12 - brought
    parts = _cut(suite, master, seed, (suite.key_size, suite.key_size, fixed, fixed))
    client, server = (
        Protection(suite.aead(key), iv, False, _tag_size(suite), brought)
        for key, iv in zip(parts[:2], parts[2:], strict=True)
    )
    return client, server


def _cut(suite: Suite, master: bytes, seed: bytes, sizes: tuple[int, ...]) -> list[bytes]:
    """The key block in its parts."""
    block = _prf(suite, master, seed, sum(sizes))
    parts, at = [], 0
    for size in sizes:
        parts.append(block[at : at + size])
        at += size
    return parts


def _tag_size(suite: Suite) -> int:
    return _SHORT_TAG if suite.kind == "CCM_8" else _TAG


def _expand(suite: Suite, secret: bytes, label: bytes, size: int) -> bytes:
    """HKDF-Expand-Label with an empty context (RFC 8446, section 7.1); size: of one hash at most.

    One round of HKDF-Expand (RFC 5869, section 2.3) is enough for that.
    """
    named = b"tls13 " + label
    info = size.to_bytes(2, "big") + bytes([len(named)]) + named + b"\0"
    return hmac.digest(secret, info + b"\x01", suite.digest)[:size]


def _prf(suite: Suite, secret: bytes, seed: bytes, size: int) -> bytes:
    """P_hash (RFC 5246, section 5)."""
    found, each = b"", seed
    while len(found) < size:
        each = hmac.digest(secret, each, suite.digest)
        found += hmac.digest(secret, each + seed, suite.digest)
    return found[:size]
