"""What a DER value is, told from its structure alone."""

from enum import StrEnum

from mtlsgui.pki import der

_TIMES = (0x17, 0x18)
_IA5_STRING = 0x16
_EXPLICIT_0, _EXPLICIT_1, _EXPLICIT_2, _EXPLICIT_4 = 0xA0, 0xA1, 0xA2, 0xA4
_PKCS7 = "1.2.840.113549.1.7."
_PKCS7_START = der.encode_oid(_PKCS7 + "1")[:-1]
_DIGESTS = ("1.2.840.113549.2.", "2.16.840.1.101.3.4.2.", "1.3.14.3.2.26", "1.3.36.3.2.")
_LOOKED_AT = 12
"""Values of a structure that tell what it is."""
_LARGEST_EXPONENT = 64  # bits; as OpenSSL has it
_LARGEST_SIGNATURE = 640  # bits of each of the two numbers of an ECDSA or DSA signature


class Shape(StrEnum):
    """The structures that are told apart. The values are for people."""

    CERTIFICATE = "certificate"
    REQUEST = "certificate signing request"
    CRL = "certificate revocation list"
    CMS = "PKCS#7 or CMS message"
    PKCS12 = "PKCS#12 file"
    PKCS8 = "PKCS#8 private key"
    ENCRYPTED_PKCS8 = "encrypted PKCS#8 private key"
    PKCS1 = "PKCS#1 private key"
    PKCS1_PUBLIC = "PKCS#1 public key"
    SEC1 = "SEC 1 private key"
    DSA_PRIVATE = "traditional DSA private key"
    SPKI = "public key"
    PARAMETERS = "key parameters"
    OCSP_REQUEST = "OCSP request"
    OCSP_RESPONSE = "OCSP response"
    BASIC_OCSP = "OCSP response without its envelope"
    ATTRIBUTE_CERTIFICATE = "attribute certificate"
    SPKAC = "signed public key and challenge (SPKAC)"
    PKI_PATH = "PKI path"
    TIME_STAMP_REQUEST = "time-stamp request"
    TIME_STAMP_RESPONSE = "time-stamp response"
    CERTIFICATE_REQUEST_MESSAGE = "certificate request message (CRMF)"
    CMP = "certificate management message (CMP)"
    UNKNOWN = "ASN.1 structure"

    @property
    def is_secret(self) -> bool:
        """Its plain bytes are a private key."""
        return self in _SECRET


_SECRET = frozenset((Shape.PKCS8, Shape.PKCS1, Shape.SEC1, Shape.DSA_PRIVATE))


def shape_of(node: der.Node) -> Shape:
    """The structure's shape; UNKNOWN when it is none of ours or malformed."""
    try:
        return _shape_of(node)
    except der.DerError:
        return Shape.UNKNOWN


def taken_for(data: bytes) -> Shape:
    """What a value that is cut short or broken most likely was, by what stands before the break."""
    try:
        return _taken_for(_before_break(data))
    except der.DerError:
        return Shape.UNKNOWN


def _taken_for(outer: list[der.Node]) -> Shape:
    tags = [part.tag for part in outer]
    if tags[:1] == [der.SEQUENCE]:
        return _body_taken_for(_before_break(outer[0].encoded))
    match tags:
        case [der.OID, *_]:
            return Shape.CMS
        case [der.INTEGER, der.OCTET_STRING, *_]:
            return Shape.SEC1
        case [der.INTEGER, der.SEQUENCE, der.OCTET_STRING, *_]:
            return Shape.PKCS8
        case [der.INTEGER, der.SEQUENCE, *_]:
            kind = _before_break(outer[1].encoded)
            is_content = kind and kind[0].encoded.startswith(_PKCS7_START)
            return Shape.PKCS12 if is_content else Shape.PKCS8
        case [der.INTEGER, der.INTEGER, *_] if outer[0].value in (b"\0", b"\1"):
            return Shape.PKCS1  # or DSA's traditional form, which begins like it
        case [0x0A, *_]:  # an ENUMERATED status first
            return Shape.OCSP_RESPONSE
    return Shape.UNKNOWN


