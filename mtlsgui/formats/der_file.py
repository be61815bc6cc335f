"""DER (X.690), told by structure: what one value is, and files of one value after the other."""

from collections.abc import Callable

from mtlsgui.formats import ber
from mtlsgui.formats.context import Context
from mtlsgui.formats.items import CertificateItem, CrlItem, OtherItem, RequestItem
from mtlsgui.formats.limits import check_certificate_size
from mtlsgui.formats.pkcs7 import read_pkcs7
from mtlsgui.formats.pkcs12 import read_pkcs12
from mtlsgui.formats.private_keys import read_encrypted_pkcs8, read_pkcs8, read_traditional
from mtlsgui.formats.public_keys import read_pkcs1_public, read_spki
from mtlsgui.formats.shapes import Shape, shape_of
from mtlsgui.pki import der
from mtlsgui.pki.facts import read_certificate, read_crl, read_request

_FORMATS = {
    Shape.CRL: "crl",
    Shape.PKCS7: "pkcs7",
    Shape.PKCS12: "pkcs12",
    Shape.PKCS8: "pkcs8",
    Shape.ENCRYPTED_PKCS8: "pkcs8",
    Shape.PKCS1: "pkcs1",
    Shape.SEC1: "sec1",
}
_PADDING = b"\0\r\n\t \x1a"


def recognise(data: bytes) -> bool:
    """It starts as a SEQUENCE whose length is not beyond reason, and is not text."""
    if ber.is_indefinite(data):
        return True
    try:
        node = der.read(data)
    except der.DerError:
        return data[:1] == b"\x30" and data[1:2] in (b"\x81", b"\x82", b"\x83", b"\x84")
    return node.tag == der.SEQUENCE and node.end > node.body


def read_der(data: bytes, context: Context) -> str:
    """Every value in the file; the format is that of the first."""
    at = number = 0
    kind = ""
    while at < len(data):
        number += 1
        if number > 1 and not data[at : at + 64].strip(_PADDING):
            break
        where = f"value {number}" if at else ""
        try:
            node, after = _next(data, at)
        except der.DerError as error:
            if number > 1:
                context.error("", f"{len(data) - at:,} bytes after the last value are not DER.")
            else:
                context.error("", f"It looks like DER, but it is damaged: {error}.")
            break
        at = after
        kind = kind or _FORMATS.get(shape_of(node), "der")
        with context.part(where):
            read_value(node, "der", context)
        if number >= context.limits.pem_blocks:
            context.error("", f"Only the first {number:,} values were read.")
            break
    return kind or "der"


def _next(data: bytes, at: int) -> tuple[der.Node, int]:
    if data[at : at + 2] == b"\x30\x80":
        converted, end = ber.to_definite(data, at)
        return der.read(converted), end
    node = der.read(data, at)
    # Cut out, so that what reads it sees exactly this value.
    return der.read(node.encoded), node.end


def read_value(
    node: der.Node, container: str, context: Context, friendly_name: str | None = None
) -> None:
    """Whatever the value is, by its structure. Raises what its reader raises."""
    shape = shape_of(node)
    if shape in (Shape.CERTIFICATE, Shape.REQUEST):
        check_certificate_size(node, context.limits)
    if shape is Shape.CERTIFICATE:
        facts = read_certificate(node.encoded)
        context.add(CertificateItem(facts, container=container, friendly_name=friendly_name))
    elif shape is Shape.REQUEST:
        context.add(RequestItem(read_request(node.encoded), container=container))
    elif shape is Shape.CRL:
        context.add(CrlItem(read_crl(node.encoded), container=container))
    elif shape is Shape.PKCS8:
        read_pkcs8(node, context, friendly_name)
    elif shape is Shape.ENCRYPTED_PKCS8:
        read_encrypted_pkcs8(node, context, friendly_name)
    elif shape is Shape.SPKI:
        read_spki(node, container, context)
    elif shape in _SIMPLE:
        _SIMPLE[shape](node, context)
    elif shape is Shape.OCSP_RESPONSE:
        context.add(OtherItem("OCSP response", kind="ocsp_response", container=container))
    elif shape is Shape.PARAMETERS:
        context.add(OtherItem("Key parameters", kind="parameters", container=container))
    else:
        context.add(
            OtherItem(
                "ASN.1 structure",
                problem="It is none of the structures that we know.",
                container=container,
            )
        )


_SIMPLE: dict[Shape, Callable[[der.Node, Context], None]] = {
    Shape.PKCS7: read_pkcs7,
    Shape.PKCS12: read_pkcs12,
    Shape.PKCS1: lambda node, context: read_traditional(node, "pkcs1", context),
    Shape.SEC1: lambda node, context: read_traditional(node, "sec1", context),
    Shape.DSA_PRIVATE: lambda node, context: read_traditional(node, "dsa", context),
    Shape.PKCS1_PUBLIC: read_pkcs1_public,
}
