"""What descriptions read from DER values: strings, times, flags, numbers, in words."""

from collections.abc import Sequence
from datetime import datetime

from mtlsgui.pki import der, values
from mtlsgui.pki.describe.words import colons, count, date_and_time, hex_dump

BOOLEAN = 0x01
CONTEXT = 0x80
CONSTRUCTED = 0x20


def whole(content: bytes) -> der.Node:
    """The one value that `content` is. Raises DerError, also when more comes after it."""
    node = der.read(content)
    if node.end != len(content):
        raise der.DerError(
            f"{count(len(content) - node.end, 'byte')} too many stand after the value"
        )
    return node


def items(node: der.Node) -> list[der.Node]:
    """The values in a SEQUENCE or SET. Raises DerError for anything else."""
    if not node.tag & CONSTRUCTED:
        raise der.DerError("a list was expected")
    return node.children()


def some(node: der.Node, least: int) -> list[der.Node]:
    """The same, when there are at least so many."""
    found = items(node)
    if len(found) < least:
        raise der.DerError("values are missing")
    return found


def tagged(node: der.Node) -> dict[int, der.Node]:
    """The values in a SEQUENCE by the number of their context-specific tag; others are left out."""
    return {child.tag & 0x1F: child for child in items(node) if child.tag & 0xC0 == CONTEXT}


def inner(node: der.Node) -> der.Node:
    """The value that an EXPLICIT tag is put around."""
    return some(node, 1)[0]


def string(node: der.Node) -> str:
    """A character string of any type, or an implicitly tagged one."""
    if node.tag & 0xC0 == CONTEXT:
        return values.text(values.IA5_STRING, node.value)
    return values.text(node.tag, node.value)


def number(node: der.Node) -> int:
    """An INTEGER or ENUMERATED, also an implicitly tagged one."""
    if node.body == node.end:
        raise der.DerError("a number without a value")
    return int.from_bytes(node.value, "big", signed=True)


def flag(node: der.Node) -> bool:
    """A BOOLEAN, also an implicitly tagged one."""
    return node.value not in (b"", b"\0")


def bits(content: bytes, names: Sequence[str]) -> list[str]:
    """The names of the bits that are set in a BIT STRING's content; "bit 9" where there is none."""
    if not content or content[0] > 7:
        raise der.DerError("not a BIT STRING")
    found = [
        at * 8 + bit
        for at, byte in enumerate(content[1:9])
        for bit in range(8)
        if byte & 0x80 >> bit
    ]
    return [names[bit] if bit < len(names) else f"bit {bit}" for bit in found]


def time(node: der.Node) -> datetime:
    """A UTCTime or GeneralizedTime; an implicitly tagged one is a GeneralizedTime."""
    implicit = node.tag & 0xC0 == CONTEXT
    return values.time(values.GENERALIZED_TIME if implicit else node.tag, node.value)


def moment(node: der.Node) -> str:
    """The same, in words."""
    return date_and_time(time(node))


def serial(node: der.Node) -> str:
    """A serial number, in hex."""
    found = number(node)
    return ("-" if found < 0 else "") + colons(f"{abs(found):x}")


def brief(node: der.Node) -> str:
    """Any value in short: text as text, numbers as numbers, the rest as hex."""
    try:
        if node.tag in values.STRING_TYPES:
            return string(node)
        if node.tag in (values.UTC_TIME, values.GENERALIZED_TIME):
            return moment(node)
        if node.tag == der.INTEGER and len(node.value) <= 8:
            return str(node.integer())
        if node.tag == der.OID:
            return node.oid()
        if node.tag == BOOLEAN:
            return "yes" if flag(node) else "no"
    except der.DerError:
        pass
    return hex_dump(node.encoded, most=64)
