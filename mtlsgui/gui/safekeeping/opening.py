"""Opening a workspace at the start, and what is offered where that fails."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.safekeeping.wording import when
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.working_dialog import WorkingDialog
from mtlsgui.inventory.errors import InventoryDamaged
from mtlsgui.workspace import restoring
from mtlsgui.workspace.restoring import PutBack
from mtlsgui.workspace.workspace import Workspace


def open_with_help(
    open_workspace: Callable[[], Workspace], directory: Path, theme: Theme
) -> Workspace | None:
    """The workspace, opened; where it cannot be, the person is told and asked what to do.

    Runs event loops of its own, so it is for the start only. None when the person gives up.
    """
    while True:
        try:
            return open_workspace()
        except InventoryDamaged as error:
            if not _offer_backup(theme, directory, error):
                return None
        except MtlsguiError as error:
            if CannotOpenDialog(theme, directory, error).exec() != QDialog.DialogCode.Accepted:
                return None


def _offer_backup(theme: Theme, directory: Path, error: InventoryDamaged) -> bool:
    jobs = Jobs()
    try:
        dialog = DamagedInventoryDialog(theme, jobs, directory, error)
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        jobs.close()


class CannotOpenDialog(PanelDialog):
    """Says why the workspace cannot be opened. Accepted: try again."""

    def __init__(
        self, theme: Theme, directory: Path, error: MtlsguiError, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", width=520, parent=parent)
        self.set_heading(self.tr("The workspace cannot be opened"), str(directory))
        self.show_error(error)
        self.cancel_button.setText(self.tr("Quit"))
        self.again_button = primary_button(self.tr("&Try again"))
        self.again_button.clicked.connect(self.accept)
        self.add_button(self.again_button, default=True)


class DamagedInventoryDialog(WorkingDialog):
    """Says that the inventory is damaged and offers the last copy. Accepted: open it now."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        directory: Path,
        error: InventoryDamaged,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, jobs, width=540, parent=parent)
        self._directory = directory
        copy = restoring.last_backup(directory)
        self.set_heading(self.tr("The inventory is damaged"), str(directory))
        self.show_message(
            Tone.BAD, self.tr("The list of certificates cannot be read."), error.detail
        )
        self.advice = wrapped(self._advice(copy))
        self.body.addWidget(self.advice)
        self.cancel_button.setText(self.tr("Quit"))
        self.again_button = plain_button(self.tr("&Try again"))
        self.again_button.clicked.connect(self.accept)
        self.add_button(self.again_button)
        self.put_back_button = primary_button(self.tr("&Put the last copy back"))
        self.put_back_button.clicked.connect(self._put_back)
        self.add_button(self.put_back_button, default=copy is not None)
        self.put_back_button.setVisible(copy is not None)
        self.open_button = primary_button(self.tr("&Open the workspace"))
        self.open_button.clicked.connect(self.accept)
        self.add_button(self.open_button)
        self.open_button.hide()

    def _advice(self, copy: Path | None) -> str:
        if copy is None:
            return self.tr(
                "There is no copy beside it. Restore a backup of the workspace into another "
                "folder (mtlsctl restore), or put this folder back from your own backup."
            )
        made = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
        return self.tr(
            "The last copy is of {}. What was done since then is not in it; private keys that "
            "were made since stay in their vault. The damaged file is kept aside, nothing is "
            "deleted."
        ).format(when(made))

    def _put_back(self) -> None:
        self.run(
            lambda _control: restoring.put_back_last_backup(self._directory),
            self._done,
            title=self.tr("Putting the last copy back"),
        )

    def _done(self, put_back: PutBack) -> None:
        self.set_heading(self.tr("The last copy was put back"), str(self._directory))
        self.advice.setText(
            self.tr("The damaged file is kept as {}.").format(put_back.kept_aside.name)
            if put_back.kept_aside
            else ""
        )
        self.again_button.hide()
        self.put_back_button.hide()
        self.open_button.show()
        self.open_button.setDefault(True)
        self.open_button.setFocus()
        self.fit()
