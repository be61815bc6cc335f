"""What the wizards share: opening the keys, making the thing in a job, saying how it went."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.jobs import Task
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.wizard.flow import Flow
from mtlsgui.gui.wizard.frame import WizardDialog, WizardPage


class MakingWizard(WizardDialog):
    """A wizard whose last button makes something in the workspace.

    make: makes it in a worker thread and gives its id. working: what is being done, for the
    status bar. Deleted when it is closed.
    """

    def __init__(
        self,
        desk: Desk,
        access: KeyAccess,
        title: str,
        flow: Flow,
        pages: Mapping[str, WizardPage],
        *,
        finish_text: str,
        make: Callable[[], int],
        working: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk.theme,
            title,
            flow,
            pages,
            finish_text=finish_text,
            finish=self._begin,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._access, self._make, self._working = access, make, working
        self._task: Task | None = None

    def made(self, made_id: int) -> None:
        """Called with the id of what was made: say so, and show it."""
        raise NotImplementedError

    def reject(self) -> None:
        """Cancel. What a worker thread has begun to store then, it stores."""
        if self._task is not None:
            self._task.cancel()
        super().reject()

    def _begin(self) -> None:
        self.set_busy(True)
        self._access.ensure(self, self._start, lambda: self.set_busy(False))

    def _start(self) -> None:
        if not self.isVisible():  # cancelled while the keyring asked
            return
        self._task = self.desk.jobs.run_task(
            lambda _control: self._make(),
            self._made,
            self._failed,
            title=self._working,
            cancellable=True,
            owner=self,
            on_finished=self._free,
        )

    def _made(self, made_id: int) -> None:
        self.desk.changes.look()
        self.made(made_id)

    def _failed(self, error: MtlsguiError) -> None:
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self.show_failure(error.title, text)

    def _free(self) -> None:
        self._task = None
        self.set_busy(False)
