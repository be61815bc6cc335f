"""The format of a backup: one file of any size under a passphrase, written and read as a stream.

    offset  size  what
    0       17    magic
    17      4     version (1), log2 of scrypt's N, r, p
    21      32    salt
    53      32    check: HMAC-SHA256 of the first 53 bytes under the check key
    85      32    SHA-256 of everything before it
    117           frames

A frame is 4 bytes of length (the highest bit says that it is the last) and as many bytes of
AES-256-GCM, with the frame's number and whether it is the last as the nonce and the 117 bytes as
associated data (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The salt
makes a key of its own for each file. So frames cannot be changed, left out, doubled or put in
another order, and a file that was cut off shows by its missing last frame.

What is encrypted is a row of members, each 2 bytes of name length, the name in UTF-8, 8 bytes of
size, and the content.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mtlsgui.errors import MtlsguiError
from mtlsgui.vault.base import WrongPassphrase
from mtlsgui.vault.vault_file import ScryptCost, stretch

FRAME_SIZE = 256 * 1024
_MAGIC = b"mtlsgui backup\r\n\x1a"
_VERSION = 1
_SALT_AT = len(_MAGIC) + 4
_CHECK_AT = _SALT_AT + 32
_SUM_AT = _CHECK_AT + 32
HEADER_SIZE = _SUM_AT + 32
_LAST = 1 << 31
_TAG_SIZE = 16


class BackupError(MtlsguiError):
    """A backup that could not be written or restored."""


class BackupDamaged(BackupError):
    """The file is not what was written, or is not a backup."""


class BackupTruncated(BackupDamaged):
    """The file ends too early."""


class BackupTooNew(BackupError):
    """A newer version of the program wrote it."""


class FrameWriter:
    """Encrypts members into `file`; `finish` writes the last frame."""

    def __init__(self, file: BinaryIO, passphrase: str, cost: ScryptCost) -> None:
        start = _MAGIC + bytes((_VERSION, cost.log_n, cost.r, cost.p)) + os.urandom(32)
        derived = stretch(passphrase, start[_SALT_AT:], cost)
        bound = start + hmac.digest(derived[32:], start, "sha256")
        self._file = file
        self._header = bound + hashlib.sha256(bound).digest()
        self._cipher = AESGCM(derived[:32])
        self._number = 0
        self._waiting = bytearray()
        file.write(self._header)

    def add(
        self,
        name: str,
        size: int,
        content: BinaryIO,
        progress: Callable[[int], None] = lambda _bytes: None,
    ) -> None:
        """Write one member of `size` bytes; `progress` is told how many were just written."""
        self._write(len(name.encode()).to_bytes(2, "big") + name.encode() + size.to_bytes(8, "big"))
        left = size
        while left:
            data = content.read(min(left, FRAME_SIZE))
            if not data:
                raise BackupError(
                    f"{name} became shorter while it was backed up.", "", "Try again."
                )
            self._write(data)
            left -= len(data)
            progress(len(data))

    def _write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > FRAME_SIZE:
            self._put(bytes(self._waiting[:FRAME_SIZE]), last=False)
            del self._waiting[:FRAME_SIZE]

    def finish(self) -> None:
        """Write what is left. Without it the file counts as cut off."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, plain: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), plain, self._header)
        self._file.write((len(sealed) | (_LAST if last else 0)).to_bytes(4, "big"))
        self._file.write(sealed)
        self._number += 1


