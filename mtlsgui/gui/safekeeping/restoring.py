"""Restoring a backup as a workspace of its own."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.jobs import TaskControl
from mtlsgui.gui.passphrases import NewPassphrase, PassphraseRow
from mtlsgui.gui.path_field import PathField, PathKind
from mtlsgui.gui.safekeeping.backing_up import SUFFIX
from mtlsgui.gui.safekeeping.wording import contents, names, no_recovery, when
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.working_dialog import WorkingDialog
from mtlsgui.vault.base import WrongPassphrase
from mtlsgui.workspace import restoring
from mtlsgui.workspace.backup import Manifest
from mtlsgui.workspace.vaults import VaultKind


class RestoreDialog(WorkingDialog):
    """Opens a backup, says what is in it, and makes a workspace of it in an empty folder.

    The workspace in use is left alone: a restore never overwrites one.
    """

    open_requested = Signal(Path)
    """The folder of a restored workspace that the person wants to open."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, desk.jobs, width=540, parent=parent)
        self._desk = desk
        self._restored: Path | None = None
        self.file_page, self.place_page = QWidget(), QWidget()
        for page, fill in ((self.file_page, self._fill_file), (self.place_page, self._fill_place)):
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(GAP_LARGE)
            fill(column)
            self.body.addWidget(page)
        self.back_button = plain_button(self.tr("&Back"))
        self.next_button = primary_button(self.tr("&Next"))
        self.restore_button = primary_button(self.tr("&Restore"))
        self.open_button = primary_button(self.tr("&Open it"))
        self.back_button.clicked.connect(self._show_file)
        self.next_button.clicked.connect(self._read)
        self.restore_button.clicked.connect(self._restore)
        self.open_button.clicked.connect(self._open)
        for button in (self.back_button, self.next_button, self.restore_button, self.open_button):
            self.add_button(button)
        self._show_file()

    def first_field(self) -> QWidget:
        return self.file.edit

    # -- which backup

    def _fill_file(self, column: QVBoxLayout) -> None:
        self.file = PathField(
            PathKind.OPEN_FILE,
            self.tr("Backup file"),
            file_filter=self.tr("Backups (*{});;All files (*)").format(SUFFIX),
        )
        self.which = FormRow(self.tr("&File"), self.file)
        self.passphrase = PassphraseRow(self.tr("&Passphrase of the backup"))
        self.file.changed.connect(lambda: self.which.set_problem(""))
        column.addWidget(self.which)
        column.addWidget(self.passphrase)

    def _show_file(self) -> None:
        self.clear_message()
        self.set_heading(
            self.tr("Restore a backup"),
            self.tr(
                "It becomes a workspace of its own in another folder. This workspace stays as "
                "it is."
            ),
        )
        self._show(self.file_page, self.next_button)
        self.file.edit.setFocus()

    def _read(self) -> None:
        path, passphrase = self.file.path, self.passphrase.edit.text()
        if path is None or not path.is_file():
            self.which.set_problem(
                self.tr("There is no such file.") if path else self.tr("Choose a backup.")
            )
            self.file.edit.setFocus()
        elif not passphrase:
            self.passphrase.refuse(self.tr("Type the passphrase of the backup."))
        else:
            self.run(
                lambda _control: restoring.read_manifest(path, passphrase),
                self._show_place,
                title=self.tr("Reading the backup"),
                on_error=self._failed,
            )

    def _failed(self, error: MtlsguiError) -> None:
        if isinstance(error, WrongPassphrase):
            self.passphrase.refuse(self.tr("That is not the passphrase of this backup."))
        else:
            self.show_error(error)

    # -- where to

    def _fill_place(self, column: QVBoxLayout) -> None:
        self.folder = PathField(PathKind.FOLDER, self.tr("Folder"))
        self.where = FormRow(self.tr("&Folder"), self.folder, self.tr("New, or empty."))
        self.folder.changed.connect(lambda: self.where.set_problem(""))
        self.keyring_radio = QRadioButton(self.tr("Hold private keys in this computer's &keyring"))
        self.file_radio = QRadioButton(self.tr("Hold them in a passphrase-&protected file"))
        self.keyring_radio.setChecked(True)
        self.new = NewPassphrase(self.tr("Passphrase of the new &vault"))
        self.warning = no_recovery(self.theme)
        self.new.hide()
        self.warning.hide()
        self.file_radio.toggled.connect(self._keys_chosen)
        column.addWidget(self.where)
        radios = QVBoxLayout()
        radios.setSpacing(GAP_SMALL)
        radios.addWidget(self.keyring_radio)
        radios.addWidget(self.file_radio)
        column.addLayout(radios)
        column.addWidget(self.new)
        column.addWidget(self.warning)

    def _keys_chosen(self, in_file: bool) -> None:
        self.new.setVisible(in_file)
        self.warning.setVisible(in_file)
        self.fit()

    def _show_place(self, manifest: Manifest) -> None:
        made = datetime.fromisoformat(manifest.made_at)
        self.set_heading(
            self.tr("Restore “{}”").format(manifest.name),
            self.tr("{}, backed up on {} by mtlsgui {}.").format(
                contents(manifest), when(made), manifest.made_by
            ),
        )
        if manifest.missing:
            self.show_message(
                Tone.ATTENTION,
                self.tr("Some private keys are not in this backup."),
                self.tr("They were held on another computer: {}.").format(names(manifest.missing)),
            )
        if self.folder.path is None:
            beside = self._desk.ws.layout.directory
            self.folder.set_path(beside.with_name(f"{beside.name}-{made:%Y-%m-%d}"))
        self._show(self.place_page, self.back_button, self.restore_button)
        self.folder.edit.setFocus()

    def _restore(self) -> None:
        directory, path = self.folder.path, self.file.path
        if directory is None or path is None:
            self.where.set_problem(self.tr("Choose a folder."))
            self.folder.edit.setFocus()
            return
        kind: VaultKind = "file" if self.file_radio.isChecked() else "keyring"
        if kind == "file" and not self.new.check():
            return
        passphrase = self.passphrase.edit.text()
        vault_passphrase = self.new.passphrase if kind == "file" else None
        ws = self._desk.ws

        def work(control: TaskControl) -> Manifest:
            return restoring.restore(
                path,
                directory,
                passphrase,
                ws.custody.vaults,
                kind,
                vault_passphrase=vault_passphrase,
                clock=ws.clock,
                actor=ws.actor,
                progress=control.report,
            )

        self.run(
            work,
            lambda manifest: self._done(manifest, directory),
            title=self.tr("Restoring a backup"),
            stoppable=True,
        )

    def _done(self, manifest: Manifest, directory: Path) -> None:
        self._restored = directory
        self.passphrase.edit.clear()
        self.new.clear()
        self.set_heading(self.tr("Restored {}").format(contents(manifest)), str(directory))
        self.hide_body()
        self._show(None, self.open_button)
        self.cancel_button.setText(self.tr("Close"))
        self.open_button.setFocus()

    def _open(self) -> None:
        if self._restored is not None:
            self.open_requested.emit(self._restored)
        self.accept()

    def _show(self, page: QWidget | None, *buttons: QWidget) -> None:
        for each in (self.file_page, self.place_page):
            each.setVisible(each is page)
        for button in (self.back_button, self.next_button, self.restore_button, self.open_button):
            button.setVisible(button in buttons)
            button.setDefault(button in buttons and button is not self.back_button)
        self.fit()
