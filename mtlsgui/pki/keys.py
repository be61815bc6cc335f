"""Keys: the algorithms that mtlsgui makes, and what any key is in a few words."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, get_args

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, mldsa, mlkem, rsa
from cryptography.hazmat.primitives.asymmetric.types import (
    CertificateIssuerPrivateKeyTypes,
    CertificatePublicKeyTypes,
)

from mtlsgui.pki import der

PrivateKey: TypeAlias = CertificateIssuerPrivateKeyTypes
"""A private key that can sign certificates."""
PublicKey: TypeAlias = CertificatePublicKeyTypes
"""A public key that can stand in a certificate."""

_SIGNING_KEYS = get_args(PrivateKey)
_CERTIFIED_KEYS = get_args(PublicKey)

RSA_EXPONENT = 65537


class KeyAlgorithm(StrEnum):
    """The kinds of key that mtlsgui makes. The values are those of `mtlsctl --key`."""

    P256 = "p256"
    P384 = "p384"
    P521 = "p521"
    RSA2048 = "rsa2048"
    RSA3072 = "rsa3072"
    RSA4096 = "rsa4096"
    ED25519 = "ed25519"
    ML_DSA_44 = "ml-dsa-44"
    ML_DSA_65 = "ml-dsa-65"
    ML_DSA_87 = "ml-dsa-87"

    @property
    def label(self) -> str:
        """The name that people know it by, for example "ECDSA P-256"."""
        return _KINDS[self].label

    @property
    def advice(self) -> str:
        """One line on who can use a certificate with such a key."""
        return _KINDS[self].advice

    @property
    def info(self) -> "KeyInfo":
        """What a key of this kind is, before it is made."""
        return next(info for info, algorithm in _BY_INFO.items() if algorithm is self)


@dataclass(frozen=True)
class _Kind:
    label: str
    advice: str
    generate: Callable[[], PrivateKey]


def _ec(curve: ec.EllipticCurve) -> Callable[[], PrivateKey]:
    return lambda: ec.generate_private_key(curve)


def _rsa(bits: int) -> Callable[[], PrivateKey]:
    return lambda: rsa.generate_private_key(RSA_EXPONENT, bits)


_ML_DSA = "Post-quantum. Only software built on OpenSSL 3.5 or newer reads it."

_KINDS = {
    KeyAlgorithm.P256: _Kind("ECDSA P-256", "Fast, and accepted everywhere.", _ec(ec.SECP256R1())),
    KeyAlgorithm.P384: _Kind(
        "ECDSA P-384", "A wider margin, accepted everywhere.", _ec(ec.SECP384R1())
    ),
    KeyAlgorithm.P521: _Kind(
        "ECDSA P-521", "Not accepted by Chrome and other browsers.", _ec(ec.SECP521R1())
    ),
    KeyAlgorithm.RSA2048: _Kind(
        "RSA 2048", "For old software. The smallest RSA key that is accepted.", _rsa(2048)
    ),
    KeyAlgorithm.RSA3072: _Kind(
        "RSA 3072", "For old software, with a margin like P-256's. Slower.", _rsa(3072)
    ),
    KeyAlgorithm.RSA4096: _Kind(
        "RSA 4096", "For old software. Slow to make and to sign with.", _rsa(4096)
    ),
    KeyAlgorithm.ED25519: _Kind(
        "Ed25519",
        "OpenSSL, Go, Java 15 and newer; not browsers.",
        ed25519.Ed25519PrivateKey.generate,
    ),
    KeyAlgorithm.ML_DSA_44: _Kind("ML-DSA-44", _ML_DSA, mldsa.MLDSA44PrivateKey.generate),
    KeyAlgorithm.ML_DSA_65: _Kind("ML-DSA-65", _ML_DSA, mldsa.MLDSA65PrivateKey.generate),
    KeyAlgorithm.ML_DSA_87: _Kind("ML-DSA-87", _ML_DSA, mldsa.MLDSA87PrivateKey.generate),
}


def generate(algorithm: KeyAlgorithm) -> PrivateKey:
    """A new private key from the operating system's random source."""
    return _KINDS[algorithm].generate()


@dataclass(frozen=True)
class KeyInfo:
    """What kind of key it is.

    algorithm: "EC", "RSA", "Ed25519", "ML-DSA-65", …
    bits: of the modulus or the curve's order; None where the name says it all.
    curve: the curve's common name ("P-256", "secp256k1"), for EC only.
    """

    algorithm: str
    bits: int | None = None
    curve: str | None = None

    @property
    def label(self) -> str:
        if self.curve:
            return f"ECDSA {self.curve}"
        if self.algorithm in ("RSA", "RSA-PSS", "DSA", "DH") and self.bits is not None:
            return f"{self.algorithm} {self.bits}"
        return self.algorithm


_CURVE_NAMES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}


