"""The names of ASN.1 types, and primitive values in words."""

from collections.abc import Callable

from mtlsgui.pki import oid_names, values
from mtlsgui.pki.der import DerError, decode_oid

MOST_CHARACTERS = 200
_MOST_BYTES = 32
_MOST_DIGITS = 8
"""Bytes of an INTEGER that is shown in decimal as well."""

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 1, 2, 3, 4, 5, 6
ENUMERATED = 10

TYPE_NAMES = {
    0: "End of contents",
    BOOLEAN: "BOOLEAN",
    INTEGER: "INTEGER",
    BIT_STRING: "BIT STRING",
    OCTET_STRING: "OCTET STRING",
    NULL: "NULL",
    OID: "OBJECT IDENTIFIER",
    7: "ObjectDescriptor",
    8: "EXTERNAL",
    9: "REAL",
    ENUMERATED: "ENUMERATED",
    11: "EMBEDDED PDV",
    13: "RELATIVE-OID",
    14: "TIME",
    16: "SEQUENCE",
    17: "SET",
    values.UTC_TIME: "UTCTime",
    values.GENERALIZED_TIME: "GeneralizedTime",
    29: "CHARACTER STRING",
} | values.STRING_TYPES
_CLASSES = ("", "APPLICATION ", "", "PRIVATE ")


def type_name(first: int, number: int) -> str:
    """As in "SEQUENCE", "[0]", "[APPLICATION 3]"."""
    if first >> 6 == 0:
        return TYPE_NAMES.get(number, f"[UNIVERSAL {number}]")
    return f"[{_CLASSES[first >> 6]}{number}]"


def shown(first: int, number: int, content: bytes) -> str:
    """A primitive value in words. Raises DerError, saying why it is none of its type."""
    if first >> 6:
        return _untyped(content)
    if number in values.STRING_TYPES:
        return _quoted(values.text(number, _whole_characters(number, content)), len(content))
    if number in (values.UTC_TIME, values.GENERALIZED_TIME):
        moment = values.time(number, content)
        return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
    return _SHOWN.get(number, dump)(content)


def dump(content: bytes) -> str:
    """As in "20 bytes: 5a 01 …"."""
    if not content:
        return "empty"
    size = "1 byte" if len(content) == 1 else f"{len(content):,} bytes"
    return f"{size}: {_beginning(content)}"


def bits(content: bytes) -> str:
    """A BIT STRING: short ones bit by bit, as they are flags."""
    if not content or content[0] > 7 or (content[0] and len(content) == 1):
        raise DerError("not a BIT STRING")
    count = (len(content) - 1) * 8 - content[0]
    size = "1 bit" if count == 1 else f"{count:,} bits"
    if 0 < count <= 16:
        return f"{size}: {int.from_bytes(content[1:], 'big') >> content[0]:0{count}b}"
    return f"{size}: {_beginning(content[1:])}" if count else size


def _boolean(content: bytes) -> str:
    if len(content) != 1:
        raise DerError("not a BOOLEAN")
    if content[0] in (0, 0xFF):
        return "TRUE" if content[0] else "FALSE"
    return f"TRUE (written {content[0]:#04x}, which DER forbids)"


def _integer(content: bytes) -> str:
    if not content:
        raise DerError("an INTEGER without a value")
    if len(content) <= _MOST_DIGITS:
        number = int.from_bytes(content, "big", signed=True)
        return f"{number}" if -10 < number < 10 else f"{number} ({number:#x})"
    return f"{len(content) * 8 - _leading_zeros(content):,} bits: {_beginning(content)}"


def _leading_zeros(content: bytes) -> int:
    zeros = len(content) - len(content.lstrip(b"\0"))
    return zeros * 8 + (8 - content[zeros].bit_length() if zeros < len(content) else 0)


def _null(content: bytes) -> str:
    if content:
        raise DerError("a NULL that has a value")
    return ""


def _oid(content: bytes) -> str:
    dotted = decode_oid(content)
    name = oid_names.oid_name(dotted)
    return f"{dotted} {name}" if name else dotted


_SHOWN: dict[int, Callable[[bytes], str]] = {
    BOOLEAN: _boolean,
    INTEGER: _integer,
    ENUMERATED: _integer,
    BIT_STRING: bits,
    NULL: _null,
    OID: _oid,
}


def _beginning(content: bytes) -> str:
    more = " …" if len(content) > _MOST_BYTES else ""
    return content[:_MOST_BYTES].hex(" ") + more


def _untyped(content: bytes) -> str:
    """What only a schema could tell the type of: text where it looks like text."""
    if len(content) > 1 and all(32 <= byte < 127 for byte in content[:MOST_CHARACTERS]):
        return _quoted(content[:MOST_CHARACTERS].decode("ascii"), len(content))
    return dump(content)


def _whole_characters(number: int, content: bytes) -> bytes:
    """The beginning of a long string, cut where a character ends."""
    cut = content[: MOST_CHARACTERS * 4]
    if number == values.UTF8_STRING and len(cut) < len(content):
        while cut and content[len(cut)] & 0xC0 == 0x80:
            cut = cut[:-1]
    return cut


def _quoted(text: str, size: int) -> str:
    if not text.isprintable():
        text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    if len(text) > MOST_CHARACTERS or size > MOST_CHARACTERS * 4:
        return f'"{text[:MOST_CHARACTERS]}…" ({size:,} bytes)'
    return f'"{text}"'
