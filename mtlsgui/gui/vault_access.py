"""Making sure that private keys can be used, and asking for what that takes.

Nothing here decides where keys may be held: `workspace.custody` does, and never in plain text.
"""

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.passphrases import NewPassphrase, PassphraseRow
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.vault.base import VaultLocked, WrongPassphrase


@dataclass(frozen=True)
class _Waiting:
    parent: QWidget
    then: Callable[[], object]
    cancelled: Callable[[], object] | None

    @property
    def is_gone(self) -> bool:
        return not shiboken6.isValid(self.parent)


class KeyAccess(QObject):
    """Opens the workspace's vault when keys are needed. One for the window."""

    locked = Signal()
    """`lock_now` has forgotten the keys."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[_Waiting] = []

    def ensure(
        self,
        parent: QWidget,
        then: Callable[[], object],
        cancelled: Callable[[], object] | None = None,
    ) -> None:
        """Make the vault usable, then call `then` in this thread; returns at once.

        parent: what the question is asked above. When it is destroyed meanwhile nothing is called.
        cancelled: called when the person does not give what is needed.
        """
        self._waiting.append(_Waiting(parent, then, cancelled))
        if len(self._waiting) == 1:
            self._open()

    def lock_now(self, then: Callable[[], object] | None = None) -> None:
        """Forget every key in memory; a passphrase is asked for again at the next use."""

        def done(_nothing: None) -> None:
            self.locked.emit()
            if then is not None:
                then()

        # In a thread: it waits while another one asks the keyring.
        self._desk.jobs.run_task(
            lambda _control: self._desk.ws.custody.lock(),
            done,
            title=self.tr("Locking the keys"),
            owner=self,
        )

    def _open(self) -> None:
        self._desk.jobs.run_task(
            lambda _control: self._desk.ws.custody.open(),
            lambda _nothing: self._settle(opened=True),
            self._ask,
            title=self.tr("Opening the vault"),
            owner=self,
        )

    def _ask(self, error: MtlsguiError) -> None:
        parent = next((one.parent for one in self._waiting if not one.is_gone), None)
        if parent is None:
            self._waiting.clear()
            return
        kind = self._desk.ws.custody.kind
        dialog: PanelDialog
        if kind == "file" and isinstance(error, VaultLocked):
            dialog = UnlockDialog(self._desk, parent)
        elif kind is None:
            dialog = NoKeyringDialog(self._desk, error, parent)
        else:
            dialog = VaultTroubleDialog(self._desk, error, parent)
        dialog.accepted.connect(lambda: self._settle(opened=True))
        dialog.rejected.connect(lambda: self._settle(opened=False))
        dialog.open()

    def _settle(self, *, opened: bool) -> None:
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            act = one.then if opened else one.cancelled
            if act is not None and not one.is_gone:
                act()


class UnlockDialog(PanelDialog):
    """Asks for the passphrase of the vault's file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "", width=420, parent=parent)
        self.set_heading(
            self.tr("Unlock the private keys"),
            self.tr("This workspace holds them in a passphrase-protected file."),
        )
        self._desk = desk
        self.row = PassphraseRow(self.tr("&Passphrase"))
        self.body.addWidget(self.row)
        self.unlock_button = primary_button(self.tr("&Unlock"))
        self.unlock_button.clicked.connect(self._unlock)
        self.add_button(self.unlock_button, default=True)

    def first_field(self) -> QWidget:
        return self.row.edit

    def _unlock(self) -> None:
        passphrase = self.row.edit.text()
        if not passphrase:
            self.row.refuse(self.tr("Type the passphrase."))
            return
        self.clear_message()
        self.set_busy(True)
        self._desk.jobs.run_task(
            lambda _control: self._desk.ws.custody.open(passphrase),
            lambda _nothing: self.accept(),
            self._refused,
            title=self.tr("Unlocking the keys"),
            owner=self,
        )

    def _refused(self, error: MtlsguiError) -> None:
        self.set_busy(False)
        if isinstance(error, WrongPassphrase):
            self.row.refuse(
                self.tr("That is not the passphrase. Mind Caps Lock and the keyboard's language.")
            )
        else:
            self.show_error(error)
            self.row.edit.setFocus()
        self.fit()


