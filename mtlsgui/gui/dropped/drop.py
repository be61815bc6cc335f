"""One drop: what was given, how it is read, what was found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mtlsgui.gui.jobs import TaskControl
from mtlsgui.workspace.contents import Contents, Entry, sort, with_sources
from mtlsgui.workspace.inspecting import Pasted, Reader, Source, inspect

MOST_NAMED = 20


@dataclass(frozen=True)
class Drop:
    """It stays in memory only.

    relaxed: read without the usual bounds. fetched: issuers that were fetched for it.
    current: what was looked at last.
    """

    paths: tuple[Path, ...] = ()
    text: str = field(default="", repr=False)
    text_name: str = ""
    passphrases: tuple[str, ...] = field(default=(), repr=False)
    relaxed: bool = False
    fetched: tuple[Source, ...] = ()
    contents: Contents | None = field(default=None, repr=False)
    current: Entry | None = field(default=None, repr=False)

    @property
    def names(self) -> str:
        """What the files are called, in one line."""
        names = ", ".join(path.name or str(path) for path in self.paths[:MOST_NAMED])
        return f"{names}, …" if len(self.paths) > MOST_NAMED else names

    def read(self, kept: Sequence[str], reader: Reader, control: TaskControl) -> Contents:
        """Read it all. kept: passphrases that are tried too. For a worker thread."""
        things = [Pasted(self.text_name, self.text.encode())] if self.text else self.paths
        found = inspect(
            things,
            tuple(dict.fromkeys((*self.passphrases, *kept))),
            relaxed=self.relaxed,
            reader=reader,
            progress=control.report,
        )
        return with_sources(found, self.fetched) if self.fetched else sort(found)
