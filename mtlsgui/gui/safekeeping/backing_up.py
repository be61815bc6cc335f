"""Backing up the whole workspace into one encrypted file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.exporting.dialog import open_folder
from mtlsgui.gui.jobs import TaskControl
from mtlsgui.gui.passphrases import NewPassphrase
from mtlsgui.gui.path_field import PathField, PathKind
from mtlsgui.gui.safekeeping.wording import contents, names, no_recovery
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.working_dialog import WorkingDialog
from mtlsgui.workspace import backup
from mtlsgui.workspace.backup import Manifest

SUFFIX = ".mtlsgui"
_LAST_FOLDER = "backup/folder"


class BackupDialog(WorkingDialog):
    """Asks where to and for a passphrase, then backs everything up."""

    def __init__(
        self,
        desk: Desk,
        access: KeyAccess,
        parent: QWidget | None = None,
        *,
        show_folder: Callable[[Path], object] = open_folder,
    ) -> None:
        super().__init__(desk.theme, desk.jobs, width=540, parent=parent)
        self._desk, self._access, self._show_folder = desk, access, show_folder
        self._replacing: Path | None = None
        self.set_heading(
            self.tr("Back up the workspace"),
            self.tr(
                "All certificates, requests, the journal, profiles and private keys go into one "
                "encrypted file, from which the workspace can be restored on any computer."
            ),
        )
        self.file = PathField(
            PathKind.SAVE_FILE,
            self.tr("Backup file"),
            file_filter=self.tr("Backups (*{})").format(SUFFIX),
        )
        self.file.set_path(self._offered())
        self.where = FormRow(self.tr("&File"), self.file)
        self.new = NewPassphrase(
            hint=self.tr("Of this backup alone; it need not be the one of the vault.")
        )
        for part in (self.where, self.new, no_recovery(desk.theme)):
            self.body.addWidget(part)
        self.file.changed.connect(self._file_changed)
        self.folder_button = plain_button(self.tr("&Open folder"))
        self.folder_button.clicked.connect(self._open_folder)
        self.folder_button.hide()
        self.add_button(self.folder_button, left=True)
        self.backup_button = primary_button(self.tr("&Back up"))
        self.backup_button.clicked.connect(self._back_up)
        self.add_button(self.backup_button, default=True)

    def first_field(self) -> QWidget:
        return self.new.first.edit

    def _offered(self) -> Path:
        last = self._desk.settings.value(_LAST_FOLDER)
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        folders = [Path(last)] if isinstance(last, str) else []
        folders += [Path(documents), Path.home()]
        folder = next((each for each in folders if each.is_dir()), Path.home())
        day = self._desk.ws.clock().astimezone()
        return folder / f"mtlsgui-{day:%Y-%m-%d}{SUFFIX}"

    def _file_changed(self) -> None:
        self.where.set_problem("")
        self._replacing = None
        self._renew_caption()

    def _renew_caption(self) -> None:
        text = self.tr("&Replace and back up") if self._replacing else self.tr("&Back up")
        self.backup_button.setText(text)
        self.backup_button.setAccessibleName(text.replace("&", ""))

    def _back_up(self) -> None:
        path = self.file.path
        if path is None or path.is_dir():
            self.where.set_problem(self.tr("Name a file."))
        elif not path.parent.is_dir():
            self.where.set_problem(self.tr("There is no such folder."))
        elif path.exists() and path != self._replacing:
            self._replacing = path
            self._renew_caption()
            self.where.set_problem(
                self.tr("There is a file of that name. Going on replaces it."), Tone.ATTENTION
            )
        elif self.new.check():
            self._begin(path)
            return
        else:
            return
        self.file.edit.setFocus()

    def _begin(self, path: Path) -> None:
        if self._desk.ws.custody.kind is None:
            self._write(path)
            return
        self.set_busy(True)
        self._access.ensure(self, lambda: self._write(path), lambda: self.set_busy(False))

    def _write(self, path: Path) -> None:
        ws, passphrase = self._desk.ws, self.new.passphrase
        overwrite = self._replacing is not None

        def work(control: TaskControl) -> Manifest:
            total, done = max(1, ws.inventory.path.stat().st_size), 0

            def note(count: int) -> None:
                nonlocal done
                done += count
                control.report(min(done, total), total)

            return backup.backup(ws, path, passphrase, overwrite=overwrite, progress=note)

        self.run(
            work,
            lambda manifest: self._done(manifest, path),
            title=self.tr("Backing up"),
            stoppable=True,
        )

    def _done(self, manifest: Manifest, path: Path) -> None:
        self._desk.settings.setValue(_LAST_FOLDER, str(path.parent))
        self.new.clear()
        self.hide_body()
        self.backup_button.hide()
        self.folder_button.show()
        self.set_heading(self.tr("Backed up {}").format(contents(manifest)), str(path))
        if manifest.missing:
            self.show_message(
                Tone.ATTENTION,
                self.tr("Some private keys are not in it."),
                self.tr("They are held on another computer: {}.").format(names(manifest.missing)),
            )
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()
        self.fit()

    def _open_folder(self) -> None:
        if self.file.path is not None:
            self._show_folder(self.file.path.parent)
