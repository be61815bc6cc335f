"""Moving all keys to another vault, and changing a file's passphrase."""

from PySide6.QtWidgets import QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.jobs import TaskControl
from mtlsgui.gui.passphrases import NewPassphrase, PassphraseRow
from mtlsgui.gui.safekeeping.wording import names, no_recovery
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import primary_button
from mtlsgui.gui.working_dialog import WorkingDialog
from mtlsgui.vault.base import WrongPassphrase
from mtlsgui.workspace import moving
from mtlsgui.workspace.moving import MoveReport
from mtlsgui.workspace.vaults import VaultKind


class MoveKeysDialog(WorkingDialog):
    """Moves keys from the keyring into a file, or back; chooses a file where there are none yet."""

    def __init__(self, desk: Desk, access: KeyAccess, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, desk.jobs, width=540, parent=parent)
        self._desk, self._access = desk, access
        custody = desk.ws.custody
        self._target: VaultKind = "keyring" if custody.kind == "file" else "file"
        self.new = NewPassphrase()
        self.warning = no_recovery(desk.theme)
        self.body.addWidget(self.new)
        self.body.addWidget(self.warning)
        if self._target == "keyring":
            self.new.hide()
            self.warning.hide()
            self.set_heading(
                self.tr("Move the private keys into the keyring"),
                self.tr(
                    "They are held in a passphrase-protected file now. Each is written to this "
                    "computer's keyring, read back and compared before the file is emptied. "
                    "No passphrase will be asked for any more."
                ),
            )
        elif custody.kind is None:
            self.set_heading(
                self.tr("Hold private keys in a file"),
                self.tr(
                    "There are no keys yet. From the first one on they will be held in a "
                    "passphrase-protected file instead of this computer's keyring."
                ),
            )
        else:
            self.set_heading(
                self.tr("Move the private keys into a file"),
                self.tr(
                    "They are held in {} now. Each is written to a passphrase-protected file, "
                    "read back and compared before it is taken out of there."
                ).format(custody.label),
            )
        text = self.tr("&Use a file") if custody.kind is None else self.tr("&Move keys")
        self.move_button = primary_button(text)
        self.move_button.clicked.connect(self._move)
        self.add_button(self.move_button, default=True)

    def first_field(self) -> QWidget:
        return self.new.first.edit if self._target == "file" else self.move_button

    def _move(self) -> None:
        if self._target == "file" and not self.new.check():
            return
        if self._desk.ws.custody.kind is None:
            self._set_up()
            return
        self.set_busy(True)
        self._access.ensure(self, self._move_now, lambda: self.set_busy(False))

    def _set_up(self) -> None:
        ws, passphrase = self._desk.ws, self.new.passphrase
        self.run(
            lambda _control: ws.custody.set_up("file", passphrase),
            lambda _nothing: self._done(self.tr("Private keys will be held in a file"), ""),
            title=self.tr("Making the vault"),
        )

    def _move_now(self) -> None:
        ws, target = self._desk.ws, self._target
        passphrase = self.new.passphrase if target == "file" else None

        def work(control: TaskControl) -> MoveReport:
            return moving.move(ws, target, passphrase, control.report)

        self.run(work, self._moved, title=self.tr("Moving private keys"), stoppable=True)

    def _moved(self, report: MoveReport) -> None:
        heading = (
            self.tr("One key was moved")
            if report.keys == 1
            else self.tr("{} keys were moved").format(report.keys)
        )
        place = self.tr("Private keys are held in {} now.").format(self._desk.ws.custody.label)
        self._done(heading, report.cleared.sentence if report.cleared.settled else place)
        if report.missing:
            self.show_message(
                Tone.ATTENTION,
                self.tr("Some keys were not there to be moved."),
                self.tr("They are held on another computer: {}.").format(names(report.missing)),
            )
        elif not report.cleared.settled:
            self.show_message(Tone.ATTENTION, report.cleared.sentence)

    def _done(self, heading: str, lead: str) -> None:
        self.new.clear()
        self.new.hide()
        self.warning.hide()
        self.move_button.hide()
        self.set_heading(heading, lead)
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()
        self.fit()


class ChangePassphraseDialog(WorkingDialog):
    """Protects the vault's file by another passphrase."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, desk.jobs, width=440, parent=parent)
        self._desk = desk
        self.set_heading(
            self.tr("Change the passphrase"),
            self.tr("Backups that were made before keep the passphrase that they were made with."),
        )
        self.old = PassphraseRow(self.tr("Passphrase until &now"))
        self.new = NewPassphrase(self.tr("&New passphrase"))
        self.body.addWidget(self.old)
        self.body.addWidget(self.new)
        self.body.addWidget(no_recovery(desk.theme))
        self.change_button = primary_button(self.tr("&Change passphrase"))
        self.change_button.clicked.connect(self._change)
        self.add_button(self.change_button, default=True)

    def first_field(self) -> QWidget:
        return self.old.edit

    def _change(self) -> None:
        old, new = self.old.edit.text(), self.new.passphrase
        if not old:
            self.old.refuse(self.tr("Type the passphrase that is used until now."))
            return
        if not self.new.check():
            return
        self.run(
            lambda _control: self._desk.ws.custody.change_passphrase(old, new),
            lambda _nothing: self._done(),
            title=self.tr("Changing the passphrase"),
            on_error=self._failed,
        )

    def _failed(self, error: MtlsguiError) -> None:
        if isinstance(error, WrongPassphrase):
            self.old.refuse(self.tr("That is not the passphrase."))
        else:
            self.show_error(error)

    def _done(self) -> None:
        self.old.edit.clear()
        self.new.clear()
        self.hide_body()
        self.change_button.hide()
        self.set_heading(self.tr("The passphrase was changed"))
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()
        self.fit()
