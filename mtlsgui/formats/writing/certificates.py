"""Certificates and their like as PEM and as PKCS#7."""

from collections.abc import Iterable, Sequence

from mtlsgui.formats import pem
from mtlsgui.formats.writing.errors import WriteError
from mtlsgui.pki import der

_SIGNED_DATA = der.encode_oid("1.2.840.113549.1.7.2")
_DATA = der.encode_oid("1.2.840.113549.1.7.1")
_CONTENT = _CERTIFICATES = 0xA0
_CRLS = 0xA1


def certificates_pem(certificates: Iterable[bytes]) -> bytes:
    """The certificates (DER) as PEM, one after the other in the order given."""
    return b"".join(pem.encode("CERTIFICATE", each) for each in certificates)


def pkcs7(
    certificates: Sequence[bytes], crls: Sequence[bytes] = (), *, as_pem: bool = False
) -> bytes:
    """A certificates-only PKCS#7 (RFC 5652, section 5): a ".p7b".

    The certificates stay in the order given, as OpenSSL writes them, though DER would sort the
    set: some servers take them in that order.
    """
    if not certificates and not crls:
        raise WriteError("There is nothing to write", "A PKCS#7 holds at least one certificate.")
    parts = [
        der.encode_integer(1),
        der.encode(der.SET),
        der.encode(der.SEQUENCE, _DATA),
        *([der.encode(_CERTIFICATES, *certificates)] if certificates else []),
        *([der.encode(_CRLS, *crls)] if crls else []),
        der.encode(der.SET),
    ]
    content = der.encode(_CONTENT, der.encode(der.SEQUENCE, *parts))
    data = der.encode(der.SEQUENCE, _SIGNED_DATA, content)
    return pem.encode("PKCS7", data) if as_pem else data
