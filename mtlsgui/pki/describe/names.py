"""Names in words: distinguished names and general names (RFC 5280, sections 4.1.2.4, 4.2.1.6)."""

from collections.abc import Iterable

from cryptography import x509

from mtlsgui.pki import oids
from mtlsgui.pki.describe.tree import Field
from mtlsgui.pki.describe.words import hex_dump

_PREFIXES: dict[type[x509.GeneralName], str] = {
    x509.DNSName: "DNS",
    x509.IPAddress: "IP",
    x509.RFC822Name: "E-mail",
    x509.UniformResourceIdentifier: "URI",
    x509.DirectoryName: "Name",
    x509.RegisteredID: "Registered ID",
    x509.OtherName: "Other name",
}
_OTHER_NAMES = {
    "1.3.6.1.4.1.311.20.2.3": "user principal name",
    "1.3.6.1.5.2.2": "Kerberos principal",
    "1.3.6.1.5.5.7.8.9": "internationalised e-mail address",
}


def distinguished_name(label: str, name: x509.Name) -> Field:
    """The whole in RFC 4514 form, each attribute under it in words."""
    children = tuple(
        Field(
            oids.NAME_ATTRIBUTES.get(attribute.oid.dotted_string, attribute.oid.dotted_string),
            attribute.value if isinstance(attribute.value, str) else hex_dump(attribute.value),
            oid=attribute.oid.dotted_string,
        )
        for attribute in name
    )
    return Field(label, name.rfc4514_string() or "(empty)", kind="name", children=children)


def general_name(name: x509.GeneralName) -> str:
    """As in "DNS api.example", "IP 10.0.0.1", "URI spiffe://…"."""
    prefix = _PREFIXES.get(type(name), type(name).__name__)
    if isinstance(name, x509.DirectoryName):
        value = name.value.rfc4514_string()
    elif isinstance(name, x509.RegisteredID):
        value = name.value.dotted_string
    elif isinstance(name, x509.OtherName):
        kind = name.type_id.dotted_string
        value = f"{_OTHER_NAMES.get(kind, kind)}: {_readable(name.value)}"
    else:
        value = str(name.value)
    return f"{prefix} {value}"


def _readable(encoded: bytes) -> str:
    """The text of a short UTF8String or IA5String, else hex."""
    if len(encoded) > 2 and encoded[0] in (0x0C, 0x16, 0x13) and encoded[1] == len(encoded) - 2:
        text = encoded[2:].decode("utf-8", "replace")
        if text.isprintable():
            return text
    return encoded.hex()


def general_names(names: Iterable[x509.GeneralName]) -> str:
    """One a line."""
    return "\n".join(general_name(name) for name in names)
