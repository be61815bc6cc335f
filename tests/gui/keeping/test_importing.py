"""Importing through the dialog: real files made by openssl, and ten thousand certificates."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.importing.dialog import ImportDialog, import_files, import_inspection
from mtlsgui.gui.vault_access import KeyAccess, UnlockDialog
from mtlsgui.workspace.importing import Report
from mtlsgui.workspace.inspecting import Inspection, Progress, inspect_bytes
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import PASSPHRASE, back_in, find_dialog, press, wait_for_focus, write

SECRET = "the file's own secret"


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A CA made with plain openssl: ca.crt, its encrypted ca.key, and server.crt below it."""
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "secret").write_text(SECRET)
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
    openssl(
        folder, "req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.crt", "-days", "30",
        "-subj", "/CN=Old CA", "-passout", "file:secret",
    )  # fmt: skip
    openssl(
        folder, "req", *curve, "-noenc", "-keyout", "server.key", "-out", "server.csr",
        "-subj", "/CN=old.example.test",
    )  # fmt: skip
    openssl(
        folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
        "-passin", "file:secret", "-out", "server.crt", "-days", "10",
    )  # fmt: skip
    return folder


class Importer:
    """Opens the dialog, and notes its reports."""

    def __init__(self, qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget) -> None:
        self.qtbot, self.desk, self.access, self.window = qtbot, desk, access, window
        self.reports: list[Report] = []

    def __call__(self, *paths: Path) -> ImportDialog:
        dialog = import_files(self.desk, self.access, self.window, paths)
        dialog.imported.connect(self.reports.append)
        self.wait(dialog)
        return dialog

    def wait(self, dialog: ImportDialog) -> None:
        self.qtbot.waitUntil(lambda: not dialog.busy)

    def finish(self) -> Report:
        press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: bool(self.reports))
        return self.reports[-1]


@pytest.fixture
def importer(qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget) -> Importer:
    return Importer(qtbot, desk, access, window)


def pills(dialog: ImportDialog) -> list[str]:
    return [line.pill for line in dialog.list.lines.lines]


def test_an_authority_with_its_encrypted_key(
    qtbot: QtBot, importer: Importer, ws: Workspace, authority: Path
) -> None:
    ws.custody.set_up("file", PASSPHRASE)
    ws.custody.lock()
    dialog = importer(*(authority / name for name in ("ca.key", "server.crt", "ca.crt")))
    assert pills(dialog) == ["Needs its passphrase", "New", "New"]
    assert dialog.lead.text() == "2 new · 1 locked"
    wait_for_focus(qtbot, dialog.passphrase.edit)
    write("wrong")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "opens none" in dialog.passphrase.problem)
    write(SECRET)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pills(dialog) == ["New", "New", "New"])
    importer.wait(dialog)
    assert not dialog.passphrase.isVisible()
    assert "passphrase-protected file" in dialog.where.text()
    press(Qt.Key.Key_Return)
    unlock = find_dialog(qtbot, UnlockDialog)
    wait_for_focus(qtbot, unlock.row.edit)
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(importer.reports))
    report = importer.reports[0]
    assert (len(report.certificates), len(report.keys)) == (2, 1)
    assert dialog.heading.text() == "Imported 2 certificates, 1 private key"
    (held,) = ws.inventory.keys.all()
    assert held.custody == "vault"
    rows = {row.name: row for row in ws.inventory.certificates.get_many(report.certificates)}
    assert rows["old.example.test"].issuer_id == rows["Old CA"].id
    back_in(qtbot, dialog)
    press(Qt.Key.Key_Return)  # Close
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_what_is_here_already_is_said_and_left(importer: Importer, authority: Path) -> None:
    importer(authority / "ca.crt")
    importer.finish()
    press(Qt.Key.Key_Return)
    dialog = importer(authority / "ca.crt")
    assert pills(dialog) == ["Already here"]
    assert not dialog.import_button.isEnabled()
    press(Qt.Key.Key_Escape)


def test_files_that_cannot_be_read_are_named(
    importer: Importer, authority: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.pem").write_text(
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    )
    dialog = importer(tmp_path / "notes.pem", tmp_path / "missing.pem", authority / "ca.crt")
    shown = {line.first: line for line in dialog.list.lines.lines}
    assert shown["missing.pem"].pill == "Not readable"
    assert "does not exist" in shown["missing.pem"].second
    assert pills(dialog).count("Not readable") == 2
    assert len(importer.finish().certificates) == 1


