"""The small dialogs of the main page, on a real workspace with real keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.authorities.deleting import DeleteDialog, ask_to_delete
from mtlsgui.gui.authorities.edit import NotesDialog, RenameDialog, TagsDialog, colour_menu
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace import editing
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import Clock, authority, leaf, make_workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with make_workspace(tmp_path / "w", Clock()) as opened:
        yield opened


@pytest.fixture
def desk(ws: Workspace, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    made = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
    yield made
    made.changes.stop()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def rows(ws: Workspace) -> list[CertificateRow]:
    root = authority(ws, "Root", 3650)
    return [root, leaf(ws, root.id, "api.internal"), leaf(ws, root.id, "db.internal")]


def now(ws: Workspace, row: CertificateRow) -> CertificateRow:
    return ws.inventory.certificates.get(row.id)


def deletion(
    desk: Desk, ids: list[int], window: QWidget, qtbot: QtBot
) -> tuple[DeleteDialog, KeyAccess]:
    keys = KeyAccess(desk, window)
    ask_to_delete(desk, keys, ids, window)
    qtbot.waitUntil(lambda: bool(window.findChildren(DeleteDialog)))
    [dialog] = window.findChildren(DeleteDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog, keys


def words_of(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_renaming_with_the_keyboard(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    dialog = RenameDialog(desk, rows[1], window)
    dialog.open()
    QTest.keyClicks(dialog.name, "Payment gateway")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert now(ws, rows[1]).name == "Payment gateway"
    assert now(ws, rows[1]).subject == rows[1].subject


def test_an_empty_name_goes_back_to_its_own(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    editing.rename(ws, rows[1].id, "Other")
    dialog = RenameDialog(desk, now(ws, rows[1]), window)
    dialog.open()
    dialog.name.clear()
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept_button.click()
    assert now(ws, rows[1]).name == "api.internal"


def test_a_certificate_that_is_gone_is_said_in_the_dialog(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    dialog = RenameDialog(desk, rows[1], window)
    dialog.open()
    editing.delete(ws, [rows[1].id], with_keys=False)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: dialog.message is not None)
    assert dialog.isVisible()
    assert dialog.accept_button.isEnabled()


def test_notes_keep_their_lines(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    dialog = NotesDialog(desk, rows[1], window)
    dialog.open()
    QTest.keyClicks(dialog.notes, "first")
    QTest.keyClick(dialog.notes, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.notes, "second")
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept_button.click()
    assert now(ws, rows[1]).notes == "first\nsecond"


def test_tags_of_several(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    editing.tag(ws, [rows[1].id], ["eu", "production"])
    editing.tag(ws, [rows[2].id], ["eu"])
    dialog = TagsDialog(desk, [now(ws, rows[1]), now(ws, rows[2])], window)
    dialog.open()
    assert dialog.tags.text() == "eu"
    [offered] = [
        button for button in dialog.findChildren(QPushButton) if button.text() == "production"
    ]
    offered.click()
    QTest.keyClicks(dialog.tags, ", new one")
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept_button.click()
    assert now(ws, rows[1]).tags == now(ws, rows[2]).tags == ("eu", "production", "new one")


def test_a_colour_label_is_kept_at_once(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    menu = colour_menu(desk, rows, window)
    [checked] = [action.text() for action in menu.actions() if action.isChecked()]
    assert checked == "None"
    next(action for action in menu.actions() if action.text() == "Purple").trigger()
    qtbot.waitUntil(lambda: [now(ws, row).color for row in rows] == ["purple"] * 3)


def test_deleting_keeps_the_key_unless_asked(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    dialog, _keys = deletion(desk, [rows[1].id], window, qtbot)
    assert dialog.accept_button.text() == "Delete certificate"
    assert not dialog.with_keys.isChecked()
    assert "It stays where it is held." in words_of(dialog)
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept_button.click()
    assert ws.inventory.certificates.get_many([rows[1].id]) == []
    assert ws.inventory.keys.by_spki(rows[1].spki_sha256) is not None


def test_deleting_with_the_key_says_so(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    dialog, _keys = deletion(desk, [rows[1].id, rows[2].id], window, qtbot)
    assert dialog.accept_button.text() == "Delete 2 certificates"
    dialog.with_keys.click()
    assert dialog.accept_button.text() == "Delete 2 certificates and destroy 2 keys"
    assert "no undo" in words_of(dialog)
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept_button.click()
    assert ws.inventory.keys.by_spki(rows[1].spki_sha256) is None
    assert ws.inventory.keys.by_spki(rows[0].spki_sha256) is not None


def test_deleting_an_authority_says_who_loses_its_issuer(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    dialog, _keys = deletion(desk, [rows[0].id], window, qtbot)
    assert "2 certificates lose their issuer." in words_of(dialog)
    with qtbot.waitSignal(dialog.rejected):
        dialog.cancel_button.click()
    assert now(ws, rows[0]).name == "Root"


def test_enter_does_not_delete_by_accident(
    ws: Workspace, desk: Desk, rows: list[CertificateRow], window: QWidget, qtbot: QtBot
) -> None:
    dialog, _keys = deletion(desk, [rows[1].id], window, qtbot)
    assert dialog.first_field() is dialog.cancel_button
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.busy
    assert desk.jobs.running == 0
    assert now(ws, rows[1]).name == "api.internal"
