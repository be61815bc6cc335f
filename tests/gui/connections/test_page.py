"""The connection test in the window: a real workspace, real servers, the keyboard."""

import socket
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mtlsgui.gui.connections.testing.page import TestPage
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.vault_access import UnlockDialog
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.tls.result import Outcome, StepState
from mtlsgui.workspace import issuing
from mtlsgui.workspace.connecting import ConnectionTest, TrustKind
from mtlsgui.workspace.drafts import CertificateDraft
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import find_dialog
from tests.tls import servers
from tests.tls.papers import Paper
from tests.workspace.support import PASSPHRASE, Clock, issue_server, make_root


@pytest.fixture
def client(ws: Workspace, root: CertificateRow) -> CertificateRow:
    return issue_client(ws, root, "reconciler")


def issue_client(ws: Workspace, issuer: CertificateRow, name: str) -> CertificateRow:
    draft = CertificateDraft(profile=BUILT_IN["client"], issuer_id=issuer.id, names_text=name)
    return issuing.issue(ws, draft)


def server_paper(ws: Workspace, root: CertificateRow) -> Paper:
    row = issue_server(ws, root, "localhost")
    assert row.key_id is not None
    der = ws.inventory.certificates.der(row.id)
    key = ws.custody.private_key(ws.inventory.keys.get(row.key_id))
    return Paper(x509.load_der_x509_certificate(der), key)


def run(qtbot: QtBot, page: TestPage) -> None:
    """Press Enter in the address, and wait for the verdict."""
    before = page.banner
    QTest.keyClick(page.question.address, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.banner is not before and page.banner is not None)


def words_on(page: TestPage) -> str:
    labels = page.findings.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisible())


def test_an_empty_page_says_what_to_do(page: TestPage) -> None:
    texts = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    assert "Find out why a connection fails" in texts
    assert not page.findings.isVisible()


def test_a_good_test_by_the_keyboard(
    qtbot: QtBot, page: TestPage, ws: Workspace, root: CertificateRow, tmp_path: Path
) -> None:
    paper = server_paper(ws, root)
    with servers.python_ssl(tmp_path / "s", paper, clients=ssl.CERT_NONE) as port:
        page.show_target(host=f"localhost:{port}")
        assert page.question.address.hasFocus()
        run(qtbot, page)
    assert page.result is not None
    assert page.result.outcome is Outcome.ACCEPTED
    assert page.banner is not None
    assert (page.banner.tone, page.banner.sentence.text()) == (Tone.GOOD, "The connection works.")
    assert page.sequence.steps[-1].message == "HTTP 200 OK"
    assert "You: ClientHello, ok" in [row.accessibleName() for row in page.sequence.rows]
    assert page.findings.heading.text() == "Nothing is wrong"
    qtbot.waitUntil(lambda: page.question.test_button.text() == "&Test again")


def test_a_refused_certificate_and_its_remedy(
    qtbot: QtBot,
    page: TestPage,
    ws: Workspace,
    client: CertificateRow,
    tmp_path: Path,
) -> None:
    """The server trusts another CA, so it refuses; the page says so and offers to choose."""
    paper = server_paper(ws, ws.inventory.certificates.chain(client.id)[-1])
    page.question.refresh()
    with servers.python_ssl(tmp_path / "s", paper) as port:
        page.show_target(client.id, f"localhost:{port}")
        run(qtbot, page)
    assert page.result is not None
    assert page.result.outcome is Outcome.REFUSED_BY_SERVER
    assert page.banner is not None
    assert page.banner.tone is Tone.BAD
    assert "refused your certificate" in page.banner.sentence.text()
    assert "does not trust your certificate's CA" in words_on(page)
    assert "Nothing wrong" in words_on(page)  # the server
    failed = [step for step in page.sequence.steps if step.state is StepState.FAILED]
    assert [step.message for step in failed] == ["Alert 48: unknown ca"]
    page.findings.choose_identity.emit()
    assert page.question.identity.hasFocus()


def test_the_report_is_copied(qtbot: QtBot, page: TestPage) -> None:
    page.show_target(host=f"localhost:{servers.free_port()}")
    run(qtbot, page)
    page.findings.keeping.copy_text()
    copied = QApplication.clipboard().text()
    assert "Connection test of localhost" in copied
    assert "connection_refused" in copied


def test_what_is_no_address_is_said_at_the_field(page: TestPage) -> None:
    QTest.keyClicks(page.question.address, "two words")
    QTest.keyClick(page.question.address, Qt.Key.Key_Return)
    assert "not the address of a server" in page.question.address_row.problem
    assert page.banner is None
    QTest.keyClick(page.question.address, Qt.Key.Key_Backspace)
    assert page.question.address_row.problem == ""


