"""PEM (RFC 7468), read more leniently than any library: what people paste is seldom clean.

Text between blocks, CRLF, byte order marks, UTF-16, indentation, mail quoting, comment signs, lines
of any length, typographic dashes, string literals of programs, URL encoding (as proxies put a
client's certificate into a header), line ends written out as in JSON and environment files, and
base64url are all read. One malformed block does not hide its neighbours.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import unquote_to_bytes

_DASH = rb"(?:-|\xe2\x80[\x90-\x95]|\xe2\x88\x92)"  # U+2010 to U+2015 and U+2212, as UTF-8
_MARKER = re.compile(
    rb"(BEGIN|END) ((?:(?!" + _DASH + rb")[^\r\n]){1,64})(" + _DASH + rb"{1,12})", re.IGNORECASE
)
_DASHES_BEFORE = re.compile(_DASH + rb"{1,12}\Z")
_LONGEST_DASHES = 12 * 3
_LABEL = re.compile(rb"[A-Za-z0-9][A-Za-z0-9 .#/]*")
_ESCAPED_MARKER = re.compile(rb"BEGIN(?:%20|\+)[A-Z0-9]", re.IGNORECASE)
_HEADER = re.compile(rb"\s*([A-Za-z][A-Za-z0-9-]{0,63}):[ \t]*([^\r\n]*)\r?\n")
_FRIENDLY_NAME = re.compile(rb"^[ \t]*friendlyName: ([^\r\n]+)", re.MULTILINE)
_MOST_HEADERS = 16  # real ones have two
_LITERAL_END = re.compile(rb"[\"'][ \t]*[+.,;&)\\]*[ \t]*(?:\r?\n|\Z)[ \t]*[+.&]?[ \t]*[\"']?")
_SPACE = b" \t\r\n\v\f"
_MOST_LINES = 100_000  # of a block whose end must be guessed
_LONGEST_LITERAL = 1024 * 1024
_NOISE = re.compile(
    rb"(?:[\s>|#*\"',;\\]"
    rb"|\xc2\xa0|\xe2\x80[\x8b-\x8d]"  # spaces of no width, and one that does not break
    rb"|&#(?:1[03]|x0*[AaDd]);|<br */?>)+"  # line ends in XML and HTML
)
_ALPHABET = re.compile(rb"[A-Za-z0-9+/]*={0,3}")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_LINE = re.compile(rb"[^\r\n]*(?:\r?\n|\Z)")


@dataclass(frozen=True, slots=True)
class Block:
    """One block between BEGIN and END.

    label: "CERTIFICATE", "RSA PRIVATE KEY", …
    line: where its BEGIN stands, counted from 1.
    body: decoded; None when it cannot be.
    problem: why not, or what else is wrong with the armour.
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
    """The bytes without byte order mark, UTF-16 turned into UTF-8, URL encoding undone."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    elif data[1:2] == b"\0" and data[:200:2].isascii() and not data[1:200:2].strip(b"\0"):
        data = data.decode("utf-16-le", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    if (b"%20" in data or b"BEGIN+" in data) and _ESCAPED_MARKER.search(data):
        # In a query "+" is a space; a proxy's header has "%20" and keeps "+" as base64 needs it.
        spaces = b"BEGIN+" in data
        data = unquote_to_bytes(data.replace(b"+", b" ") if spaces else data)
    return data


def looks_like_pem(data: bytes) -> bool:
    """There is at least one BEGIN line."""
    return any(marker.opens for marker in _markers(as_text(data)))


@dataclass(frozen=True, slots=True)
class _Marker:
    """A BEGIN or END line: where it stands in the text, dashes included."""

    opens: bool
    label: bytes
    start: int
    end: int


def _markers(text: bytes) -> Iterator[_Marker]:
    """Lines that are typed well, and those that a program or a person has bent."""
    for found in _MARKER.finditer(text):
        at = found.start()
        if text[max(at - 5, 0) : at] == b"-----" and found[3].startswith(b"-----"):
            yield _Marker(found[1].upper() == b"BEGIN", found[2], at - 5, found.end())
            continue
        before = _DASHES_BEFORE.search(text[max(at - _LONGEST_DASHES, 0) : at])
        if before is not None and _LABEL.fullmatch(found[2]):
            opens = found[1].upper() == b"BEGIN"
            yield _Marker(opens, found[2], at - len(before[0]), found.end())


def split(data: bytes) -> Iterator[Block]:
    """The blocks of a file, in order. Time grows with the size of the file, whatever is in it."""
    text = as_text(data)
    line, counted = 1, 0
    begin: _Marker | None = None
    gap = 0  # where the text before the current block starts
    for marker in _markers(text):
        if begin is not None:
            line += text.count(b"\n", counted, begin.start)
            counted = begin.start
            name = _friendly_name(text[gap : begin.start])
            if marker.opens:
                yield _open_ended(text, begin, marker.start, line, name)
            else:
                yield _block(text, begin, marker.start, line, name)
            gap = marker.start if marker.opens else marker.end
        begin = marker if marker.opens else None
    if begin is not None:
        line += text.count(b"\n", counted, begin.start)
        name = _friendly_name(text[gap : begin.start])
        yield _open_ended(text, begin, len(text), line, name)


def _label(begin: _Marker) -> str:
    return begin.label.decode("utf-8", "replace").strip().upper()


def _open_ended(text: bytes, begin: _Marker, limit: int, line: int, name: str | None) -> Block:
    """A block without its END: its lines as far as they are base64."""
    end = _good_lines(text, begin.end, limit)
    block = _block(text, begin, end, line, name)
    return replace(block, problem="Its END line is missing.")


def _friendly_name(text: bytes) -> str | None:
    found = _FRIENDLY_NAME.findall(text)
    return found[-1].decode("utf-8", "replace").strip() if found else None


def _good_lines(text: bytes, at: int, limit: int) -> int:
    """Where the lines of base64 that stand at `at` end."""
    end = at
    for found in islice(_LINE.finditer(text, at, limit), _MOST_LINES):
        packed = _packed(found[0])
        if not _ALPHABET.fullmatch(packed) or found.end() == found.start():
            break
        end = found.end()
        if packed.endswith(b"="):
            break
    return end


def _block(text: bytes, begin: _Marker, end: int, line: int, name: str | None) -> Block:
    inside = text[begin.end : end].replace(b"\\r", b"").replace(b"\\n", b"\n")
    headers: dict[str, str] = {}
    at = 0
    while len(headers) < _MOST_HEADERS and (found := _HEADER.match(inside, at)):
        headers[found[1].decode("ascii")] = found[2].decode("latin-1").strip()
        at = found.end()
    if "DEK-Info:" in headers.get("Proc-Type", ""):  # both in one line
        headers["Proc-Type"], headers["DEK-Info"] = headers["Proc-Type"].split("DEK-Info:", 1)
    label = _label(begin)
    armour = label.encode()
    armoured = b"-----BEGIN %s-----\n%s\n-----END %s-----\n" % (armour, inside.strip(), armour)
    problem = ""
    body: bytes | None = None
    try:
        body = decode(inside[at:])
    except ValueError as error:
        problem = str(error)
        good = _packed(inside[at : _good_lines(inside, at, len(inside))])
        body = decode(good) if good.strip(b"=") else None
    return Block(label, line, body, problem, headers, armoured, name)


def _packed(text: bytes) -> bytes:
    """Without white space, quoting marks, and the quotes and signs of string literals."""
    clean = text.translate(None, b" \t\r\n")
    if _ALPHABET.fullmatch(clean):
        return clean  # nearly always
    if len(text) <= _LONGEST_LITERAL and (b'"' in text or b"'" in text):
        text = _LITERAL_END.sub(b"\n", text)
    # White space goes first and at a go: a million matches take all memory.
    return _NOISE.sub(b"", text.translate(None, _SPACE)).translate(_URL_SAFE)


def decode(text: bytes) -> bytes:
    """Base64 with any white space, quoting marks and missing padding. Raises ValueError.

    Where the last group is cut short, its whole bytes are given: what they are part of says more
    about what is missing than base64 does.
    """
    packed = _packed(text)
    if not _ALPHABET.fullmatch(packed):
        raise ValueError(_stranger(text, packed))
    bare = packed.rstrip(b"=")
    if not bare:
        raise ValueError("It is empty.")
    if len(bare) % 4 == 1:
        bare = bare[:-1]
    return base64.b64decode(bare + b"=" * (-len(bare) % 4))


def _stranger(text: bytes, packed: bytes) -> str:
    """Where what is not base64 stands, as a person would look for it."""
    odd = re.search(rb"[^A-Za-z0-9+/=]", packed)
    if odd is None:
        return "There is something after the end of its base64."
    shown = odd[0].decode("latin-1")
    line = text.count(b"\n", 0, max(text.find(odd[0]), 0))
    return f"It contains characters that are not base64: {shown!r} in line {line} of the block."


def encode(label: str, body: bytes) -> bytes:
    """One block in the strict form of RFC 7468, lines of 64 characters."""
    text = base64.b64encode(body)
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    armour = label.encode("ascii")
    return b"-----BEGIN %s-----\n%s\n-----END %s-----\n" % (armour, b"\n".join(lines), armour)