def _body_taken_for(parts: list[der.Node]) -> Shape:
    """By what is left of the signed part. After its number a request has a name, others an OID."""
    tags = [part.tag for part in parts]
    if tags[:2] == [der.INTEGER, der.SEQUENCE] and parts[1].value[:1] == b"\x06":
        is_list = len(tags) > 3 and tags[3] in _TIMES
        return Shape.CRL if is_list else Shape.CERTIFICATE
    return _by_body(tags)


def _before_break(data: bytes) -> list[der.Node]:
    """The values inside the first value of `data`, the last one cut where the data end."""
    found: list[der.Node] = []
    at, end = der.header(data)
    end = min(end, len(data))
    while at < end and len(found) < _LOOKED_AT:
        try:
            body, stop = der.header(data, at)
        except der.DerError:
            break
        found.append(der.Node(data, data[at], at, body, min(stop, end)))
        at = stop
    return found


def _shape_of(node: der.Node) -> Shape:
    if node.tag == der.OID:
        return Shape.PARAMETERS
    if node.tag != der.SEQUENCE:
        return Shape.UNKNOWN
    parts = _first(node)
    tags = [part.tag for part in parts]
    match tags:
        case [der.SEQUENCE, der.SEQUENCE, der.BIT_STRING]:
            return _signed(parts[0])
        case [der.SEQUENCE, der.SEQUENCE, der.BIT_STRING, 0xA0]:
            return Shape.BASIC_OCSP if _is_basic_ocsp(parts[0]) else Shape.UNKNOWN
        case [der.OID, 0xA0] | [der.OID]:
            return Shape.CMS
        case [der.INTEGER, der.SEQUENCE, der.OCTET_STRING, *_]:
            return Shape.PKCS8
        case [der.INTEGER, der.SEQUENCE, der.SEQUENCE, der.OCTET_STRING, der.INTEGER, *_]:
            return Shape.PARAMETERS  # a curve by its numbers
        case [der.INTEGER, der.SEQUENCE, *_]:
            return _versioned(parts)
        case [der.SEQUENCE, der.OCTET_STRING]:
            return Shape.ENCRYPTED_PKCS8 if _is_encryption(parts[0]) else Shape.UNKNOWN
        case [der.SEQUENCE, der.BIT_STRING]:
            return Shape.SPKI
        case [der.INTEGER, der.OCTET_STRING, *_]:
            return Shape.SEC1
        case [0x0A] | [0x0A, 0xA0]:  # an ENUMERATED status first
            return Shape.OCSP_RESPONSE
        case [der.SEQUENCE, *_]:
            return _of_sequences(node, parts)
    return _numbers(node)


def _first(node: der.Node) -> list[der.Node]:
    """The first values inside; there may be a million."""
    return node.children(_LOOKED_AT)


def _tags(node: der.Node) -> list[int]:
    return [part.tag for part in _first(node)]


def _first_oid(node: der.Node) -> str:
    parts = _first(node)
    return parts[0].oid() if parts and parts[0].tag == der.OID else ""


def _is_encryption(algorithm: der.Node) -> bool:
    """What is no digest: a digest and its value are a DigestInfo, and look the same."""
    oid = _first_oid(algorithm)
    return bool(oid) and not oid.startswith(_DIGESTS)


def _signed(body: der.Node) -> Shape:
    """A body, an algorithm and a signature: certificates, requests, lists and others."""
    tags = _tags(body)
    if tags == [der.SEQUENCE, _IA5_STRING]:
        return Shape.SPKAC
    if _is_basic_ocsp(body):
        return Shape.BASIC_OCSP
    return _by_body(tags)


def _by_body(tags: list[int]) -> Shape:
    match tags:
        case [0xA0, der.INTEGER, *_] | [0xA0]:
            return Shape.CERTIFICATE
        case [0xA0 | 0xA1, der.SEQUENCE, der.SEQUENCE, der.INTEGER, *_]:
            return Shape.ATTRIBUTE_CERTIFICATE  # version 1, of X.509 (1997)
        case [der.INTEGER, der.SEQUENCE, 0xA0 | der.SEQUENCE, der.SEQUENCE, der.INTEGER, *_]:
            return Shape.ATTRIBUTE_CERTIFICATE
    rest = tags[1:] if tags[:1] == [der.INTEGER] else tags
    if len(rest) > 2 and rest[:2] == [der.SEQUENCE, der.SEQUENCE] and rest[2] in _TIMES:
        return Shape.CRL
    if rest[:5] == [der.SEQUENCE] * 5:
        return Shape.CERTIFICATE  # version 1
    if rest[:2] == [der.SEQUENCE] * 2:
        return Shape.REQUEST
    return Shape.UNKNOWN


