"""The files of a folder that is dropped as a whole."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mtlsgui.workspace.reading.messages import Refusal, Task

MOST_FILES = 100_000
"""Files that are looked at in one folder."""
MOST_DEPTH = 64
"""Folders within folders that are gone into."""


def unfold(tasks: Sequence[Task]) -> Iterator[Task]:
    """The tasks, and for each that names a folder the files in it."""
    for task in tasks:
        if task.path is not None and os.path.isdir(task.path):  # noqa: PTH112 - text as it came
            nothing = [_refused(task, task.path, "", "holds no files")]
            yield from list(_files_in(task, task.path)) or nothing
        else:
            yield task


def _files_in(task: Task, top: str) -> Iterator[Task]:
    """Usual files, sorted by name; each is called by its place within the folder.

    Hidden files are taken, since keys are hidden at times. Hidden folders are not gone into: they
    hold the history of versions, caches, and what Kubernetes mounts a second time. Links to files
    are followed (certbot's folder "live" is all links), links to folders are not, so that none
    leads in a circle. Pipes, sockets and devices are left out.
    """
    left = MOST_FILES
    stack = [("", 0)]
    while stack:
        place, depth = stack.pop()
        try:
            files, folders = _list(Path(top, place))
        except OSError as error:
            yield _refused(task, top, place, "cannot be opened", error.strerror or "")
            continue
        for name in files:
            if not left:
                yield _refused(
                    task, top, "", "has too many files", f"{MOST_FILES:,} of them are read."
                )
                return
            left -= 1
            inside = f"{place}{name}"
            yield Task(task.number, inside, os.path.join(top, inside), folder=top)  # noqa: PTH118
        if folders and depth == MOST_DEPTH:
            yield _refused(
                task, top, place, "is nested too deep", "The folders in it are left out."
            )
            continue
        stack += [(f"{place}{name}/", depth + 1) for name in reversed(folders)]


def _list(folder: Path) -> tuple[list[str], list[str]]:
    files, folders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith("."):
                        folders.append(entry.name)
                elif stat.S_ISREG(entry.stat().st_mode):
                    files.append(entry.name)
            except OSError:  # gone meanwhile, or a link that leads nowhere
                continue
    return sorted(files), sorted(folders)


def _refused(task: Task, top: str, place: str, what: str, detail: str = "") -> Task:
    folder = Path(top, place)
    refusal = Refusal(f"The folder {folder} {what}", detail)
    return replace(task, name=place.rstrip("/") or task.name, path=str(folder), refusal=refusal)