def key_info(public_key: object) -> KeyInfo:
    """What kind of key `public_key` is; unknown classes are named after themselves."""
    if isinstance(public_key, rsa.RSAPublicKey):
        return KeyInfo("RSA", public_key.key_size)
    if isinstance(public_key, ec.EllipticCurvePublicKey):
        curve = public_key.curve
        return KeyInfo("EC", curve.key_size, _CURVE_NAMES.get(curve.name, curve.name))
    if isinstance(public_key, ed25519.Ed25519PublicKey):
        return KeyInfo("Ed25519")
    if isinstance(public_key, ed448.Ed448PublicKey):
        return KeyInfo("Ed448")
    for name, kind in _POST_QUANTUM:
        if isinstance(public_key, kind):
            return KeyInfo(name)
    name = type(public_key).__name__.removesuffix("PublicKey").lstrip("_")
    return KeyInfo(name, getattr(public_key, "key_size", None))


_POST_QUANTUM = (
    ("ML-DSA-44", mldsa.MLDSA44PublicKey),
    ("ML-DSA-65", mldsa.MLDSA65PublicKey),
    ("ML-DSA-87", mldsa.MLDSA87PublicKey),
    ("ML-KEM-768", mlkem.MLKEM768PublicKey),
    ("ML-KEM-1024", mlkem.MLKEM1024PublicKey),
)


_BY_INFO = {
    KeyInfo("EC", 256, "P-256"): KeyAlgorithm.P256,
    KeyInfo("EC", 384, "P-384"): KeyAlgorithm.P384,
    KeyInfo("EC", 521, "P-521"): KeyAlgorithm.P521,
    KeyInfo("RSA", 2048): KeyAlgorithm.RSA2048,
    KeyInfo("RSA", 3072): KeyAlgorithm.RSA3072,
    KeyInfo("RSA", 4096): KeyAlgorithm.RSA4096,
    KeyInfo("Ed25519"): KeyAlgorithm.ED25519,
    KeyInfo("ML-DSA-44"): KeyAlgorithm.ML_DSA_44,
    KeyInfo("ML-DSA-65"): KeyAlgorithm.ML_DSA_65,
    KeyInfo("ML-DSA-87"): KeyAlgorithm.ML_DSA_87,
}


def algorithm_of(public_key: object) -> KeyAlgorithm | None:
    """The algorithm that makes such a key; None for kinds that mtlsgui reads but does not make."""
    return _BY_INFO.get(key_info(public_key))


def pkcs8_der(private_key: PrivateKey) -> bytes:
    """The PrivateKeyInfo (RFC 5958), DER, not encrypted."""
    return private_key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def signing_key(pkcs8: bytes) -> PrivateKey | None:
    """The key in a PrivateKeyInfo; None for kinds that cannot sign certificates here.

    An RSA key's numbers are not tested: who reads it from a stranger has checked them.
    """
    if _is_diffie_hellman(pkcs8):
        return None
    try:
        key = serialization.load_der_private_key(pkcs8, None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, _SIGNING_KEYS) else None


def certified_key(spki: bytes) -> PublicKey | None:
    """The key in a SubjectPublicKeyInfo; None for kinds that we cannot use."""
    if _is_diffie_hellman(spki):
        return None
    try:
        key = serialization.load_der_public_key(spki)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, _CERTIFIED_KEYS) else None


def _is_diffie_hellman(encoded: bytes) -> bool:
    """A key that signs nothing, and that is not to be loaded: its prime is tested for seconds."""
    return any(oid in encoded[:_BEFORE_NUMBERS] for oid in _DIFFIE_HELLMAN)


_DIFFIE_HELLMAN = (
    der.encode_oid("1.2.840.113549.1.3.1"),  # PKCS#3
    der.encode_oid("1.2.840.10046.2.1"),  # X9.42
)
_BEFORE_NUMBERS = 40
"""Bytes of a key in which its algorithm is named."""


def spki_der(public_key: PublicKey) -> bytes:
    """The SubjectPublicKeyInfo (RFC 5280, 4.1), DER."""
    return public_key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def spki_sha256(public_key: PublicKey) -> str:
    """SHA-256 of the SubjectPublicKeyInfo, lower-case hex: what tells keys apart."""
    return hashlib.sha256(spki_der(public_key)).hexdigest()


def signature_hash(key: object) -> hashes.SHA256 | hashes.SHA384 | hashes.SHA512 | None:
    """The hash that `key` (private or public) signs with.

    ECDSA takes the hash of its curve's strength (RFC 5480, section 4), RSA takes SHA-256. Keys
    that hash by themselves (Ed25519, Ed448, ML-DSA) take None.
    """
    if isinstance(key, ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey):
        if key.curve.key_size <= 256:
            return hashes.SHA256()
        return hashes.SHA384() if key.curve.key_size <= 384 else hashes.SHA512()
    if isinstance(key, rsa.RSAPrivateKey | rsa.RSAPublicKey):
        return hashes.SHA256()
    return None
