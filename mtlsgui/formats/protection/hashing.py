"""Hashes by the names that files give them.

The names are those of `hashlib`; whether one is there is up to the OpenSSL that Python stands on.
"""

import hashlib

from mtlsgui.pki import der

_HASHES = {
    "1.2.840.113549.2.5": "md5",
    "1.3.14.3.2.26": "sha1",
    "1.3.36.3.2.1": "ripemd160",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.5": "sha512_224",
    "2.16.840.1.101.3.4.2.6": "sha512_256",
    "2.16.840.1.101.3.4.2.7": "sha3_224",
    "2.16.840.1.101.3.4.2.8": "sha3_256",
    "2.16.840.1.101.3.4.2.9": "sha3_384",
    "2.16.840.1.101.3.4.2.10": "sha3_512",
    "1.2.156.10197.1.401": "sm3",
}
_HMACS = {
    "1.3.6.1.5.5.8.1.1": "md5",
    "1.2.840.113549.2.6": "md5",
    "1.3.6.1.5.5.8.1.2": "sha1",
    "1.2.840.113549.2.7": "sha1",
    "1.2.840.113549.2.8": "sha224",
    "1.2.840.113549.2.9": "sha256",
    "1.2.840.113549.2.10": "sha384",
    "1.2.840.113549.2.11": "sha512",
    "1.2.840.113549.2.12": "sha512_224",
    "1.2.840.113549.2.13": "sha512_256",
    "2.16.840.1.101.3.4.2.13": "sha3_224",
    "2.16.840.1.101.3.4.2.14": "sha3_256",
    "2.16.840.1.101.3.4.2.15": "sha3_384",
    "2.16.840.1.101.3.4.2.16": "sha3_512",
    "1.2.156.10197.1.401.2": "sm3",
}
_LABELS = {
    "md5": "MD5",
    "ripemd160": "RIPEMD-160",
    "sha1": "SHA-1",
    "sha224": "SHA-224",
    "sha256": "SHA-256",
    "sha384": "SHA-384",
    "sha512": "SHA-512",
    "sha512_224": "SHA-512/224",
    "sha512_256": "SHA-512/256",
    "sha3_224": "SHA3-224",
    "sha3_256": "SHA3-256",
    "sha3_384": "SHA3-384",
    "sha3_512": "SHA3-512",
    "sm3": "SM3",
}


def hash_name(oid: str) -> str:
    """What `hashlib` calls a hash. Raises DerError for one that is not known or not there."""
    return _known(_HASHES, oid, "hash")


def hmac_name(oid: str) -> str:
    """What `hashlib` calls the hash of an HMAC. Raises DerError as `hash_name` does."""
    return _known(_HMACS, oid, "keyed hash")


def hash_label(name: str) -> str:
    """A hash's name for people: "SHA-256"."""
    return _LABELS[name]


def _known(table: dict[str, str], oid: str, what: str) -> str:
    name = table.get(oid)
    if name is None:
        raise der.DerError(f"its {what} is one that we do not know ({oid})")
    if name not in hashlib.algorithms_available:
        raise der.DerError(f"its {what} ({hash_label(name)}) is not offered by this Python")
    return name
