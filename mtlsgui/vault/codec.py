"""Private keys as short ASCII text, so that each fits one entry of any keyring.

The text says what it is by its prefix:

    p256: p384: p521:       the private scalar (SEC 1, 2.3.7)
    ed25519: ed448:         the raw private key (RFC 8032)
    mldsa44: 65: 87:        the 32-byte seed (FIPS 204)
    rsa1:                   e, p, q, each a 16-bit big-endian length and that many bytes
    p8:                     PKCS#8 DER (RFC 5958), for other curves and DSA

all in base64. Windows Credential Manager takes 1,280 characters: RSA-4096 as PKCS#8 does not fit
it, as (e, p, q) it is 701; RSA-8192 (1,385) fits everywhere but there.
"""

import base64
import binascii
import struct
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, mldsa, padding, rsa

from mtlsgui.pki.keys import PrivateKey, key_info, spki_der
from mtlsgui.vault.base import VaultDamaged, VaultError

_CURVES: dict[str, ec.EllipticCurve] = {
    "p256": ec.SECP256R1(),
    "p384": ec.SECP384R1(),
    "p521": ec.SECP521R1(),
}
_RAW_LOADERS: dict[str, Callable[[bytes], PrivateKey]] = {
    "ed25519": ed25519.Ed25519PrivateKey.from_private_bytes,
    "ed448": ed448.Ed448PrivateKey.from_private_bytes,
    "mldsa44": mldsa.MLDSA44PrivateKey.from_seed_bytes,
    "mldsa65": mldsa.MLDSA65PrivateKey.from_seed_bytes,
    "mldsa87": mldsa.MLDSA87PrivateKey.from_seed_bytes,
}
_MAX_PRIME_BITS = 8192  # of RSA-16384, the largest that OpenSSL handles


def encode_private_key(key: PrivateKey) -> bytes:
    """The compact ASCII form of `key`: no line breaks, and `decode_private_key` reads it."""
    prefix, raw = _pack(key)
    return prefix.encode() + b":" + base64.b64encode(raw)


def decode_private_key(encoded: bytes) -> PrivateKey:
    """The key in `encoded`. Raises VaultDamaged when it is not what `encode_private_key` wrote.

    An RSA key is proved by one signature instead of by testing its primes, which takes 3 s for
    RSA-8192 (a signature: 30 ms). A wrong p or q does not survive it.
    """
    prefix, separator, text = encoded.partition(b":")
    try:
        raw = base64.b64decode(text, validate=True)
        if separator:
            return _unpack(prefix.decode(), raw)
    # The library's texts may quote what they were given: only that it failed is passed on.
    except (binascii.Error, ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature):
        pass
    raise VaultDamaged(
        "A stored private key cannot be read.",
        "What the vault holds under this key's name is not a private key of mtlsgui.",
        "Restore the key from a backup.",
    )


def check_keepable(key: PrivateKey) -> None:
    """Raises VaultError where `key` would not come back as it went in, or does not sign.

    For keys that others made: numbers that fit each other can still be no key, and some that sign
    have parts larger than are read here. A key that is lost once it was kept is the worst of all.
    """
    try:
        kept = decode_private_key(encode_private_key(key))
        if spki_der(kept.public_key()) == spki_der(key.public_key()):
            return
    except (VaultError, ValueError, UnsupportedAlgorithm):  # its texts may quote the key
        pass
    raise VaultError(
        f"This {key_info(key.public_key()).label} key cannot be kept.",
        "It is damaged, or has an unusual form: read back, it would not sign for its public key.",
        "Keep its file. Make a new key and have the certificate issued again.",
    )


def _pack(key: PrivateKey) -> tuple[str, bytes]:
    if isinstance(key, rsa.RSAPrivateKey):
        numbers = key.private_numbers()
        return "rsa1", _pack_integers(numbers.public_numbers.e, numbers.p, numbers.q)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        for name, curve in _CURVES.items():
            if key.curve.name == curve.name:
                scalar = key.private_numbers().private_value
                return name, scalar.to_bytes(_scalar_size(curve))
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519", key.private_bytes_raw()
    if isinstance(key, ed448.Ed448PrivateKey):
        return "ed448", key.private_bytes_raw()
    if isinstance(key, mldsa.MLDSA44PrivateKey):
        return "mldsa44", key.private_bytes_raw()
    if isinstance(key, mldsa.MLDSA65PrivateKey):
        return "mldsa65", key.private_bytes_raw()
    if isinstance(key, mldsa.MLDSA87PrivateKey):
        return "mldsa87", key.private_bytes_raw()
    return "p8", key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _scalar_size(curve: ec.EllipticCurve) -> int:
    return (curve.key_size + 7) // 8


def _unpack(prefix: str, raw: bytes) -> PrivateKey:
    if prefix in _CURVES:
        if len(raw) != _scalar_size(_CURVES[prefix]):
            raise ValueError("truncated")
        return ec.derive_private_key(int.from_bytes(raw), _CURVES[prefix])
    if prefix in _RAW_LOADERS:
        return _RAW_LOADERS[prefix](raw)
    if prefix == "rsa1":
        return _rsa_key(*_unpack_integers(raw))
    if prefix == "p8":
        key = serialization.load_der_private_key(raw, None, unsafe_skip_rsa_key_validation=True)
        # RSA is never written this way, and would come in unproved.
        if isinstance(key, ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey):
            return key
    raise ValueError("unknown kind of key")


def _pack_integers(*values: int) -> bytes:
    packed = b""
    for value in values:
        data = value.to_bytes((value.bit_length() + 7) // 8)
        packed += struct.pack(">H", len(data)) + data
    return packed


def _unpack_integers(raw: bytes) -> tuple[int, int, int]:
    values = []
    while raw:
        size = int.from_bytes(raw[:2])
        if len(raw) < 2 + size:
            raise ValueError("truncated")
        values.append(int.from_bytes(raw[2 : 2 + size]))
        raw = raw[2 + size :]
    e, p, q = values
    return e, p, q


def _rsa_key(e: int, p: int, q: int) -> rsa.RSAPrivateKey:
    """The RSA key of these numbers; the modulus is p*q by construction."""
    if (
        max(p.bit_length(), q.bit_length()) > _MAX_PRIME_BITS
        or min(p, q) < 3
        or e.bit_length() > 64
    ):
        raise ValueError("sizes out of bounds")
    d = rsa.rsa_recover_private_exponent(e, p, q)
    key = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=rsa.rsa_crt_dmp1(d, p),
        dmq1=rsa.rsa_crt_dmq1(d, q),
        iqmp=rsa.rsa_crt_iqmp(p, q),
        public_numbers=rsa.RSAPublicNumbers(e, p * q),
    ).private_key(unsafe_skip_rsa_key_validation=True)
    message = b"mtlsgui: does this key sign?"
    signature = key.sign(message, padding.PKCS1v15(), hashes.SHA256())
    key.public_key().verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    return key
