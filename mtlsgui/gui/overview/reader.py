"""Reads the overview again whenever it may have changed, in a worker."""

from PySide6.QtCore import QObject, QTimer, Signal

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.workspace.overview import Overview, overview

_MINUTE_MS = 60_000


class OverviewReader(QObject):
    """The latest overview: at once, after each change, and each minute since time goes on.

    Whether a page shows it or not: the number that needs attention is seen from everywhere.
    """

    read = Signal(object)
    """An `Overview`."""
    attention_changed = Signal(int)
    """How many certificates need attention now."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._latest: Overview | None = None
        self._reading = self._outdated = False
        desk.changes.changed.connect(self.refresh)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self._minute.start()
        self.refresh()

    @property
    def latest(self) -> Overview | None:
        """None until it was read for the first time."""
        return self._latest

    @property
    def attention_count(self) -> int:
        """How many certificates need attention; 0 until that is known."""
        return self._latest.attention_count if self._latest is not None else 0

    def refresh(self) -> None:
        """Read it again; once more after that, where it is being read just now."""
        if self._reading:
            self._outdated = True
            return
        self._reading, self._outdated = True, False
        ws = self._desk.ws
        self._desk.jobs.run_task(
            lambda _control: overview(ws),
            self._take,
            self._failed,
            title=self.tr("Reading the overview"),
            owner=self,
        )

    def _take(self, latest: Overview) -> None:
        self._reading = False
        before = self.attention_count
        self._latest = latest
        self.read.emit(latest)
        if self.attention_count != before:
            self.attention_changed.emit(self.attention_count)
        if self._outdated:
            self.refresh()

    def _failed(self, error: MtlsguiError) -> None:
        self._reading = False
        self._desk.jobs.failed.emit(error)
