"""Files that commands read and write; "-" is standard input or output."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from mtlsgui.cli import output
from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.files import FileAlreadyExistsError, read_bytes, write_atomically
from mtlsgui.formats.limits import DEFAULT


def read(file: str) -> bytes:
    """All of a file, or of a pipe such as the shell's <(…). Raises MtlsguiError."""
    if file == "-":
        return _read_stream(sys.stdin.buffer, "Standard input")
    path = Path(file)
    if path.is_fifo():
        with path.open("rb") as pipe:
            return _read_stream(pipe, file)
    return read_bytes(path)


def is_stream(file: str) -> bool:
    """Whether it can be read only once."""
    return file == "-" or Path(file).is_fifo()


def _read_stream(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(DEFAULT.file_size + 1)
    if len(data) > DEFAULT.file_size:
        raise MtlsguiError(
            f"{name} is too large.",
            f"It has more than {DEFAULT.file_size // 2**20:,} MB.",
            "Check that it is the right file.",
        )
    return data


def read_text(file: str) -> str:
    """All of a text file in UTF-8. Raises MtlsguiError where it cannot be read."""
    try:
        return read(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MtlsguiError(
            f"{file} is not text in UTF-8.", "", "Save it as UTF-8 and try again."
        ) from None


def write(file: str, data: bytes, *, private: bool, force: bool) -> None:
    """Make `data` the content of a file, or write it to standard output.

    Raises MtlsguiError, for a file that exists unless `force` is set.
    """
    if file == "-":
        output.write(data)
        return
    try:
        write_atomically(Path(file), data, private=private, overwrite=force)
    except FileAlreadyExistsError as fault:
        raise _exists(fault.path) from None


def folder(directory: str) -> Path:
    """The folder of that name, made where it is missing. Raises MtlsguiError."""
    path = Path(directory)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise MtlsguiError(
            "The folder cannot be made.", f"{path}: {fault.strerror}.", "Choose another folder."
        ) from None
    return path


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """Raises MtlsguiError where one is there and may not be overwritten.

    Asked before something is made, so that nothing is made whose files cannot be written.
    """
    for path in paths:
        if not force and path.exists():
            raise _exists(path)


def _exists(path: Path) -> MtlsguiError:
    return FileAlreadyExistsError(
        path,
        f"{path} exists already.",
        "Nothing was written over it.",
        "Name another, or overwrite it with --force.",
    )
