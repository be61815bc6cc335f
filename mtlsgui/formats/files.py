"""Reading and writing files: clear errors, and never half a file.

A file is written under another name beside its place, flushed to disk, and only then given its
name, so that a crash, a full disk or a kill leaves the old file or the new one.
"""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.limits import DEFAULT, Limits, RefusedError

if TYPE_CHECKING:
    from mtlsgui.formats.items import ReadResult

_BINARY = getattr(os, "O_BINARY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # so that a named pipe cannot make us wait
_PIECE = 1024 * 1024
_PRIVATE_MODE = 0o600
_USUAL_MODE = 0o666  # what the umask leaves of it

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


class FileError(MtlsguiError):
    """A file cannot be read or written. `path` is which."""

    def __init__(self, path: Path, title: str, detail: str = "", remedy: str = "") -> None:
        super().__init__(title, detail, remedy)
        self.path = path


class FileTooLargeError(FileError, RefusedError):
    """A file has more bytes than are read."""


class FileAlreadyExistsError(FileError):
    """There is a file of that name, and it was not to be overwritten."""


def read_file(
    path: Path, *, passphrases: Sequence[bytes] = (), limits: Limits = DEFAULT
) -> "ReadResult":
    """What is in the file. Raises FileError when it cannot be opened or is no usual file."""
    # Those who only write files need none of the formats.
    from mtlsgui.formats.read import read

    data = read_bytes(path, limits=limits)
    return read(data, name=path.name, passphrases=passphrases, limits=limits)


def read_bytes(path: Path, *, limits: Limits = DEFAULT) -> bytes:
    """The file's bytes. Raises FileError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _BINARY | _NO_WAIT)
    except OSError as error:
        raise _cannot_read(path, error) from error
    try:
        _check(path, os.fstat(descriptor), limits)
    except FileError:
        os.close(descriptor)
        raise
    try:
        with os.fdopen(descriptor, "rb") as file:
            # One byte more than allowed shows a file that grew since it was measured.
            data = _read_up_to(file, limits.file_size + 1)
    except OSError as error:
        raise _cannot_read(path, error) from error
    if len(data) > limits.file_size:
        raise FileTooLargeError(path, f"{path} is too large", "It grew while it was read.")
    return data


def _read_up_to(file: BinaryIO, most: int) -> bytes:
    """In pieces: at one go, Python would make room for all that there might be."""
    pieces = []
    while most > 0 and (piece := file.read(min(most, _PIECE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _check(path: Path, status: os.stat_result, limits: Limits) -> None:
    """Raises FileError for what is no usual file, or too large."""
    if stat.S_ISDIR(status.st_mode):
        raise FileError(
            path, f"{path} is a folder", "Only files can be read.", "Name the files in it."
        )
    if not stat.S_ISREG(status.st_mode):
        raise FileError(path, f"{path} is a device or a pipe", "Only files can be read.")
    if status.st_size > limits.file_size:
        raise FileTooLargeError(
            path,
            f"{path} is too large",
            f"It has {status.st_size:,} bytes; {limits.file_size:,} are read at most.",
        )


def _cannot_read(path: Path, error: OSError) -> FileError:
    title = f"{path} cannot be read"
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return FileError(path, f"{path} does not exist", "", "Check the name and the folder.")
        case errno.EISDIR:
            return FileError(
                path, f"{path} is a folder", "Only files can be read.", "Name the files in it."
            )
        case errno.EACCES | errno.EPERM:
            if path.is_dir():  # Windows refuses to open a folder in this way
                return FileError(path, f"{path} is a folder", "Only files can be read.")
            return FileError(
                path, title, "You have no permission to read it.", "Ask its owner, or copy it."
            )
        case errno.ENXIO:
            return FileError(path, f"{path} is a device or a pipe", "Only files can be read.")
    return FileError(path, title, error.strerror or str(error))


def write_atomically(path: Path, data: bytes, *, private: bool, overwrite: bool) -> None:
    """Write the whole file or nothing.

    private: only its owner may read it (mode 0600), from its first byte on.
    overwrite: replace a file that is there; otherwise FileAlreadyExistsError is raised.
    Raises FileError with a remedy for a full disk, a read-only or missing folder, and the like.
    """
    if not overwrite and os.path.lexists(path):
        raise _exists(path)
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        try:
            _write(beside, data, _PRIVATE_MODE if private else _USUAL_MODE)
            if overwrite:
                beside.replace(path)
            else:
                _name_new(beside, path)
        except FileExistsError:
            raise _exists(path) from None
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
        _flush_folder(path.parent)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _write(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _name_new(beside: Path, path: Path) -> None:
    """Give the file its name unless that is taken. Raises FileExistsError."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # No hard links here (FAT, some network drives): hold the name with an empty file.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _PRIVATE_MODE))
        beside.replace(path)


def _flush_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _exists(path: Path) -> FileAlreadyExistsError:
    return FileAlreadyExistsError(
        path, f"{path} exists already", "Nothing was written.", "Choose another name, or overwrite."
    )


def _cannot_write(path: Path, error: OSError) -> FileError:
    title = f"{path} cannot be written"
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return FileError(path, title, "The disk is full.", "Make room, and try again.")
        case errno.EROFS:
            return FileError(path, title, "The disk is read-only.", "Choose another folder.")
        case errno.EACCES | errno.EPERM:
            return FileError(
                path, title, "You may not write to this folder.", "Choose another folder."
            )
        case errno.ENOENT | errno.ENOTDIR:
            return FileError(
                path, title, f"The folder {path.parent} does not exist.", "Make it first."
            )
        case errno.EISDIR:
            return FileError(path, title, "It is a folder.", "Choose another name.")
        case errno.ENAMETOOLONG:
            return FileError(path, title, "Its name is too long.", "Choose a shorter one.")
    return FileError(path, title, error.strerror or str(error))
