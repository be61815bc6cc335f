"""Attribute certificates (RFC 5755, and version 1 of X.509 (1997)), by structure."""

from collections.abc import Callable, Iterator

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.limits import check_certificate_size
from mtlsgui.formats.messages import wording
from mtlsgui.pki import der, values
from mtlsgui.pki.describe.tree import Description, Field, Section

_BASE, _NAMES, _DIGEST = 0xA0, 0xA1, 0xA2
_ATTRIBUTES = {
    "2.5.4.72": "Role",
    "2.5.1.5.55": "Clearance",
    "1.3.6.1.5.5.7.10.1": "Authentication information",
    "1.3.6.1.5.5.7.10.2": "Access identity",
    "1.3.6.1.5.5.7.10.3": "Charging identity",
    "1.3.6.1.5.5.7.10.4": "Group",
    "2.23.133.2.16": "TPM specification",
    "2.23.133.2.23": "TPM security assertions",
    "2.23.133.5.1.1": "Platform configuration",
    "2.23.133.5.1.7.1": "Platform configuration",
    "2.23.133.5.1.7.2": "Platform configuration",
}


def read_attribute_certificate(node: der.Node, container: str, context: Context) -> None:
    """An AttributeCertificate; a field that does not decode does not hide the others."""
    check_certificate_size(node, context.limits)
    parts = node.children()
    fields = wording.at(parts, 0).children()
    sections = []
    if fields[0].tag == der.INTEGER:
        del fields[0]
    holder, issuer, _, serial, validity, attributes, *rest = fields
    if holder.tag == der.SEQUENCE:  # version 2: the choice stands one level deeper
        sections.append(Section("Holder", _fields("Holder", lambda: _holder(holder.children()))))
    else:
        sections.append(Section("Holder", _fields("Holder", lambda: _holder([holder]))))
    sections += [
        Section("Issuer", _fields("Issuer", lambda: _issuer(issuer))),
        Section("Validity", _fields("Validity", lambda: _validity(validity))),
        Section("Attributes", _fields("Attributes", lambda: _attributes(attributes))),
    ]
    last = [wording.serial("Serial number", serial)]
    if len(parts) > 1:
        last.append(wording.algorithm("Signature algorithm", parts[1]))
    for part in rest:
        if part.tag == der.SEQUENCE:
            last += wording.extensions("Extensions", part)
    sections.append(Section("Attribute certificate", tuple(last)))
    context.add(
        OtherItem(
            "Attribute certificate",
            container=container,
            description=Description(
                "Attribute certificate", "What a holder may do or be", tuple(sections)
            ),
            der=node.encoded,
        )
    )


def _fields(label: str, read: Callable[[], Iterator[Field]]) -> tuple[Field, ...]:
    try:
        return tuple(read())
    except (ValueError, IndexError) as error:
        return (Field(label, wording.UNREADABLE, note=str(error), kind="problem"),)


def _holder(parts: list[der.Node]) -> Iterator[Field]:
    """By certificate, by name, or by the digest of an object (RFC 5755, section 4.2.2)."""
    for part in parts:
        if part.tag == _BASE:
            names, serial = part.children()[:2]
            yield wording.general_names("Issuer of the holder's certificate", names)
            yield wording.serial("Serial number", serial)
        elif part.tag == _NAMES:
            inner = part.children()
            wrapped = len(inner) == 1 and inner[0].tag == der.SEQUENCE  # as version 1 has it
            yield wording.general_names("Name", inner[0] if wrapped else part)
        elif part.tag == _DIGEST:
            digest = part.children()[-1]
            yield wording.octets("Digest of an object", digest.value[1:])


def _issuer(node: der.Node) -> Iterator[Field]:
    if node.tag == der.SEQUENCE:  # the names alone
        yield wording.general_names("Issuer", node)
        return
    for part in node.children():  # V2Form
        if part.tag == der.SEQUENCE:
            yield wording.general_names("Issuer", part)
        elif part.tag == _BASE:
            names, serial = part.children()[:2]
            yield wording.general_names("Issuer of the issuer's certificate", names)
            yield wording.serial("Serial number of the issuer's certificate", serial)


def _validity(node: der.Node) -> Iterator[Field]:
    start, end = node.children()[:2]
    yield wording.moment("Not before", start)
    yield wording.moment("Not after", end)


def _attributes(node: der.Node) -> Iterator[Field]:
    for attribute in node.children():
        kind, found = attribute.children()[:2]
        oid = kind.oid()
        label = _ATTRIBUTES.get(oid) or wording.oid_words(oid)
        yield Field(label, "\n".join(_value(each) for each in found.children()), oid=oid)


def _value(node: der.Node) -> str:
    """A string or an OID anywhere inside; else the size."""
    texts = [*_texts(node, 0)]
    return ", ".join(texts) if texts else f"{node.end - node.start} bytes"


_DEEPEST = 6
_CONSTRUCTED = 0x20


def _texts(node: der.Node, depth: int) -> Iterator[str]:
    if node.tag == der.OID:
        yield wording.oid_words(node.oid())
    elif node.tag in values.STRING_TYPES:
        yield values.text(node.tag, node.value)
    elif node.tag in (0x81, 0x82, 0x86):  # e-mail, DNS and URI within general names
        yield values.text(values.IA5_STRING, node.value)
    elif node.tag == der.OCTET_STRING:
        yield node.value.decode("ascii") if node.value.isascii() else node.value.hex()
    elif node.tag & _CONSTRUCTED and depth < _DEEPEST:
        for part in node.children():
            yield from _texts(part, depth + 1)
