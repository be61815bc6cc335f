"""Archives: ZIP, and what is one (JAR, APK), tar and gzip. Only what may matter is read.

Names in an archive are shown and never used as paths. What comes out is counted as it comes: what
the archive says of its sizes is not believed.
"""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from typing import Protocol

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.limits import RefusedError

_HEAD = 64 * 1024
"""Bytes by which it is told whether a file in an archive may matter."""
_WHOLE = 1024 * 1024
"""Files up to this size are looked at whole: a certificate may stand behind much text."""
_MOST_MEMBERS = 10_000
_ENCRYPTED = 0x1
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b\x08"
_TAR_MAGIC = slice(257, 262)
_SIGNING_BLOCK = b"APK Sig Block 42"
_SIGNATURE_SCHEMES = {
    0x7109871A: "v2",
    0xF05368C0: "v3",
    0x1B93AD61: "v3.1",
}
"""APK signature schemes whose signers carry their certificates alike."""


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def recognise(data: bytes) -> bool:
    """A ZIP, a tar, or something that was compressed by gzip."""
    return data.startswith((*_ZIP, _GZIP)) or data[_TAR_MAGIC] == b"ustar"


def read_archive(data: bytes, context: Context) -> str:
    """Everything in the archive that is in a format which we recognise."""
    if data.startswith(_GZIP):
        return _read_gzip(data, context)
    if data.startswith(_ZIP):
        return _read_zip(data, context)
    with context.expecting("this archive"):
        _read_tar(data, context)
    return "tar"


def _read_gzip(data: bytes, context: Context) -> str:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        inner = _take(packed, context.limits.file_size, context)
    with context.expecting("this compressed file"):
        if inner[_TAR_MAGIC] == b"ustar":
            _read_tar(inner, context)
            return "tar"
        context.read_inside(inner, "compressed by gzip")
    return "gzip"


def _read_tar(data: bytes, context: Context) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for number, member in enumerate(archive):
                _check_count(number)
                content = archive.extractfile(member) if member.isreg() else None
                if content is not None:
                    with context.part(member.name):
                        _read_member(content, member.name, context)
    except tarfile.TarError as error:
        context.error("", f"The tar archive is damaged: {error}.")


def _read_zip(data: bytes, context: Context) -> str:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error) as error:
        context.error("", f"It looks like a ZIP archive, but it is damaged: {error}.")
        return "zip"
    with archive, context.expecting("this archive"):
        names = {member.filename for member in archive.infolist()[:_MOST_MEMBERS]}
        for number, member in enumerate(archive.infolist()):
            _check_count(number)
            if member.is_dir():
                continue
            with context.part(member.filename):
                if member.flag_bits & _ENCRYPTED:
                    _read_encrypted(archive, member, context)
                else:
                    with archive.open(member) as content:
                        _read_member(content, member.filename, context)
        if "AndroidManifest.xml" in names:
            with context.part("the APK's signing block"):
                _read_signing_block(data, archive.start_dir, context)
            return "apk"
        return "jar" if "META-INF/MANIFEST.MF" in names else "zip"


def _check_count(number: int) -> None:
    if number >= _MOST_MEMBERS:
        raise RefusedError(
            "There are too many files in the archive", f"More than {_MOST_MEMBERS:,} are not read."
        )


def _read_member(content: _Stream, name: str, context: Context) -> None:
    """Read one file where its beginning, or all of a small one, is in a format of ours."""
    data = _take(content, _HEAD, context, whole=False)
    if not context.recognise(data):
        if len(data) < _HEAD:
            return
        data += _take(content, _WHOLE - _HEAD, context, whole=False)
        if len(data) >= _WHOLE or not context.recognise(data):
            return
    data += _take(content, context.limits.file_size - len(data), context)
    context.read_inside(data, name)


def _take(content: _Stream, most: int, context: Context, *, whole: bool = True) -> bytes:
    """Up to `most` bytes; whole: raises RefusedError when there are more."""
    pieces, left = [], most
    while left > 0 and (piece := content.read(min(left, _HEAD))):
        context.unpack(len(piece))
        pieces.append(piece)
        left -= len(piece)
    if whole and left <= 0 and content.read(1):
        raise RefusedError("A file in it is too large", f"It has more than {most:,} bytes.")
    return b"".join(pieces)


def _read_encrypted(archive: zipfile.ZipFile, member: zipfile.ZipInfo, context: Context) -> None:
    """The old ZIP encryption with the passphrases there are; others are named."""
    for passphrase in context.passphrases if member.file_size <= _WHOLE else ():
        try:
            with archive.open(member, pwd=passphrase) as content:
                data = _take(content, _WHOLE, context)
        except (RuntimeError, zipfile.BadZipFile, NotImplementedError, zlib.error):
            continue  # a wrong passphrase, or an encryption that Python does not know
        if context.recognise(data):
            context.read_inside(data, member.filename)
        return
    context.add(
        OtherItem(
            f"Encrypted file “{member.filename}”",
            locked=True,
            protection="ZIP encryption",
            container="zip",
        )
    )


# -- APK Signing Block (Android's signature schemes v2 and v3)


def _read_signing_block(data: bytes, directory: int, context: Context) -> None:
    """The signers' certificates, which stand before the ZIP's central directory."""
    if data[directory - 16 : directory] != _SIGNING_BLOCK:
        return
    size = int.from_bytes(data[directory - 24 : directory - 16], "little")
    start = directory - size - 8
    if start < 0 or size < 24:
        raise ValueError("its size is wrong")
    at, end = start + 8, directory - 24
    while at + 12 <= end:
        length = int.from_bytes(data[at : at + 8], "little")
        scheme = _SIGNATURE_SCHEMES.get(int.from_bytes(data[at + 8 : at + 12], "little"))
        if length < 4 or at + 8 + length > end:
            raise ValueError("a part of it is cut short")
        if scheme is not None:
            _read_signers(data[at + 12 : at + 8 + length], scheme, context)
        at += 8 + length


def _read_signers(block: bytes, scheme: str, context: Context) -> None:
    for number, signer in enumerate(_parts(_part(block, 0)), 1):
        signed = _part(signer, 0)
        digests = _part(signed, 0)
        for certificate in _parts(_part(signed, 4 + len(digests))):
            context.read_inside(certificate, f"signer {number}, signature scheme {scheme}")


def _part(data: bytes, at: int) -> bytes:
    """What a length of four bytes announces. Raises ValueError when it is cut short."""
    size = int.from_bytes(data[at : at + 4], "little")
    if at + 4 + size > len(data):
        raise ValueError("a part of it is cut short")
    return data[at + 4 : at + 4 + size]


def _parts(data: bytes) -> list[bytes]:
    found, at = [], 0
    while at + 4 <= len(data):
        found.append(_part(data, at))
        at += 4 + len(found[-1])
    return found
