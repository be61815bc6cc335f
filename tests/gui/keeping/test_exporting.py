"""Exporting through the dialog, with the keyboard alone; what is written is read back."""

import os
import stat
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.formats.items import CertificateItem, PrivateKeyItem
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.exporting.dialog import ExportDialog
from mtlsgui.gui.key_protection import PlainKeyQuestion
from mtlsgui.gui.two_lines import Line, LinesModel
from mtlsgui.gui.vault_access import KeyAccess, UnlockDialog
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace.exporting import Form
from mtlsgui.workspace.inspecting import inspect_files
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import (
    PASSPHRASE,
    back_in,
    find_dialog,
    focused,
    make_root,
    make_server,
    press,
    wait_for_focus,
    write,
)

NAME = "api.example.test"


@pytest.fixture
def root(ws: Workspace) -> CertificateRow:
    ws.custody.set_up("file", PASSPHRASE)
    return make_root(ws)


@pytest.fixture
def server(ws: Workspace, root: CertificateRow) -> CertificateRow:
    return make_server(ws, root, NAME)


@pytest.fixture
def folder(tmp_path: Path, settings: QSettings) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    settings.setValue("export/folder", str(made))
    return made


class Opener:
    """Opens the dialog, and notes what it did."""

    def __init__(self, qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget) -> None:
        self._qtbot, self._desk, self._access, self._window = qtbot, desk, access, window
        self.exported: list[Path] = []
        self.opened: list[Path] = []

    def __call__(self, *rows: CertificateRow, form: Form = Form.PEM) -> ExportDialog:
        dialog = ExportDialog(
            self._desk,
            self._access,
            [row.id for row in rows],
            self._window,
            form=form,
            show_folder=self.opened.append,
        )
        dialog.exported.connect(self.exported.extend)
        dialog.open()
        wait_for_focus(self._qtbot, dialog.options_page.form_box)
        return dialog

    def go_on(self, dialog: ExportDialog) -> None:
        """Press Enter and wait until the files are shown."""
        press(Qt.Key.Key_Return)
        self._qtbot.waitUntil(dialog.save_button.isVisible)
        self._qtbot.waitUntil(lambda: not dialog.busy)

    def save(self, dialog: ExportDialog) -> None:
        """Press Enter and wait until they are written."""
        press(Qt.Key.Key_Return)
        self._qtbot.waitUntil(lambda: bool(self.exported))
        assert dialog.folder_button.isVisible()


@pytest.fixture
def export(qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget) -> Opener:
    return Opener(qtbot, desk, access, window)


def type_new_passphrase(dialog: ExportDialog, passphrase: str) -> None:
    dialog.options_page.password.first.edit.setFocus()
    write(passphrase)
    press(Qt.Key.Key_Tab)
    write(passphrase)


def test_a_certificate_is_shown_and_saved(
    export: Opener, server: CertificateRow, folder: Path
) -> None:
    dialog = export(server)
    export.go_on(dialog)
    assert [line.first for line in dialog.file_list.lines.lines] == [f"{NAME}.crt"]
    assert list(folder.iterdir()) == []  # shown, not written
    export.save(dialog)
    assert export.exported == [folder / f"{NAME}.crt"]
    (item,) = inspect_files(export.exported).items
    assert isinstance(item, CertificateItem)
    assert item.facts.fingerprint_sha256 == server.fingerprint
    dialog.folder_button.click()
    assert export.opened == [folder]


def test_the_file_can_be_given_another_name(
    export: Opener, server: CertificateRow, folder: Path
) -> None:
    dialog = export(server, form=Form.FULL_CHAIN)
    export.go_on(dialog)
    assert focused() is dialog.name_edit
    dialog.name_edit.selectAll()
    write("sub/mine.pem")
    assert dialog.name_row.problem
    dialog.name_edit.selectAll()
    write("mine.pem")
    export.save(dialog)
    assert export.exported == [folder / "mine.pem"]


def test_nothing_is_replaced_unasked(
    qtbot: QtBot, export: Opener, server: CertificateRow, folder: Path
) -> None:
    taken = folder / f"{NAME}.crt"
    taken.write_text("mine")
    dialog = export(server)
    export.go_on(dialog)
    assert dialog.message is not None
    assert taken.name in dialog.message.text.text()
    assert dialog.save_button.text() == "&Replace and save"
    # The other way: it appears after the list was shown.
    taken.unlink()
    press(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.options_page.isVisible)
    export.go_on(dialog)
    taken.write_text("mine")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message is not None)
    assert taken.read_text() == "mine"
    wait_for_focus(qtbot, dialog.save_button)
    export.save(dialog)
    assert taken.read_text().startswith("-----BEGIN CERTIFICATE-----")


