"""A real workspace and desk for the dialogs about keys: real vaults, at a low cost of scrypt."""

from pathlib import Path
from typing import TypeVar

from keyring.backend import KeyringBackend
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.names import Subject
from mtlsgui.vault.base import Vault
from mtlsgui.vault.choose import find_keyring
from mtlsgui.vault.file_vault import FileVault
from mtlsgui.vault.vault_file import ScryptCost
from mtlsgui.workspace import authorities, issuing
from mtlsgui.workspace.drafts import AuthorityDraft, CertificateDraft
from mtlsgui.workspace.workspace import Workspace
from tests.vault.backends import MemoryKeyring

PASSPHRASE = "river oak lantern seven"
_CHEAP = ScryptCost(log_n=14)


class LocalVaults:
    """Vaults of this process: a keyring in memory that can be taken away, and real files."""

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self.backend = backend or MemoryKeyring()
        self.trouble: MtlsguiError | None = None

    def keyring(self, workspace_id: str, backend: str | None) -> tuple[Vault, str]:
        if self.trouble is not None:
            raise self.trouble
        vault = find_keyring(workspace_id, backend=self.backend)
        return vault, vault.backend_name

    def keyring_label(self) -> str:
        return "" if self.trouble else "Test Keyring"

    def create_file(self, path: Path, passphrase: str) -> Vault:
        return FileVault.create(path, passphrase, cost=_CHEAP)

    def open_file(self, path: Path, passphrase: str) -> Vault:
        return FileVault.open(path, passphrase)


def make_desk(ws: Workspace, theme: Theme, jobs: Jobs, settings: QSettings) -> Desk:
    return Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))


def make_root(ws: Workspace, name: str = "Example Root") -> CertificateRow:
    """A root in the workspace; its vault is opened or set up first."""
    return authorities.create(ws, AuthorityDraft(subject=Subject(common_name=name)))


def make_server(ws: Workspace, issuer: CertificateRow, name: str) -> CertificateRow:
    profile = ws.profiles.get("server")
    return issuing.issue(
        ws,
        CertificateDraft(
            profile=profile,
            issuer_id=issuer.id,
            names_text=name,
        ),
    )


Shown = TypeVar("Shown", bound=QDialog)


def find_dialog(qtbot: QtBot, kind: type[Shown]) -> Shown:
    """The dialog of that class, as soon as it is on the screen."""
    qtbot.waitUntil(lambda: shown_dialog(kind) is not None)
    found = shown_dialog(kind)
    assert found is not None
    return found


def shown_dialog(kind: type[Shown]) -> Shown | None:
    """The dialog of that class that is on the screen."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, kind) and widget.isVisible():
            return widget
    return None


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(focused(), key, modifier)


def write(text: str) -> None:
    """Type where the keyboard is."""
    QTest.keyClicks(focused(), text)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def back_in(qtbot: QtBot, dialog: QDialog) -> None:
    """Activate a dialog when the one above is closed: offscreen, no window manager does it."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def wait_for_focus(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)
