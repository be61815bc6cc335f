"""Runs the application, drops a file on its window again and again, and ends.

Prints one line of JSON: the milliseconds from each drop to the paint that shows what is in the
file. The first drop, which builds the page, is among them.
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
from PySide6.QtWidgets import QApplication

from mtlsgui.gui.desktop import Desktop
from mtlsgui.gui.dropped.page import DroppedPage
from mtlsgui.workspace.contents import Contents

DROPS = 9
WARM_MS = 1_500
"""From the first move of the drag to the drop: as long as a hand takes."""


class _Dropper(QObject):
    def __init__(self, desktop: Desktop, path: Path) -> None:
        super().__init__(desktop)
        self._desktop, self._path = desktop, path
        self._taken: list[float] = []
        self._begun: float | None = None
        self._before: Contents | None = None
        desktop.window.installEventFilter(self)
        desktop.window.drag_entered.emit()
        QTimer.singleShot(WARM_MS, self, self._drop)

    @property
    def _contents(self) -> Contents | None:
        page = self._desktop.window.findChild(DroppedPage)
        return page.contents if page is not None else None

    def _drop(self) -> None:
        self._before = self._contents
        self._begun = time.perf_counter()
        self._desktop.window.files_dropped.emit([self._path])

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._begun is not None and event.type() == QEvent.Type.UpdateRequest:
            contents = self._contents
            if contents is not None and contents is not self._before:
                self._before = contents
                QTimer.singleShot(0, self, self._shown)  # after the paints of this request
        return False

    def _shown(self) -> None:
        assert self._begun is not None
        self._taken.append((time.perf_counter() - self._begun) * 1000)
        self._begun = None
        if len(self._taken) < DROPS:
            QTimer.singleShot(100, self, self._drop)
            return
        print(json.dumps(self._taken), flush=True)
        QApplication.exit(0)


def main() -> int:
    """Start the application; its exit status. Arguments: --workspace DIR FILE."""
    *arguments, path = sys.argv
    show = Desktop.show

    def show_and_drop(self: Desktop) -> None:
        show(self)
        _Dropper(self, Path(path))

    Desktop.show = show_and_drop  # type: ignore[method-assign]
    return app.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
