"""Strings and times as they stand in ASN.1 values (X.690, sections 8.23 to 8.26).

Read leniently: what a person can make sense of is shown, even where a rule is broken.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from mtlsgui.pki.der import DerError

UTF8_STRING = 0x0C
PRINTABLE_STRING = 0x13
TELETEX_STRING = 0x14
IA5_STRING = 0x16
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
VISIBLE_STRING = 0x1A
UNIVERSAL_STRING = 0x1C
BMP_STRING = 0x1E

STRING_TYPES = {
    UTF8_STRING: "UTF8String",
    0x12: "NumericString",
    PRINTABLE_STRING: "PrintableString",
    TELETEX_STRING: "TeletexString",
    0x15: "VideotexString",
    IA5_STRING: "IA5String",
    0x19: "GraphicString",
    VISIBLE_STRING: "VisibleString",
    0x1B: "GeneralString",
    UNIVERSAL_STRING: "UniversalString",
    BMP_STRING: "BMPString",
}
"""Tags of character strings and what they are called (X.680, section 8.6)."""

_WIDE = {BMP_STRING: ("utf-16-be", 2), UNIVERSAL_STRING: ("utf-32-be", 4)}
_TIME = re.compile(
    r"(?P<digits>\d{8,14})(?:[.,](?P<fraction>\d+))?(?P<zone>Z|[+-]\d{4})?", re.ASCII
)


def text(tag: int, content: bytes) -> str:
    """The characters of a string. Raises DerError when they are none.

    Teletex strings are read as Latin-1, which is what nearly all writers mean and what OpenSSL
    does. Bytes above 127 in the ASCII types are read as UTF-8 where they are that, else Latin-1.
    """
    if tag not in STRING_TYPES:
        raise DerError("not a character string")
    try:
        if tag in _WIDE:
            return content.decode(_WIDE[tag][0])
        if tag == UTF8_STRING:
            return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DerError(f"not a {STRING_TYPES[tag]}: {error.reason}") from None
    if tag != TELETEX_STRING:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return content.decode("latin-1")


def time(tag: int, content: bytes) -> datetime:
    """A UTCTime or GeneralizedTime, aware. Raises DerError when it is none.

    Two-digit years are of 1950 to 2049 (RFC 5280, section 4.1.2.5.1). Without a zone it is UTC.
    """
    if tag not in (UTC_TIME, GENERALIZED_TIME):
        raise DerError("not a time")
    found = _TIME.fullmatch(content.decode("latin-1"))
    if found is None:
        raise DerError(f"not a time: {content[:40]!r}")
    digits = found["digits"]
    if tag == UTC_TIME:
        digits = ("19" if digits[:2] >= "50" else "20") + digits
    try:
        if len(digits) not in (10, 12, 14):
            raise ValueError("an odd number of digits")
        year = int(digits[:4])
        month, day, hour, minute, second = (int(digits[at : at + 2] or 0) for at in range(4, 14, 2))
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(found["zone"]))
        if found["fraction"]:
            moment += timedelta(seconds=float(f"0.{found['fraction']}"))
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise DerError(f"not a time: {content[:40]!r}") from None


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    away = timedelta(hours=int(text[1:3]), minutes=int(text[3:]))
    return timezone(-away if text[0] == "-" else away)