def _is_basic_ocsp(body: der.Node) -> bool:
    tags = _tags(body)
    rest = tags[1:] if tags[:1] == [_EXPLICIT_0] else tags
    return len(rest) > 2 and rest[0] in (_EXPLICIT_1, _EXPLICIT_2) and rest[1] in _TIMES


def _versioned(parts: list[der.Node]) -> Shape:
    """A number, then a SEQUENCE: PKCS#12, or the digest of a time-stamp request."""
    if len(parts) <= 3 and _first_oid(parts[1]).startswith(_PKCS7):
        return Shape.PKCS12
    if _tags(parts[1]) == [der.SEQUENCE, der.OCTET_STRING]:
        return Shape.TIME_STAMP_REQUEST
    return Shape.UNKNOWN


def _of_sequences(node: der.Node, parts: list[der.Node]) -> Shape:
    """A SEQUENCE first, and no signature behind it."""
    if all(part.tag == der.SEQUENCE for part in parts):
        # Only what can be one is looked at: a million SEQUENCEs may be nested in each other.
        signed = _tags(parts[0]) == [der.SEQUENCE, der.SEQUENCE, der.BIT_STRING]
        if signed and shape_of(parts[0]) is Shape.CERTIFICATE:
            return Shape.PKI_PATH
        if len(parts) <= 2 and _tags(parts[0])[:1] == [der.INTEGER]:
            return Shape.TIME_STAMP_RESPONSE
    if len(parts) <= 2 and _is_ocsp_request(parts[0]):
        return Shape.OCSP_REQUEST
    inner = _tags(parts[0])
    if len(parts) > 1 and inner[:3] == [der.INTEGER, _EXPLICIT_4, _EXPLICIT_4]:
        return Shape.CMP
    if inner[:1] == [der.SEQUENCE]:
        template = _tags(_first(parts[0])[0])
        if template[:2] == [der.INTEGER, der.SEQUENCE]:
            return Shape.CERTIFICATE_REQUEST_MESSAGE
    return _numbers(node)


def _is_ocsp_request(body: der.Node) -> bool:
    """Inside are an optional version and name, then the list: it must hold a CertID first."""
    requests = [part for part in _first(body) if part.tag == der.SEQUENCE]
    if not requests:
        return False
    entries = _first(requests[0])
    if not entries or entries[0].tag != der.SEQUENCE:
        return False
    asked = _first(entries[0])
    return bool(asked) and _tags(asked[0]) == [
        der.SEQUENCE,
        der.OCTET_STRING,
        der.OCTET_STRING,
        der.INTEGER,
    ]


def _numbers(node: der.Node) -> Shape:
    """A SEQUENCE of INTEGERs, told apart by how many there are and how large."""
    parts = _first(node)
    tags = [part.tag for part in parts]
    if len(parts) >= 9 and set(tags[:9]) == {der.INTEGER}:
        return Shape.PKCS1  # of more primes than two where a SEQUENCE follows
    if len(parts) in (4, 5) and tags == [der.INTEGER] * (len(parts) - 1) + [der.SEQUENCE]:
        return Shape.PARAMETERS  # Diffie-Hellman of X9.42 with its seed
    if set(tags) != {der.INTEGER}:
        return Shape.UNKNOWN
    if len(parts) == 6:
        return Shape.DSA_PRIVATE
    if len(parts) == 2:
        return _two_numbers(*parts)
    return Shape.PARAMETERS if len(parts) in (3, 4) else Shape.UNKNOWN


def _two_numbers(first: der.Node, second: der.Node) -> Shape:
    """RSA's exponent is odd, short and never 5; a Diffie-Hellman generator is 2, 5, or long.

    Two short numbers of one length are an ECDSA or DSA signature.
    """
    if second.end - second.body <= 1 and second.integer() in (2, 5):
        return Shape.PARAMETERS
    if (second.end - second.body) * 8 <= _LARGEST_EXPONENT + 8:
        return Shape.PKCS1_PUBLIC
    large = (first.end - first.body) * 8 > _LARGEST_SIGNATURE
    return Shape.PARAMETERS if large else Shape.UNKNOWN
