"""Being asked for what it takes to use private keys, with the keyboard alone."""

import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.passphrases import NewPassphrase, PassphraseRow
from mtlsgui.gui.vault_access import (
    KeyAccess,
    NoKeyringDialog,
    UnlockDialog,
    VaultTroubleDialog,
)
from mtlsgui.vault.base import VaultUnavailable
from mtlsgui.vault.choose import KeyringUnavailable, Unavailability
from tests.gui.keeping.support import (
    PASSPHRASE,
    LocalVaults,
    find_dialog,
    press,
    wait_for_focus,
    write,
)
from tests.keyring_daemon import KeyringDaemon
from tests.vault.backends import LockedKeyring

HEADLESS = KeyringUnavailable(
    Unavailability.NO_SESSION_BUS,
    "No keyring can be reached: there is no D-Bus session.",
    "DBUS_SESSION_BUS_ADDRESS is not set, as under SSH, cron or sudo.",
    "Start mtlsgui from your desktop session, or hold the keys in a passphrase-protected file "
    "instead.",
)


@dataclass
class Scene:
    """A window whose keys are asked for, and what KeyAccess called then."""

    qtbot: QtBot
    access: KeyAccess
    window: QWidget
    desk: Desk
    calls: list[str] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)

    def ensure(self) -> None:
        self.access.ensure(self.window, self.then, lambda: self.calls.append("cancelled"))

    def then(self) -> None:
        self.calls.append("then")
        self.threads.add(threading.get_ident())

    def wait_for(self, *calls: str) -> None:
        self.qtbot.waitUntil(lambda: self.calls == list(calls))


@pytest.fixture
def scene(qtbot: QtBot, access: KeyAccess, window: QWidget, desk: Desk) -> Scene:
    return Scene(qtbot, access, window, desk)


def test_a_keyring_that_works_asks_nothing(qtbot: QtBot, scene: Scene) -> None:
    scene.ensure()
    assert scene.calls == []  # never at once: the keyring may ask
    scene.wait_for("then")
    assert scene.threads == {threading.get_ident()}
    assert scene.desk.ws.custody.kind == "keyring"


def test_without_a_keyring_the_reason_is_told_and_a_file_made(
    qtbot: QtBot, scene: Scene, vaults: LocalVaults
) -> None:
    vaults.trouble = HEADLESS
    scene.ensure()
    dialog = find_dialog(qtbot, NoKeyringDialog)
    assert dialog.message is not None
    assert dialog.message.sentence.text() == HEADLESS.title
    assert HEADLESS.detail in dialog.message.text.text()
    assert not dialog.new.isVisible()
    wait_for_focus(qtbot, dialog.file_button)
    press(Qt.Key.Key_Return)
    wait_for_focus(qtbot, dialog.new.first.edit)
    assert dialog.warning.isVisible()
    write("abc")
    assert dialog.new.first.note.text().startswith("Weak")
    press(Qt.Key.Key_Return)  # the second field is empty
    assert dialog.new.second.problem
    dialog.new.first.edit.selectAll()
    dialog.new.first.edit.setFocus()
    write(PASSPHRASE)
    assert dialog.new.first.note.text().startswith("Strong")
    press(Qt.Key.Key_Tab)
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    scene.wait_for("then")
    assert scene.desk.ws.custody.kind == "file"
    scene.desk.ws.custody.lock()
    scene.desk.ws.custody.open(PASSPHRASE)


def test_try_again_finds_the_keyring_that_was_started_meanwhile(
    qtbot: QtBot, scene: Scene, vaults: LocalVaults
) -> None:
    vaults.trouble = HEADLESS
    scene.ensure()
    dialog = find_dialog(qtbot, NoKeyringDialog)
    wait_for_focus(qtbot, dialog.file_button)
    other = VaultUnavailable("GNOME Keyring does not answer.", "Its service stopped.")
    vaults.trouble = other
    press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(
        lambda: dialog.message is not None and dialog.message.sentence.text() == other.title
    )
    assert scene.calls == []
    vaults.trouble = None
    press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    scene.wait_for("then")
    assert scene.desk.ws.custody.kind == "keyring"


def test_escape_leaves_nothing_chosen(qtbot: QtBot, scene: Scene, vaults: LocalVaults) -> None:
    vaults.trouble = HEADLESS
    scene.ensure()
    dialog = find_dialog(qtbot, NoKeyringDialog)
    wait_for_focus(qtbot, dialog.file_button)
    press(Qt.Key.Key_Escape)
    scene.wait_for("cancelled")
    assert scene.desk.ws.custody.kind is None


