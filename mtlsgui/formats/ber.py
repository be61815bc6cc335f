"""BER (X.690, section 8.1) as old Windows and Java tools write it, turned into DER's lengths.

Indefinite lengths become definite ones, and strings written in pieces are joined. What stands
inside certificates is DER already and keeps its bytes.
"""

import re

from mtlsgui.pki import der

_DEEPEST = 64
_CONSTRUCTED = 0x20
_ENCRYPTED_CONTENT = (0xA0, 2)  # [0] IMPLICIT OCTET STRING, third in EncryptedContentInfo
_PIECES = der.OCTET_STRING | _CONSTRUCTED
_INDEFINITE = 0x80
_SIGNS = re.compile(rb"[\x24\x30\x31\xa0-\xa7]\x80|\x24")


def is_indefinite(data: bytes) -> bool:
    """The outermost value is a SEQUENCE of indefinite length."""
    return data[:2] == b"\x30\x80"


def to_definite(data: bytes, start: int = 0) -> tuple[bytes, int]:
    """The value at `start` with definite lengths, and where in `data` it ends.

    Raises DerError when it is cut short, or nested deeper than any real file.
    """
    return _convert(data, start, len(data), depth=0, index=0)


def with_definite_lengths(node: der.Node) -> der.Node:
    """The same value where it is DER; else with definite lengths all through."""
    encoded = node.encoded
    if not _SIGNS.search(encoded):
        return node
    converted, _ = to_definite(encoded)
    return node if converted == encoded else der.read(converted)


def _convert(data: bytes, start: int, stop: int, depth: int, index: int) -> tuple[bytes, int]:
    if depth > _DEEPEST:
        raise der.DerError("nested too deep")
    if start + 2 > stop:
        raise der.DerError("cut short")
    tag = data[start]
    if data[start + 1] != _INDEFINITE:
        node = der.read(data, start, stop)
        return _definite(node, depth) if tag & _CONSTRUCTED else node.encoded, node.end
    if not tag & _CONSTRUCTED:
        raise der.DerError("a primitive value of indefinite length")
    parts: list[bytes] = []
    at = start + 2
    while data[at : at + 2] != b"\x00\x00":
        part, at = _convert(data, at, stop, depth + 1, len(parts))
        parts.append(part)
    return _join(tag, parts, index), at + 2


def _definite(node: der.Node, depth: int) -> bytes:
    """A constructed value of definite length: others of indefinite length may stand inside."""
    parts: list[bytes] = []
    at, changed = node.body, node.tag == _PIECES
    try:
        while at < node.end:
            part, after = _convert(node.data, at, node.end, depth + 1, len(parts))
            changed = changed or part != node.data[at:after]
            parts.append(part)
            at = after
    except der.DerError:  # not of our making: it stays as it is
        return node.encoded
    return _join(node.tag, parts, -1) if changed else node.encoded


def _join(tag: int, parts: list[bytes], index: int) -> bytes:
    pieces = bool(parts) and all(part[0] == der.OCTET_STRING for part in parts)
    if tag == _PIECES or (pieces and (tag, index) == _ENCRYPTED_CONTENT):
        joined = b"".join(der.read(part).value for part in parts)
        return der.encode(tag & ~_CONSTRUCTED, joined)
    return der.encode(tag, *parts)