def test_nothing_to_import_says_so(importer: Importer, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("\n")
    dialog = importer(tmp_path / "empty.pem")
    assert not dialog.import_button.isEnabled()
    assert dialog.list.lines.lines or dialog.message is not None
    dialog.reject()


def test_what_was_looked_into_is_not_read_again(
    qtbot: QtBot, importer: Importer, authority: Path
) -> None:
    data = (authority / "ca.key").read_bytes()
    asked: list[list[str]] = []

    def read(passphrases: Sequence[str], _progress: Progress) -> Inspection:
        asked.append(list(passphrases))
        return inspect_bytes(data, "Pasted text", passphrases)

    inspection = inspect_bytes(data, "Pasted text")
    dialog = import_inspection(
        importer.desk,
        importer.access,
        importer.window,
        inspection,
        read,
    )
    importer.wait(dialog)
    assert asked == []
    assert dialog.heading.text() == "Import from Pasted text"
    wait_for_focus(qtbot, dialog.passphrase.edit)
    write(SECRET)
    dialog.unlock_button.click()
    qtbot.waitUntil(lambda: pills(dialog) == ["New"])
    assert asked == [[SECRET]]
    importer.wait(dialog)
    dialog.reject()


@pytest.fixture(scope="module")
def ten_thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One PEM file; the certificates differ, and one key has signed them all."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "elsewhere")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    path = tmp_path_factory.mktemp("many") / "many.pem"
    with path.open("wb") as file:
        for number in range(1, 10_001):
            certificate = (
                x509.CertificateBuilder()
                .subject_name(
                    x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"n{number}")])
                )
                .issuer_name(name)
                .public_key(key.public_key())
                .serial_number(number)
                .not_valid_before(start)
                .not_valid_after(start + timedelta(days=400))
                .sign(key, hashes.SHA256())
            )
            file.write(certificate.public_bytes(Encoding.PEM))
    return path


class Ticks:
    """Counts how often the GUI thread is free while something else works."""

    def __init__(self) -> None:
        self.count = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(5)

    def _tick(self) -> None:
        self.count += 1


@pytest.mark.integration
def test_ten_thousand_certificates_leave_the_window_alive(
    qtbot: QtBot, importer: Importer, ws: Workspace, ten_thousand: Path
) -> None:
    ticks = Ticks()
    dialog = import_files(importer.desk, importer.access, importer.window, [ten_thousand])
    dialog.imported.connect(importer.reports.append)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=60_000)
    assert dialog.list.lines.rowCount() == 10_000
    dialog.import_button.click()
    while_importing = ticks.count
    qtbot.waitUntil(lambda: bool(importer.reports), timeout=60_000)
    assert len(importer.reports[0].certificates) == 10_000
    assert ticks.count - while_importing > 10
    dialog.reject()


@pytest.mark.integration
def test_an_import_can_be_stopped_and_gone_on_with(
    qtbot: QtBot, importer: Importer, ws: Workspace, ten_thousand: Path
) -> None:
    def count() -> int:
        return ws.inventory.tree.counts(ws.clock(), ws.inventory.warn).total

    dialog = import_files(importer.desk, importer.access, importer.window, [ten_thousand])
    dialog.imported.connect(importer.reports.append)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=60_000)
    dialog.import_button.click()
    qtbot.waitUntil(lambda: dialog.progress.value() > 0, timeout=60_000)
    dialog.reject()  # stops; a second one closes
    qtbot.waitUntil(lambda: dialog.heading.text() == "The import was stopped", timeout=60_000)
    kept = count()
    assert 0 < kept < 10_000
    assert f"{kept:,}" in dialog.lead.text()
    dialog.reject()
    again = import_files(importer.desk, importer.access, importer.window, [ten_thousand])
    again.imported.connect(importer.reports.append)
    qtbot.waitUntil(lambda: not again.busy, timeout=60_000)
    again.import_button.click()
    qtbot.waitUntil(lambda: bool(importer.reports), timeout=60_000)
    assert count() == 10_000
    again.reject()
