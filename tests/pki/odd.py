"""Certificates, requests and lists bent out of shape: one field at a time put in place of another.

Their signatures are void: what is under test is what can be read of them.
"""

from mtlsgui.pki import der

UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
SERIAL, ALGORITHM, ISSUER, VALIDITY, SUBJECT, SPKI, EXTENSIONS = range(1, 8)
"""Where the fields stand in a certificate of version 3, its version being the first."""


def bent(encoded: bytes, fields: dict[int, bytes], algorithm: bytes | None = None) -> bytes:
    """The signed thing with other fields in its body, at their places; b"" leaves one out.

    algorithm: in place of the outer signature algorithm.
    """
    body, outer, signature = der.read(encoded).children()
    parts = [fields.get(at, part.encoded) for at, part in enumerate(body.children())]
    return der.encode(
        der.SEQUENCE,
        der.encode(der.SEQUENCE, *parts),
        outer.encoded if algorithm is None else algorithm,
        signature.encoded,
    )


def spki(oid: str, key: bytes, *parameters: bytes) -> bytes:
    """A SubjectPublicKeyInfo of any kind."""
    algorithm = der.encode(der.SEQUENCE, der.encode_oid(oid), *parameters)
    return der.encode(der.SEQUENCE, algorithm, der.encode(der.BIT_STRING, b"\0", key))


def validity(start: bytes, end: bytes, tag: int = UTC_TIME) -> bytes:
    return der.encode(der.SEQUENCE, der.encode(tag, start), der.encode(tag, end))


def attribute(oid: str, tag: int, content: bytes) -> bytes:
    """An attribute of a name."""
    return der.encode(der.SEQUENCE, der.encode_oid(oid), der.encode(tag, content))


def name(*rdns: list[bytes]) -> bytes:
    """A Name of these sets of attributes."""
    return der.encode(der.SEQUENCE, *(der.encode(der.SET, *rdn) for rdn in rdns))


def extension(oid: str, content: bytes, *, critical: bytes = b"") -> bytes:
    return der.encode(
        der.SEQUENCE, der.encode_oid(oid), critical, der.encode(der.OCTET_STRING, content)
    )


def extensions(*found: bytes) -> bytes:
    """The field of a certificate that holds them."""
    return der.encode(0xA3, der.encode(der.SEQUENCE, *found))
