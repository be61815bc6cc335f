"""Looking into files: what is in them, what belongs together. Nothing is stored.

Files are read in a process of their own (`workspace.reading`), within bounds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.files import FileError
from mtlsgui.formats.group import Grouping, group
from mtlsgui.formats.items import Item, ReadResult
from mtlsgui.formats.limits import DEFAULT, RELAXED, RefusedError
from mtlsgui.formats.read import UNKNOWN
from mtlsgui.workspace.reading.reader import NOTHING, Outcome, Pasted, Progress, Reader

__all__ = [
    "Inspection",
    "Pasted",
    "Progress",
    "Reader",
    "Source",
    "inspect",
    "inspect_bytes",
    "inspect_files",
]


@dataclass(frozen=True)
class Source:
    """One file, or one text that was pasted, and what was read from it.

    name: the file's name, or what the text is called; within a folder that was named, the file's
        place in it ("web/tls.crt").
    folder: that folder; None for what was named itself.
    number: which of the things that were named, from 0.
    error: why it could not be read at all.
    """

    name: str
    path: Path | None
    result: ReadResult
    error: MtlsguiError | None = None
    folder: Path | None = None
    number: int = 0

    @property
    def bounded(self) -> bool:
        """Whether a bound stood in the way: read with `relaxed`, it may show more."""
        return self.result.bounded or isinstance(self.error, RefusedError)


@dataclass(frozen=True)
class Inspection:
    """Everything that came in one drop.

    passed_over: how many files of the folders are nothing that we recognise; they are no sources.
    """

    sources: tuple[Source, ...]
    grouping: Grouping
    passed_over: int = 0

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for source in self.sources for item in source.result.items)

    @property
    def locked(self) -> bool:
        """Whether a passphrase would show more."""
        return any(source.result.locked for source in self.sources)

    @property
    def bounded(self) -> bool:
        """Whether a bound stood in the way of more."""
        return any(source.bounded for source in self.sources)

    def source_of(self, item: Item) -> Source:
        """Where an item came from."""
        try:
            return self._sources_by_item[id(item)]
        except KeyError:
            raise ValueError("the item is of another inspection") from None

    @cached_property
    def _sources_by_item(self) -> dict[int, Source]:
        return {id(item): source for source in self.sources for item in source.result.items}


def inspect(
    things: Iterable[Path | Pasted],
    passphrases: Sequence[str] = (),
    *,
    relaxed: bool = False,
    reader: Reader | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Inspection:
    """Read files, the files in folders, and texts. What cannot be read carries its error.

    relaxed: with bounds so wide that a person has to wait, or to stop it.
    reader: keeps the process that reads for the next time; without it, one is started for this.
    progress: files done, of how many (0: not known yet). It is called at least every 50 ms; what
    it raises stops the work at once.
    Raises MtlsguiError only where no process can be started.
    """
    limits = RELAXED if relaxed else DEFAULT
    with _reader_or(reader) as at_hand:
        outcomes = at_hand.read(things, passphrases, limits=limits, progress=progress)
    sources, passed_over = _sources(outcomes)
    items = [item for source in sources for item in source.result.items]
    return Inspection(tuple(sources), group(items), passed_over)


def inspect_files(
    paths: Sequence[Path],
    passphrases: Sequence[str] = (),
    *,
    relaxed: bool = False,
    reader: Reader | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Inspection:
    """Read every file, and those in folders, as `inspect` does."""
    return inspect(paths, passphrases, relaxed=relaxed, reader=reader, progress=progress)


def inspect_bytes(
    data: bytes,
    name: str,
    passphrases: Sequence[str] = (),
    *,
    relaxed: bool = False,
    reader: Reader | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Inspection:
    """Read what was pasted or piped in, as `inspect` does."""
    pasted = Pasted(name, data)
    return inspect([pasted], passphrases, relaxed=relaxed, reader=reader, progress=progress)


@contextmanager
def _reader_or(given: Reader | None) -> Iterator[Reader]:
    if given is not None:
        yield given
        return
    with Reader() as own:
        yield own


def _sources(outcomes: Sequence[Outcome]) -> tuple[list[Source], int]:
    """The sources, and how many files of folders are passed over.

    A folder holds much that is none of our business. Only where there is nothing else in it, the
    folder itself is a source that says so.
    """
    sources, passed = [], Counter[tuple[int, Path]]()
    for outcome in outcomes:
        if outcome.folder is not None and _is_foreign(outcome):
            passed[outcome.number, outcome.folder] += 1
        else:
            sources.append(_source(outcome))
    told = {source.number for source in sources}
    for (number, folder), count in passed.items():
        if number not in told:
            title = f"{folder} holds nothing that we recognise"
            error = FileError(folder, title, f"{count:,} files were looked at.")
            sources.append(_source(Outcome(number, folder.name, folder, None, NOTHING, error)))
    return sorted(sources, key=lambda source: source.number), passed.total()


def _source(outcome: Outcome) -> Source:
    return Source(
        outcome.name, outcome.path, outcome.result, outcome.error, outcome.folder, outcome.number
    )


def _is_foreign(outcome: Outcome) -> bool:
    result = outcome.result
    return outcome.error is None and result.format == UNKNOWN and not result.items
