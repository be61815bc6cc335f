"""What every page and dialog works with: the workspace and the window's services."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QClipboard

from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from mtlsgui.workspace.inspecting import Reader

_LOOK_EVERY_MS = 400


class Changes(QObject):
    """Says when the workspace has changed, whoever changed it.

    That may be this window, a worker thread of it, another window or `mtlsctl`.
    """

    changed = Signal()

    def __init__(self, ws: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ws = ws
        self._seen = ws.inventory.data_version()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look now; use cases that ran in a worker thread call for it when they are done."""
        version = self._ws.inventory.data_version()
        if version != self._seen:
            self._seen = version
            self.changed.emit()

    def announce(self) -> None:
        """Say it for a change that this thread made itself, which the version does not show."""
        self._seen = self._ws.inventory.data_version()
        self.changed.emit()

    def stop(self) -> None:
        """Look no more, before the workspace is closed."""
        self._timer.stop()


@dataclass(frozen=True)
class Desk:
    """Handed to everything that the window is made of."""

    ws: Workspace
    theme: Theme
    jobs: Jobs
    settings: QSettings
    clipboard: QClipboard
    changes: Changes

    @cached_property
    def reader(self) -> "Reader":
        """Reads files, in a process of its own that is there when it is needed."""
        # All formats come with it: a tenth of a second that the start of the window does without.
        from mtlsgui.workspace.inspecting import Reader

        return Reader()

    def close(self) -> None:
        """Look for changes no more, and end the process that reads."""
        self.changes.stop()
        if "reader" in vars(self):
            self.reader.close()
