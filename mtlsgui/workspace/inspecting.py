"""Looking into files: what is in them, what belongs together. Nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.files import read_file
from mtlsgui.formats.group import Grouping, group
from mtlsgui.formats.items import Item, ReadResult
from mtlsgui.formats.read import read


@dataclass(frozen=True)
class Source:
    """One file, or one text that was pasted, and what was read from it.

    name: the file's name, or what the text is called.
    """

    name: str
    path: Path | None
    result: ReadResult
    error: MtlsguiError | None = None


@dataclass(frozen=True)
class Inspection:
    """Everything that came in one drop."""

    sources: tuple[Source, ...]
    grouping: Grouping

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for source in self.sources for item in source.result.items)

    @property
    def locked(self) -> bool:
        """Whether a passphrase would show more."""
        return any(source.result.locked for source in self.sources)

    def source_of(self, item: Item) -> Source:
        """Where an item came from."""
        for source in self.sources:
            if any(item is other for other in source.result.items):
                return source
        raise ValueError("the item is of another inspection")


def inspect_files(paths: Sequence[Path], passphrases: Sequence[str] = ()) -> Inspection:
    """Read every file. One that cannot be opened carries its error; the others stand."""
    secrets = [passphrase.encode() for passphrase in passphrases]
    sources = []
    for path in paths:
        try:
            result, error = read_file(path, passphrases=secrets), None
        except MtlsguiError as fault:
            result, error = ReadResult("unknown", (), ()), fault
        sources.append(Source(path.name, path, result, error))
    return _inspection(sources)


def inspect_bytes(data: bytes, name: str, passphrases: Sequence[str] = ()) -> Inspection:
    """Read what was pasted or piped in."""
    secrets = [passphrase.encode() for passphrase in passphrases]
    return _inspection([Source(name, None, read(data, name=name, passphrases=secrets))])


def _inspection(sources: Sequence[Source]) -> Inspection:
    items = tuple(item for source in sources for item in source.result.items)
    return Inspection(tuple(sources), group(items))