class FrameReader:
    """Decrypts a file that `FrameWriter` wrote; never gives a byte that was not authenticated.

    Raises BackupDamaged, BackupTruncated, BackupTooNew or WrongPassphrase.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._file = file
        self._header = file.read(HEADER_SIZE)
        cost = _check_header(self._header)
        derived = stretch(passphrase, self._header[_SALT_AT:_CHECK_AT], cost)
        check = hmac.digest(derived[32:], self._header[:_CHECK_AT], "sha256")
        if not hmac.compare_digest(check, self._header[_CHECK_AT:_SUM_AT]):
            raise WrongPassphrase(
                "The passphrase is wrong.",
                "The backup was made with another passphrase.",
                "Type the passphrase again; mind Caps Lock and the keyboard's language.",
            )
        self._cipher = AESGCM(derived[:32])
        self._number = 0
        self._ready = bytearray()
        self._ended = False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        while len(self._ready) < size and not self._ended:
            self._ready += self._next()
        found = bytes(self._ready[:size])
        del self._ready[:size]
        return found

    def members(self) -> Iterator["Member"]:
        """The members in turn. Each is read, or passed over, before the next is given."""
        while prefix := self.read(2):
            name = self._text(int.from_bytes(prefix, "big"))
            member = Member(self, name, int.from_bytes(self.read(8), "big"))
            yield member
            for _ in member.chunks():
                pass

    def _text(self, size: int) -> str:
        try:
            return self.read(size).decode()
        except UnicodeDecodeError:
            raise self._damaged() from None

    def check_rest(self) -> None:
        """Read on to the end, so that a cut-off file shows whatever was needed of it."""
        while self.read(FRAME_SIZE):
            pass

    def _next(self) -> bytes:
        prefix = int.from_bytes(self._exactly(4), "big")
        size, last = prefix & ~_LAST, bool(prefix & _LAST)
        if not _TAG_SIZE <= size <= FRAME_SIZE + _TAG_SIZE:
            raise self._damaged()
        sealed = self._exactly(size)
        try:
            plain = self._cipher.decrypt(_nonce(self._number, last=last), sealed, self._header)
        except InvalidTag:
            raise self._damaged() from None
        self._number += 1
        if last:
            self._ended = True
            if self._file.read(1):
                raise self._damaged()
        return plain

    def _exactly(self, size: int) -> bytes:
        data = self._file.read(size)
        if len(data) < size:
            raise BackupTruncated(
                "The backup is not complete.",
                f"It was cut off at {self._file.tell():,} bytes.",
                "Copy the file again, or use another backup.",
            )
        return data

    def _damaged(self) -> BackupDamaged:
        return BackupDamaged(
            "The backup is damaged.",
            f"What is stored at about {self._file.tell():,} bytes is not what was written.",
            "Copy the file again, or use another backup.",
        )


class Member:
    """One part of a backup, which can be read once."""

    def __init__(self, reader: FrameReader, name: str, size: int) -> None:
        self.name = name
        self.size = size
        self._reader = reader
        self._left = size

    def chunks(self) -> Iterator[bytes]:
        """What is left of it, in pieces."""
        while self._left:
            data = self._reader.read(min(self._left, FRAME_SIZE))
            if not data:
                raise BackupDamaged("The backup is damaged.", f"{self.name} is not all there.")
            self._left -= len(data)
            yield data

    def content(self, most: int) -> bytes:
        """All of it. Raises BackupDamaged where that is more than `most` bytes."""
        if self.size > most:
            raise BackupDamaged("The backup is damaged.", f"{self.name} is too large.")
        return b"".join(self.chunks())


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _check_header(header: bytes) -> ScryptCost:
    if header[: len(_MAGIC)] != _MAGIC[: len(header)] or not header:
        raise BackupDamaged(
            "This is not a backup of a workspace.",
            "It does not begin as one, or its beginning is damaged.",
            "Choose another file.",
        )
    if len(header) > len(_MAGIC) and header[len(_MAGIC)] > _VERSION:
        raise BackupTooNew(
            "The backup was made by a newer version of mtlsgui.",
            f"It has format {header[len(_MAGIC)]}; this version reads format {_VERSION}.",
            "Restore it with the newer version.",
        )
    if len(header) < HEADER_SIZE:
        raise BackupTruncated(
            "The backup is not complete.",
            f"It was cut off at {len(header)} bytes.",
            "Copy the file again, or use another backup.",
        )
    _, log_n, r, p = header[len(_MAGIC) : _SALT_AT]
    try:
        cost = ScryptCost(log_n, r, p)
    except ValueError:
        cost = None
    if cost is None or hashlib.sha256(header[:_SUM_AT]).digest() != header[_SUM_AT:]:
        raise BackupDamaged(
            "The backup is damaged.",
            "Its beginning is not what was written.",
            "Copy the file again, or use another backup.",
        )
    return cost
