"""What a DER value is, told from its structure alone."""

from enum import StrEnum

from mtlsgui.pki import der

_TIMES = (0x17, 0x18)
_EXPLICIT_0 = 0xA0
_PKCS7 = "1.2.840.113549.1.7."
_ENCRYPTION = ("1.2.840.113549.1.5.", "1.2.840.113549.1.12.1.")


class Shape(StrEnum):
    """The structures that are told apart. The values are for people."""

    CERTIFICATE = "certificate"
    REQUEST = "certificate signing request"
    CRL = "certificate revocation list"
    PKCS7 = "PKCS#7 or CMS"
    PKCS12 = "PKCS#12"
    PKCS8 = "PKCS#8 private key"
    ENCRYPTED_PKCS8 = "encrypted PKCS#8 private key"
    PKCS1 = "PKCS#1 private key"
    PKCS1_PUBLIC = "PKCS#1 public key"
    SEC1 = "SEC 1 private key"
    DSA_PRIVATE = "traditional DSA private key"
    SPKI = "public key"
    OCSP_RESPONSE = "OCSP response"
    PARAMETERS = "key parameters"
    UNKNOWN = "unknown"


def shape_of(node: der.Node) -> Shape:
    """The structure's shape; UNKNOWN when it is none of ours or malformed."""
    try:
        return _shape_of(node)
    except der.DerError:
        return Shape.UNKNOWN


def _shape_of(node: der.Node) -> Shape:
    if node.tag == der.OID:
        return Shape.PARAMETERS
    if node.tag != der.SEQUENCE:
        return Shape.UNKNOWN
    parts = node.children()
    tags = [part.tag for part in parts[:10]]
    match tags:
        case [der.SEQUENCE, der.SEQUENCE, der.BIT_STRING]:
            return _signed(parts[0])
        case [der.OID, 0xA0, *_] if parts[0].oid().startswith(_PKCS7):
            return Shape.PKCS7
        case [der.INTEGER, der.SEQUENCE, der.OCTET_STRING, *_]:
            return Shape.PKCS8
        case [der.INTEGER, der.SEQUENCE] | [der.INTEGER, der.SEQUENCE, der.SEQUENCE]:
            return Shape.PKCS12 if _first_oid(parts[1]).startswith(_PKCS7) else Shape.UNKNOWN
        case [der.SEQUENCE, der.OCTET_STRING] if _first_oid(parts[0]).startswith(_ENCRYPTION):
            return Shape.ENCRYPTED_PKCS8
        case [der.SEQUENCE, der.BIT_STRING]:
            return Shape.SPKI
        case [der.INTEGER, der.OCTET_STRING, *_]:
            return Shape.SEC1
        case [0x0A] | [0x0A, 0xA0]:  # an ENUMERATED status first
            return Shape.OCSP_RESPONSE
    return _numbers(parts) if set(tags) == {der.INTEGER} else Shape.UNKNOWN


def _first_oid(node: der.Node) -> str:
    parts = node.children()
    return parts[0].oid() if parts else ""


def _signed(body: der.Node) -> Shape:
    """Certificate, CSR or CRL: all three are a body, an algorithm and a signature."""
    tags = [part.tag for part in body.children()[:7]]
    if tags[:1] == [_EXPLICIT_0]:
        return Shape.CERTIFICATE
    rest = tags[1:] if tags[:1] == [der.INTEGER] else tags
    if len(rest) > 2 and rest[:2] == [der.SEQUENCE, der.SEQUENCE] and rest[2] in _TIMES:
        return Shape.CRL
    if rest[:5] == [der.SEQUENCE] * 5:
        return Shape.CERTIFICATE  # version 1
    if rest[:2] == [der.SEQUENCE] * 2:
        return Shape.REQUEST
    return Shape.UNKNOWN


def _numbers(parts: list[der.Node]) -> Shape:
    """A SEQUENCE of INTEGERs only, told apart by how many there are."""
    if len(parts) >= 9:
        return Shape.PKCS1
    if len(parts) == 6:
        return Shape.DSA_PRIVATE
    if len(parts) == 2:
        # RSA's exponent is odd and never 5; a Diffie-Hellman generator is 2 or 5.
        exponent = parts[1]
        small = exponent.end - exponent.body <= 1 and exponent.integer() in (2, 5)
        return Shape.PARAMETERS if small else Shape.PKCS1_PUBLIC
    return Shape.PARAMETERS if len(parts) in (3, 4) else Shape.UNKNOWN