def test_a_locked_file_asks_until_the_passphrase_is_right(qtbot: QtBot, scene: Scene) -> None:
    scene.desk.ws.custody.set_up("file", PASSPHRASE)
    locked: list[bool] = []
    scene.access.locked.connect(lambda: locked.append(True))
    scene.access.lock_now()
    qtbot.waitUntil(lambda: locked == [True])
    assert scene.desk.ws.custody.is_locked
    scene.ensure()
    scene.ensure()  # a second one that waits for the same answer
    dialog = find_dialog(qtbot, UnlockDialog)
    wait_for_focus(qtbot, dialog.row.edit)
    assert dialog.row.edit.echoMode() is QLineEdit.EchoMode.Password
    press(Qt.Key.Key_Return)
    assert dialog.row.problem == "Type the passphrase."
    write("wrong")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not the passphrase" in dialog.row.problem)
    assert dialog.isVisible()
    wait_for_focus(qtbot, dialog.row.edit)
    write(PASSPHRASE)  # over the wrong one, which is selected
    assert dialog.row.problem == ""
    press(Qt.Key.Key_Return)
    scene.wait_for("then", "then")
    assert not scene.desk.ws.custody.is_locked


def test_a_vault_file_that_is_gone_is_told_in_the_dialog(qtbot: QtBot, scene: Scene) -> None:
    scene.desk.ws.custody.set_up("file", PASSPHRASE)
    scene.desk.ws.custody.lock()
    scene.desk.ws.layout.vault.unlink()
    scene.ensure()
    dialog = find_dialog(qtbot, UnlockDialog)
    wait_for_focus(qtbot, dialog.row.edit)
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message is not None)
    assert str(scene.desk.ws.layout.vault) in dialog.message.text.text()  # type: ignore[union-attr]
    press(Qt.Key.Key_Escape)
    scene.wait_for("cancelled")


def test_a_locked_keyring_is_named_and_no_file_offered_for_keys_it_holds(
    qtbot: QtBot, scene: Scene, vaults: LocalVaults
) -> None:
    vaults.backend = keyring = LockedKeyring()
    scene.desk.ws.custody.open()
    scene.desk.ws.custody.lock()
    keyring.locked = True
    scene.ensure()
    dialog = find_dialog(qtbot, VaultTroubleDialog)
    assert dialog.message is not None
    assert "is locked" in dialog.message.sentence.text()
    assert "file" not in dialog.message.text.text()
    wait_for_focus(qtbot, dialog.again_button)
    keyring.locked = False
    press(Qt.Key.Key_Return)
    scene.wait_for("then")


def test_nothing_is_called_for_a_window_that_is_gone(qtbot: QtBot, scene: Scene) -> None:
    short_lived = QWidget(scene.window)
    scene.access.ensure(short_lived, scene.then)
    short_lived.deleteLater()
    qtbot.waitUntil(lambda: scene.desk.jobs.running == 0)
    scene.access.ensure(scene.window, lambda: scene.calls.append("second"))
    qtbot.waitUntil(lambda: "second" in scene.calls)
    assert "cancelled" not in scene.calls


def test_caps_lock_is_noticed_while_typing(qtbot: QtBot) -> None:
    row = PassphraseRow("Passphrase", "A hint.")
    qtbot.addWidget(row)

    def type_letter(text: str, modifier: Qt.KeyboardModifier) -> str:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text)
        QApplication.sendEvent(row.edit, event)
        return row.note.text()

    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    assert type_letter("a", none) == "A hint."
    assert type_letter("A", shift) == "A hint."
    assert type_letter("A", none) == "Caps Lock is on."
    assert type_letter("1", none) == "Caps Lock is on."
    assert type_letter("a", shift) == "Caps Lock is on."
    assert type_letter("a", none) == "A hint."


def test_what_is_typed_can_be_shown(qtbot: QtBot) -> None:
    new = NewPassphrase()
    qtbot.addWidget(new)
    new.show_box.click()
    assert {row.edit.echoMode() for row in (new.first, new.second)} == {QLineEdit.EchoMode.Normal}
    new.first.edit.setText("one")
    new.second.edit.setText("on")
    assert new.second.problem == ""  # not yet: still being typed
    new.second.edit.setText("ox")
    assert new.second.problem
    assert not new.is_complete


@pytest.mark.integration
def test_on_a_real_keyring_daemon(tmp_path: Path) -> None:
    """First use sets GNOME Keyring up; locked, it is said so; unlocked again, keys are read."""
    if not KeyringDaemon.installed():
        pytest.skip("gnome-keyring is not installed")
    with KeyringDaemon() as daemon:
        environment = daemon.child_environment() | {"QT_QPA_PLATFORM": "offscreen"}
        for step in ("first", "locked", "again"):
            if step == "locked":
                daemon.lock()
            if step == "again":
                daemon.kill()
                daemon.start()
            done = subprocess.run(
                [sys.executable, "-m", "tests.gui.keeping.keyring_child", str(tmp_path), step],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
