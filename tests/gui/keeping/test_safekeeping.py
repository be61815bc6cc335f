"""Backups, moving keys, passphrases and what a crash left, through the dialogs."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.safekeeping.backing_up import BackupDialog
from mtlsgui.gui.safekeeping.moving import ChangePassphraseDialog, MoveKeysDialog
from mtlsgui.gui.safekeeping.opening import (
    CannotOpenDialog,
    DamagedInventoryDialog,
    open_with_help,
)
from mtlsgui.gui.safekeeping.recovering import Recovery
from mtlsgui.gui.safekeeping.restoring import RestoreDialog
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.vault_access import KeyAccess, UnlockDialog
from mtlsgui.inventory.records import NewKey
from mtlsgui.workspace import restoring
from mtlsgui.workspace.backup import backup_if_due
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import (
    PASSPHRASE,
    LocalVaults,
    find_dialog,
    make_root,
    make_server,
    press,
    shown_dialog,
    wait_for_focus,
    write,
)
from tests.vault.backends import FailingKeyring

OTHER = "copper meadow thirteen violins"


def sign_something(ws: Workspace) -> None:
    """Only possible with the root's key at hand."""
    (root,) = [row for row in ws.inventory.certificates.get_many([1]) if row.is_ca]
    make_server(ws, root, "signed-later.example.test")


def type_twice(passphrase: str) -> None:
    write(passphrase)
    press(Qt.Key.Key_Tab)
    write(passphrase)


# Moving keys


def test_keys_move_from_the_keyring_into_a_file(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget, vaults: LocalVaults
) -> None:
    root = make_root(desk.ws)
    make_server(desk.ws, root, "api.example.test")
    dialog = MoveKeysDialog(desk, access, window)
    dialog.open()
    wait_for_focus(qtbot, dialog.new.first.edit)
    press(Qt.Key.Key_Return)
    assert dialog.new.first.problem == "Type a passphrase."
    type_twice(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.heading.text() == "One key was moved")
    assert desk.ws.custody.kind == "file"
    assert getattr(vaults.backend, "entries") == {}  # noqa: B009 - of the keyring in memory
    desk.ws.custody.lock()
    desk.ws.custody.open(PASSPHRASE)
    sign_something(desk.ws)


def test_keys_move_back_into_the_keyring(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    desk.ws.custody.set_up("file", PASSPHRASE)
    make_root(desk.ws)
    desk.ws.custody.lock()
    dialog = MoveKeysDialog(desk, access, window)
    dialog.open()
    wait_for_focus(qtbot, dialog.move_button)
    assert not dialog.new.isVisible()
    press(Qt.Key.Key_Return)
    unlock = find_dialog(qtbot, UnlockDialog)
    wait_for_focus(qtbot, unlock.row.edit)
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.heading.text() == "One key was moved")
    assert desk.ws.custody.kind == "keyring"
    sign_something(desk.ws)


def test_a_move_that_fails_is_told_and_leaves_all_where_it_was(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget, vaults: LocalVaults
) -> None:
    desk.ws.custody.set_up("file", PASSPHRASE)
    make_root(desk.ws)
    vaults.backend = FailingKeyring(2, after=False)
    dialog = MoveKeysDialog(desk, access, window)
    dialog.open()
    wait_for_focus(qtbot, dialog.move_button)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message is not None)
    assert dialog.message is not None
    assert dialog.message.tone is Tone.BAD
    assert desk.ws.custody.kind == "file"
    sign_something(desk.ws)
    dialog.reject()


def test_a_file_can_be_chosen_before_there_is_any_key(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    dialog = MoveKeysDialog(desk, access, window)
    dialog.open()
    wait_for_focus(qtbot, dialog.new.first.edit)
    type_twice(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.ws.custody.kind == "file")
    qtbot.waitUntil(lambda: not dialog.busy)
    dialog.reject()


def test_the_passphrase_is_changed(qtbot: QtBot, desk: Desk, window: QWidget) -> None:
    desk.ws.custody.set_up("file", PASSPHRASE)
    dialog = ChangePassphraseDialog(desk, window)
    dialog.open()
    wait_for_focus(qtbot, dialog.old.edit)
    write("wrong")
    press(Qt.Key.Key_Tab)
    type_twice(OTHER)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.old.problem == "That is not the passphrase.")
    wait_for_focus(qtbot, dialog.old.edit)
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.heading.text() == "The passphrase was changed")
    desk.ws.custody.lock()
    desk.ws.custody.open(OTHER)


# Backups


