"""ASN.1 that none of the readers knows: shown as a tree.

All that they know begins as a SEQUENCE (or is one OID); here is what begins as anything else.
"""

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.pki.asn1 import headers
from mtlsgui.pki.asn1.shown import TYPE_NAMES
from mtlsgui.pki.der import DerError

_MOST_VALUES = 1_000
_LONGEST_END = 2  # a line end behind the last value
_CARD_VERIFIABLE = b"\x7f\x21"
_TEXT = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_LOOKED_AT = 64


def recognise(data: bytes) -> bool:
    """Values of ASN.1 and nothing else, which chance does not make.

    One value that is made of values, or several of the types that every structure is made of.
    """
    if not data[:_LOOKED_AT].translate(None, _TEXT):
        return False
    try:
        values = _values(data, 0, len(data))
        if len(values) == 1 and values[0].first & headers.CONSTRUCTED:
            return bool(_values(data, values[0].body, _end(values[0])))
    except DerError:
        return False
    return all(value.first in TYPE_NAMES and value.first for value in values)


def read_asn1(data: bytes, context: Context) -> str:
    """All of it as one thing."""
    if data.startswith(_CARD_VERIFIABLE):
        what = "Card-verifiable certificate"
        problem = "It is of the kind that chips verify (ISO 7816), not X.509."
    else:
        what = "ASN.1 structure"
        problem = "It is none of the structures that we know."
    context.add(OtherItem(what, problem=problem, container="der", der=data))
    return "der"


def _values(data: bytes, at: int, stop: int) -> list[headers.Header]:
    """The values between two places, side by side. Raises DerError when they do not fit."""
    found: list[headers.Header] = []
    while at < stop:
        value = headers.header(data, at, stop)
        end = _end(value)
        if end > stop or len(found) == _MOST_VALUES:
            raise DerError("not values only")
        found.append(value)
        at = end
        if stop - at <= _LONGEST_END and not data[at:stop].strip():
            break
    return found


def _end(value: headers.Header) -> int:
    """Where it ends. Raises DerError for one that does not say."""
    if value.length is None:
        raise DerError("indefinite length")
    return value.body + value.length
