"""Reading TLS' presentation language (RFC 8446, section 3)."""


class Reader:
    """Reads numbers and length-prefixed vectors. Raises EOFError past the end."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, size: int) -> bytes:
        part = self._data[self._at : self._at + size]
        if len(part) < size:
            raise EOFError
        self._at += size
        return part

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def vector(self, length_size: int) -> bytes:
        return self.take(self.number(length_size))

    @property
    def more(self) -> bool:
        return self._at < len(self._data)


def numbers(data: bytes) -> list[int]:
    """Numbers of two bytes."""
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def vectors(data: bytes, length_size: int) -> list[bytes]:
    """Vectors that follow each other. Raises EOFError."""
    reader, found = Reader(data), []
    while reader.more:
        found.append(reader.vector(length_size))
    return found


def extensions(reader: Reader) -> dict[int, bytes]:
    """The block of extensions that ends a message; it may be left out before TLS 1.3."""
    if not reader.more:
        return {}
    inner, found = Reader(reader.vector(2)), {}
    while inner.more:
        kind = inner.number(2)
        found[kind] = inner.vector(2)
    return found
