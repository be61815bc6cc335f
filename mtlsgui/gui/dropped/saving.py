"""Saving one thing of a drop as a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dropped.wording import save_caption
from mtlsgui.workspace import looking
from mtlsgui.workspace.contents import Entry
from mtlsgui.workspace.exporting import Form
from mtlsgui.workspace.output_files import save_as


class Saving(QObject):
    """The menu "Save as", and what it does. entry: gives what is to be saved, or None."""

    saved = Signal(str)
    """Where it was saved."""

    def __init__(self, desk: Desk, owner: QWidget, entry: Callable[[], Entry | None]) -> None:
        super().__init__(owner)
        self._desk, self._owner, self._entry = desk, owner, entry
        self.menu = QMenu(owner)
        self.menu.aboutToShow.connect(lambda: self.fill(self.menu))

    def fill(self, menu: QMenu) -> None:
        """Put the forms into a menu in which the thing can be saved."""
        menu.clear()
        entry = self._entry()
        for form in looking.forms(entry) if entry is not None else ():
            action = menu.addAction(save_caption(form))
            action.triggered.connect(lambda _checked=False, form=form: self.ask(form))

    def ask(self, form: Form) -> None:
        """Ask where, then save it."""
        entry = self._entry()
        if entry is None:
            return
        name = looking.render(entry, form).name
        folder = entry.source.path.parent if entry.source.path is not None else Path.home()
        dialog = QFileDialog(self._owner, self.tr("Save as"), str(folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self.save(form, Path(chosen)))
        dialog.open()

    def save(self, form: Form, path: Path) -> None:
        """Write it into a file. What goes wrong is shown in the window."""
        entry = self._entry()
        if entry is None:
            return
        try:
            save_as(looking.render(entry, form), path)
        except MtlsguiError as error:
            self._desk.jobs.failed.emit(error)
        else:
            self.saved.emit(str(path))
