"""Distinguished names (X.501), read from their bytes whatever string types they use.

`cryptography` refuses a whole name for one odd attribute. Here each attribute is read by itself:
one whose bytes are not of the type that they claim is read as Latin-1, one that is no string at
all is shown as the hex of its encoding, as RFC 4514 (section 2.4) has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtlsgui.pki import der, values

COMMON_NAME = "2.5.4.3"
ORGANIZATION = "2.5.4.10"

_SHORT_NAMES = {
    "2.5.4.3": "CN",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.6": "C",
    "2.5.4.9": "STREET",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.1": "UID",
}
"""The attribute types that RFC 4514, section 3, gives names to; others stand as dotted OIDs."""

_ESCAPED = str.maketrans(
    {"\0": "\\00", **{character: "\\" + character for character in '\\"+,;<>'}}
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a name.

    oid: its type, dotted.
    value: its text; None for what is no string.
    tag: of its value.
    encoded: its value, tag and length included.
    problem: why the text is in doubt; empty when it is not.
    """

    oid: str
    value: str | None
    tag: int
    encoded: bytes
    problem: str = ""

    def rfc4514(self) -> str:
        """As in "CN=api.example"."""
        name = _SHORT_NAMES.get(self.oid, self.oid)
        text = "#" + self.encoded.hex() if self.value is None else escape(self.value)
        return f"{name}={text}"

    @property
    def string_type(self) -> str:
        """The name of its ASN.1 type; empty for what is no string."""
        return values.STRING_TYPES.get(self.tag, "")


@dataclass(frozen=True, slots=True)
class DistinguishedName:
    """A name as it stands in the file: a sequence of sets, most of which hold one attribute."""

    rdns: tuple[tuple[Attribute, ...], ...]

    def __iter__(self) -> Iterator[Attribute]:
        return (attribute for rdn in self.rdns for attribute in rdn)

    def rfc4514(self) -> str:
        """The text form: the last set first; "" for an empty name."""
        return ",".join(
            "+".join(attribute.rfc4514() for attribute in rdn) for rdn in reversed(self.rdns)
        )

    def last(self, oid: str) -> str | None:
        """The last attribute of a type that is text: the most specific where there are several."""
        found = None
        for attribute in self:
            if attribute.oid == oid and attribute.value is not None:
                found = attribute.value
        return found

    @property
    def problem(self) -> str:
        """What is in doubt in it; empty when nothing is."""
        return "; ".join(
            f"{_SHORT_NAMES.get(attribute.oid, attribute.oid)}: {attribute.problem}"
            for attribute in self
            if attribute.problem
        )


def escape(text: str) -> str:
    """An attribute's value in RFC 4514 form (section 2.4)."""
    if not text:
        return ""
    if not text.isalnum():
        text = text.translate(_ESCAPED)
    if text[0] == "#" or (text[0] == " " and len(text) > 1):
        text = "\\" + text
    if text[-1] == " ":
        text = text[:-1] + "\\ "
    return text


def read_name(node: der.Node) -> DistinguishedName:
    """A Name (RFC 5280, section 4.1.2.4). Raises DerError when its structure is malformed."""
    if node.tag != der.SEQUENCE:
        raise der.DerError("a name that is not a SEQUENCE")
    if node.end - node.start <= _SHORT:
        return _read_short(node.encoded)
    return _read(node)


_SHORT = 512
"""Bytes of a name that is worth remembering: a heap of certificates has few issuers."""


@lru_cache(maxsize=256)
def _read_short(encoded: bytes) -> DistinguishedName:
    return _read(der.read(encoded))


def _read(node: der.Node) -> DistinguishedName:
    return DistinguishedName(
        tuple(
            tuple(_attribute(attribute) for attribute in rdn.children()) for rdn in node.children()
        )
    )


def _attribute(node: der.Node) -> Attribute:
    parts = node.children()
    if len(parts) != 2:
        raise der.DerError("an attribute that is not a type and a value")
    kind, value = parts
    if value.tag not in values.STRING_TYPES:
        return Attribute(kind.oid(), None, value.tag, value.encoded)
    content = value.value
    try:
        return Attribute(kind.oid(), values.text(value.tag, content), value.tag, value.encoded)
    except der.DerError as error:
        latin = content.decode("latin-1")
        return Attribute(kind.oid(), latin, value.tag, value.encoded, str(error))
