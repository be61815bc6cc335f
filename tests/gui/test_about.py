"""What "About" says, and what it copies for a report."""

import platform
import socket
from collections.abc import Iterator
from pathlib import Path

import cryptography
import PySide6
import pytest
from PySide6.QtCore import QSettings, Qt, qVersion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui import __version__
from mtlsgui.gui.about import AboutDialog
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import CheapVaults, Clock

PASSPHRASE = "correct horse"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", CheapVaults(), clock=Clock()) as opened:
        yield opened


@pytest.fixture
def desk(ws: Workspace, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    made = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
    yield made
    made.changes.stop()


def test_what_is_shown_is_what_is_copied(desk: Desk, qtbot: QtBot) -> None:
    desk.ws.custody.set_up("file", PASSPHRASE)
    dialog = AboutDialog(desk)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.copy_button.click()
    copied = desk.clipboard.text()
    for wanted in (
        f"mtlsgui: {__version__}",
        f"Python: {platform.python_version()}",
        f"Qt: {qVersion()}",
        f"PySide6: {PySide6.__version__}",
        f"cryptography: {cryptography.__version__} (OpenSSL ",
        "keyring: ",
        "Keys held in: a passphrase-protected file",
    ):
        assert wanted in copied
    shown = {child.accessibleName() for child in dialog.fields.findChildren(QWidget)}
    assert set(copied.splitlines()[1:]) <= shown
    assert "Licence: Apache-2.0" in shown


def test_a_report_tells_of_no_person_and_no_secret(desk: Desk, qtbot: QtBot) -> None:
    desk.ws.custody.set_up("file", PASSPHRASE)
    dialog = AboutDialog(desk)
    qtbot.addWidget(dialog)
    copied = dialog.report()
    for private in (
        PASSPHRASE,
        str(desk.ws.layout.directory),
        str(Path.home()),
        socket.gethostname(),
        desk.ws.custody.workspace_id,
    ):
        assert private not in copied


def test_without_keys_it_says_so(desk: Desk, qtbot: QtBot) -> None:
    dialog = AboutDialog(desk)
    qtbot.addWidget(dialog)
    assert "Keys held in: not chosen yet" in dialog.report()


def test_enter_closes_it(desk: Desk, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = AboutDialog(desk, window)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
