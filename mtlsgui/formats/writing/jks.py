"""Java's old key store, JKS: the format of Sun's provider, as keytool reads it.

It has no public specification; this is what sun.security.provider.JavaKeyStore of OpenJDK reads.
Keys are masked with SHA-1 over the passphrase, which is why `plan` warns of it.
"""

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime

from mtlsgui.formats.writing.errors import WriteError, check_passphrase
from mtlsgui.formats.writing.store import StoreEntry
from mtlsgui.pki import der

SHORTEST_PASSPHRASE = 6
"""Characters that keytool demands."""

_MAGIC, _VERSION = 0xFEEDFEED, 2
_PRIVATE_KEY, _TRUSTED_CERTIFICATE = 1, 2
_KEY_PROTECTOR = der.encode_oid("1.3.6.1.4.1.42.2.17.1.1")
_PEPPER = b"Mighty Aphrodite"
_LONGEST_TEXT = 65_535


def jks(entries: Sequence[StoreEntry], passphrase: str, *, now: datetime) -> bytes:
    """A JKS file. Keys are under the same passphrase as the store, as keytool makes them.

    Each certificate of an entry without a key is a trusted one, the second and further with
    numbered aliases. Aliases are in lower case, as Java looks for them.
    Raises WriteError for a passphrase that is too short, nothing to write, and a key without a
    certificate.
    """
    check_passphrase(passphrase)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WriteError(
            "The passphrase is too short for Java",
            f"It demands {SHORTEST_PASSPHRASE} characters or more.",
            "Choose a longer one.",
        )
    if not entries:
        raise WriteError("There is nothing to write", "A key store holds at least one entry.")
    secret = passphrase.encode("utf-16-be", "surrogatepass")
    stamp = int(now.timestamp() * 1000).to_bytes(8, "big")
    body = [part for entry in entries for part in _entry(entry, secret, stamp)]
    store = b"".join((_int(_MAGIC), _int(_VERSION), _int(len(body)), *body))
    return store + hashlib.sha1(secret + _PEPPER + store).digest()  # noqa: S324 - the format's


def _entry(entry: StoreEntry, secret: bytes, stamp: bytes) -> list[bytes]:
    alias = entry.alias.lower()
    if entry.key is None:
        names = [alias if at == 0 else f"{alias}-{at + 1}" for at in range(len(entry.certificates))]
        return [
            _int(_TRUSTED_CERTIFICATE) + _utf(name) + stamp + _certificate(certificate)
            for name, certificate in zip(names, entry.certificates, strict=True)
        ]
    if not entry.certificates:
        raise WriteError(
            f"The key “{entry.alias}” has no certificate",
            "A Java key store holds private keys with their certificates only.",
            "Add its certificate, or take PKCS#12.",
        )
    key = _protected(entry.key, secret)
    chain = b"".join(map(_certificate, entry.certificates))
    count = _int(len(entry.certificates))
    return [_int(_PRIVATE_KEY) + _utf(alias) + stamp + _int(len(key)) + key + count + chain]


def _protected(pkcs8: bytes, secret: bytes) -> bytes:
    """Masked with a key stream of SHA-1, and a digest at the end (sun's KeyProtector)."""
    salt = os.urandom(20)
    stream, digest = b"", salt
    while len(stream) < len(pkcs8):
        digest = hashlib.sha1(secret + digest).digest()  # noqa: S324 - the format's own
        stream += digest
    masked = bytes(a ^ b for a, b in zip(pkcs8, stream, strict=False))
    check = hashlib.sha1(secret + pkcs8).digest()  # noqa: S324 - the format's own
    algorithm = der.encode(der.SEQUENCE, _KEY_PROTECTOR, der.encode(der.NULL))
    sealed = der.encode(der.OCTET_STRING, salt, masked, check)
    return der.encode(der.SEQUENCE, algorithm, sealed)


def _certificate(encoded: bytes) -> bytes:
    return _utf("X.509") + _int(len(encoded)) + encoded


def _int(number: int) -> bytes:
    return number.to_bytes(4, "big")


def _utf(text: str) -> bytes:
    """Java's modified UTF-8: characters beyond 16 bits as two surrogates, no zero byte."""
    pairs = text.encode("utf-16-be", "surrogatepass")
    units = (int.from_bytes(pairs[at : at + 2], "big") for at in range(0, len(pairs), 2))
    data = b"".join(
        b"\xc0\x80" if unit == 0 else chr(unit).encode("utf-8", "surrogatepass") for unit in units
    )
    if len(data) > _LONGEST_TEXT:
        raise WriteError("A name is too long for a Java key store", "", "Choose a shorter one.")
    return len(data).to_bytes(2, "big") + data
