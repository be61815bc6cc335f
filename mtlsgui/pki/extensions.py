"""Extensions one by one, so that a malformed one does not hide the others.

They are cut apart first; one that `cryptography` is to decode is put alone into a certificate made
for the purpose, as it reads all extensions of a certificate or none.
"""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock
from typing import TypeVar

from cryptography import x509

from mtlsgui.pki import der

_T = TypeVar("_T")
_warnings_lock = RLock()  # the list of warning filters belongs to the whole process


def quietly(call: Callable[[], _T]) -> _T:
    """`call()` without the warnings that `cryptography` gives for odd but readable input.

    What is odd is shown to the person as a problem or a finding; a warning on standard error
    reaches nobody, and becomes an exception under `-W error`.
    """
    with _warnings_lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return call()


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension as it stands in the file, and decoded where that is possible.

    decoded: None when it is malformed; `problem` then says why. An unknown one is decoded as
        `x509.UnrecognizedExtension`.
    raw: the content of its OCTET STRING, where it is malformed.
    """

    oid: str
    critical: bool
    decoded: x509.ExtensionType | None
    problem: str = ""
    raw: bytes = b""


def split(extensions: der.Node) -> list[tuple[str, bool, bytes]]:
    """(OID, critical, value) of each in a SEQUENCE OF Extension (RFC 5280, section 4.1)."""
    found = []
    for extension in extensions.children():
        oid, *rest = extension.children() or [extension]
        if not rest or rest[-1].tag != der.OCTET_STRING:
            raise der.DerError("an extension without a value")
        critical = len(rest) > 1 and rest[0].value != b"\x00"
        found.append((oid.oid(), critical, rest[-1].value))
    return found


def decode_alone(oid: str, critical: bool, value: bytes) -> Extension:
    """One extension, by way of a certificate made around it."""
    try:
        encoded = der.encode(der.SEQUENCE, der.encode_oid(oid), der.encode(der.OCTET_STRING, value))
        certificate = x509.load_der_x509_certificate(_certificate_around(encoded))
        decoded = next(iter(certificate.extensions)).value
    except Exception as error:  # whatever is wrong with it is what we report
        return Extension(oid, critical, None, reason(error), value)
    return Extension(oid, critical, decoded)


def reason(error: BaseException) -> str:
    """What `error` says, in one line short enough to show."""
    if isinstance(error, IndexError | KeyError | TypeError | AttributeError):
        return "a value is missing, or has no meaning where it stands"  # theirs says nothing
    text = " ".join(str(error).split()) or type(error).__name__
    if text.startswith("not enough values to unpack"):
        return "parts of it are missing"
    if found := _PARSE_ERROR.search(text):
        # Places are from the outermost in; those with a name are fields of a structure.
        named = _PLACE.findall(text)
        where = f" (in {named[-1].replace('::', ', ')})" if named else ""
        return _PARSE_ERRORS.get(found[1], "it is malformed") + where
    return text if len(text) <= 200 else text[:199] + "…"


_PARSE_ERROR = re.compile(r"ParseError \{ kind: (\w+)")
_PLACE = re.compile(r'"(\w+::\w+)"')
_PARSE_ERRORS = {
    "EncodedDefault": "a value is written out that DER leaves out as the default",
    "ExtraData": "something stands after its end",
    "IntegerOverflow": "a number is too large",
    "InvalidLength": "a length is malformed",
    "InvalidSetOrdering": "a SET is not sorted",
    "InvalidTag": "a tag is malformed",
    "InvalidValue": "a value is not allowed where it stands",
    "OidTooLong": "an OBJECT IDENTIFIER is too long",
    "ShortData": "it is cut short",
    "UnexpectedTag": "a value is of another type than belongs there",
}
"""The kinds of error of the parser in `cryptography`, whose own words are its program's."""


_VERSION_3 = der.encode(0xA0, der.encode_integer(2))
_ED25519 = der.encode(der.SEQUENCE, der.encode_oid("1.3.101.112"))
_EMPTY_NAME = der.encode(der.SEQUENCE)
_VALIDITY = der.encode(
    der.SEQUENCE, der.encode(0x17, b"260101000000Z"), der.encode(0x17, b"270101000000Z")
)
_KEY = der.encode(der.SEQUENCE, _ED25519, der.encode(der.BIT_STRING, bytes(33)))
_BEFORE = b"".join(
    (_VERSION_3, der.encode_integer(1), _ED25519, _EMPTY_NAME, _VALIDITY, _EMPTY_NAME, _KEY)
)


def _certificate_around(extension: bytes) -> bytes:
    """A certificate, its signature void, that carries this one extension."""
    extensions = der.encode(0xA3, der.encode(der.SEQUENCE, extension))
    return der.encode(
        der.SEQUENCE,
        der.encode(der.SEQUENCE, _BEFORE, extensions),
        _ED25519,
        der.encode(der.BIT_STRING, bytes(65)),
    )
