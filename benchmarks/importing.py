"""Importing a heap of certificates from one PEM file: read, grouped, linked, stored, journalled."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import xca
from benchmarks.material import heap, workspace
from benchmarks.measure import Figure, Spent, spending
from mtlsgui.workspace import importing
from mtlsgui.workspace.inspecting import inspect_files

PROMISED, NUMBER = 5.0, 10_000
XCAS = 1_000
"""As many as xca imports in a time that one waits for; its time grows with their square."""


def run() -> Iterator[Figure]:
    """Seconds for 1,000, beside xca's own import of the same file, and for 10,000."""
    ours = _import(XCAS)
    peer, theirs = "xca --import", None
    if not xca.is_there():
        peer = "xca is not installed"
    elif (theirs := xca.imported(XCAS)) is None:
        peer = f"xca was stopped after {xca.LONGEST:.0f} s"
    yield Figure(f"import {XCAS:,}, CPU", ours.cpu, "s", peer, theirs.cpu if theirs else None)
    yield Figure(f"import {XCAS:,}, wall", ours.wall, "s", peer, theirs.wall if theirs else None)
    ours = _import(NUMBER)
    yield Figure(f"import {NUMBER:,}, CPU", ours.cpu, "s", "promise", PROMISED)
    yield Figure(f"import {NUMBER:,}, wall", ours.wall, "s", "promise", PROMISED)


def _import(number: int) -> Spent:
    path = heap(number)
    with workspace() as ws, spending() as spent:
        kept = importing.run(ws, inspect_files([path]).items)
    assert len(kept.certificates) == number + 1
    return spent
