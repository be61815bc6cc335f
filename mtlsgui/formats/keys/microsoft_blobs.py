"""Microsoft's key blobs (wincrypt.h: PUBLICKEYBLOB, PRIVATEKEYBLOB) and the files around them: PVK,
and the public keys of .NET's strong names (ECMA-335, II.6.2.1.3).

All numbers are little-endian. PVK is encrypted with RC4 under SHA-1 of salt and passphrase, of
which export versions of Windows kept 40 bits; OpenSSL's pvkfmt.c is the source of that.
"""

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher

from mtlsgui.formats.context import Context
from mtlsgui.formats.keys import structures as key_structures
from mtlsgui.formats.keys.private_keys import add_private, open_with_passphrases
from mtlsgui.formats.keys.public_keys import public_item
from mtlsgui.formats.limits import Limits, check_rsa_bits
from mtlsgui.formats.protection.encryption import Protection
from mtlsgui.pki import der

_PVK_MAGIC = bytes.fromhex("1ef1b5b0")
_PVK_HEADER = 24
_BLOB_HEADER = 8
_PUBLIC, _PRIVATE = 6, 7
_VERSION = 2
_MAGIC = {b"RSA1": _PUBLIC, b"RSA2": _PRIVATE, b"DSS1": _PUBLIC, b"DSS2": _PRIVATE}
_RSA_SIGNATURE = bytes.fromhex("00240000")  # CALG_RSA_SIGN
_STRONG_NAME_HEADER = 12
_DSA_SUBGROUP = 20  # bytes
_WEAK = 5  # bytes of the key that count, of 16
_LARGEST = 64 * 1024


class _Numbers:
    """Little-endian numbers, one after the other. Raises DerError when they end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        value = self._data[self._at : self._at + count]
        if len(value) != count:
            raise der.DerError("it is cut short")
        self._at += count
        return value

    def next(self, size: int) -> int:
        return int.from_bytes(self.take(size), "little")


@dataclass(frozen=True, slots=True)
class _Pvk:
    salt: bytes
    header: bytes
    body: bytes


def recognise_pvk(data: bytes) -> bool:
    return data[:8] == _PVK_MAGIC + bytes(4)


def recognise_blob(data: bytes) -> bool:
    """The header of a blob: its kind, version 2, nothing, an algorithm, and a magic that fits."""
    data = _without_strong_name(data)
    kind = _MAGIC.get(data[8:12])
    return kind is not None and data[:4] == bytes((kind, _VERSION, 0, 0))


def read_pvk(data: bytes, context: Context) -> str:
    """The private key in a PVK file; locked when no passphrase opens it."""
    with context.part("PVK file"):
        _read_pvk(data, context)
    return "pvk"


def _read_pvk(data: bytes, context: Context) -> None:
    header = _Numbers(data[:_PVK_HEADER])
    _magic, _reserved, _use, encrypted, salt_size, key_size = (header.next(4) for _ in range(6))
    if salt_size > _LARGEST or key_size > _LARGEST:
        raise der.DerError("it is cut short, or damaged")
    rest = _Numbers(data[_PVK_HEADER:])
    file = _Pvk(rest.take(salt_size), rest.take(_BLOB_HEADER), rest.take(key_size - _BLOB_HEADER))
    if not (encrypted and salt_size):
        add_private(_private(file.body, context.limits), "pvk", context)
        return
    protection = Protection("RC4, one round of SHA-1 (weak)", 1)
    context.afford([protection], len(context.passphrases))
    open_with_passphrases(
        lambda passphrase: _decrypt(file, passphrase, context.limits), "pvk", protection, context
    )


def read_blob(data: bytes, context: Context) -> str:
    """A key in a blob of its own."""
    data = _without_strong_name(data)
    with context.part("Microsoft key blob"):
        if data[0] == _PRIVATE:
            add_private(_private(data[_BLOB_HEADER:], context.limits), "msblob", context)
        else:
            spki = _public(data[_BLOB_HEADER:], context.limits)
            context.add(public_item(spki, "msblob", context.limits))
    return "msblob"


def _without_strong_name(data: bytes) -> bytes:
    """The blob alone: a strong name has two algorithms and the blob's length before it."""
    rest = data[_STRONG_NAME_HEADER:]
    if data[:4] == _RSA_SIGNATURE and int.from_bytes(data[8:12], "little") == len(rest):
        return rest
    return data


def _decrypt(file: _Pvk, passphrase: bytes, limits: Limits) -> bytes:
    """The PrivateKeyInfo. Raises ValueError when the passphrase is wrong."""
    digest = hashlib.sha1(file.salt + passphrase, usedforsecurity=False).digest()
    for key in (digest[:16], digest[:_WEAK] + bytes(16 - _WEAK)):
        plain = Cipher(ARC4(key), None).decryptor().update(file.body)
        if _MAGIC.get(plain[:4]) == _PRIVATE:
            return _private(plain, limits)
    raise ValueError("what comes out is no key")


def _private(body: bytes, limits: Limits) -> bytes:
    """The PrivateKeyInfo of a blob without its header."""
    numbers = _Numbers(body)
    magic, bits = numbers.take(4), numbers.next(4)
    size, half = (bits + 7) // 8, (bits + 15) // 16
    if magic == b"RSA2":
        check_rsa_bits(bits, limits)
        e, n, p, q = numbers.next(4), numbers.next(size), numbers.next(half), numbers.next(half)
        numbers.take(3 * half)
        return key_structures.rsa_private(n, e, numbers.next(size), p, q)
    if magic == b"DSS2":
        check_rsa_bits(bits, limits)
        p, q, g = numbers.next(size), numbers.next(_DSA_SUBGROUP), numbers.next(size)
        return key_structures.dsa_private(p, q, g, numbers.next(_DSA_SUBGROUP))
    raise der.DerError("it is no private key of a kind that we know")


def _public(body: bytes, limits: Limits) -> bytes:
    """The SubjectPublicKeyInfo of a blob without its header."""
    numbers = _Numbers(body)
    magic, bits = numbers.take(4), numbers.next(4)
    size = (bits + 7) // 8
    check_rsa_bits(bits, limits)
    if magic == b"RSA1":
        exponent = numbers.next(4)
        return key_structures.rsa_public(numbers.next(size), exponent)
    p, q, g = numbers.next(size), numbers.next(_DSA_SUBGROUP), numbers.next(size)
    return key_structures.dsa_public(p, q, g, numbers.next(size))
