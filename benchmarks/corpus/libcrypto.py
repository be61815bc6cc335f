"""OpenSSL's libcrypto by ctypes: as much of it as reads files."""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
from typing import Any

_NO_START_LINE = 108
_REASON_MASK = 0x7FFFFF


class Libcrypto:
    """One loaded libcrypto.

    Integers are passed as wide as pointers, which the calling conventions of 64-bit machines allow
    for narrower parameters too. What OpenSSL allocates is not freed: whoever reads thousands of
    files does so in processes that are replaced now and then.
    """

    def __init__(self, path: str = "") -> None:
        name = path or ctypes.util.find_library("crypto")
        if not name:
            raise OSError("there is no libcrypto on this machine")
        self._library = ctypes.CDLL(name)
        for provider in (b"default", b"legacy"):  # the second holds RC2, Blowfish, RC4, …
            self.pointer("OSSL_PROVIDER_load", None, provider)

    @property
    def version(self) -> str:
        text = ctypes.string_at(self.pointer("OpenSSL_version", 0) or 0)
        return text.decode("ascii")

    def has(self, name: str) -> bool:
        return hasattr(self._library, name)

    def pointer(self, name: str, *arguments: Any) -> int | None:
        """Call a function that gives a pointer; None for a null pointer."""
        return self._call(name, ctypes.c_void_p, arguments)  # type: ignore[no-any-return]

    def number(self, name: str, *arguments: Any) -> int:
        """Call a function that gives an int."""
        return self._call(name, ctypes.c_int, arguments)  # type: ignore[no-any-return]

    def _call(self, name: str, result: Any, arguments: tuple[Any, ...]) -> Any:
        function = getattr(self._library, name)
        function.restype = result
        return function(
            *(ctypes.c_void_p(value) if isinstance(value, int) else value for value in arguments)
        )

    def bio(self, data: bytes) -> int:
        """A BIO that reads `data`, which the caller keeps alive."""
        bio = self.pointer("BIO_new_mem_buf", data, len(data))
        if bio is None:
            raise MemoryError
        return bio

    def decode(self, kind: str, data: bytes) -> int | None:
        """`d2i_KIND`: the object at the start of `data`; None when it is none."""
        self.pointer("ERR_clear_error")
        buffer = ctypes.create_string_buffer(data, len(data))
        position = ctypes.c_void_p(ctypes.addressof(buffer))
        return self.pointer(f"d2i_{kind}", None, ctypes.byref(position), len(data))

    def encode(self, kind: str, thing: int | None) -> bytes:
        """`i2d_KIND`. Raises ValueError when it cannot be encoded."""
        length = self.number(f"i2d_{kind}", thing, None) if thing else 0
        if length <= 0:
            raise ValueError(f"{kind} cannot be encoded")
        buffer = ctypes.create_string_buffer(length)
        position = ctypes.c_void_p(ctypes.addressof(buffer))
        self.number(f"i2d_{kind}", thing, ctypes.byref(position))
        return buffer.raw

    def sha256(self, kind: str, thing: int | None) -> str:
        """The digest of the thing's encoding, hex."""
        return hashlib.sha256(self.encode(kind, thing)).hexdigest()

    def stack(self, stack: int | None) -> list[int]:
        """What is in a STACK_OF."""
        if not stack:
            return []
        size = self.number("OPENSSL_sk_num", stack)
        found = (self.pointer("OPENSSL_sk_value", stack, at) for at in range(max(size, 0)))
        return [thing for thing in found if thing]

    def blocks(self, data: bytes, most: int) -> list[tuple[str, bytes, bytes]]:
        """The PEM blocks that OpenSSL sees: label, headers, body. Broken ones are passed over."""
        bio = self.bio(data)
        found = []
        for _ in range(most):
            name, header = ctypes.c_void_p(), ctypes.c_void_p()
            body, length = ctypes.c_void_p(), ctypes.c_long()
            self.pointer("ERR_clear_error")
            places = [ctypes.byref(place) for place in (name, header, body, length)]
            if self.number("PEM_read_bio", bio, *places):
                found.append(
                    (
                        ctypes.string_at(name.value or 0).decode("latin-1"),
                        ctypes.string_at(header.value or 0),
                        ctypes.string_at(body.value or 0, length.value),
                    )
                )
            elif (self.pointer("ERR_peek_last_error") or 0) & _REASON_MASK == _NO_START_LINE:
                break
        return found

    def block(self, label: str, header: bytes, body: bytes) -> bytes:
        """One PEM block, written anew."""
        bio = self.pointer("BIO_new", self.pointer("BIO_s_mem"))
        self.number("PEM_write_bio", bio, label.encode("latin-1"), header, body, len(body))
        text = ctypes.c_void_p()
        size = self.number("BIO_ctrl", bio, 3, 0, ctypes.byref(text))  # BIO_CTRL_INFO
        return ctypes.string_at(text.value or 0, size)
