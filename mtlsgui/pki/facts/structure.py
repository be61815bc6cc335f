"""Where the fields of certificates, requests and lists stand in their bytes."""

from dataclasses import dataclass

from mtlsgui.pki import der

_EXPLICIT_0 = 0xA0
_EXPLICIT_3 = 0xA3
_TIMES = (0x17, 0x18)
_EXTENSION_REQUESTS = frozenset(
    ("1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14")  # the second is Microsoft's own
)


@dataclass(frozen=True, slots=True)
class Signed:
    """What certificates, requests and lists have in common: a body and the signature over it.

    algorithm, signature: None where they are missing or malformed.
    """

    body: der.Node
    algorithm: der.Node | None
    signature: bytes | None


def signed_parts(encoded: bytes) -> Signed:
    """The outermost structure of all three. Raises DerError when it is none of them."""
    outer = der.read(encoded)
    body = der.read(encoded, outer.body, outer.end)
    try:
        rest = list(der.walk(encoded, body.end, outer.end))
    except der.DerError:
        rest = []
    algorithm = rest[0] if rest and rest[0].tag == der.SEQUENCE else None
    bits = rest[1] if len(rest) > 1 and rest[1].tag == der.BIT_STRING else None
    return Signed(body, algorithm, bits.value[1:] if bits else None)


@dataclass(frozen=True, slots=True)
class CertificateParts:
    """The fields of a certificate (RFC 5280, section 4.1)."""

    signed: Signed
    version: der.Node | None
    serial: der.Node
    algorithm: der.Node
    issuer: der.Node
    validity: der.Node
    subject: der.Node
    spki: der.Node
    wrapped: der.Node | None

    @property
    def extensions(self) -> der.Node | None:
        """The SEQUENCE of extensions, if any. Raises DerError when it is malformed."""
        return _inside(self.wrapped)


def certificate_parts(encoded: bytes) -> CertificateParts:
    """Find the fields of a certificate. Raises DerError when it is none."""
    signed = signed_parts(encoded)
    version, fields = _fields(signed.body, _EXPLICIT_0)
    if len(fields) < 6:
        raise der.DerError("fields are missing")
    serial, algorithm, issuer, validity, subject, spki, *rest = fields
    if any(field.tag != der.SEQUENCE for field in (validity, subject, spki)):
        raise der.DerError("its fields are not those of a certificate")
    return CertificateParts(
        signed=signed,
        version=version,
        serial=serial,
        algorithm=algorithm,
        issuer=issuer,
        validity=validity,
        subject=subject,
        spki=spki,
        wrapped=next((field for field in rest if field.tag == _EXPLICIT_3), None),
    )


@dataclass(frozen=True, slots=True)
class RequestParts:
    """The fields of a certificate signing request (RFC 2986, section 4)."""

    signed: Signed
    subject: der.Node
    spki: der.Node
    attributes: der.Node | None


def request_parts(encoded: bytes) -> RequestParts:
    """Find the fields of a request. Raises DerError when it is none."""
    signed = signed_parts(encoded)
    _, fields = _fields(signed.body, der.INTEGER)
    if len(fields) < 2 or any(field.tag != der.SEQUENCE for field in fields[:2]):
        raise der.DerError("its fields are not those of a request")
    attributes = next((field for field in fields[2:] if field.tag == _EXPLICIT_0), None)
    return RequestParts(signed, fields[0], fields[1], attributes)


def requested_extensions(encoded: bytes) -> der.Node | None:
    """The SEQUENCE of extensions that a request asks for (RFC 2985, section 5.4.2), if any.

    Raises DerError when its attributes are malformed.
    """
    attributes = request_parts(encoded).attributes
    for attribute in attributes.children() if attributes else ():
        parts = attribute.children()
        if len(parts) < 2:
            raise der.DerError("an attribute without values")
        if parts[0].oid() in _EXTENSION_REQUESTS:
            return next(iter(parts[1].children()), None)
    return None


@dataclass(frozen=True, slots=True)
class CrlParts:
    """The fields of a CRL (RFC 5280, section 5.1). revoked: the SEQUENCE of entries, if any."""

    signed: Signed
    issuer: der.Node
    this_update: der.Node
    next_update: der.Node | None
    revoked: der.Node | None
    wrapped: der.Node | None

    @property
    def extensions(self) -> der.Node | None:
        """The SEQUENCE of extensions, if any. Raises DerError when it is malformed."""
        return _inside(self.wrapped)


def crl_parts(encoded: bytes) -> CrlParts:
    """Find the fields of a CRL. Raises DerError when it is none."""
    signed = signed_parts(encoded)
    _, fields = _fields(signed.body, der.INTEGER)
    if len(fields) < 3 or fields[1].tag != der.SEQUENCE:
        raise der.DerError("fields are missing")
    rest = fields[3:]
    return CrlParts(
        signed=signed,
        issuer=fields[1],
        this_update=fields[2],
        next_update=next((field for field in rest if field.tag in _TIMES), None),
        revoked=next((field for field in rest if field.tag == der.SEQUENCE), None),
        wrapped=next((field for field in rest if field.tag == _EXPLICIT_0), None),
    )


def _fields(body: der.Node, optional: int) -> tuple[der.Node | None, list[der.Node]]:
    """The body's first field where it has the tag `optional`, and the others."""
    fields = body.children()
    if fields and fields[0].tag == optional:
        return fields[0], fields[1:]
    return None, fields


def _inside(wrapped: der.Node | None) -> der.Node | None:
    return None if wrapped is None else der.read(wrapped.data, wrapped.body, wrapped.end)


def serial_hex(content: bytes) -> str:
    """A serial number's INTEGER content as lower-case hex, "-" before a negative one.

    Always an even number of digits, as it is shown in pairs with colons.
    """
    number = int.from_bytes(content, "big", signed=True)
    digits = f"{abs(number):x}"
    return ("-" if number < 0 else "") + digits.zfill(len(digits) + len(digits) % 2)
