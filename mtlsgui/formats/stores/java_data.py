"""What Java's DataOutputStream and ObjectOutputStream write, as keystores hold it.

Nothing is deserialised: a sealed object's fields are found in it by the grammar of Java's object
serialisation (its specification, section 6.4), so that what follows it can be read.
"""

from typing import NoReturn

from mtlsgui.pki import der

_MAGIC = b"\xac\xed\x00\x05"
_NULL, _REFERENCE, _CLASS, _OBJECT, _STRING, _ARRAY = 0x70, 0x71, 0x72, 0x73, 0x74, 0x75
_END = 0x78
_FIRST_HANDLE = 0x7E0000
_SERIALIZABLE = 0x02
_SIZES = {"B": 1, "C": 2, "D": 8, "F": 4, "I": 4, "J": 8, "S": 2, "Z": 1}
_DEEPEST = 8
_MOST_HANDLES = 1_000


class Reader:
    """Values one after the other; numbers are big-endian. Everything raises DerError at the end."""

    def __init__(self, data: bytes, at: int = 0, end: int | None = None) -> None:
        self._data = data
        self.at = at
        self.end = len(data) if end is None else end

    @property
    def left(self) -> int:
        """Bytes that are still to come."""
        return self.end - self.at

    def take(self, size: int) -> bytes:
        if size < 0 or size > self.left:
            raise der.DerError("it is cut short, or a length in it is wrong")
        start, self.at = self.at, self.at + size
        return self._data[start : self.at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def block(self) -> bytes:
        """Bytes after their number in four bytes."""
        return self.take(self.number(4))

    def text(self) -> str:
        """A string in Java's own UTF-8: surrogates one by one, and two bytes for a zero."""
        raw = self.take(self.number(2)).replace(b"\xc0\x80", b"\0")
        joined = raw.decode("utf-8", "surrogatepass" if _is_modified(raw) else "replace")
        return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_modified(raw: bytes) -> bool:
    try:
        raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def sealed_object(reader: Reader) -> dict[str, str]:
    """The strings among the fields of a serialised object, such as the cipher that sealed it.

    Leaves the reader behind it. Raises DerError for what no sealed object has.
    """
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise der.DerError("no serialised Java object stands where one belongs")
    return _Objects(reader).read_object()


class _Class:
    """A class description: fields with their type codes, and the class above."""

    def __init__(self) -> None:
        self.name = ""
        self.fields: list[tuple[str, str]] = []
        self.parent: _Class | None = None


class _Objects:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._handles: list[object] = []

    def read_object(self) -> dict[str, str]:
        if self._reader.number(1) != _OBJECT:
            self._refuse()
        described = self._class(0)
        self._remember(None)
        lineage: list[_Class] = []
        while described is not None:
            lineage.insert(0, described)
            described = described.parent
        found = {}
        for each in lineage:
            for code, name in each.fields:
                value = self._value(code)
                if isinstance(value, str):
                    found[name] = value
        return found

    def _class(self, depth: int) -> _Class | None:
        code = self._reader.number(1)
        if code == _NULL:
            return None
        if code == _REFERENCE:
            known = self._referred()
            return known if isinstance(known, _Class) else self._refuse()
        if code != _CLASS or depth > _DEEPEST:
            self._refuse()
        made = _Class()
        made.name = self._reader.text()
        self._reader.take(8)  # its version
        self._remember(made)
        if self._reader.number(1) != _SERIALIZABLE:
            self._refuse()  # it would write its fields in a way of its own
        for _ in range(self._reader.number(2)):
            kind = chr(self._reader.number(1))
            made.fields.append((kind, self._reader.text()))
            if kind in "[L":
                self._string(self._reader.number(1))
        if self._reader.number(1) != _END:
            self._refuse()
        made.parent = self._class(depth + 1)
        return made

    def _value(self, code: str) -> object:
        if code in _SIZES:
            return self._reader.take(_SIZES[code])
        if code not in ("[", "L"):
            self._refuse()
        kind = self._reader.number(1)
        return self._array() if kind == _ARRAY else self._string(kind)

    def _array(self) -> bytes:
        described = self._class(0)
        if described is None or described.name != "[B":
            self._refuse()
        self._remember(None)
        return self._reader.block()

    def _string(self, kind: int) -> object:
        if kind == _NULL:
            return None
        if kind == _REFERENCE:
            return self._referred()
        if kind != _STRING:
            self._refuse()
        text = self._reader.text()
        self._remember(text)
        return text

    def _referred(self) -> object:
        at = self._reader.number(4) - _FIRST_HANDLE
        return self._handles[at] if 0 <= at < len(self._handles) else self._refuse()

    def _remember(self, value: object) -> None:
        if len(self._handles) >= _MOST_HANDLES:
            self._refuse()
        self._handles.append(value)

    def _refuse(self) -> NoReturn:
        raise der.DerError("a serialised Java object is none that keystores hold")
