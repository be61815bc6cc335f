"""BER with indefinite lengths, as old Windows and Java tools write it, turned into DER lengths.

Only the framing changes (X.690, section 8.1.3.6) and strings written in pieces are joined; what
stands inside certificates is DER already and stays as it is.
"""

from mtlsgui.pki import der

_DEEPEST = 64
_CONSTRUCTED = 0x20
_ENCRYPTED_CONTENT = (0xA0, 2)  # [0] IMPLICIT OCTET STRING, third in EncryptedContentInfo


def is_indefinite(data: bytes) -> bool:
    """The outermost value is a SEQUENCE of indefinite length."""
    return data[:2] == b"\x30\x80"


def to_definite(data: bytes, start: int = 0) -> tuple[bytes, int]:
    """The value at `start` with definite lengths, and where in `data` it ends.

    Raises DerError when it is cut short, or nested deeper than any real file.
    """
    return _convert(data, start, len(data), depth=0, index=0)


def _convert(data: bytes, start: int, stop: int, depth: int, index: int) -> tuple[bytes, int]:
    if depth > _DEEPEST:
        raise der.DerError("nested too deep")
    if start + 2 > stop:
        raise der.DerError("cut short")
    tag = data[start]
    if data[start + 1] != 0x80:
        node = der.read(data, start, stop)
        return node.encoded, node.end
    if not tag & _CONSTRUCTED:
        raise der.DerError("a primitive value of indefinite length")
    parts: list[bytes] = []
    at = start + 2
    while data[at : at + 2] != b"\x00\x00":
        part, at = _convert(data, at, stop, depth + 1, len(parts))
        parts.append(part)
    pieces = bool(parts) and all(part[0] == der.OCTET_STRING for part in parts)
    if tag == der.OCTET_STRING | _CONSTRUCTED or (pieces and (tag, index) == _ENCRYPTED_CONTENT):
        joined = b"".join(der.read(part).value for part in parts)
        return der.encode(tag & ~_CONSTRUCTED, joined), at + 2
    return der.encode(tag, *parts), at + 2