def test_a_key_is_encrypted_unless_said_otherwise_in_words(
    qtbot: QtBot, export: Opener, server: CertificateRow, folder: Path
) -> None:
    dialog = export(server, form=Form.FOLDER)
    assert dialog.options_page.key_part.encrypted_radio.isChecked()
    press(Qt.Key.Key_Return)  # no passphrase yet
    assert dialog.options_page.password.first.problem == "Type a passphrase."
    type_new_passphrase(dialog, PASSPHRASE)
    export.go_on(dialog)
    names = [line.first for line in dialog.file_list.lines.lines]
    assert names == [f"{NAME}.crt", f"{NAME}-chain.crt", f"{NAME}.key", "ca.crt"]
    export.save(dialog)
    key = folder / f"{NAME}.key"
    assert b"ENCRYPTED" in key.read_bytes()
    (item,) = inspect_files([key], [PASSPHRASE]).items
    assert isinstance(item, PrivateKeyItem)
    assert item.spki_sha256 == server.spki_sha256
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_plain_key_takes_a_plain_answer(
    qtbot: QtBot, export: Opener, server: CertificateRow, folder: Path
) -> None:
    dialog = export(server, form=Form.KEY)
    press(Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not dialog.options_page.password.isVisible())
    for answer in ("escape", "enter"):  # neither says yes
        press(Qt.Key.Key_Return)
        question = find_dialog(qtbot, PlainKeyQuestion)
        wait_for_focus(qtbot, question.cancel_button)
        press(Qt.Key.Key_Escape if answer == "escape" else Qt.Key.Key_Return)
        back_in(qtbot, dialog)
        assert not dialog.save_button.isVisible()
    press(Qt.Key.Key_Return)
    question = find_dialog(qtbot, PlainKeyQuestion)
    wait_for_focus(qtbot, question.cancel_button)
    press(Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.save_button.isVisible() and not dialog.busy)
    back_in(qtbot, dialog)
    assert "not encrypted" in dialog.file_list.lines.lines[0].second
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(export.exported))
    assert b"BEGIN PRIVATE KEY" in export.exported[0].read_bytes()


def test_pkcs12_opens_with_openssl(
    export: Opener, server: CertificateRow, folder: Path, tmp_path: Path
) -> None:
    dialog = export(server, form=Form.PKCS12)
    dialog.options_page.more.set_open(True)
    dialog.options_page.alias_edit.setText("my alias")
    type_new_passphrase(dialog, PASSPHRASE)
    export.go_on(dialog)
    export.save(dialog)
    password = tmp_path / "password"
    password.write_text(PASSPHRASE)
    shown = subprocess.run(
        ["openssl", "pkcs12", "-in", export.exported[0], "-passin", f"file:{password}", "-nokeys"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "my alias" in shown
    assert NAME in shown


def test_a_locked_vault_asks_for_its_passphrase_first(
    qtbot: QtBot, desk: Desk, export: Opener, server: CertificateRow, folder: Path
) -> None:
    desk.ws.custody.lock()
    dialog = export(server, form=Form.KEY)
    type_new_passphrase(dialog, "another one altogether")
    press(Qt.Key.Key_Return)
    unlock = find_dialog(qtbot, UnlockDialog)
    wait_for_focus(qtbot, unlock.row.edit)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.busy)
    back_in(qtbot, dialog)
    assert dialog.options_page.isVisible()
    press(Qt.Key.Key_Return)
    unlock = find_dialog(qtbot, UnlockDialog)
    wait_for_focus(qtbot, unlock.row.edit)
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.save_button.isVisible)


def test_several_certificates_go_into_one_folder(
    ws: Workspace, export: Opener, root: CertificateRow, server: CertificateRow, folder: Path
) -> None:
    other = make_server(ws, root, "web.example.test")
    dialog = export(server, other, form=Form.FOLDER)
    type_new_passphrase(dialog, PASSPHRASE)
    export.go_on(dialog)
    assert not dialog.name_row.isVisible()
    export.save(dialog)
    assert len(export.exported) == 7  # ca.crt is common to both
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        path.name for path in export.exported
    )


