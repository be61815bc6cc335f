"""What the main page asks of the inventory, as it does: CPU time of the window's own thread.

One step is one page of 100 rows. Each search is one that was not asked for just before.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta

from benchmarks.material import NOW, CheapVaults, filled
from benchmarks.measure import Figure, thread_ms
from mtlsgui.inventory.records import Sort, SortColumn, TreeFilter, Warn
from mtlsgui.inventory.tree import Tree
from mtlsgui.workspace.workspace import Workspace

PAGE = 100
TYPED = ("h", "host-9", "host-9999", "4f:3a", "internal")
COLUMNS: tuple[SortColumn, ...] = ("name", "status", "expires", "kind", "serial", "key")


def run() -> Iterator[Figure]:
    """Milliseconds a step; the promise is below 50."""
    for number in (10_000, 100_000):
        with Workspace.open(filled(number), CheapVaults(), actor="bench@here") as ws:
            yield from _figures(ws.inventory.tree, number)


def _figures(tree: Tree, number: int) -> Iterator[Figure]:
    root = tree.roots_page(TreeFilter(), Sort(), NOW, Warn(), 0, 1)[0].id
    # Each step at another moment, so that nothing that was kept from the last one serves.
    seconds = itertools.count()

    def page(search: str, column: SortColumn, offset: int = 0) -> Callable[[], object]:
        def step() -> None:
            now = NOW + timedelta(seconds=next(seconds))
            wanted = TreeFilter(search=search)
            tree.children_page(root, wanted, Sort(column), now, Warn(), offset, PAGE)
            tree.roots_count(wanted, now, Warn())

        return step

    for typed in TYPED:
        for column in ("name", "status"):
            taken = thread_ms(page(typed, column))
            yield Figure(f"{number:,}: type {typed!r}, by {column}", taken, "ms", "promise", 50)
    for column in COLUMNS:
        taken = thread_ms(page("", column))
        yield Figure(f"{number:,}: sort by {column}", taken, "ms", "promise", 50)
    taken = thread_ms(page("", "name", number // 2))
    yield Figure(f"{number:,}: the middle of the list", taken, "ms", "promise", 50)
    taken = thread_ms(lambda: tree.counts(NOW, Warn()))
    yield Figure(f"{number:,}: counts (in a worker)", taken, "ms", "promise", 50)
