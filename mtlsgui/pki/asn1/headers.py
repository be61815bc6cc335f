"""Where a BER value starts and ends (X.690, section 8.1): tag, length, and the end of those values
that do not say their length.
"""

from dataclasses import dataclass

from mtlsgui.pki.der import DerError

CONSTRUCTED = 0x20
_HIGH_TAG = 0x1F
_INDEFINITE = 0x80
_MOST_VALUES = 200_000
"""Values that are looked through for the end of one of indefinite length."""
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Header:
    """The first bytes of a value.

    first: the first byte: class, constructed or not, and the low bits of the number.
    number: the tag number. body: where the value begins.
    length: of the value in bytes; None where it ends with two zero bytes instead.
    """

    first: int
    number: int
    body: int
    length: int | None


def header(data: bytes, start: int, stop: int) -> Header:
    """The header at `start`, all of it before `stop`. Raises DerError."""
    if start >= stop:
        raise DerError("nothing is left")
    first = data[start]
    number = first & _HIGH_TAG
    at = start + 1
    if number == _HIGH_TAG:
        number = 0
        while True:
            if at >= stop:
                raise DerError("it ends within its tag")
            if at > start + 5:
                raise DerError("a tag number that is too large")
            number = number << 7 | data[at] & 0x7F
            at += 1
            if not data[at - 1] & 0x80:
                break
    if at >= stop:
        raise DerError("it ends before its length")
    length = data[at]
    at += 1
    if length == _INDEFINITE:
        return Header(first, number, at, None)
    if length > _INDEFINITE:
        count = length & 0x7F
        if count > 8:
            raise DerError(f"a length that is itself {count} bytes long")
        if at + count > stop:
            raise DerError("it ends within its length")
        length = int.from_bytes(data[at : at + count], "big")
        at += count
    return Header(first, number, at, length)


def end_of_contents(data: bytes, body: int, stop: int) -> int:
    """Where the two zero bytes stand that end a value of indefinite length. Raises DerError.

    The values inside are passed over one by one, those that are indefinite themselves entered;
    linear, and bounded in number and depth.
    """
    at, open_values = body, 1
    for _ in range(_MOST_VALUES):
        if data[at : at + 2] == b"\0\0" and at + 2 <= stop:
            open_values -= 1
            if not open_values:
                return at
            at += 2
            continue
        found = header(data, at, stop)
        if found.length is None:
            open_values += 1
            if open_values > _DEEPEST:
                raise DerError("nested too deep to find its end")
            at = found.body
        else:
            at = found.body + found.length
    raise DerError("too many values to find its end")
