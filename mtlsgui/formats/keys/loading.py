"""Loading keys: by `cryptography`, by OpenSSL itself where that refuses, else by name alone.

OpenSSL (through pyOpenSSL) reads what `cryptography` does not: SLH-DSA, SM2, explicit and rare
curves, ML-DSA and ML-KEM in all forms, Diffie-Hellman, multi-prime RSA. What neither reads, as
GOST, is still told by its structure. Sizes are looked at before either is let near a key.
"""

import hashlib
from dataclasses import dataclass, field
from math import prod
from typing import Any

from cryptography import x509
from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.keys import structures as key_structures
from mtlsgui.formats.limits import Limits, RefusedError, check_rsa_bits
from mtlsgui.pki import curves, der, key_kinds
from mtlsgui.pki.extensions import quietly
from mtlsgui.pki.keys import KeyInfo

_RSA = (key_kinds.RSA, key_kinds.RSA_PSS)
_MODULAR = (key_kinds.DSA, key_kinds.DH, key_kinds.X9_42_DH)
_DIFFIE_HELLMAN = (key_kinds.DH, key_kinds.X9_42_DH)
_LARGEST_MODULUS = 10_000
"""Bits of a DSA or Diffie-Hellman prime, the most that OpenSSL works with."""
_SEED_AND_EXPANDED = der.SEQUENCE
"""The choice `both` of RFC 9881 and RFC 9935, section 6."""
_PUBLIC_OF_EC = 0xA1
_REFUSALS = (ValueError, TypeError, UnsupportedAlgorithm, InternalError)
"""What `cryptography` raises for keys; the last for an Ed25519 key of the wrong length."""


class BadKeyError(MtlsguiError):
    """A private key whose numbers do not belong together."""


@dataclass(frozen=True, slots=True)
class LoadedKey:
    """A private key. spki: its public half; None for a kind that no library of ours knows."""

    pkcs8: bytes = field(repr=False)
    info: KeyInfo
    spki: bytes | None = field(repr=False)

    @property
    def spki_sha256(self) -> str | None:
        return None if self.spki is None else hashlib.sha256(self.spki).hexdigest()


def load_private(pkcs8: bytes, limits: Limits) -> LoadedKey:
    """A key from its PrivateKeyInfo.

    Raises RefusedError for one that is too large, BadKeyError for one whose numbers do not belong
    together, ValueError for one that is damaged otherwise.
    """
    node = der.read(pkcs8)
    _version, algorithm, key, *_ = _some(node, 3)
    oid = _some(algorithm, 1)[0].oid()
    info = key_kinds.algorithm_info(algorithm)
    if oid in _RSA:
        pkcs1 = der.read(key.value)
        info = key_kinds.algorithm_info(algorithm, _rsa_bits(pkcs1, limits))
        pkcs8 = _with_right_numbers(pkcs8, algorithm, pkcs1)
    elif oid in _MODULAR:
        _check_modulus(info, limits)
    if oid not in _DIFFIE_HELLMAN:  # its check of large parameters takes for ever
        loaded = _by_cryptography(pkcs8)
        if loaded is not None:
            spki = _spki(loaded, algorithm, key)
            return LoadedKey(pkcs8, key_kinds.spki_info(der.read(spki)), spki)
    try:
        spki = _in_words_of_file(_by_openssl(pkcs8), algorithm)
    except ValueError:
        if _is_ours(oid, algorithm):
            raise ValueError(f"the {info.label} key is damaged") from None
        point = _stated_point(key) if oid == key_kinds.EC else b""
        known = key_structures.public_key_info(algorithm.encoded, point) if point else None
        return LoadedKey(pkcs8, info, known)
    if oid == key_kinds.EC:
        _check_point(spki, algorithm, key)
    return LoadedKey(_seed_alone(pkcs8), key_kinds.spki_info(der.read(spki)), spki)


