"""Importing a heap of certificates from one PEM file: read, grouped, linked, stored, journalled."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import xca
from benchmarks.material import heap, workspace
from benchmarks.measure import Figure, spending
from mtlsgui.workspace import importing
from mtlsgui.workspace.inspecting import inspect_files

NUMBER = 10_000


def run() -> Iterator[Figure]:
    """Seconds for 10,000; beside xca's own import of the same file."""
    path = heap(NUMBER)
    with workspace() as ws, spending() as spent:
        found = inspect_files([path])
        kept = importing.run(ws, found.items)
    assert len(kept.certificates) == NUMBER + 1
    peer, theirs = "xca --import", None
    if not xca.is_there():
        peer = "xca is not installed"
    elif (theirs := xca.imported(NUMBER)) is None:
        peer = f"xca was stopped after {xca.LONGEST:.0f} s"
    yield Figure(f"import {NUMBER:,}, CPU", spent.cpu, "s", peer, theirs.cpu if theirs else None)
    yield Figure(f"import {NUMBER:,}, wall", spent.wall, "s", peer, theirs.wall if theirs else None)
