"""What a connection test is asked: fields that are filled, shown, refused in place."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mtlsgui.gui.connections.testing.page import TestPage
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.tls.question import IpFamily, Limits, Offer, ProxyProtocol, StartTls
from mtlsgui.tls.result import Problem, RemedyKind, Side
from mtlsgui.workspace import issuing
from mtlsgui.workspace.connecting import ConnectionTest, TrustKind
from mtlsgui.workspace.drafts import CertificateDraft
from mtlsgui.workspace.output_files import OutputFile
from mtlsgui.workspace.remedies import (
    ISSUE_SERVER,
    SAVE_CHAIN,
    WITHOUT,
    IssueCertificate,
    SaveFile,
    TestAgain,
)
from mtlsgui.workspace.workspace import Workspace
from tests.tls import servers
from tests.tls.papers import contents, signed, world
from tests.tls.papers import root as make_paper
from tests.workspace.support import Clock

SECRET = "correct horse"
AUTHORITY = make_paper("Files CA")
CLIENT = signed(contents("from-files", usage=("clientAuth",)), AUTHORITY)
PROBLEM = Problem("some_code", Side.SERVER, "Something", "")


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    assert isinstance(CLIENT.key, ec.EllipticCurvePrivateKey)
    path = tmp_path / "client.p12"
    encryption = BestAvailableEncryption(SECRET.encode())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"me", CLIENT.key, CLIENT.certificate, None, encryption
        )
    )
    return path


@pytest.fixture
def client(ws: Workspace, root: CertificateRow) -> CertificateRow:
    draft = CertificateDraft(profile=BUILT_IN["client"], issuer_id=root.id, names_text="reconciler")
    return issuing.issue(ws, draft)


def press(page: TestPage) -> None:
    QTest.keyClick(page.question.address, Qt.Key.Key_Return)


def run(qtbot: QtBot, page: TestPage) -> None:
    before = page.banner
    press(page)
    qtbot.waitUntil(lambda: page.banner is not before and page.banner is not None)


def test_every_question_can_be_asked_and_shown_again(
    page: TestPage, root: CertificateRow, client: CertificateRow
) -> None:
    page.question.refresh()
    test = ConnectionTest(
        "smtp://mail.test:2525",
        identity_id=client.id,
        trust=TrustKind.ONE,
        authority_id=root.id,
        trust_certificates=(AUTHORITY.certificate.public_bytes(Encoding.DER),),
        crl_files=(Path("/srv/a.crl"), Path("/srv/b.crl")),
        server_name="mx.test",
        offer=Offer(
            ("TLS 1.1", "TLS 1.2"),
            "ECDHE+AESGCM",
            ("TLS_AES_256_GCM_SHA384",),
            ("X25519", "P-256"),
            ("ed25519",),
            ("h2", "http/1.1"),
        ),
        starttls=StartTls.SMTP,
        proxy="socks5://me@proxy.test:1080",
        proxy_protocol=ProxyProtocol.V2,
        family=IpFamily.IPV6,
        send_request=False,
        http_method="PATCH",
        http_path="/health",
        http_headers=(("Accept", "text/plain"), ("X-Tenant", "a: b")),
        limits=Limits(1.5, 20, 7),
        try_without=False,
    )
    page.question.load(test)
    assert page.question.test == test
    assert page.question.more_button.text() == "&More (13)"
    files = ConnectionTest(
        "api.test",
        identity_files=(Path("/srv/a.crt"),),
        trust=TrustKind.FILES,
        trust_files=(Path("/srv/ca.pem"),),
    )
    page.question.load(files)
    assert page.question.test == files
    assert page.question.identity.currentText() == "a.crt"
    page.question.load(ConnectionTest(""))
    assert page.question.test == ConnectionTest("")
    assert page.question.more_button.text() == "&More"


def test_the_passphrase_of_files_is_asked_for_in_its_place(
    qtbot: QtBot, page: TestPage, locked: Path
) -> None:
    question = page.question
    question.identity.take_files([locked])
    qtbot.waitUntil(question.passphrase_row.isVisible)
    question.address.setText(f"localhost:{servers.free_port()}")
    question.passphrase_row.edit.setText("guessed")
    press(page)
    qtbot.waitUntil(lambda: "passphrase is wrong" in question.passphrase_row.problem)
    assert page.banner is None
    question.passphrase_row.edit.setText(SECRET)
    run(qtbot, page)
    assert page.result is not None
    assert page.result.problems[0].code == "connection_refused"
    question.identity.setCurrentIndex(0)
    assert not question.passphrase_row.isVisible()
    assert question.secrets.passphrases == ()


def test_files_are_looked_into_when_they_are_dropped(
    qtbot: QtBot, page: TestPage, tmp_path: Path, clock: Clock
) -> None:
    certificate, key = CLIENT.write(tmp_path / "client")
    row = page.question.identity_row

    def drop(*paths: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        move, left, none = (
            Qt.DropAction.CopyAction,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        page.question.identity.dropEvent(QDropEvent(QPoint(5, 5), move, mime, left, none))

    drop(certificate, key)
    qtbot.waitUntil(lambda: row.note.text() == "from-files")
    drop(certificate)
    qtbot.waitUntil(lambda: "private key is missing" in row.problem)
    clock.advance(days=400)
    drop(key, certificate)
    qtbot.waitUntil(lambda: "expired" in row.problem)
    assert page.question.test.identity_files == (key, certificate)


def test_what_is_wrong_behind_more_is_said_there(qtbot: QtBot, page: TestPage) -> None:
    question = page.question
    question.address.setText("localhost:1")
    question.more.proxy.setText("gopher://proxy.test")
    press(page)
    qtbot.waitUntil(lambda: bool(question.more.rows["proxy"].problem))
    assert question.more_button.isChecked()
    assert question.more.proxy.isVisible()
    assert page.banner is None
    question.more.proxy.clear()
    question.more.headers.setPlainText("no header")
    press(page)
    assert "no header" in question.more.rows["http_headers"].problem
    assert question.more.headers.isVisible()


def test_an_expired_certificate_is_said_before_it_is_presented(
    page: TestPage, client: CertificateRow, clock: Clock
) -> None:
    clock.advance(days=4_000)
    page.show_target(client.id, "api.test")
    assert page.question.identity_row.problem == "It has expired: a server will refuse it."


def test_what_files_present_stays_said_after_the_test(
    qtbot: QtBot, page: TestPage, tmp_path: Path
) -> None:
    paper = world().clients["expired"]
    page.question.identity.take_files(paper.write(tmp_path / "expired"))
    qtbot.waitUntil(lambda: "It expired on" in page.question.identity_row.problem)
    page.question.address.setText(f"localhost:{servers.free_port()}")
    run(qtbot, page)
    qtbot.waitUntil(lambda: not page._running)
    assert "It expired on" in page.question.identity_row.problem
    page.question.identity.setCurrentIndex(0)
    assert page.question.identity_row.problem == ""


def test_a_password_in_an_address_does_not_stay(qtbot: QtBot, page: TestPage) -> None:
    page.question.address.setText(f"postgres://me:h7nter2@localhost:{servers.free_port()}/shop")
    page.question.more.proxy.setText(f"http://me:h7nter%32@localhost:{servers.free_port()}")
    run(qtbot, page)
    assert "h7nter2" not in page.question.address.text()
    assert "h7nter" not in page.question.test.proxy
    assert page.question.secrets.proxy_password == "h7nter2"
    page.question.load(ConnectionTest("api.test", proxy="http://me@another.test"))
    assert page.question.secrets.proxy_password == ""
    assert page.result is not None


def test_a_verdict_says_when_it_is_not_on_the_question_any_more(
    qtbot: QtBot, page: TestPage
) -> None:
    page.question.address.setText(f"localhost:{servers.free_port()}")
    run(qtbot, page)
    qtbot.waitUntil(lambda: not page._running)
    assert not page.stale.isVisible()
    page.question.address.setFocus()
    QTest.keyClicks(page.question.address, "1")
    assert page.stale.isVisible()
    QTest.keyClick(page.question.address, Qt.Key.Key_Backspace)
    assert not page.stale.isVisible()
    page.question.more.family.setCurrentIndex(1)
    assert page.stale.isVisible()


def test_remedies_are_done(
    qtbot: QtBot, page: TestPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = ConnectionTest(f"localhost:{servers.free_port()}", family=IpFamily.IPV4)
    kind = RemedyKind.WITHOUT_IDENTITY
    page.findings.remedy_chosen.emit(TestAgain(kind, WITHOUT, "", PROBLEM, again))
    qtbot.waitUntil(lambda: page.result is not None)
    assert page.question.test == again
    issue = IssueCertificate(kind, ISSUE_SERVER, "", PROBLEM, "server", 7, "api.test")
    with qtbot.waitSignal(page.issue_wanted) as wanted:
        page.findings.remedy_chosen.emit(issue)
    assert wanted.args == ["server", 7, "api.test"]
    saved = tmp_path / "chain.crt"
    monkeypatch.setattr(
        "mtlsgui.gui.connections.testing.page.QFileDialog.getSaveFileName",
        lambda *_: (str(saved), ""),
    )
    offer = SaveFile(kind, SAVE_CHAIN, "", PROBLEM, OutputFile("chain.crt", b"PEM"))
    page.findings.remedy_chosen.emit(offer)
    assert saved.read_bytes() == b"PEM"


def test_from_files_opens_the_systems_dialog_and_is_never_chosen(
    page: TestPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[str] = []
    monkeypatch.setattr(
        "mtlsgui.gui.connections.testing.choices.QFileDialog.getOpenFileNames",
        lambda *_: (chosen, ""),
    )
    trust = page.question.trust
    trust.setCurrentIndex(trust.count() - 1)
    assert trust.trusted.kind is TrustKind.ALL
    chosen.append(str(tmp_path / "ca.pem"))
    trust.setCurrentIndex(trust.count() - 1)
    assert trust.trusted.files == (tmp_path / "ca.pem",)
    page.question.refresh()
    assert trust.trusted.files == (tmp_path / "ca.pem",)