def test_a_test_can_be_stopped(qtbot: QtBot, page: TestPage) -> None:
    def silent(connection: socket.socket) -> None:
        while connection.recv(4096):
            pass

    with servers.listening(silent) as port:
        page.show_target(host=f"localhost:{port}")
        QTest.keyClick(page.question.address, Qt.Key.Key_Return)
        assert page.question.test_button.text() == "S&top"
        qtbot.waitUntil(lambda: page._task is not None)
        page.question.test_button.click()
        qtbot.waitUntil(lambda: page.question.test_button.text() == "&Test")
    assert page.banner is not None
    assert page.banner.tone is Tone.NEUTRAL
    assert page.banner.sentence.text() == "You stopped the test"
    assert page.question.test_button.isEnabled()


def test_a_stopped_test_leaves_no_verdict_on_another(qtbot: QtBot, page: TestPage) -> None:
    page.show_target(host=f"localhost:{servers.free_port()}")
    page.start()
    qtbot.waitUntil(lambda: page.result is not None and not page._running)

    def silent(connection: socket.socket) -> None:
        while connection.recv(4096):
            pass

    with servers.listening(silent) as port:
        page.question.address.setText(f"localhost:{port}")
        page.start()
        qtbot.waitUntil(lambda: page._task is not None)
        page.stop()
        qtbot.waitUntil(lambda: not page._running)
    assert page.result is None
    assert page.banner is not None
    assert f"localhost:{port}" in page.banner.text.text()
    assert not page.findings.isVisible()


def test_the_passphrase_is_asked_for_where_a_key_is_needed(
    qtbot: QtBot,
    page: TestPage,
    ws: Workspace,
    client: CertificateRow,
) -> None:
    ws.custody.lock()
    page.question.refresh()
    page.show_target(client.id, f"localhost:{servers.free_port()}")
    QTest.keyClick(page.question.address, Qt.Key.Key_Return)
    dialog = find_dialog(qtbot, UnlockDialog)
    dialog.reject()
    assert page.question.test_button.text() == "&Test"
    QTest.keyClick(page.question.address, Qt.Key.Key_Return)
    dialog = find_dialog(qtbot, UnlockDialog)
    dialog.row.edit.setText(PASSPHRASE)
    dialog.unlock_button.click()
    qtbot.waitUntil(lambda: page.banner is not None)
    assert page.result is not None
    assert page.result.problems[0].code == "connection_refused"


def test_the_lists_follow_the_workspace(
    qtbot: QtBot, page: TestPage, desk: Desk, ws: Workspace, clock: Clock
) -> None:
    root = make_root(ws)
    first = issue_client(ws, root, "alpha")
    desk.changes.announce()
    page.show_target(first.id)
    page.question.trust.setCurrentText("Test Root")
    issue_client(ws, root, "aaa")
    clock.advance(days=100)
    desk.changes.announce()
    assert page.question.identity.currentText() == "alpha — expired 10 days ago"
    assert page.question.test == ConnectionTest(
        "", first.id, trust=TrustKind.ONE, authority_id=root.id
    )


def test_a_server_certificate_can_be_presented_when_asked_for(
    page: TestPage, ws: Workspace, root: CertificateRow
) -> None:
    row = issue_server(ws, root, "web.test")
    page.show_target(row.id, "web.test")
    assert page.question.test.identity_id == row.id
    assert page.question.address.text() == "web.test"


def test_a_narrow_window_shows_one_part_at_a_time(qtbot: QtBot, page: TestPage) -> None:
    page.resize(700, 700)
    page.show_target(host=f"localhost:{servers.free_port()}")
    run(qtbot, page)
    assert page.sequence.isVisible()
    assert not page.findings.isVisible()
    assert page.mend_button.isVisible()
    page.split.show_inspector()
    assert page.findings.isVisible()
    page.split.back_button.click()
    assert page.sequence.isVisible()


@pytest.mark.parametrize("scheme", [SchemePreference.LIGHT, SchemePreference.DARK])
def test_a_failed_step_is_drawn_in_the_colour_of_failure(
    qtbot: QtBot, page: TestPage, theme: Theme, scheme: SchemePreference
) -> None:
    theme.set_preference(scheme)
    page.show_target(host=f"localhost:{servers.free_port()}")
    run(qtbot, page)
    image = page.sequence.grab().toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert theme.tokens.bad in colours
    assert theme.tokens.good not in colours
