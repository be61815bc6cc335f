"""DER (X.690), told by structure: what one value is, and files of one value after the other."""

import re
from collections.abc import Callable

from mtlsgui.formats import ber, pem
from mtlsgui.formats.context import Context
from mtlsgui.formats.items import CertificateItem, CrlItem, OtherItem, RequestItem
from mtlsgui.formats.keys import parameters
from mtlsgui.formats.keys.private_keys import read_encrypted_pkcs8, read_pkcs8, read_traditional
from mtlsgui.formats.keys.public_keys import read_pkcs1_public, read_spki
from mtlsgui.formats.limits import RefusedError, check_certificate_size
from mtlsgui.formats.messages import (
    attribute_certificate,
    cms,
    ocsp,
    spkac,
    time_stamp,
    trust_settings,
)
from mtlsgui.formats.shapes import Shape, shape_of, taken_for
from mtlsgui.formats.stores.pkcs12 import read_pkcs12
from mtlsgui.pki import der
from mtlsgui.pki.extensions import reason
from mtlsgui.pki.facts import read_certificate, read_crl, read_request

_FORMATS = {
    Shape.CRL: "crl",
    Shape.PKCS12: "pkcs12",
    Shape.PKCS8: "pkcs8",
    Shape.ENCRYPTED_PKCS8: "pkcs8",
    Shape.PKCS1: "pkcs1",
    Shape.SEC1: "sec1",
    Shape.SPKAC: "spkac",
    Shape.PKI_PATH: "pkipath",
}
_CMS_BEYOND_PKCS7 = der.encode_oid("1.2.840.113549.1.9.16.1.1")[:-1]
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_LOOKED_AT = 40
"""Bytes at the start, which are not all printable in any structure: small tags are not."""
_PADDING = b"\0\r\n\t \x1a"
_ONLY_PADDING = re.compile(rb"[%s]*+\Z" % _PADDING)
_LONG_FORMS = (b"\x81", b"\x82", b"\x83", b"\x84")


def recognise(data: bytes) -> bool:
    """It starts as a SEQUENCE whose length is not beyond reason, or is one OID, and is no text."""
    if not data[:_LOOKED_AT].translate(None, _PRINTABLE):
        return False  # a "0" is the tag of a SEQUENCE
    if ber.is_indefinite(data):
        return True
    try:
        node = der.read(data)
    except der.DerError:
        return data[:1] == b"\x30" and data[1:2] in _LONG_FORMS
    if node.tag == der.OID:
        return node.end == len(data) and node.end > node.body
    return node.tag == der.SEQUENCE and node.end > node.body


def read_der(data: bytes, context: Context) -> str:
    """Every value in the file; the format is that of the first."""
    at = number = 0
    kind = ""
    while at < len(data):
        number += 1
        if number > 1 and _ONLY_PADDING.match(data, at):
            break
        where = f"value {number}" if at else ""
        try:
            node, after = _next(data, at)
        except der.DerError as error:
            if number > 1:
                context.error("", f"{len(data) - at:,} bytes after the last value are not DER.")
            else:
                add_broken(data, error, "der", context)
            break
        kind = kind or _format(node)
        settings = _settings(node, data, after)
        at = settings.end if settings else after
        with context.part(where):
            if settings:
                _read_trusted(node, settings, "der", context)
            else:
                read_value(node, "der", context)
        if number >= context.limits.pem_blocks:
            context.error("", f"Only the first {number:,} values were read.")
            break
    return kind or "der"


def read_body(block: pem.Block, context: Context) -> None:
    """The one value that a PEM block holds. Raises what its reader raises."""
    body = block.body or b""
    try:
        node, after = _next(body, 0)
    except der.DerError as error:
        add_broken(body, error, "pem", context, because=block.problem)
        return
    if settings := _settings(node, body, after):
        after = settings.end
        _read_trusted(node, settings, "pem", context, block.friendly_name)
    else:
        read_value(node, "pem", context, block.friendly_name)
    left = body[after:].strip(_PADDING)
    if block.problem:
        context.error("", f"{block.problem} What stands before was read.")
    elif left:
        context.error("", f"{len(left):,} bytes after its value were left out.")


def _settings(node: der.Node, data: bytes, after: int) -> der.Node | None:
    """OpenSSL's trust settings, where they stand behind a certificate."""
    if after < len(data) and shape_of(node) is Shape.CERTIFICATE:
        return trust_settings.settings_after(data, after)
    return None


def _read_trusted(
    node: der.Node,
    settings: der.Node,
    container: str,
    context: Context,
    friendly_name: str | None = None,
) -> None:
    before = len(context.items)
    read_value(node, container, context, trust_settings.alias_in(settings) or friendly_name)
    added = context.items[before:]
    if added and isinstance(added[0], CertificateItem):
        facts = added[0].facts
        name = facts.common_name or facts.subject or "a certificate"
        trust_settings.add_settings(settings, name, container, context)


def add_broken(
    data: bytes, error: Exception, container: str, context: Context, *, because: str = ""
) -> None:
    """What is cut short or damaged: said, and shown up to where it breaks unless it is a key.

    because: what is wrong with its armour.
    """
    shape = taken_for(data)
    problem = f"It looks like DER ({shape.value}), but it is damaged: {_break(data, error)}."
    context.error("", f"{because} {problem}".strip())
    _add_other(shape, problem, data, container, context)