def check_public(spki: der.Node, limits: Limits) -> KeyInfo:
    """What kind of key a SubjectPublicKeyInfo holds, once it is known to be one.

    Raises RefusedError for one that is too large, ValueError for one that is damaged.
    """
    algorithm, *_ = _some(spki, 2)
    oid = _some(algorithm, 1)[0].oid()
    info = key_kinds.spki_info(spki)
    if oid in _RSA:
        check_rsa_bits(info.bits or 0, limits)
    elif oid in _MODULAR:
        _check_modulus(info, limits)
    if not _is_ours(oid, algorithm) or oid in _DIFFIE_HELLMAN:
        return info
    try:
        quietly(lambda: serialization.load_der_public_key(spki.encoded))
    except _REFUSALS:
        from OpenSSL import crypto

        try:
            crypto.load_publickey(crypto.FILETYPE_ASN1, spki.encoded)
        except crypto.Error:
            if oid != key_kinds.DSA or info.bits is not None:  # its parameters are elsewhere
                raise ValueError(f"the {info.label} public key is damaged") from None
    return info


def _by_cryptography(pkcs8: bytes) -> Any:
    """The key as a class of `cryptography`; None where it has none for it."""
    try:
        return quietly(
            lambda: serialization.load_der_private_key(
                pkcs8, None, unsafe_skip_rsa_key_validation=True
            )
        )
    except _REFUSALS:
        return None


def _by_openssl(pkcs8: bytes) -> bytes:
    """The public half, as OpenSSL writes it. Raises ValueError."""
    from OpenSSL import crypto

    try:
        key = crypto.load_privatekey(crypto.FILETYPE_ASN1, pkcs8)
        return crypto.dump_publickey(crypto.FILETYPE_ASN1, key)
    except crypto.Error:
        raise ValueError("OpenSSL cannot read it") from None


def _is_ours(oid: str, algorithm: der.Node) -> bool:
    """OpenSSL knows such keys, so one that it does not read is damaged."""
    if oid in (*_RSA, *_MODULAR):
        return True
    if oid == key_kinds.EC:
        _, *parameters = algorithm.children()
        return bool(parameters) and (
            parameters[0].tag == der.OID and curves.named(parameters[0].oid()) is not None
        )
    return key_kinds.name_of(oid).startswith(("Ed", "X25519", "X448", "ML-", "SLH-"))


def _spki(key: Any, algorithm: der.Node, private: der.Node) -> bytes:
    """The public half of a key of `cryptography`."""
    spki: bytes = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    if isinstance(key, ec.EllipticCurvePrivateKey) and (point := _stated_point(private)):
        # The same point, which has been looked at in loading, in the form that the file has.
        spki = key_structures.public_key_info(der.read(spki).children()[0].encoded, point)
    return _in_words_of_file(spki, algorithm)


def _in_words_of_file(spki: bytes, algorithm: der.Node) -> bytes:
    """The public half with the algorithm as the file has it, where there are several ways.

    Restrictions of RSA-PSS, curves by their numbers and SM2's second name stand in certificates of
    the key just so, and a library may write them otherwise.
    """
    oid, *parameters = algorithm.children()
    explicit = bool(parameters) and parameters[0].tag == der.SEQUENCE
    if oid.oid() in (key_kinds.RSA_PSS, key_kinds.SM2_CURVE) or explicit:
        bits = der.read(spki).children()[1].value[1:]
        return key_structures.public_key_info(algorithm.encoded, bits)
    return spki


def _stated_point(private: der.Node) -> bytes:
    """The public point that an ECPrivateKey (RFC 5915) states; empty when it states none."""
    for part in der.read(private.value).children():
        if part.tag == _PUBLIC_OF_EC:
            return _some(part, 1)[0].value[1:]
    return b""


def _check_point(spki: bytes, algorithm: der.Node, private: der.Node) -> None:
    """That the public point is that of the private value, where OpenSSL has not looked.

    Curves that `cryptography` does not know are left as they are. Raises BadKeyError.
    """
    _, *parameters = algorithm.children()
    try:
        curve = ec.get_curve_for_oid(x509.ObjectIdentifier(parameters[0].oid()))()
    except (LookupError, ValueError):
        return
    value = int.from_bytes(_some(der.read(private.value), 2)[1].value, "big")
    try:
        right = ec.derive_private_key(value, curve).public_key().public_numbers()
    except ValueError:
        raise BadKeyError(
            "This private key is damaged", "Its private value is none that its curve has."
        ) from None
    stated = serialization.load_der_public_key(spki)
    if not isinstance(stated, ec.EllipticCurvePublicKey) or stated.public_numbers() != right:
        raise BadKeyError(
            "This private key is damaged", "The public key beside it belongs to another key."
        )


