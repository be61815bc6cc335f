"""The status bar: what is here, what is being done, and a hint."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from mtlsgui.gui.jobs import Jobs, Task
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.widgets.buttons import link_button
from mtlsgui.gui.widgets.labels import ElidedLabel, label


class TaskIndicator(QWidget):
    """The task that has run for longest: its title, how far it is, and Cancel."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._task: Task | None = None
        self.title = label(role="muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.cancel_button = link_button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        for part in (self.title, self.bar, self.cancel_button):
            row.addWidget(part)
        jobs.shown_changed.connect(self._choose)
        jobs.progressed.connect(self._show_progress)
        self._choose()

    def _choose(self) -> None:
        task = self._jobs.shown[0] if self._jobs.shown else None
        if task is not self._task:
            self._task = task
            if task is not None:
                self.cancel_button.setEnabled(True)
        self.setVisible(task is not None)
        self._show_progress()

    def _show_progress(self) -> None:
        task = self._task
        if task is None:
            return
        progress = task.progress
        self.title.setText(progress.text or task.title)
        self.bar.setRange(0, progress.total)  # 0 to 0 is Qt's "busy, not known how far"
        self.bar.setValue(progress.done)
        self.bar.setAccessibleName(task.title)
        self.cancel_button.setVisible(task.cancellable)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.cancel_button.setEnabled(False)


class StatusBar(QFrame):
    """A slim bar under the page."""

    def __init__(self, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status")
        self.setFixedHeight(theme.sizes.status_bar)
        self.text = ElidedLabel()
        self.text.setProperty("role", "muted")
        self.indicator = TaskIndicator(jobs)
        self.hint = label(role="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_LARGE, 0, GAP_LARGE, 0)
        row.setSpacing(GAP_LARGE)
        row.addWidget(self.text, 1)
        row.addWidget(self.indicator)
        row.addWidget(self.hint)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show facts at the left ("214 certificates, 3 authorities", "CA keys: …")."""
        self.text.setText("    ".join(texts))
