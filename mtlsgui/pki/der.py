"""A small reader of DER and BER structure: where each value starts and ends, and nothing more.

It is used where a structure must be looked at before `cryptography` is let near it (how many
key-derivation rounds does this file ask for?), where `cryptography` gives no access (the exact
bytes of a name), and to write the few fixed structures we need. X.690 is the source of all of it.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
NULL = 0x05
OID = 0x06
SEQUENCE = 0x30
SET = 0x31

MOST_CHILDREN = 100_000
_LONG_FORM = 0x80
_HIGH_TAG = 0x1F
_new = tuple.__new__  # what a named tuple's own constructor calls, by a detour


class DerError(ValueError):
    """The bytes are not the structure that was looked for."""


class Node(NamedTuple):
    """One tag-length-value: `data[start:end]` is all of it, `data[body:end]` its value.

    A tuple, since files of ten thousand certificates make a million of them.
    """

    data: bytes
    tag: int
    start: int
    body: int
    end: int

    def __repr__(self) -> str:
        return f"Node(tag=0x{self.tag:02x}, start={self.start}, body={self.body}, end={self.end})"

    @property
    def value(self) -> bytes:
        return self.data[self.body : self.end]

    @property
    def encoded(self) -> bytes:
        return self.data[self.start : self.end]

    def children(self, first: int = 0) -> list["Node"]:
        """The values directly inside it. Raises DerError when they do not fit.

        first: no more than so many of them, where it is not 0. Above MOST_CHILDREN it refuses: no
        structure of ours has so many, and millions of empty values would take all memory.
        """
        data, at, end = self.data, self.body, self.end
        found: list[Node] = []
        while at < end:
            # One byte of tag, one of length: nearly every value, so without a call.
            if (
                at + 2 <= end
                and (length := data[at + 1]) < _LONG_FORM
                and (tag := data[at]) & _HIGH_TAG != _HIGH_TAG
                and at + 2 + length <= end
            ):
                node = _new(Node, (data, tag, at, at + 2, at + 2 + length))
            else:
                node = read(data, at, end)
            found.append(node)
            if len(found) == first:
                break
            if len(found) > MOST_CHILDREN:
                raise DerError("too many values")
            at = node.end
        return found

    def integer(self) -> int:
        """Its value as a number. Raises DerError for anything but an INTEGER."""
        if self.tag != INTEGER or self.body == self.end:
            raise DerError("not an INTEGER")
        return int.from_bytes(self.value, "big", signed=True)

    def oid(self) -> str:
        """Its value as a dotted object identifier. Raises DerError for anything else."""
        if self.tag != OID:
            raise DerError("not an OBJECT IDENTIFIER")
        return decode_oid(self.value)


def read(data: bytes, start: int = 0, end: int | None = None) -> Node:
    """The one value that starts at `start`. Raises DerError if it is cut short or indefinite."""
    stop = len(data) if end is None else end
    if start + 2 <= stop and data[start + 1] < _LONG_FORM and data[start] & _HIGH_TAG != _HIGH_TAG:
        body, last = start + 2, start + 2 + data[start + 1]
    else:
        body, last = header(data, start, stop)
    if last > stop:
        raise DerError("cut short")
    return _new(Node, (data, data[start], start, body, last))


def header(data: bytes, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Where the content of the value at `start` begins, and where it claims to end.

    Raises DerError when tag and length are not all there, or indefinite.
    """
    stop = len(data) if end is None else end
    if start + 2 > stop:
        raise DerError("cut short")
    if data[start] & _HIGH_TAG == _HIGH_TAG:
        raise DerError("a tag number above 30")
    length = data[start + 1]
    body = start + 2
    if length >= _LONG_FORM:
        count = length & 0x7F
        if count == 0:
            raise DerError("indefinite length (BER, not DER)")
        if count > 8 or body + count > stop:
            raise DerError("cut short")
        length = int.from_bytes(data[body : body + count], "big")
        body += count
    return body, body + length


def count(data: bytes, start: int, end: int) -> int:
    """How many values stand from `start` to `end`, without an object for each.

    Raises DerError when one is cut short.
    """
    found = 0
    while start < end:
        if start + 2 <= end and data[start + 1] < _LONG_FORM and data[start] & 0x1F != _HIGH_TAG:
            start += 2 + data[start + 1]
            if start > end:
                raise DerError("cut short")
        else:
            start = read(data, start, end).end
        found += 1
    return found


def walk(data: bytes, start: int, end: int) -> Iterator[Node]:
    """The values that stand one after the other from `start` to `end`."""
    while start < end:
        node = read(data, start, end)
        yield node
        start = node.end


@lru_cache(maxsize=1_024)
def decode_oid(value: bytes) -> str:
    """An object identifier's content octets in dotted form."""
    if not value or value[-1] & 0x80 or len(value) > 128:
        raise DerError("a malformed OBJECT IDENTIFIER")
    numbers: list[int] = []
    number = 0
    for byte in value:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(str(part) for part in (first, numbers[0] - 40 * first, *numbers[1:]))


def encode_oid(dotted: str) -> bytes:
    """An object identifier, tag and length included."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    content = bytearray()
    for number in (first * 40 + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        content.extend(reversed(groups))
    return encode(OID, bytes(content))


def encode(tag: int, *parts: bytes) -> bytes:
    """One value with the given tag, its content the parts one after the other."""
    content = b"".join(parts)
    size = len(content)
    if size < _LONG_FORM:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG_FORM | len(length))) + length + content


def encode_integer(number: int) -> bytes:
    """A non-negative INTEGER."""
    return encode(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))
