"""Every extension in words, with its OID and criticality. What cannot be decoded is shown raw.

A family of extensions is a module, which has a table from OIDs to what puts them in words.
"""

from mtlsgui.pki import der, oids
from mtlsgui.pki.asn1.outline import outline
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions import (
    lists,
    microsoft,
    names,
    netscape,
    points,
    policies,
    qualified,
    transparency,
    usages,
    various,
)
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown
from mtlsgui.pki.describe.tree import Field
from mtlsgui.pki.describe.words import clipped, hex_dump
from mtlsgui.pki.extensions import reason
from mtlsgui.pki.oid_names import oid_name

_FAMILIES = (
    usages,
    names,
    policies,
    points,
    transparency,
    qualified,
    microsoft,
    netscape,
    various,
    lists,
)
_DECODERS: dict[str, Decoder] = {
    oid: decoder for family in _FAMILIES for oid, decoder in family.DECODERS.items()
}
_MOST_CHARACTERS = 300_000
"""Of an extension in words: a thousand names and some."""
MOST_EXTENSIONS = 200
"""That are described one by one; no real certificate has more than thirty."""


def describe_extension(oid: str, critical: bool | None, value: bytes) -> Field:
    """One extension as a field; never raises for what is inside it.

    value: the content of its OCTET STRING. critical: None where that is not asked.
    """
    label = oids.EXTENSIONS.get(oid, "")
    decoder = _DECODERS.get(oid)
    if decoder is None:
        return _unknown(label, oid, critical, value)
    try:
        shown = decoder(parts.whole(value))
    except Exception as error:  # whatever is malformed in it is what we report
        note = f"It cannot be decoded: {reason(error)}"
        return Field(
            label, _raw(value), oid=oid, critical=critical, note=note, monospace=True, kind="hex"
        )
    if isinstance(shown, str):
        shown = Shown(shown)
    return Field(
        label,
        clipped(shown.value, _MOST_CHARACTERS) or "(empty)",
        oid=oid,
        critical=critical,
        note=shown.note,
        monospace=shown.kind == "digest",
        kind=shown.kind,
        children=shown.children,
    )


def describe_extensions(extensions: der.Node) -> tuple[Field, ...]:
    """All in a SEQUENCE OF Extension, in their order; of a great many only the first.

    Raises DerError when it is no such sequence.
    """
    listed = parts.items(extensions)
    found = [_describe(extension) for extension in listed[:MOST_EXTENSIONS]]
    if len(listed) > MOST_EXTENSIONS:
        found.append(Field("", f"… and {len(listed) - MOST_EXTENSIONS:,} extensions more"))
    return tuple(found)


def _describe(extension: der.Node) -> Field:
    """One Extension (RFC 5280, section 4.1): its OID, whether it is critical, its value."""
    try:
        oid, *critical, value = parts.some(extension, 2)
        if value.tag != der.OCTET_STRING:
            raise der.DerError("an extension without a value")
        return describe_extension(oid.oid(), any(map(parts.flag, critical)), value.value)
    except der.DerError as error:
        note = f"It cannot be decoded: {error}"
        raw = _raw(extension.encoded)
        return Field("Malformed extension", raw, note=note, monospace=True, kind="hex")


def _unknown(label: str, oid: str, critical: bool | None, value: bytes) -> Field:
    """One that nothing here decodes: its ASN.1 in short, and its bytes."""
    label = label or oid_name(oid) or "Unknown extension"
    structure = outline(value) or _text(value)
    if not structure:
        return Field(label, _raw(value), oid=oid, critical=critical, monospace=True, kind="hex")
    dump = Field("Bytes", _raw(value), monospace=True, kind="hex")
    return Field(label, structure, oid=oid, critical=critical, children=(dump,))


def _text(value: bytes) -> str:
    """What is no ASN.1 but text, as some write it."""
    if len(value) > 3 and value.isascii() and value.decode("ascii").isprintable():
        return value.decode("ascii")
    return ""


def _raw(value: bytes) -> str:
    return hex_dump(value) or "(empty)"
