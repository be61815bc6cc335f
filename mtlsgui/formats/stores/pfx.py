"""The structure of PKCS#12 (RFC 7292): safes, the bags in them and the integrity code.

Nothing is decrypted here. Lengths may be indefinite and strings in pieces, as BER allows: old
Windows and Java tools write it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from mtlsgui.formats import ber
from mtlsgui.pki import der

_DATA = "1.2.840.113549.1.7.1"
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_ENCRYPTED_DATA = "1.2.840.113549.1.7.6"

_BAGS = "1.2.840.113549.1.12.10.1."
KEY, SHROUDED_KEY, CERTIFICATE, CRL, SECRET, _SAFE_CONTENTS = (
    f"{_BAGS}{number}" for number in range(1, 7)
)
X509_CERTIFICATE = "1.2.840.113549.1.9.22.1"
X509_CRL = "1.2.840.113549.1.9.23.1"

_FRIENDLY_NAME = "1.2.840.113549.1.9.20"
_LOCAL_KEY_ID = "1.2.840.113549.1.9.21"
_MICROSOFT_PROVIDER = "1.3.6.1.4.1.311.17.1"
_JAVA_TRUSTED = "2.16.840.1.113894.746875.1.1"

_DEEPEST = 16
_CONSTRUCTED = 0x20
_BMP_STRING, _UTF8_STRING = 0x1E, 0x0C


@dataclass(frozen=True, slots=True)
class Bag:
    """One thing in a safe.

    kind: its object identifier; empty for one whose structure is broken: `problem` says how.
    place: for people: "bag 2 of part 1".
    value: what is in it, still encoded, and encrypted if it is a shrouded key.
    provider: what Windows calls the software that held the key. trusted: Java's mark.
    """

    kind: str
    place: str
    value: der.Node = field(repr=False)
    friendly_name: str | None = None
    local_key_id: bytes = b""
    provider: str = ""
    trusted: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PlainSafe:
    """Bags that are not encrypted together."""

    contents: der.Node = field(repr=False)


@dataclass(frozen=True, slots=True)
class EncryptedSafe:
    """Bags that are encrypted together under the password."""

    algorithm: der.Node = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OtherSafe:
    """A part whose kind of content is not for us. what: for people."""

    what: str


Safe: TypeAlias = PlainSafe | EncryptedSafe | OtherSafe


@dataclass(frozen=True, slots=True)
class IntegrityCode:
    """MacData (RFC 7292, section 4). rounds: those of PKCS#12's own derivation."""

    algorithm: der.Node = field(repr=False)
    digest: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    rounds: int


@dataclass(frozen=True, slots=True)
class Pfx:
    """A PKCS#12 file. content: the octets that the integrity code is over."""

    content: bytes = field(repr=False)
    code: IntegrityCode | None
    signed: bool


def read_pfx(node: der.Node) -> Pfx:
    """The outermost structure. Raises DerError."""
    parts = _children(node, 2)
    kind, content = _children(parts[1], 2)[:2]
    inner = _children(content, 1)[0]
    signed = kind.oid() == _SIGNED_DATA
    if signed:
        encapsulated = _children(_children(inner, 3)[2], 2)
        kind, inner = encapsulated[0], _children(encapsulated[1], 1)[0]
    if kind.oid() != _DATA:
        raise der.DerError("what it holds is not data")
    code = _integrity_code(parts[2]) if len(parts) > 2 else None
    return Pfx(_octets(inner), code, signed)


def read_safes(content: bytes) -> list[Safe]:
    """The parts of a file's content. Raises DerError."""
    return [_safe(safe) for safe in _definite(content).children()]


def read_bags(contents: der.Node, part: int) -> Iterator[Bag]:
    """The bags of one part, those in bags within it too. part: its number, for the place.

    Raises DerError where it is no sequence of bags.
    """
    yield from _bags(contents, f"part {part}", depth=0)


