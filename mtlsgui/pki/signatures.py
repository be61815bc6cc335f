"""Whether a signature verifies, given the key, the algorithm and the bytes as they stand.

This works where a whole certificate is refused by `cryptography` for a field that has nothing to
do with its signature.
"""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import (
    dsa,
    ec,
    ed448,
    ed25519,
    mldsa,
    padding,
    rsa,
)

from mtlsgui.pki import der
from mtlsgui.pki.keys import certified_key

_PSS = "1.2.840.113549.1.1.10"
_NIST = "2.16.840.1.101.3.4."

HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "1.2.840.113549.2.5": hashes.MD5,
    "1.3.14.3.2.26": hashes.SHA1,
    _NIST + "2.4": hashes.SHA224,
    _NIST + "2.1": hashes.SHA256,
    _NIST + "2.2": hashes.SHA384,
    _NIST + "2.3": hashes.SHA512,
    _NIST + "2.5": hashes.SHA512_224,
    _NIST + "2.6": hashes.SHA512_256,
    _NIST + "2.7": hashes.SHA3_224,
    _NIST + "2.8": hashes.SHA3_256,
    _NIST + "2.9": hashes.SHA3_384,
    _NIST + "2.10": hashes.SHA3_512,
    "1.2.156.10197.1.401": hashes.SM3,
}
"""Digest algorithms by OID."""

_SIGNING_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "1.2.840.113549.1.1.4": hashes.MD5,
    "1.2.840.113549.1.1.5": hashes.SHA1,
    "1.3.14.3.2.29": hashes.SHA1,
    "1.2.840.113549.1.1.14": hashes.SHA224,
    "1.2.840.113549.1.1.11": hashes.SHA256,
    "1.2.840.113549.1.1.12": hashes.SHA384,
    "1.2.840.113549.1.1.13": hashes.SHA512,
    "1.2.840.113549.1.1.15": hashes.SHA512_224,
    "1.2.840.113549.1.1.16": hashes.SHA512_256,
    "1.2.840.10045.4.1": hashes.SHA1,
    "1.2.840.10045.4.3.1": hashes.SHA224,
    "1.2.840.10045.4.3.2": hashes.SHA256,
    "1.2.840.10045.4.3.3": hashes.SHA384,
    "1.2.840.10045.4.3.4": hashes.SHA512,
    "1.2.840.10040.4.3": hashes.SHA1,
    "1.3.14.3.2.27": hashes.SHA1,
    _NIST + "3.1": hashes.SHA224,
    _NIST + "3.2": hashes.SHA256,
    _NIST + "3.3": hashes.SHA384,
    _NIST + "3.4": hashes.SHA512,
    _NIST + "3.9": hashes.SHA3_224,
    _NIST + "3.10": hashes.SHA3_256,
    _NIST + "3.11": hashes.SHA3_384,
    _NIST + "3.12": hashes.SHA3_512,
    _NIST + "3.13": hashes.SHA3_224,
    _NIST + "3.14": hashes.SHA3_256,
    _NIST + "3.15": hashes.SHA3_384,
    _NIST + "3.16": hashes.SHA3_512,
}
"""The digest of each signature algorithm that names one (RFC 3279, RFC 5758, RFC 8692)."""

_MOST_RSA_BITS = 16_384
_Ml = mldsa.MLDSA44PublicKey | mldsa.MLDSA65PublicKey | mldsa.MLDSA87PublicKey


def verifies(
    spki: bytes, algorithm: der.Node, signature: bytes, data: bytes, digest: str = ""
) -> bool | None:
    """Whether `signature` over `data` was made with the private half of the key `spki`.

    algorithm: the AlgorithmIdentifier of the signature.
    digest: OID of the digest, where that stands elsewhere (CMS) and the algorithm names none.
    None where that cannot be said: an algorithm or a key that we do not have, or a malformed one.
    """
    try:
        return _verifies(spki, algorithm, signature, data, digest)
    except InvalidSignature:
        return False
    except (ValueError, TypeError, LookupError, OverflowError, UnsupportedAlgorithm):
        return None


def _verifies(
    spki: bytes, algorithm: der.Node, signature: bytes, data: bytes, digest: str
) -> bool | None:
    kind, *parameters = algorithm.children()
    oid = kind.oid()
    key = certified_key(spki)
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey | _Ml):
        key.verify(signature, data)
        return True
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size > _MOST_RSA_BITS:
            return None
        if oid == _PSS:
            scheme, hashing = _pss(parameters[0] if parameters else None)
            key.verify(signature, data, scheme, hashing)
            return True
    found = _SIGNING_HASHES.get(oid) or HASHES.get(digest)
    if found is None:
        return None
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, padding.PKCS1v15(), found())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(found()))
    elif isinstance(key, dsa.DSAPublicKey):
        key.verify(signature, data, found())
    else:
        return None
    return True


def _pss(parameters: der.Node | None) -> tuple[padding.PSS, hashes.HashAlgorithm]:
    """RSASSA-PSS-params (RFC 4055, section 3.1); what is left out is SHA-1 and 20 bytes of salt."""
    hashing: type[hashes.HashAlgorithm] = hashes.SHA1
    masking: type[hashes.HashAlgorithm] = hashes.SHA1
    salt = 20
    for part in parameters.children() if parameters else []:
        inner = part.children()[0]
        if part.tag == 0xA0:
            hashing = HASHES[inner.children()[0].oid()]
        elif part.tag == 0xA1:
            masking = HASHES[inner.children()[1].children()[0].oid()]
        elif part.tag == 0xA2:
            salt = inner.integer()
    return padding.PSS(padding.MGF1(masking()), salt), hashing()
