"""Files that were made in memory, put in their places: all of them, as far as names go, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mtlsgui.formats.files import FileError, write_atomically
from mtlsgui.formats.items import Item


@dataclass(frozen=True)
class OutputFile:
    """A file to be written.

    private: it holds a private key, and is for its owner only.
    items: what it was made of, where it was made of things that were read.
    """

    name: str
    data: bytes = field(repr=False)
    private: bool = False
    items: tuple[Item, ...] = ()


def existing(files: Sequence[OutputFile], directory: Path) -> tuple[Path, ...]:
    """Those of the files that are there already and differ: what writing would replace."""
    return tuple(
        path
        for file in files
        if (path := directory / file.name).exists() and not _same(path, file.data)
    )


def save_as(file: OutputFile, path: Path) -> Path:
    """Write one file, over what is there: the person was asked. Raises FileError."""
    write_atomically(path, file.data, private=file.private, overwrite=True)
    return path


def write_files(
    files: Sequence[OutputFile], directory: Path, *, overwrite: bool
) -> tuple[Path, ...]:
    """Write the files into a folder, which is made where only it is missing; gives their paths.

    Raises FileError before anything is written where a file would be replaced and `overwrite` is
    not set.
    """
    in_the_way = existing(files, directory)
    if in_the_way and not overwrite:
        raise FileError(
            in_the_way[0],
            "Files are in the way.",
            ", ".join(path.name for path in in_the_way) + " would be replaced.",
            "Choose another folder, or say that they may be replaced.",
        )
    _make_folder(directory)
    paths = []
    for file in files:
        path = directory / file.name
        same = path.exists() and _same(path, file.data)
        # A private key that is there already is written anew: others may be able to read that.
        if file.private or not same:
            write_atomically(path, file.data, private=file.private, overwrite=overwrite or same)
        paths.append(path)
    return tuple(paths)


def _make_folder(directory: Path) -> None:
    try:
        directory.mkdir(exist_ok=True)
    except OSError as error:
        raise FileError(
            directory,
            "The folder cannot be made.",
            f"{directory}: {error.strerror}.",
            "Choose another folder.",
        ) from error


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
