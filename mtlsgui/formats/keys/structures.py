"""PrivateKeyInfo (RFC 5958) and SubjectPublicKeyInfo (RFC 5280) put together from their numbers.

OpenSSH, PuTTY, JWK and Microsoft's formats hold bare numbers. Each reader of ours makes the one
structure out of them that all the rest works with.
"""

from collections.abc import Sequence

from mtlsgui.pki import der, key_kinds

_EC_PRIVATE_VERSION = 1
_CONTEXT_0, _CONTEXT_1 = 0xA0, 0xA1
_NULL = bytes((der.NULL, 0))


class UnfitNumbersError(ValueError):
    """Numbers that no key can have."""


def algorithm(oid: str, *parameters: bytes) -> bytes:
    """An AlgorithmIdentifier."""
    return der.encode(der.SEQUENCE, der.encode_oid(oid), *parameters)


def private_key_info(algorithm_identifier: bytes, key: bytes) -> bytes:
    """A PrivateKeyInfo. key: what its OCTET STRING holds."""
    return der.encode(
        der.SEQUENCE, der.encode_integer(0), algorithm_identifier, der.encode(der.OCTET_STRING, key)
    )


def public_key_info(algorithm_identifier: bytes, key: bytes) -> bytes:
    """A SubjectPublicKeyInfo. key: what its BIT STRING holds."""
    return der.encode(der.SEQUENCE, algorithm_identifier, der.encode(der.BIT_STRING, b"\0", key))


def integers(numbers: Sequence[int]) -> bytes:
    """A SEQUENCE of INTEGERs."""
    if any(number < 0 for number in numbers):
        raise UnfitNumbersError("it holds a negative number")
    return der.encode(der.SEQUENCE, *(der.encode_integer(number) for number in numbers))


RSA_ALGORITHM = algorithm(key_kinds.RSA, _NULL)


def rsa_private(n: int, e: int, d: int, p: int, q: int) -> bytes:
    """An RSA key from its modulus, exponents and primes; the rest follows from these."""
    if p < 2 or q < 2:
        raise UnfitNumbersError("its primes are none")
    try:
        coefficient = pow(q, -1, p)
    except ValueError:
        raise UnfitNumbersError("its primes have a common factor") from None
    numbers = (0, n, e, d, p, q, d % (p - 1), d % (q - 1), coefficient)
    return private_key_info(RSA_ALGORITHM, integers(numbers))


def rsa_public(n: int, e: int) -> bytes:
    return public_key_info(RSA_ALGORITHM, integers((n, e)))


def dsa_private(p: int, q: int, g: int, x: int) -> bytes:
    return private_key_info(algorithm(key_kinds.DSA, integers((p, q, g))), der.encode_integer(x))


def dsa_public(p: int, q: int, g: int, y: int) -> bytes:
    return public_key_info(algorithm(key_kinds.DSA, integers((p, q, g))), der.encode_integer(y))


def ec_private(curve: str, bits: int, value: int, point: bytes = b"") -> bytes:
    """An EC key. curve: the OID; bits: size of its order; point: the public key, if it is known."""
    size = (bits + 7) // 8
    if value < 0 or value.bit_length() > size * 8:
        raise UnfitNumbersError("its private value is larger than its curve")
    public = der.encode(_CONTEXT_1, der.encode(der.BIT_STRING, b"\0", point)) if point else b""
    key = der.encode(
        der.SEQUENCE,
        der.encode_integer(_EC_PRIVATE_VERSION),
        der.encode(der.OCTET_STRING, value.to_bytes(size, "big")),
        public,
    )
    return private_key_info(algorithm(key_kinds.EC, der.encode_oid(curve)), key)


def ec_public(curve: str, point: bytes) -> bytes:
    return public_key_info(algorithm(key_kinds.EC, der.encode_oid(curve)), point)


def edwards_private(oid: str, value: bytes) -> bytes:
    """A key of Ed25519, Ed448, X25519 or X448 (RFC 8410)."""
    return private_key_info(algorithm(oid), der.encode(der.OCTET_STRING, value))


def edwards_public(oid: str, value: bytes) -> bytes:
    return public_key_info(algorithm(oid), value)


def seed_private(oid: str, seed: bytes) -> bytes:
    """An ML-DSA or ML-KEM key as its seed alone (RFC 9881, section 6; RFC 9935, section 6)."""
    return private_key_info(algorithm(oid), der.encode(0x80, seed))


def from_pkcs1(node: der.Node) -> bytes:
    """An RSAPrivateKey (RFC 8017, A.1.2) as PrivateKeyInfo."""
    return private_key_info(RSA_ALGORITHM, node.encoded)


def from_sec1(node: der.Node, curve: bytes = b"") -> bytes:
    """An ECPrivateKey (RFC 5915) as PrivateKeyInfo.

    curve: parameters that stood elsewhere, for a key without its own. Raises DerError when it has
    none at all.
    """
    version, value, *rest = node.children()
    own = next((part for part in rest if part.tag == _CONTEXT_0), None)
    parameters = own.value if own is not None else curve
    if not parameters:
        raise der.DerError("it does not say which curve it is on")
    others = (part.encoded for part in rest if part.tag != _CONTEXT_0)
    key = der.encode(der.SEQUENCE, version.encoded, value.encoded, *others)
    return private_key_info(algorithm(key_kinds.EC, parameters), key)


def from_dsa(node: der.Node) -> bytes:
    """OpenSSL's traditional DSA key, a SEQUENCE of version, p, q, g, y, x, as PrivateKeyInfo."""
    _version, p, q, g, _y, x = node.children()
    parameters = der.encode(der.SEQUENCE, p.encoded, q.encoded, g.encoded)
    return private_key_info(algorithm(key_kinds.DSA, parameters), x.encoded)