def safe_contents(data: bytes) -> der.Node:
    """The structure of bags in decrypted octets. Raises DerError when they are none."""
    contents = _definite(data)
    if {contents.tag, *(bag.tag for bag in contents.children())} != {der.SEQUENCE}:
        raise der.DerError("not a sequence of bags")
    return contents


def typed_value(bag: Bag) -> tuple[str, der.Node]:
    """What kind of certificate, CRL or secret is in a bag, and its value. Raises DerError."""
    kind, value = _children(bag.value, 2)[:2]
    return kind.oid(), _children(value, 1)[0]


def octets(node: der.Node) -> bytes:
    """An OCTET STRING's value, in one piece or several. Raises DerError."""
    return _octets(node)


def _safe(node: der.Node) -> Safe:
    kind, *rest = _children(node, 1)
    if not rest:
        return OtherSafe("a part without content")
    inner = _children(rest[0], 1)[0]
    if kind.oid() == _DATA:
        return PlainSafe(_definite(_octets(inner)))
    if kind.oid() == _ENCRYPTED_DATA:
        information = _children(_children(inner, 2)[1], 3)
        return EncryptedSafe(information[1], _octets(information[2]))
    return OtherSafe("contents that are encrypted to a certificate instead of a password")


def _bags(contents: der.Node, place: str, depth: int) -> Iterator[Bag]:
    for number, node in enumerate(contents.children(), 1):
        here = f"bag {number} of {place}"
        try:
            kind, value, *attributes = _children(node, 2)
            bag = _attributed(Bag(kind.oid(), here, _children(value, 1)[0]), attributes)
            if bag.kind == _SAFE_CONTENTS and depth == _DEEPEST:
                raise der.DerError("its bags are nested too deep")
        except der.DerError as error:
            yield Bag("", here, node, problem=str(error))
            continue
        if bag.kind == _SAFE_CONTENTS:
            yield from _bags(bag.value, here, depth + 1)
        else:
            yield bag


def _attributed(bag: Bag, attributes: list[der.Node]) -> Bag:
    found: dict[str, der.Node] = {}
    for attribute in attributes[0].children() if attributes else ():
        kind, values = _children(attribute, 2)[:2]
        first = values.children()[:1]
        if first:
            found.setdefault(kind.oid(), first[0])
    key_id = found.get(_LOCAL_KEY_ID)
    return Bag(
        bag.kind,
        bag.place,
        bag.value,
        _text(found.get(_FRIENDLY_NAME)) or None,
        key_id.value if key_id else b"",
        _text(found.get(_MICROSOFT_PROVIDER)),
        _JAVA_TRUSTED in found,
    )


def _integrity_code(node: der.Node) -> IntegrityCode:
    information, salt, *rest = _children(node, 2)
    algorithm, digest = _children(information, 2)[:2]
    rounds = rest[0].integer() if rest else 1
    if rounds < 1:
        raise der.DerError("its integrity code has no rounds")
    return IntegrityCode(algorithm, _octets(digest), _octets(salt), rounds)


def _text(node: der.Node | None) -> str:
    if node is None:
        return ""
    if node.tag == _BMP_STRING:
        return node.value.decode("utf-16-be", "replace").rstrip("\0")
    return node.value.decode("utf-8" if node.tag == _UTF8_STRING else "latin-1", "replace")


def _children(node: der.Node, least: int) -> list[der.Node]:
    if not node.tag & _CONSTRUCTED:
        raise der.DerError("a value stands where a structure belongs")
    parts = node.children()
    if len(parts) < least:
        raise der.DerError("something is missing in its structure")
    return parts


def _definite(data: bytes) -> der.Node:
    if ber.is_indefinite(data):
        data = ber.to_definite(data)[0]
    return der.read(data)


def _octets(node: der.Node, depth: int = 0) -> bytes:
    """Of any tag: within a structure the tag may be implicit."""
    if not node.tag & _CONSTRUCTED:
        return node.value
    if depth > _DEEPEST:
        raise der.DerError("a string in pieces is nested too deep")
    return b"".join(_octets(piece, depth + 1) for piece in node.children())