def _break(data: bytes, error: Exception) -> str:
    try:
        _, end = der.header(data)
    except der.DerError:
        return reason(error)
    if end > len(data):
        return f"it should have {end:,} bytes, and {len(data):,} are there"
    return reason(error)


def _add_other(
    shape: Shape, problem: str, encoded: bytes, container: str, context: Context
) -> None:
    context.add(
        OtherItem(
            shape.value[:1].upper() + shape.value[1:],
            problem=problem,
            container=container,
            der=b"" if shape.is_secret else encoded,
        )
    )


def _next(data: bytes, at: int) -> tuple[der.Node, int]:
    if data[at : at + 2] == b"\x30\x80":
        converted, end = ber.to_definite(data, at)
        return der.read(converted), end
    node = der.read(data, at)
    # Cut out, so that what reads it sees exactly this value.
    return der.read(node.encoded), node.end


def _format(node: der.Node) -> str:
    shape = shape_of(node)
    if shape is Shape.CMS:
        beyond = node.data.startswith(_CMS_BEYOND_PKCS7, node.body)
        return "cms" if beyond else "pkcs7"
    return _FORMATS.get(shape, "der")


def read_value(
    node: der.Node, container: str, context: Context, friendly_name: str | None = None
) -> None:
    """Whatever the value is, by its structure. Raises what its reader raises.

    What its reader refuses as malformed is added as an ASN.1 structure first, unless it is a key.
    """
    shape = shape_of(node)
    before = len(context.items)
    try:
        _read_shape(shape, node, container, context, friendly_name)
    except (RefusedError, MemoryError):
        raise
    except Exception as error:
        if len(context.items) == before and not shape.is_secret:
            problem = f"It was taken for this, but cannot be read: {reason(error)}"
            _add_other(shape, problem, node.encoded, container, context)
        raise


def _read_shape(
    shape: Shape, node: der.Node, container: str, context: Context, friendly_name: str | None
) -> None:
    if shape is Shape.CERTIFICATE:
        check_certificate_size(node, context.limits)
        facts = read_certificate(node.encoded)
        context.add(CertificateItem(facts, container=container, friendly_name=friendly_name))
    elif shape is Shape.PKCS8:
        read_pkcs8(node, context, friendly_name)
    elif shape is Shape.ENCRYPTED_PKCS8:
        read_encrypted_pkcs8(node, context, friendly_name)
    elif shape in _KEYS:
        _KEYS[shape](node, context)
    elif shape in _READERS:
        _READERS[shape](node, container, context)
    elif shape in _BY_NAME:
        what = shape.value[:1].upper() + shape.value[1:]
        context.add(OtherItem(what, container=container, der=node.encoded))
    else:
        _add_other(
            shape, "It is none of the structures that we know.", node.encoded, container, context
        )


def _read_request(node: der.Node, container: str, context: Context) -> None:
    check_certificate_size(node, context.limits)
    context.add(RequestItem(read_request(node.encoded), container=container))


def _read_crl(node: der.Node, container: str, context: Context) -> None:
    context.add(CrlItem(read_crl(node.encoded), container=container))


def _read_path(node: der.Node, _container: str, context: Context) -> None:
    """RFC 6066, section 10.1, and Java's CertPath encoding: the order is kept."""
    cms.read_sequence(node, "pkipath", context)


def _read_stamp(node: der.Node, container: str, context: Context) -> None:
    token = time_stamp.read_status(node, container, context)
    if token is not None:
        cms.read_cms(token, container, context)


_KEYS: dict[Shape, Callable[[der.Node, Context], None]] = {
    Shape.PKCS12: read_pkcs12,
    Shape.PKCS1: lambda node, context: read_traditional(node, "pkcs1", context),
    Shape.SEC1: lambda node, context: read_traditional(node, "sec1", context),
    Shape.DSA_PRIVATE: lambda node, context: read_traditional(node, "dsa", context),
    Shape.PKCS1_PUBLIC: read_pkcs1_public,
}
_READERS: dict[Shape, Callable[[der.Node, str, Context], None]] = {
    Shape.REQUEST: _read_request,
    Shape.CRL: _read_crl,
    Shape.SPKI: read_spki,
    Shape.PARAMETERS: parameters.read_parameters,
    Shape.CMS: cms.read_cms,
    Shape.PKI_PATH: _read_path,
    Shape.OCSP_REQUEST: ocsp.read_request,
    Shape.OCSP_RESPONSE: ocsp.read_response,
    Shape.BASIC_OCSP: ocsp.read_basic,
    Shape.ATTRIBUTE_CERTIFICATE: attribute_certificate.read_attribute_certificate,
    Shape.SPKAC: spkac.read_spkac,
    Shape.TIME_STAMP_REQUEST: time_stamp.read_time_stamp_request,
    Shape.TIME_STAMP_RESPONSE: _read_stamp,
}
_BY_NAME = frozenset((Shape.CERTIFICATE_REQUEST_MESSAGE, Shape.CMP))
