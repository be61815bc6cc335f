"""A dialog that does its work in the background: progress, stopping, failures in place."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.dialog import MARGIN, PanelDialog
from mtlsgui.gui.jobs import SHOWN_AFTER_MS, Jobs, Task, TaskControl
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE

Result = TypeVar("Result")


class WorkingDialog(PanelDialog):
    """While it works, Cancel stops the work, or waits for it where it cannot be stopped."""

    def __init__(
        self, theme: Theme, jobs: Jobs, *, width: int = 480, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", width=width, parent=parent)
        self._jobs = jobs
        self._task: Task | None = None
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.hide()
        self.add_below(self.progress, (MARGIN, 0, MARGIN, GAP_LARGE))
        self._show_soon = QTimer(self)
        self._show_soon.setSingleShot(True)
        self._show_soon.setInterval(SHOWN_AFTER_MS)
        self._show_soon.timeout.connect(self._show_progress)
        jobs.progressed.connect(self._renew_progress)

    def run(
        self,
        work: Callable[[TaskControl], Result],
        on_done: Callable[[Result], object],
        *,
        title: str,
        stoppable: bool = False,
        on_error: Callable[[MtlsguiError], object] | None = None,
    ) -> None:
        """Do `work` in a thread, then `on_done` here with the dialog free again.

        title: what is being done. on_error: instead of saying it above the body.
        """
        self.clear_message()
        self.set_busy(True)
        self.cancel_button.setEnabled(stoppable)
        self.progress.setRange(0, 0)
        self._show_soon.start()

        def done(result: Result) -> None:
            self._free()
            on_done(result)

        def failed(error: MtlsguiError) -> None:
            self._free()
            (on_error or self.show_error)(error)

        self._task = self._jobs.run_task(
            work,
            done,
            failed,
            title=title,
            cancellable=stoppable,
            owner=self,
            on_finished=self._free_if_stopped,
        )

    @property
    def working(self) -> bool:
        """Whether `run` has not ended yet."""
        return self._task is not None

    def reject(self) -> None:
        """Close it; while it works, stop the work instead, where it can be stopped."""
        if self._task is None:
            super().reject()
        elif self._task.cancellable:
            self._task.cancel()
            self.cancel_button.setEnabled(False)

    def _free(self) -> None:
        self._task = None
        self._show_soon.stop()
        self.progress.hide()
        self.cancel_button.setEnabled(True)
        self.set_busy(False)
        self.fit()

    def _free_if_stopped(self) -> None:
        # Neither a result nor an error came; `on_done` may have begun something else.
        if self._task is not None and self._task.is_finished:
            self._free()

    def _show_progress(self) -> None:
        self.progress.show()
        self.fit()

    def _renew_progress(self) -> None:
        if self._task is not None and self._task.progress.total:
            self.progress.setRange(0, self._task.progress.total)
            self.progress.setValue(self._task.progress.done)
