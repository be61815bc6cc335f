"""How Java's keystores encrypt a key: the protector of JKS, and the PBE of JCEKS.

JKS: sun.security.provider.KeyProtector, SHA-1 as a stream cipher with a SHA-1 at the end.
JCEKS: com.sun.crypto.provider.PBES1Core, "PBEWithMD5AndTripleDES".
"""

import hashlib
import hmac

from mtlsgui.formats.limits import RefusedError
from mtlsgui.formats.protection import derivation
from mtlsgui.formats.protection.ciphers import decrypt_cbc, triple_des
from mtlsgui.formats.protection.encryption import Protection
from mtlsgui.formats.protection.pbe import scheme_of
from mtlsgui.formats.stores.stored import Lock
from mtlsgui.pki import der

_JKS = "1.3.6.1.4.1.42.2.17.1.1"
_JCEKS = "1.3.6.1.4.1.42.2.19.1"
_SHA1 = 20
_LARGEST = 1024 * 1024
"""Bytes of an encrypted key: ten times the largest there is."""


def lock_of(encrypted: bytes) -> Lock:
    """Read an EncryptedPrivateKeyInfo of a keystore. Raises DerError, RefusedError."""
    algorithm, data, *_ = der.read(encrypted).children()
    value = data.value
    if len(value) > _LARGEST:
        raise RefusedError(
            "An encrypted key is too large", f"It has {len(value):,} bytes: {_LARGEST:,} at most."
        )
    oid, *parameters = algorithm.children()
    if oid.oid() == _JKS:
        text = "Java's own cipher of SHA-1 (weak)"
        rounds = len(value) // _SHA1 + 1
        return Lock(Protection(text, rounds), lambda secret: _open_jks(value, secret or b""))
    if oid.oid() == _JCEKS:
        salt, count = parameters[0].children()[:2]
        return _jceks(salt.value, derivation.positive(count), value)
    scheme = scheme_of(algorithm)
    protection = Protection(scheme.text, scheme.rounds, scheme.memory)
    return Lock(protection, lambda secret: scheme.decrypt(value, secret))


def java_passphrase(passphrase: bytes) -> bytes:
    """A passphrase as Java's keystores hash it: UTF-16, big-endian, nothing at its end."""
    return derivation.as_bmp(passphrase)[:-2]


def _open_jks(data: bytes, passphrase: bytes) -> bytes:
    """A salt, the key under a stream of hashes, and the hash that shows whether it is right."""
    secret = java_passphrase(passphrase)
    hidden, check = data[_SHA1:-_SHA1], data[-_SHA1:]
    digest, stream = data[:_SHA1], bytearray()
    while len(stream) < len(hidden):
        digest = hashlib.sha1(secret + digest).digest()  # noqa: S324 # it is what the file has
        stream += digest
    mixed = int.from_bytes(hidden, "big") ^ int.from_bytes(stream[: len(hidden)], "big")
    plain = mixed.to_bytes(len(hidden), "big")
    found = hashlib.sha1(secret + plain).digest()  # noqa: S324 # likewise
    if not hmac.compare_digest(found, check):
        raise ValueError("another passphrase")
    return plain


def _jceks(salt: bytes, rounds: int, data: bytes) -> Lock:
    if len(salt) != 8:
        raise der.DerError("the salt of its key has a length that cannot be")

    def decrypt(passphrase: bytes | None) -> bytes:
        made = b"".join(_hashed(half, passphrase or b"", rounds) for half in _halves(salt))
        return decrypt_cbc(triple_des(made[:24]), made[24:], data)

    text = f"3DES and MD5, Java's own (old), {derivation.count(rounds)}"
    return Lock(Protection(text, rounds), decrypt)


def _halves(salt: bytes) -> tuple[bytes, bytes]:
    """Java turns the first half round where both are the same, and not quite as it meant to."""
    first, second = salt[:4], salt[4:]
    if first == second:
        first = bytes((first[3], first[0], first[1], first[3]))
    return first, second


def _hashed(half: bytes, passphrase: bytes, rounds: int) -> bytes:
    digest = half
    for _ in range(rounds):
        digest = hashlib.md5(digest + passphrase).digest()  # noqa: S324 # it is what the file has
    return digest
