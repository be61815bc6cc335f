"""PEM (RFC 7468), read more leniently than any library: what people paste is seldom clean.

Text between blocks, CRLF, byte order marks, UTF-16, indentation, mail quoting, lines of any
length, and line ends written out as in JSON and environment files are all read. One malformed block
does not hide its neighbours.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MARKER = re.compile(rb"-----(BEGIN|END) ([^\r\n-]{1,64})-----")
_HEADER = re.compile(rb"\s*([A-Za-z][A-Za-z0-9-]{0,63}):[ \t]*([^\r\n]*)\r?\n")
_FRIENDLY_NAME = re.compile(rb"^[ \t]*friendlyName: ([^\r\n]+)", re.MULTILINE)
_MOST_HEADERS = 16  # real ones have two
_NOISE = re.compile(rb"[\s>|]+")
_ALPHABET = re.compile(rb"[A-Za-z0-9+/]*={0,2}")


@dataclass(frozen=True, slots=True)
class Block:
    """One block between BEGIN and END.

    label: "CERTIFICATE", "RSA PRIVATE KEY", …
    line: where its BEGIN stands, counted from 1.
    body: decoded; None when it cannot be, and `problem` says why.
    headers: of RFC 1421, as traditional encrypted keys have them.
    encoded: the block as it stands, armour included.
    friendly_name: from openssl's "Bag Attributes" above the block.
    """

    label: str
    line: int
    body: bytes | None = field(repr=False)
    problem: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    encoded: bytes = field(default=b"", repr=False)
    friendly_name: str | None = None


def as_text(data: bytes) -> bytes:
    """The bytes without byte order mark, UTF-16 turned into UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def looks_like_pem(data: bytes) -> bool:
    """There is at least one BEGIN line."""
    return b"-----BEGIN " in as_text(data)


def split(data: bytes) -> Iterator[Block]:
    """The blocks of a file, in order. Time grows with the size of the file, whatever is in it."""
    text = as_text(data)
    line, counted = 1, 0
    begin: re.Match[bytes] | None = None
    gap = 0  # where the text before the current block starts
    for marker in _MARKER.finditer(text):
        opens = marker[1] == b"BEGIN"
        if begin is not None:
            line += text.count(b"\n", counted, begin.start())
            counted = begin.start()
            name = _friendly_name(text[gap : begin.start()])
            if opens:
                yield Block(_label(begin), line, None, "its END line is missing")
            else:
                yield _block(text, begin, marker, line, name)
            gap = marker.end()
        begin = marker if opens else None
    if begin is not None:
        line += text.count(b"\n", counted, begin.start())
        yield Block(_label(begin), line, None, "its END line is missing")


def _label(begin: re.Match[bytes]) -> str:
    return begin[2].decode("latin-1").strip()


def _friendly_name(text: bytes) -> str | None:
    found = _FRIENDLY_NAME.findall(text)
    return found[-1].decode("utf-8", "replace").strip() if found else None


def _block(
    text: bytes, begin: re.Match[bytes], end: re.Match[bytes], line: int, name: str | None
) -> Block:
    inside = text[begin.end() : end.start()].replace(b"\\r", b"").replace(b"\\n", b"\n")
    headers: dict[str, str] = {}
    at = 0
    while len(headers) < _MOST_HEADERS and (found := _HEADER.match(inside, at)):
        headers[found[1].decode("ascii")] = found[2].decode("latin-1").strip()
        at = found.end()
    label = _label(begin)
    armoured = b"-----BEGIN %s-----\n%s\n-----END %s-----\n" % (
        begin[2],
        inside.strip(),
        begin[2],
    )
    try:
        body = decode(inside[at:])
    except ValueError as error:
        return Block(label, line, None, str(error), headers, armoured, name)
    return Block(label, line, body, "", headers, armoured, name)


def decode(text: bytes) -> bytes:
    """Base64 with any white space, quoting marks and missing padding. Raises ValueError."""
    packed = _NOISE.sub(b"", text)
    if not _ALPHABET.fullmatch(packed):
        raise ValueError("it contains characters that are not base64")
    bare = packed.rstrip(b"=")
    if not bare:
        raise ValueError("it is empty")
    try:
        return base64.b64decode(bare + b"=" * (-len(bare) % 4))
    except binascii.Error:
        raise ValueError("it is cut short: its base64 does not come out even") from None


def encode(label: str, body: bytes) -> bytes:
    """One block in the strict form of RFC 7468, lines of 64 characters."""
    text = base64.b64encode(body)
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    armour = label.encode("ascii")
    return b"-----BEGIN %s-----\n%s\n-----END %s-----\n" % (armour, b"\n".join(lines), armour)
