"""Runs the application as `python -m mtlsgui` does, and ends it when the window has shown its rows.

Prints one line of JSON: cpu (seconds, of the whole process up to then, the interpreter's start
included), painted (the monotonic clock), rss_mb (resident memory a few idle seconds later).
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

# Before any of Qt, as `mtlsgui.__main__` has it: what comes after PySide6 is imported more slowly.
from mtlsgui import app

# isort: split
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QTreeView

from mtlsgui.gui.desktop import Desktop

IDLE_MS = 3_000


class _Watch(QObject):
    """Ends the application some idle seconds after a first paint that shows what there is."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._window = desktop.window
        self._done = False
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._done and self._is_shown(watched):
            self._done = True
            # After this paint and those that are due with it.
            QTimer.singleShot(0, self, self._painted)
        return False

    def _is_shown(self, watched: QObject) -> bool:
        """A tree with rows is painted; in an empty workspace there is none to see."""
        trees = [tree for tree in self._window.findChildren(QTreeView) if tree.isVisible()]
        if not trees:
            return watched is self._window
        return any(tree.viewport() is watched and tree.model().rowCount() for tree in trees)

    def _painted(self) -> None:
        self._taken = {"cpu": time.process_time(), "painted": time.monotonic()}
        QTimer.singleShot(IDLE_MS, self, self._rested)

    def _rested(self) -> None:
        status = Path("/proc/self/status").read_text()
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        print(json.dumps({**self._taken, "rss_mb": int(resident.split()[1]) / 1024}), flush=True)
        QApplication.exit(0)


def main() -> int:
    """Start the application on the workspace that is named; its exit status."""
    show = Desktop.show

    def watched_show(self: Desktop) -> None:
        _Watch(self)
        show(self)

    Desktop.show = watched_show  # type: ignore[method-assign]
    return app.run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