def test_a_backup_is_written_and_restored_on_another_computer(
    qtbot: QtBot,
    desk: Desk,
    access: KeyAccess,
    window: QWidget,
    tmp_path: Path,
) -> None:
    root = make_root(desk.ws)
    make_server(desk.ws, root, "api.example.test")
    file = tmp_path / "copy.mtlsgui"
    opened: list[Path] = []
    writing = BackupDialog(desk, access, window, show_folder=opened.append)
    writing.open()
    wait_for_focus(qtbot, writing.new.first.edit)
    writing.file.set_path(file)
    file.write_text("in the way")
    type_twice(OTHER)
    press(Qt.Key.Key_Return)
    assert "Going on replaces it" in writing.where.problem
    assert file.read_text() == "in the way"
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: writing.heading.text().startswith("Backed up"), timeout=20_000)
    assert writing.heading.text() == "Backed up 2 certificates, 2 private keys"
    writing.folder_button.click()
    assert opened == [tmp_path]
    writing.reject()

    target = tmp_path / "elsewhere"
    asked: list[Path] = []
    reading = RestoreDialog(desk, window)
    reading.open_requested.connect(asked.append)
    reading.open()
    wait_for_focus(qtbot, reading.file.edit)
    write(str(file))
    reading.passphrase.edit.setFocus()
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not the passphrase" in reading.passphrase.problem, timeout=20_000)
    write(OTHER)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(reading.restore_button.isVisible, timeout=20_000)
    assert "2 certificates, 2 private keys" in reading.lead.text()
    reading.folder.set_path(tmp_path)  # not empty
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reading.message is not None, timeout=20_000)
    reading.folder.set_path(target)
    reading.file_radio.click()
    reading.new.first.edit.setFocus()
    type_twice(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(reading.open_button.isVisible, timeout=20_000)
    wait_for_focus(qtbot, reading.open_button)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked == [target])
    with Workspace.open(target, desk.ws.custody.vaults) as restored:
        restored.custody.open(PASSPHRASE)
        sign_something(restored)


def test_a_file_that_is_no_backup_is_refused_in_place(
    qtbot: QtBot, desk: Desk, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "other.zip").write_bytes(b"PK\x03\x04" * 100)
    dialog = RestoreDialog(desk, window)
    dialog.open()
    wait_for_focus(qtbot, dialog.file.edit)
    press(Qt.Key.Key_Return)
    assert dialog.which.problem == "Choose a backup."
    write(str(tmp_path / "other.zip"))
    dialog.passphrase.edit.setText("x")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message is not None)
    dialog.reject()


# At the start


