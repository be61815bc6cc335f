"""Names in words: distinguished names and general names (RFC 5280, sections 4.1.2.4, 4.2.1.6)."""

import ipaddress
from collections.abc import Callable, Iterable
from uuid import UUID

from mtlsgui.pki import der, oids, values, x501
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.tree import Field
from mtlsgui.pki.describe.words import clipped, hex_dump
from mtlsgui.pki.oid_names import oid_name, with_name

_USUAL_STRINGS = (values.UTF8_STRING, values.PRINTABLE_STRING, values.IA5_STRING)
_MOST_CHARACTERS = 4_000
"""Of a name that are shown: real ones have a few dozen."""
_UNREADABLE = "(cannot be read)"
_SID_URI = "tag:microsoft.com,2022-09-14:sid:"


def name_field(label: str, node: der.Node) -> Field:
    """A distinguished name: the whole in RFC 4514 form, each attribute under it in words.

    Or why it cannot be read.
    """
    try:
        name = x501.read_name(node)
        children = tuple(_attribute(attribute) for attribute in name)
        value = clipped(name.rfc4514(), _MOST_CHARACTERS) or "(empty)"
    except der.DerError as error:
        return Field(label, _UNREADABLE, note=str(error), kind="problem")
    return Field(label, value, note=name.problem, kind="name", children=children)


def _attribute(attribute: x501.Attribute) -> Field:
    known = oids.NAME_ATTRIBUTES.get(attribute.oid) or oid_name(attribute.oid) or attribute.oid
    if attribute.value is None:
        value = hex_dump(attribute.encoded)
        return Field(known, value, oid=attribute.oid, note="Not a string", monospace=True)
    note = attribute.problem
    if not note and attribute.tag not in _USUAL_STRINGS:
        note = f"A {attribute.string_type}"
    return Field(known, clipped(attribute.value, _MOST_CHARACTERS), oid=attribute.oid, note=note)


def distinguished(node: der.Node) -> str:
    """A distinguished name in RFC 4514 form."""
    return x501.read_name(node).rfc4514() or "(empty)"


def general_name(node: der.Node) -> str:
    """As in "DNS api.example", "IP 10.0.0.1", "URI https://…"; the hex of what cannot be read."""
    kind, read = _KINDS.get(node.tag, (f"Name of kind {node.tag & 0x1F}", _hex))
    try:
        value = read(node)
    except (ValueError, LookupError) as error:
        why = str(error) if isinstance(error, ValueError) else "a part of it is missing"
        return f"{kind} {node.value.hex(' ')} ({why})"
    if node.tag == _URI and value.lower().startswith("spiffe://"):
        return f"SPIFFE ID {value}"
    if node.tag == _URI and value.startswith(_SID_URI):
        return f"URI {value} (Microsoft security identifier)"
    return f"{kind} {value}" if value else f"{kind} (empty)"


def bare_name(node: der.Node) -> str:
    """A general name, without saying "URI" of one that anybody sees to be an address."""
    return general_name(node).removeprefix("URI ")


def general_names(nodes: Iterable[der.Node]) -> str:
    """One a line."""
    return "\n".join(general_name(node) for node in nodes)


def _hex(node: der.Node) -> str:
    return node.value.hex(" ")


def _address(node: der.Node) -> str:
    content = node.value
    if len(content) in (4, 16):
        return str(ipaddress.ip_address(content))
    half = len(content) // 2
    if half not in (4, 16) or len(content) % 2:
        raise der.DerError(f"an address of {len(content)} bytes")
    address, mask = content[:half], int.from_bytes(content[half:], "big")
    ones = mask.bit_count()
    if mask == ((1 << ones) - 1) << (half * 8 - ones):
        return f"{ipaddress.ip_address(address)}/{ones}"
    return f"{ipaddress.ip_address(address)} under the mask {ipaddress.ip_address(content[half:])}"


def _other_name(node: der.Node) -> str:
    kind, value = parts.some(node, 2)
    oid = kind.oid()
    held = parts.inner(value)
    if oid in _OTHER_NAMES:
        name, read = _OTHER_NAMES[oid]
        return f"{name}: {read(held)}"
    return f"{with_name(oid)}: {parts.brief(held)}"


def _kerberos(node: der.Node) -> str:
    """KRB5PrincipalName (RFC 4556, section 3.2.2)."""
    found = parts.tagged(node)
    realm = parts.string(parts.inner(found[0]))
    components = parts.tagged(parts.inner(found[1]))[1]
    return "/".join(parts.string(part) for part in parts.inner(components).children()) + f"@{realm}"


def _hardware(node: der.Node) -> str:
    """HardwareModuleName (RFC 4108, section 5)."""
    kind, number = parts.some(node, 2)
    return f"type {kind.oid()}, serial number {number.value.hex(' ')}"


def _permanent(node: der.Node) -> str:
    """PermanentIdentifier (RFC 4043): a value, who gave it, or both."""
    words = []
    for part in parts.items(node):
        if part.tag == der.OID:
            words.append(f"assigned by {with_name(part.oid())}")
        else:
            words.insert(0, parts.string(part))
    return ", ".join(words) or "(empty)"


def _guid(node: der.Node) -> str:
    return str(UUID(bytes_le=node.value)) if len(node.value) == 16 else node.value.hex(" ")


_URI = 0x86
_KINDS: dict[int, tuple[str, Callable[[der.Node], str]]] = {
    0xA0: ("Other name,", _other_name),
    0x81: ("E-mail", parts.string),
    0x82: ("DNS", parts.string),
    0xA3: ("X.400 address", _hex),
    0xA4: ("Name", lambda node: distinguished(parts.inner(node))),
    0xA5: ("EDI party name", _hex),
    _URI: ("URI", parts.string),
    0x87: ("IP", _address),
    0x88: ("Registered ID", lambda node: with_name(der.decode_oid(node.value))),
}
_OTHER_NAMES: dict[str, tuple[str, Callable[[der.Node], str]]] = {
    "1.3.6.1.4.1.311.20.2.3": ("user principal name", parts.string),
    "1.3.6.1.4.1.311.25.1": ("domain controller's GUID", _guid),
    "1.3.6.1.4.1.311.25.2.1": (
        "security identifier",
        lambda node: node.value.decode("ascii", "replace"),
    ),
    "1.3.6.1.5.2.2": ("Kerberos principal", _kerberos),
    "1.3.6.1.5.5.7.8.3": ("permanent identifier", _permanent),
    "1.3.6.1.5.5.7.8.4": ("hardware module", _hardware),
    "1.3.6.1.5.5.7.8.5": ("XMPP address", parts.string),
    "1.3.6.1.5.5.7.8.7": ("service (SRV)", parts.string),
    "1.3.6.1.5.5.7.8.8": ("network access realm", parts.string),
    "1.3.6.1.5.5.7.8.9": ("internationalised e-mail address", parts.string),
    "1.3.6.1.5.5.7.8.11": ("bundle endpoint", parts.string),
}