def _seed_alone(pkcs8: bytes) -> bytes:
    """An ML-DSA or ML-KEM key of seed and expanded key as the seed, from which all follows."""
    _version, algorithm, key, *_ = der.read(pkcs8).children()
    oid = algorithm.children()[0].oid()
    if key_kinds.name_of(oid).startswith("ML-") and key.value[:1] == bytes((_SEED_AND_EXPANDED,)):
        seed = der.read(key.value).children()[0].value
        return key_structures.seed_private(oid, seed)
    return pkcs8


def _check_modulus(info: KeyInfo, limits: Limits) -> None:
    bits = info.bits or 0
    if info.bits == 0:
        raise BadKeyError("The key is damaged", "Its prime is 0.")
    if bits > min(_LARGEST_MODULUS, limits.rsa_bits):
        raise RefusedError(
            f"The {info.algorithm} key has {bits:,} bits",
            f"Those above {_LARGEST_MODULUS:,} bits take minutes to work with and are refused.",
        )


def _rsa_bits(pkcs1: der.Node, limits: Limits) -> int:
    """The size of an RSA key's modulus. Raises RefusedError, BadKeyError, DerError."""
    fields = _some(pkcs1, 9)
    bits = key_kinds.bits_of(fields[1])
    check_rsa_bits(bits, limits)
    if any(key_kinds.bits_of(number) > bits + 8 for number in fields[:9]):
        raise BadKeyError("This RSA private key is damaged", "A number is larger than its modulus.")
    return bits


def _with_right_numbers(pkcs8: bytes, algorithm: der.Node, pkcs1: der.Node) -> bytes:
    """The key, once its numbers are known to belong together.

    Whether they are prime is not tested: the tests of `cryptography` take 0.2 s at 4,096 bits and
    half a minute at 16,384; what is checked here takes a millisecond. A key that passes and is
    still bad cannot make a signature that verifies. The three numbers that only make signing
    faster are put right where they are wrong, as other software works without them.
    Raises BadKeyError.
    """
    _version, *fields = pkcs1.children()
    n, e, d, p, q, dp, dq, coefficient = (number.integer() for number in fields[:8])
    if not any((p, q, dp, dq, coefficient)):
        # Only modulus and exponents, and anybody can write a modulus that stands in a certificate.
        if n < 2 or d < 2 or pow(pow(2, e, n), d, n) != 2 % n:
            raise BadKeyError(
                "This RSA private key is damaged", "Its numbers do not belong together."
            )
        return pkcs8
    primes = [p, q, *_more_primes(fields[8:])]
    if not (
        min(primes) > 1
        and prod(primes) == n
        and all(d * e % (prime - 1) == 1 % (prime - 1) for prime in primes)
    ):
        raise BadKeyError("This RSA private key is damaged", "Its numbers do not belong together.")
    if (dp, dq, coefficient * q % p) == (d % (p - 1), d % (q - 1), 1):
        return pkcs8
    if len(primes) > 2:
        raise BadKeyError("This RSA private key is damaged", "Its numbers do not belong together.")
    right = der.read(key_structures.rsa_private(n, e, d, p, q)).children()[2].value
    return key_structures.private_key_info(algorithm.encoded, right)


def _more_primes(others: list[der.Node]) -> list[int]:
    """The third and further primes (RFC 8017, A.1.2)."""
    found = others[0].children() if others else []
    if len(found) > 16:
        raise der.DerError("an RSA key of more than 18 primes")
    return [_some(prime, 3)[0].integer() for prime in found]


def _some(node: der.Node, count: int) -> list[der.Node]:
    parts = node.children()
    if len(parts) < count:
        raise der.DerError("cut short")
    return parts