class Banners:
    """Stands where the main window shows its banners."""

    def __init__(self) -> None:
        self.said: list[tuple[Tone, str, str]] = []
        self.actions: dict[str, Callable[[], object]] = {}

    def show(
        self,
        tone: Tone,
        sentence: str,
        text: str = "",
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        self.said.append((tone, sentence, text))
        self.actions |= dict(actions)


def cut_short(ws: Workspace) -> None:
    """A key on its way into the vault when the process was killed."""
    ws.inventory.keys.add_pending(
        NewKey(
            spki_sha256="ab" * 32,
            label="ECDSA P-256",
            algorithm="p256",
            bits=256,
            custody="vault",
            name="Half Made",
            vault_kind=ws.custody.kind,
            vault_ref="cd" * 16,
        )
    )


@pytest.fixture
def banners() -> Banners:
    return Banners()


@pytest.fixture
def recovery(desk: Desk, access: KeyAccess, window: QWidget, banners: Banners) -> Recovery:
    return Recovery(desk, access, window, banners.show)


def test_a_sound_workspace_says_nothing_and_is_copied(
    qtbot: QtBot, desk: Desk, recovery: Recovery, banners: Banners
) -> None:
    with qtbot.waitSignal(recovery.settled):
        recovery.start()
    qtbot.waitUntil(lambda: desk.jobs.running == 0)
    assert banners.said == []
    assert restoring.last_backup(desk.ws.layout.directory) is not None


def test_what_was_cut_short_is_put_in_order_and_told(
    qtbot: QtBot, desk: Desk, recovery: Recovery, banners: Banners
) -> None:
    make_root(desk.ws)
    cut_short(desk.ws)
    with qtbot.waitSignal(recovery.settled):
        recovery.start()
    ((tone, sentence, text),) = banners.said
    assert (tone, sentence) == (
        Tone.ACCENT,
        "Something was cut short the last time. It is in order.",
    )
    assert "Half Made" in text
    assert [row.name for row in desk.ws.inventory.keys.all()] == ["Example Root"]


def test_a_locked_file_is_not_asked_for_unasked(
    qtbot: QtBot, desk: Desk, recovery: Recovery, banners: Banners
) -> None:
    desk.ws.custody.set_up("file", PASSPHRASE)
    cut_short(desk.ws)
    desk.ws.custody.lock()
    with qtbot.waitSignal(recovery.settled):
        recovery.start()
    assert "A creation was cut short: the private key “Half Made”." in banners.said[0][2]
    assert shown_dialog(UnlockDialog) is None
    banners.actions["Unlock…"]()
    dialog = find_dialog(qtbot, UnlockDialog)
    wait_for_focus(qtbot, dialog.row.edit)
    write(PASSPHRASE)
    with qtbot.waitSignal(recovery.settled):
        press(Qt.Key.Key_Return)
    assert banners.said[-1][0] is Tone.ACCENT
    assert desk.ws.inventory.keys.all() == []


def test_a_vault_that_is_away_leaves_it_for_later(
    qtbot: QtBot, desk: Desk, recovery: Recovery, banners: Banners, vaults: LocalVaults
) -> None:
    make_root(desk.ws)
    cut_short(desk.ws)
    desk.ws.custody.lock()
    vaults.trouble = MtlsguiError("The keyring is away.")
    with qtbot.waitSignal(recovery.settled):
        recovery.start()
    assert "The keyring is away." in banners.said[0][2]
    vaults.trouble = None
    with qtbot.waitSignal(recovery.settled):
        banners.actions["Try again"]()
    assert banners.said[-1][0] is Tone.ACCENT


def in_a_moment(act: Callable[[], object]) -> None:
    """Do it from within the dialog's own event loop."""
    QTimer.singleShot(0, act)


def damaged(tmp_path: Path, vaults: LocalVaults, *, copied: bool) -> Path:
    """A workspace with one root whose inventory is overwritten at its start."""
    directory = tmp_path / "damaged"
    with Workspace.open(directory, vaults) as made:
        make_root(made)
        if copied:
            backup_if_due(made)
    inventory = directory / "inventory.sqlite"
    inventory.write_bytes(b"\0" * 4096 + inventory.read_bytes()[4096:])
    return directory


def test_a_damaged_inventory_is_told_and_the_last_copy_put_back(
    qtbot: QtBot, theme: Theme, tmp_path: Path, vaults: LocalVaults
) -> None:
    directory = damaged(tmp_path, vaults, copied=True)
    seen: list[str] = []

    def answer() -> None:
        dialog = find_dialog(qtbot, DamagedInventoryDialog)
        seen.append(dialog.advice.text())
        wait_for_focus(qtbot, dialog.put_back_button)
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(dialog.open_button.isVisible)
        seen.append(dialog.advice.text())
        wait_for_focus(qtbot, dialog.open_button)
        press(Qt.Key.Key_Return)

    in_a_moment(answer)
    ws = open_with_help(lambda: Workspace.open(directory, vaults), directory, theme)
    assert ws is not None
    with ws:
        sign_something(ws)
    assert seen[0].startswith("The last copy is of")
    (kept,) = directory.glob("inventory-damaged-*.sqlite")
    assert kept.name in seen[1]


def test_without_a_copy_nothing_is_touched(
    qtbot: QtBot, theme: Theme, tmp_path: Path, vaults: LocalVaults
) -> None:
    directory = damaged(tmp_path, vaults, copied=False)
    shutil.rmtree(directory / "backups", ignore_errors=True)
    before = (directory / "inventory.sqlite").read_bytes()

    def answer() -> None:
        dialog = find_dialog(qtbot, DamagedInventoryDialog)
        assert not dialog.put_back_button.isVisible()
        assert "There is no copy" in dialog.advice.text()
        dialog.reject()

    in_a_moment(answer)
    assert open_with_help(lambda: Workspace.open(directory, vaults), directory, theme) is None
    assert (directory / "inventory.sqlite").read_bytes() == before


def test_a_folder_that_cannot_be_used_is_told_and_tried_again(
    qtbot: QtBot, theme: Theme, tmp_path: Path, vaults: LocalVaults
) -> None:
    directory = tmp_path / "taken"
    directory.write_text("a file, not a folder")

    def answer() -> None:
        dialog = find_dialog(qtbot, CannotOpenDialog)
        assert dialog.message is not None
        directory.unlink()
        wait_for_focus(qtbot, dialog.again_button)
        press(Qt.Key.Key_Return)

    in_a_moment(answer)
    ws = open_with_help(lambda: Workspace.open(directory, vaults), directory, theme)
    assert ws is not None
    ws.close()