def test_what_cannot_be_is_said_in_place(
    qtbot: QtBot, ws: Workspace, export: Opener, root: CertificateRow, folder: Path
) -> None:
    dialog = export(root, form=Form.CHAIN)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message is not None)
    assert "has no chain" in dialog.message.sentence.text()  # type: ignore[union-attr]
    dialog.options_page.set_form(Form.PEM)
    dialog.options_page.folder.edit.setText(str(folder / "missing" / "too"))
    press(Qt.Key.Key_Return)
    assert dialog.options_page.where.problem == "There is no such folder."
    dialog.reject()


def test_a_new_folder_is_made_when_the_files_are_written(
    export: Opener, server: CertificateRow, folder: Path
) -> None:
    dialog = export(server)
    dialog.options_page.folder.edit.setText(str(folder / "new"))
    export.go_on(dialog)
    assert dialog.lead.text() == f"{folder / 'new'}, a new folder"
    assert not (folder / "new").exists()
    export.save(dialog)
    assert [path.parent for path in export.exported] == [folder / "new"]
    assert export.exported[0].is_file()


def test_the_folder_is_reached_by_its_letter(export: Opener, server: CertificateRow) -> None:
    dialog = export(server)
    press(Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert dialog.focusWidget() is dialog.options_page.folder.edit


def test_a_dialog_grows_with_what_is_said_in_it(
    qtbot: QtBot, export: Opener, root: CertificateRow
) -> None:
    dialog = export(root, form=Form.PEM)
    dialog.options_page.folder.edit.setText("nowhere/at/all")
    layout = dialog.layout()
    assert layout is not None
    qtbot.waitUntil(lambda: dialog.height() == layout.totalHeightForWidth(dialog.width()))
    before = dialog.height()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.height() > before)


def test_enter_presses_the_button_with_the_ring(
    qtbot: QtBot, export: Opener, server: CertificateRow
) -> None:
    dialog = export(server)
    export.go_on(dialog)
    dialog.back_button.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Return)
    assert dialog.options_page.isVisible()


def test_a_folder_that_cannot_be_written_is_said_in_place(
    qtbot: QtBot, export: Opener, server: CertificateRow, folder: Path
) -> None:
    if os.name != "posix" or os.geteuid() == 0:
        pytest.skip("the superuser may write anywhere")
    dialog = export(server)
    export.go_on(dialog)
    folder.chmod(0o500)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message is not None)
    folder.chmod(0o700)
    dialog.reject()


def test_without_its_key_a_certificate_goes_alone(
    export: Opener, ws: Workspace, server: CertificateRow, folder: Path
) -> None:
    ws.inventory.certificates.set_key_by_spki(server.spki_sha256, None)
    dialog = export(server, form=Form.PKCS12)
    assert NAME in dialog.options_page.what.problem
    press(Qt.Key.Key_Return)
    assert not dialog.busy
    dialog.options_page.set_form(Form.DER)
    export.go_on(dialog)
    export.save(dialog)


def test_the_list_is_a_sound_model(qtbot: QtBot) -> None:
    model = LinesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_lines([Line("a", "b", "c"), Line("d")])
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "a, b, c"
    model.set_lines([])


@pytest.mark.parametrize("form", [Form.KUBERNETES, Form.HAPROXY])
def test_what_a_program_wants_in_the_clear_is_asked_about_too(
    qtbot: QtBot, export: Opener, server: CertificateRow, folder: Path, form: Form
) -> None:
    dialog = export(server, form=form)
    assert not dialog.options_page.password.isVisible()
    press(Qt.Key.Key_Return)
    question = find_dialog(qtbot, PlainKeyQuestion)
    wait_for_focus(qtbot, question.cancel_button)
    press(Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.save_button.isVisible() and not dialog.busy)
    back_in(qtbot, dialog)
    export.save(dialog)
    items = inspect_files([next(folder.iterdir())]).items
    assert {item.kind for item in items} == {"certificate", "private_key"}


def test_a_java_keystore_takes_a_password_and_a_name(
    qtbot: QtBot, export: Opener, server: CertificateRow, folder: Path
) -> None:
    dialog = export(server, form=Form.JKS)
    type_new_passphrase(dialog, PASSPHRASE)
    dialog.options_page.alias_edit.setText("web")
    export.go_on(dialog)
    export.save(dialog)
    result = inspect_files([folder / f"{NAME}.jks"], [PASSPHRASE])
    assert not result.locked
    assert "web" in [getattr(item, "friendly_name", "") for item in result.items]
