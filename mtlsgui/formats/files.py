"""Files on disk: read within bounds, written as a whole or not at all."""

import errno
import os
import secrets
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import ReadResult
from mtlsgui.formats.limits import DEFAULT, Limits
from mtlsgui.formats.read import read


class FileError(MtlsguiError):
    """A file that cannot be read or written."""


class FileExists(FileError):
    """The file is there already and was not to be overwritten."""


def read_file(
    path: Path, *, passphrases: Sequence[bytes] = (), limits: Limits = DEFAULT
) -> ReadResult:
    """What is in the file at `path`. Raises FileError where it cannot be opened."""
    return read(
        read_bytes(path, limits.file_size), name=path.name, passphrases=passphrases, limits=limits
    )


def read_bytes(path: Path, most: int) -> bytes:
    """The content of a regular file (or a pipe) of at most `most` bytes. Raises FileError."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
                raise FileError(
                    f"{path.name} cannot be read.",
                    "It is a device, not a file.",
                    "Choose a file with certificates or keys.",
                )
            data = file.read(most + 1)
    except IsADirectoryError:
        raise FileError(
            f"{path.name} is a folder.", "Only files can be read.", "Choose the files in it."
        ) from None
    except OSError as error:
        raise _fault(f"{path.name} cannot be read.", path, error) from None
    if len(data) > most:
        raise FileError(
            f"{path.name} is too large.",
            f"It has more than {most // 2**20:,} MB; certificates and keys are far smaller.",
            "Check that it is the right file.",
        )
    return data


def write_atomically(path: Path, data: bytes, *, private: bool, overwrite: bool) -> None:
    """Make `data` the content of `path`, or change nothing.

    private: readable by its owner only (0600), from the first byte on.
    overwrite: without it, FileExists is raised where there is a file, even one made meanwhile.
    Raises FileError for a full disk, a read-only folder and the like.
    """
    if not overwrite and path.exists():
        raise _exists(path)
    temporary = path.parent / f".{path.name[:100]}.{secrets.token_hex(8)}.tmp"
    try:
        _write(temporary, data, 0o600 if private else 0o644)
        if overwrite:
            temporary.replace(path)
        else:
            _put_in_place(temporary, path)
        _flush_directory(path.parent)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise _fault(f"{path.name} was not written.", path, error) from None
    finally:
        with suppress(OSError):
            temporary.unlink()


def _write(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(source: Path, target: Path) -> None:
    """Rename without replacing. Raises FileExistsError where there is a file by now."""
    if sys.platform == "win32":
        source.rename(target)
        return
    try:
        os.link(source, target)
    except (PermissionError, NotImplementedError):  # a file system without hard links
        if target.exists():
            raise FileExistsError from None
        source.rename(target)


def _flush_directory(directory: Path) -> None:
    """Make the rename durable, where the system lets folders be flushed."""
    if sys.platform == "win32":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exists(path: Path) -> FileExists:
    return FileExists(
        f"{path.name} exists already.",
        f"{path} was left as it is.",
        "Choose another name, or say that it may be overwritten.",
    )


_REASONS = {
    errno.ENOENT: ("There is no such file or folder.", "Check the path."),
    errno.EACCES: ("You have no permission there.", "Choose a folder of your own."),
    errno.EPERM: ("You have no permission there.", "Choose a folder of your own."),
    errno.EROFS: ("The disk is read-only.", "Choose another folder."),
    errno.ENOSPC: ("The disk is full.", "Make room on it, then try again."),
    errno.EDQUOT: ("Your share of the disk is used up.", "Make room on it, then try again."),
    errno.EFBIG: ("The file would be larger than is allowed.", "Choose another disk."),
    errno.ENAMETOOLONG: ("The name is too long.", "Choose a shorter one."),
    errno.EISDIR: ("There is a folder of that name.", "Choose another name."),
    errno.ENOTDIR: ("A part of the path is a file, not a folder.", "Check the path."),
}


def _fault(title: str, path: Path, error: OSError) -> FileError:
    reason, remedy = _REASONS.get(
        error.errno or 0, (f"The system says: {error.strerror}.", "Try another folder.")
    )
    return FileError(title, f"{path}: {reason}", remedy)
