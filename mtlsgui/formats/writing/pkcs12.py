"""PKCS#12 (RFC 7292): keys and certificates in one file under a passphrase.

Written by hand: `cryptography` writes one entry, and no keys that it cannot use itself.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Sequence

from mtlsgui.formats.protection.derivation import FOR_MAC, pkcs12_key
from mtlsgui.formats.writing.encrypting import Derivation, pbes2, pkcs12_3des
from mtlsgui.formats.writing.errors import WriteError, check_passphrase
from mtlsgui.formats.writing.store import StoreEntry
from mtlsgui.pki import der

ROUNDS = 50_000
"""Steps of key derivation: strong for the format's design, and quick to open in a browser."""

_DATA = der.encode_oid("1.2.840.113549.1.7.1")
_ENCRYPTED_DATA = der.encode_oid("1.2.840.113549.1.7.6")
_SHROUDED_KEY_BAG = der.encode_oid("1.2.840.113549.1.12.10.1.2")
_CERTIFICATE_BAG = der.encode_oid("1.2.840.113549.1.12.10.1.3")
_X509 = der.encode_oid("1.2.840.113549.1.9.22.1")
_FRIENDLY_NAME = der.encode_oid("1.2.840.113549.1.9.20")
_LOCAL_KEY_ID = der.encode_oid("1.2.840.113549.1.9.21")
_JAVA_TRUSTED = der.encode_oid("2.16.840.1.113894.746875.1.1")
_ANY_USAGE = der.encode_oid("2.5.29.37.0")
_HASHES = {
    "sha1": der.encode_oid("1.3.14.3.2.26"),
    "sha256": der.encode_oid("2.16.840.1.101.3.4.2.1"),
}
_BMP_STRING = 0x1E
_EXPLICIT = 0xA0
_IMPLICIT_OCTETS = 0x80
_SALT = 16

_Encrypt = Callable[[bytes], tuple[bytes, bytes]]


def pkcs12(
    entries: Sequence[StoreEntry], passphrase: str, *, legacy: bool = False, rounds: int = ROUNDS
) -> bytes:
    """A PKCS#12 file.

    A certificate that several entries share is there once. The leaf of a key has the key's alias,
    as have certificates on their own; those above a leaf have none.
    legacy: 3DES and SHA-1, for Windows before 10 1709, Java before 8u301, and old phones; else
        AES-256 with PBKDF2 and SHA-256.
    Raises WriteError for an empty passphrase and for nothing to write.
    """
    check_passphrase(passphrase)

    def encrypt(data: bytes) -> tuple[bytes, bytes]:
        if legacy:
            return pkcs12_3des(data, passphrase, rounds=rounds)
        return pbes2(data, passphrase, Derivation.PBKDF2, rounds=rounds)

    certificates = list(_certificate_bags(entries))
    keys = [_key_bag(entry, encrypt) for entry in entries if entry.key is not None]
    if not certificates and not keys:
        raise WriteError("There is nothing to write", "A PKCS#12 holds a key or certificates.")
    contents = []
    if certificates:
        contents.append(_encrypted_data(_sequence(*certificates), encrypt))
    if keys:
        contents.append(_content(_DATA, _octets(_sequence(*keys))))
    safe = _sequence(*contents)
    mac = _mac(safe, passphrase, "sha1" if legacy else "sha256", rounds)
    return _sequence(der.encode_integer(3), _content(_DATA, _octets(safe)), mac)


def _certificate_bags(entries: Sequence[StoreEntry]) -> list[bytes]:
    bags: dict[bytes, bytes] = {}
    # Leaves first: one that is above another leaf too keeps its name and its key's id.
    for entry in entries:
        for at, certificate in enumerate(entry.certificates):
            if at == 0 or entry.key is None:
                attributes = _name(entry.alias)
                if entry.key is not None:
                    attributes.append(_local_key_id(entry))
                elif entry.trusted:
                    attributes.append(_attribute(_JAVA_TRUSTED, _ANY_USAGE))
                bags.setdefault(certificate, _certificate_bag(certificate, attributes))
    for entry in entries:
        for certificate in entry.certificates:
            bags.setdefault(certificate, _certificate_bag(certificate, []))
    return list(bags.values())


def _certificate_bag(certificate: bytes, attributes: list[bytes]) -> bytes:
    value = _sequence(_X509, der.encode(_EXPLICIT, _octets(certificate)))
    return _bag(_CERTIFICATE_BAG, value, attributes)


def _key_bag(entry: StoreEntry, encrypt: _Encrypt) -> bytes:
    algorithm, sealed = encrypt(entry.key or b"")
    attributes = _name(entry.alias)
    if entry.certificates:
        attributes.append(_local_key_id(entry))
    return _bag(_SHROUDED_KEY_BAG, _sequence(algorithm, _octets(sealed)), attributes)


def _bag(kind: bytes, value: bytes, attributes: list[bytes]) -> bytes:
    parts = [kind, der.encode(_EXPLICIT, value)]
    if attributes:
        parts.append(der.encode(der.SET, *sorted(attributes)))
    return _sequence(*parts)


def _name(alias: str) -> list[bytes]:
    if not alias:
        return []
    text = der.encode(_BMP_STRING, alias.encode("utf-16-be", "surrogatepass"))
    return [_attribute(_FRIENDLY_NAME, text)]


def _local_key_id(entry: StoreEntry) -> bytes:
    """What ties a key to its certificate: any value will do, most use this one."""
    digest = hashlib.sha1(entry.certificates[0], usedforsecurity=False).digest()
    return _attribute(_LOCAL_KEY_ID, _octets(digest))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return _sequence(kind, der.encode(der.SET, value))


def _encrypted_data(data: bytes, encrypt: _Encrypt) -> bytes:
    """RFC 5652, section 8."""
    algorithm, sealed = encrypt(data)
    content = _sequence(_DATA, algorithm, der.encode(_IMPLICIT_OCTETS, sealed))
    return _content(_ENCRYPTED_DATA, _sequence(der.encode_integer(0), content))


def _mac(safe: bytes, passphrase: str, hash_name: str, rounds: int) -> bytes:
    salt = os.urandom(_SALT)
    size = hashlib.new(hash_name, usedforsecurity=False).digest_size
    key = pkcs12_key(hash_name, FOR_MAC, passphrase.encode(), salt=salt, rounds=rounds, size=size)
    digest = hmac.new(key, safe, hash_name).digest()
    algorithm = _sequence(_HASHES[hash_name], der.encode(der.NULL))
    return _sequence(
        _sequence(algorithm, _octets(digest)), _octets(salt), der.encode_integer(rounds)
    )


def _content(kind: bytes, value: bytes) -> bytes:
    return _sequence(kind, der.encode(_EXPLICIT, value))


def _octets(value: bytes) -> bytes:
    return der.encode(der.OCTET_STRING, value)


def _sequence(*parts: bytes) -> bytes:
    return der.encode(der.SEQUENCE, *parts)
