"""Files made to cost more than they should: each a few lines, none of them lies about for good."""

from __future__ import annotations

from mtlsgui.pki import der

_PBES2 = der.encode_oid("1.2.840.113549.1.5.13")
_PBKDF2 = der.encode_oid("1.2.840.113549.1.5.12")
_HMAC_SHA256 = der.encode_oid("1.2.840.113549.2.9")
_SCRYPT = der.encode_oid("1.3.6.1.4.1.11591.4.11")
_AES_256_CBC = der.encode_oid("2.16.840.1.101.3.4.1.42")
_SHA1 = der.encode_oid("1.3.14.3.2.26")
_DATA = der.encode_oid("1.2.840.113549.1.7.1")
_NULL = der.encode(der.NULL)


def sequence(*parts: bytes) -> bytes:
    return der.encode(der.SEQUENCE, *parts)


def octets(value: bytes) -> bytes:
    return der.encode(der.OCTET_STRING, value)


def pbkdf2_key(rounds: int) -> bytes:
    """A PKCS#8 key under a passphrase that takes so many rounds to try."""
    prf = sequence(_HMAC_SHA256, _NULL)
    return _encrypted_key(sequence(_PBKDF2, sequence(octets(bytes(8)), _number(rounds), prf)))


def scrypt_key(n: int, r: int = 8, p: int = 1) -> bytes:
    """A PKCS#8 key whose passphrase goes through scrypt of this cost (RFC 7914)."""
    costs = (_number(n), _number(r), _number(p))
    return _encrypted_key(sequence(_SCRYPT, sequence(octets(bytes(8)), *costs)))


def _encrypted_key(derivation: bytes) -> bytes:
    cipher = sequence(_AES_256_CBC, octets(bytes(16)))
    return sequence(sequence(_PBES2, sequence(derivation, cipher)), octets(bytes(64)))


def pkcs12(rounds: int) -> bytes:
    """A PKCS#12 with nothing in it and an integrity code of so many rounds (RFC 7292)."""
    content = sequence(_DATA, der.encode(0xA0, octets(sequence())))
    digest = sequence(sequence(_SHA1, _NULL), octets(bytes(20)))
    mac = sequence(digest, octets(bytes(8)), _number(rounds))
    return sequence(der.encode_integer(3), content, mac)


def _number(value: int) -> bytes:
    return der.encode_integer(value)


def nested(depth: int, tag: int = der.SEQUENCE) -> bytes:
    """Values within values, so many deep."""
    # Lengths are found from the inside out, and written in one go: `encode` in a loop would copy
    # everything for each of them.
    heads = []
    size = 0
    for _ in range(depth):
        head = _head(tag, size)
        heads.append(head)
        size += len(head)
    return b"".join(reversed(heads))


def _head(tag: int, size: int) -> bytes:
    if size < 0x80:
        return bytes((tag, size))
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length