class NoKeyringDialog(PanelDialog):
    """Says why no keyring can hold the keys, and offers to try again or to use a file."""

    def __init__(self, desk: Desk, error: MtlsguiError, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "", width=560, parent=parent)
        self.set_heading(
            self.tr("Where shall private keys be held?"),
            self.tr(
                "mtlsgui holds them in the computer's keyring, or else encrypted in a file. "
                "It never keeps them in plain text."
            ),
        )
        self._desk = desk
        self.new = NewPassphrase(
            hint=self.tr("Four words or more that have no connection are easy to keep in mind.")
        )
        self.warning = Banner(
            desk.theme,
            Tone.ATTENTION,
            self.tr("Nobody can recover this passphrase."),
            self.tr("Without it the keys are lost. Keep it where you will find it again."),
        )
        for part in (self.new, self.warning):
            part.hide()
            self.body.addWidget(part)
        self.body.addStretch()
        self.again_button = plain_button(self.tr("&Try again"))
        self.file_button = primary_button(self.tr("&Keep keys in a passphrase-protected file"))
        self.again_button.clicked.connect(self._try_again)
        self.file_button.clicked.connect(self._file)
        self.add_button(self.again_button)
        self.add_button(self.file_button, default=True)
        self._explain(error)

    def first_field(self) -> QWidget | None:
        return self.new.first.edit if self.new.isVisible() else self.file_button

    def _explain(self, error: MtlsguiError) -> None:
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self.show_message(Tone.ATTENTION, error.title, text)

    def _try_again(self) -> None:
        self.set_busy(True)
        self._desk.jobs.run_task(
            lambda _control: self._desk.ws.custody.open(),
            lambda _nothing: self.accept(),
            self._failed_again,
            title=self.tr("Looking for a keyring"),
            owner=self,
        )

    def _failed_again(self, error: MtlsguiError) -> None:
        self.set_busy(False)
        self._explain(error)

    def _file(self) -> None:
        if not self.new.isVisible():
            self._ask_passphrase()
            return
        if not self.new.check():
            return
        passphrase = self.new.passphrase
        self.set_busy(True)
        self._desk.jobs.run_task(
            lambda _control: self._desk.ws.custody.set_up("file", passphrase),
            lambda _nothing: self.accept(),
            self._not_set_up,
            title=self.tr("Making the vault"),
            owner=self,
        )

    def _ask_passphrase(self) -> None:
        self.clear_message()
        self.set_heading(
            self.tr("Protect the keys by a passphrase"),
            self.tr("It is asked for when a private key is used, once each time mtlsgui starts."),
        )
        self.again_button.hide()
        self.file_button.setText(self.tr("&Keep keys in this file"))
        self.file_button.setAccessibleName(self.tr("Keep keys in this file"))
        self.new.show()
        self.warning.show()
        self.new.first.edit.setFocus()
        self.fit()

    def _not_set_up(self, error: MtlsguiError) -> None:
        self.set_busy(False)
        self.show_error(error)


class VaultTroubleDialog(PanelDialog):
    """Says why the vault that holds this workspace's keys cannot be used now."""

    def __init__(self, desk: Desk, error: MtlsguiError, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "", width=500, parent=parent)
        self._desk = desk
        custody = desk.ws.custody
        self.set_heading(
            self.tr("The private keys cannot be used now"),
            self.tr("This workspace's keys are held in {}.").format(custody.label)
            if custody.kind == "keyring"
            else self.tr("This workspace's keys are held in its passphrase-protected file."),
        )
        self.again_button = primary_button(self.tr("&Try again"))
        self.again_button.clicked.connect(self._try_again)
        self.add_button(self.again_button, default=True)
        self._explain(error)

    def _explain(self, error: MtlsguiError) -> None:
        # A keyring's error offers the file instead; that is for keys which are not held yet.
        keyring = self._desk.ws.custody.kind == "keyring"
        remedy = (
            self.tr("Unlock the keyring or start its service, then try again.")
            if keyring
            else error.remedy
        )
        text = " ".join(part for part in (error.detail, remedy) if part)
        self.show_message(Tone.BAD, error.title, text)

    def _try_again(self) -> None:
        self.set_busy(True)
        self._desk.jobs.run_task(
            lambda _control: self._desk.ws.custody.open(),
            lambda _nothing: self.accept(),
            self._failed_again,
            title=self.tr("Opening the vault"),
            owner=self,
        )

    def _failed_again(self, error: MtlsguiError) -> None:
        self.set_busy(False)
        self._explain(error)
        self.again_button.setFocus()
