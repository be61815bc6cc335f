"""Many files at once: each converted on its own, with a line in a report for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.workspace.converting.planning import plan
from mtlsgui.workspace.converting.records import Plan
from mtlsgui.workspace.converting.rendering import render
from mtlsgui.workspace.converting.targets import Options, Target
from mtlsgui.workspace.copies import unused_name
from mtlsgui.workspace.inspecting import Source
from mtlsgui.workspace.output_files import write_files


@dataclass(frozen=True)
class Line:
    """What became of one file.

    written: the files that were made of it; none when it was skipped.
    why: why it was skipped; empty when it was not. plan: None when it could not be read.
    """

    path: Path
    written: tuple[Path, ...]
    why: str = ""
    plan: Plan | None = None

    @property
    def done(self) -> bool:
        return bool(self.written)


@dataclass(frozen=True)
class Report:
    """lines: one for each file, in their order. stopped: it was ended before the last."""

    lines: tuple[Line, ...]
    stopped: bool = False

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)

    @property
    def skipped(self) -> int:
        return len(self.lines) - self.done


def convert_each(
    sources: Sequence[Source],
    target: Target,
    options: Options,
    folder: Path,
    *,
    now: datetime,
    overwrite: bool = False,
    progress: Callable[[int, int], bool] = lambda _done, _total: True,
) -> Report:
    """Convert each of the files that were read by itself, into files of the same name.

    folder: for what is made; it is made itself where only it is missing.
    progress: is called with how many are done and how many there are; False stops the work.
    What goes wrong with one file is in its line; the others are converted.
    """
    lines: list[Line] = []
    taken: set[str] = set()
    for at, source in enumerate(sources):
        if not progress(at, len(sources)):
            return Report(tuple(lines), stopped=True)
        stem = unused_name(Path(source.name).stem, taken)
        lines.append(_convert(source, stem, target, options, folder, now, overwrite))
    progress(len(sources), len(sources))
    return Report(tuple(lines))


def _convert(  # noqa: PLR0917 - all that the loop above knows
    source: Source,
    stem: str,
    target: Target,
    options: Options,
    folder: Path,
    now: datetime,
    overwrite: bool,
) -> Line:
    path = source.path or Path(source.name)
    if source.error is not None:
        return Line(path, (), _sentence(source.error))
    if not source.result.items:
        return Line(path, (), " ".join(error.message for error in source.result.errors))
    planned = plan(source.result.items, target, options, now=now)
    if planned.problems:
        return Line(path, (), " ".join(planned.problems), planned)
    try:
        files = [
            replace(file, name=stem + file.name.removeprefix(planned.stem))
            for file in render(planned)
        ]
        return Line(path, write_files(files, folder, overwrite=overwrite), "", planned)
    except MtlsguiError as error:
        return Line(path, (), _sentence(error), planned)


def _sentence(error: MtlsguiError) -> str:
    return " ".join(filter(None, (error.title.rstrip(".") + ".", error.detail)))
