"""The export dialog: choose, see what will be written, done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.exporting.options import OptionsPage
from mtlsgui.gui.exporting.wording import file_note
from mtlsgui.gui.key_protection import PlainKeyQuestion
from mtlsgui.gui.theme.tokens import GAP_LARGE, Tone
from mtlsgui.gui.two_lines import Line, LineList
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.workspace import exporting
from mtlsgui.workspace.exporting import Form, OutputFile


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


@dataclass(frozen=True)
class _Written:
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class _InTheWay:
    paths: tuple[Path, ...]


class ExportDialog(PanelDialog):
    """Exports certificates, one or many, in one form.

    form: what is offered first. show_folder: shows the folder at the end.
    """

    exported = Signal(list)
    """list[Path]: what was written."""

    def __init__(
        self,
        desk: Desk,
        access: KeyAccess,
        certificate_ids: Sequence[int],
        parent: QWidget | None = None,
        *,
        form: Form = Form.PEM,
        show_folder: Callable[[Path], object] = open_folder,
    ) -> None:
        super().__init__(desk.theme, "", width=560, parent=parent)
        self._desk, self._access = desk, access
        self._ids = list(certificate_ids)
        self._show_folder = show_folder
        self._rows = desk.ws.inventory.certificates.get_many(self._ids)
        self._folder = Path()
        self._files: tuple[OutputFile, ...] = ()
        self._replacing: tuple[Path, ...] = ()

        self.options_page = OptionsPage(desk.theme, desk.settings, self._rows)
        self.options_page.set_form(form)
        self.options_page.changed.connect(self.fit)
        self.files_page = self._make_files_page()
        self.body.addWidget(self.options_page)
        self.body.addWidget(self.files_page)
        self.body.addStretch()
        self.back_button = plain_button(self.tr("&Back"))
        self.folder_button = plain_button(self.tr("&Open folder"))
        self.next_button = primary_button(self.tr("&Next"))
        self.save_button = primary_button(self.tr("&Save"))
        self.back_button.clicked.connect(self._show_options)
        self.folder_button.clicked.connect(self._open_folder)
        self.next_button.clicked.connect(self._next)
        self.save_button.clicked.connect(self._save)
        self.add_button(self.folder_button, left=True)
        self.add_button(self.back_button)
        self.add_button(self.next_button, default=True)
        self.add_button(self.save_button)
        self._show_options()

    def first_field(self) -> QWidget:
        return self.options_page.form_box

    # -- choosing

    def _show_options(self) -> None:
        self.clear_message()
        self.set_heading(self._title())
        self._show_page(self.options_page)
        self._show_buttons(self.next_button)
        self.options_page.form_box.setFocus()

    def _next(self) -> None:
        folder = self.options_page.check()
        if folder is None:
            return
        self.clear_message()
        self._folder = folder
        if self.options_page.wants_plain_key:
            question = PlainKeyQuestion(self._desk, self._named(), parent=self)
            question.accepted.connect(self._render)
            question.open()
        else:
            self._render()

    def _render(self) -> None:
        form = self.options_page.form
        self.set_busy(True)
        if form.has_key:
            self._access.ensure(self, self._render_now, lambda: self.set_busy(False))
        else:
            self._render_now()

    def _render_now(self) -> None:
        form, options, folder = (
            self.options_page.form,
            self.options_page.options(),
            self._folder,
        )
        ws, ids = self._desk.ws, self._ids

        def work(_control: object) -> tuple[tuple[OutputFile, ...], tuple[Path, ...]]:
            files = exporting.render(ws, ids, form, options)
            return files, exporting.existing(files, folder)

        self._desk.jobs.run_task(
            work,
            lambda made: self._show_files(*made),
            self.show_error,
            title=self.tr("Preparing the export"),
            owner=self,
            on_finished=lambda: self.set_busy(False),
        )

    # -- showing what will be written

    def _make_files_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        self.name_edit = QLineEdit()
        self.name_row = FormRow(self.tr("File &name"), self.name_edit)
        self.file_list = LineList(self._desk.theme, self.tr("Files"), rows=6)
        column.addWidget(self.name_row)
        column.addWidget(self.file_list)
        self.name_edit.textEdited.connect(self._name_typed)
        return page

    def _show_files(self, files: tuple[OutputFile, ...], in_the_way: tuple[Path, ...]) -> None:
        self._files = files
        self.set_busy(False)
        single = len(files) == 1
        self.set_heading(
            self.tr("This file will be written")
            if single
            else self.tr("These {} files will be written").format(len(files)),
            str(self._folder)
            if self._folder.is_dir()
            else self.tr("{}, a new folder").format(self._folder),
        )
        self.name_row.setVisible(single)
        self.name_edit.setText(files[0].name)
        self._warn_of(in_the_way)
        self._show_page(self.files_page)
        self._show_buttons(self.back_button, self.save_button)
        if single:
            self.name_edit.setFocus()
            self.name_edit.setSelection(0, len(Path(files[0].name).stem))
        else:
            self.save_button.setFocus()

    def _warn_of(self, in_the_way: tuple[Path, ...]) -> None:
        """Say which files would be replaced; pressing the button then is the answer."""
        self._replacing = in_the_way
        self._list_files()
        self.save_button.setText(self.tr("&Replace and save") if in_the_way else self.tr("&Save"))
        self.save_button.setAccessibleName(self.save_button.text().replace("&", ""))
        if in_the_way:
            named = ", ".join(path.name for path in in_the_way[:5])
            if len(in_the_way) > 5:
                named = self.tr("{} and {} more").format(named, len(in_the_way) - 5)
            self.show_message(
                Tone.ATTENTION,
                self.tr("This file is there already and will be replaced.")
                if len(in_the_way) == 1
                else self.tr("{} files are there already and will be replaced.").format(
                    len(in_the_way)
                ),
                named,
            )
        else:
            self.clear_message()

    def _list_files(self) -> None:
        replaced = {path.name for path in self._replacing}
        encrypted = self.options_page.options().passphrase is not None
        self.file_list.set_lines(
            [
                Line(
                    file.name,
                    file_note(file, encrypted=encrypted),
                    self.tr("replaces a file") if file.name in replaced else "",
                    Tone.ATTENTION,
                )
                for file in self._files
            ]
        )
        self.fit()

    def _name_typed(self, name: str) -> None:
        problem = ""
        if not name.strip():
            problem = self.tr("Give the file a name.")
        elif Path(name).name != name:
            problem = self.tr("A name only: go back to choose another folder.")
        self.name_row.set_problem(problem)
        if not problem:
            self._files = (replace(self._files[0], name=name.strip()),)
        self._warn_of(())  # whether that name is taken is found when it is written

    # -- writing

    def _save(self) -> None:
        if len(self._files) == 1 and self.name_row.problem:
            self.name_edit.setFocus()
            return
        ws, ids, files, folder = self._desk.ws, self._ids, self._files, self._folder
        agreed = set(self._replacing)

        def work(_control: object) -> _Written | _InTheWay:
            in_the_way = exporting.existing(files, folder)
            if set(in_the_way) - agreed:
                return _InTheWay(in_the_way)
            return _Written(exporting.write(ws, ids, files, folder, overwrite=bool(in_the_way)))

        self.set_busy(True)
        self._desk.jobs.run_task(
            work,
            self._saved,
            self.show_error,
            title=self.tr("Exporting"),
            owner=self,
            on_finished=lambda: self.set_busy(False),
        )

    def _saved(self, outcome: _Written | _InTheWay) -> None:
        self.set_busy(False)
        if isinstance(outcome, _InTheWay):
            self._warn_of(outcome.paths)
            self.save_button.setFocus()
            return
        self._replacing = ()
        self.options_page.remember(self._folder)
        self.options_page.password.clear()
        self.clear_message()
        self.set_heading(
            self.tr("Saved {}").format(outcome.paths[0].name)
            if len(outcome.paths) == 1
            else self.tr("Saved {} files").format(len(outcome.paths)),
            str(self._folder),
        )
        self._list_files()
        self._files = ()  # they may hold keys
        self.name_row.hide()
        self.cancel_button.setText(self.tr("Close"))
        self._show_buttons(self.folder_button)
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()
        self.exported.emit(list(outcome.paths))

    def _open_folder(self) -> None:
        self._show_folder(self._folder)

    # -- pages

    def _show_page(self, page: QWidget) -> None:
        for each in (self.options_page, self.files_page):
            each.setVisible(each is page)
        self.fit()

    def _show_buttons(self, *shown: QWidget) -> None:
        for button in (self.folder_button, self.back_button, self.next_button, self.save_button):
            button.setVisible(button in shown)
        for button in (self.next_button, self.save_button):
            button.setDefault(button in shown)

    def _title(self) -> str:
        return self.tr("Export {}").format(self._named())

    def _named(self) -> str:
        if len(self._rows) == 1:
            return f"“{self._rows[0].name}”"
        return self.tr("{} certificates").format(len(self._rows))
