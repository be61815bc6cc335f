"""Encryption under a passphrase: PBES2 (RFC 8018) with AES-256, and PKCS#12's own with 3DES.

Each function gives the AlgorithmIdentifier that tells how, and the ciphertext.
"""

import hashlib
import os
from enum import StrEnum

from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from mtlsgui.formats.protection.ciphers import triple_des
from mtlsgui.formats.protection.derivation import FOR_KEY, FOR_VECTOR, pkcs12_key
from mtlsgui.pki import der

PBKDF2_ROUNDS = 600_000
"""With HMAC-SHA-256, for a key in a file of its own: a fifth of a second."""
SCRYPT_COST, SCRYPT_BLOCK, SCRYPT_PARALLEL = 16_384, 8, 5
"""As strong as N = 2^17 alone, within the 32 MB that OpenSSL allows."""
LEGACY_ROUNDS = 50_000
"""Of PKCS#12's own derivation, which is run in Python where it is read, and in old programs."""

_PBES2 = der.encode_oid("1.2.840.113549.1.5.13")
_PBKDF2 = der.encode_oid("1.2.840.113549.1.5.12")
_SCRYPT = der.encode_oid("1.3.6.1.4.1.11591.4.11")
_HMAC_SHA256 = der.encode_oid("1.2.840.113549.2.9")
_AES_256_CBC = der.encode_oid("2.16.840.1.101.3.4.1.42")
_SHA1_3DES = der.encode_oid("1.2.840.113549.1.12.1.3")
_NULL = der.encode(der.NULL)
_KEY, _BLOCK, _SALT = 32, 16, 16


class Derivation(StrEnum):
    """How the key of the cipher is made from the passphrase."""

    PBKDF2 = "pbkdf2"
    SCRYPT = "scrypt"


def pbes2(
    data: bytes, passphrase: str, derivation: Derivation, *, rounds: int = PBKDF2_ROUNDS
) -> tuple[bytes, bytes]:
    """AES-256-CBC under a key made with PBKDF2 or scrypt. rounds: of PBKDF2."""
    salt, vector = os.urandom(_SALT), os.urandom(_BLOCK)
    secret = passphrase.encode()
    if derivation is Derivation.SCRYPT:
        key = hashlib.scrypt(
            secret,
            salt=salt,
            n=SCRYPT_COST,
            r=SCRYPT_BLOCK,
            p=SCRYPT_PARALLEL,
            maxmem=2 * 128 * SCRYPT_COST * SCRYPT_BLOCK,
            dklen=_KEY,
        )
        costs = (SCRYPT_COST, SCRYPT_BLOCK, SCRYPT_PARALLEL)
        how = _sequence(
            _SCRYPT,
            _sequence(der.encode(der.OCTET_STRING, salt), *map(der.encode_integer, costs)),
        )
    else:
        key = hashlib.pbkdf2_hmac("sha256", secret, salt, rounds, _KEY)
        how = _sequence(
            _PBKDF2,
            _sequence(
                der.encode(der.OCTET_STRING, salt),
                der.encode_integer(rounds),
                _sequence(_HMAC_SHA256, _NULL),
            ),
        )
    cipher = _sequence(_AES_256_CBC, der.encode(der.OCTET_STRING, vector))
    return _sequence(_PBES2, _sequence(how, cipher)), cbc(algorithms.AES(key), vector, data)


def pkcs12_3des(
    data: bytes, passphrase: str, *, rounds: int = LEGACY_ROUNDS
) -> tuple[bytes, bytes]:
    """Three-key 3DES under PKCS#12's own derivation with SHA-1 (RFC 7292, appendix C)."""
    salt = os.urandom(_SALT)
    key, vector = (
        pkcs12_key("sha1", purpose, passphrase.encode(), salt=salt, rounds=rounds, size=size)
        for purpose, size in ((FOR_KEY, 24), (FOR_VECTOR, 8))
    )
    parameters = _sequence(der.encode(der.OCTET_STRING, salt), der.encode_integer(rounds))
    return _sequence(_SHA1_3DES, parameters), cbc(triple_des(key), vector, data)


def cbc(algorithm: BlockCipherAlgorithm, vector: bytes, data: bytes) -> bytes:
    """The data, padded as PKCS#7 has it and encrypted block by block."""
    padder = PKCS7(len(vector) * 8).padder()
    encryptor = Cipher(algorithm, modes.CBC(vector)).encryptor()
    padded = padder.update(data) + padder.finalize()
    return encryptor.update(padded) + encryptor.finalize()


def _sequence(*parts: bytes) -> bytes:
    return der.encode(der.SEQUENCE, *parts)
