"""From a problem to a connection that works, by the buttons beside the problem; real servers."""

import ssl
from pathlib import Path

import pytest
from cryptography import x509
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mtlsgui.gui.connections.testing.page import TestPage
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.tls.result import Outcome, RemedyKind
from mtlsgui.workspace import issuing, remedies
from mtlsgui.workspace.copies import pem_text
from mtlsgui.workspace.drafts import CertificateDraft
from mtlsgui.workspace.remedies import IssueCertificate, Offer
from mtlsgui.workspace.workspace import Workspace
from tests.gui.connections.test_page import issue_client, server_paper
from tests.tls import servers
from tests.tls.papers import Paper, contents, signed
from tests.tls.papers import root as make_paper
from tests.workspace.support import make_root

STRANGER = make_paper("Stranger")


def run(qtbot: QtBot, page: TestPage) -> None:
    QTest.keyClick(page.question.address, Qt.Key.Key_Return)
    finished(qtbot, page)


def finished(qtbot: QtBot, page: TestPage) -> None:
    qtbot.waitUntil(lambda: page._running)
    qtbot.waitUntil(lambda: not page._running)
    assert page.result is not None


def outcome(page: TestPage) -> Outcome | None:
    return page.result.outcome if page.result else None


def offer_of(page: TestPage, ws: Workspace, kind: RemedyKind) -> Offer:
    """The first button of that kind."""
    assert page.result is not None
    assert page._tested is not None
    found = remedies.offers(ws, page._tested, page.result)
    return next(each for each in found if each.kind is kind)


def test_an_unknown_ca_that_came_along_is_trusted_for_this_test(
    qtbot: QtBot, page: TestPage, ws: Workspace, tmp_path: Path
) -> None:
    what = contents("localhost", names="localhost", usage=("serverAuth",))
    paper = signed(what, STRANGER, sends=(STRANGER,))
    with servers.python_ssl(tmp_path / "s", paper, clients=ssl.CERT_NONE) as port:
        page.show_target(host=f"localhost:{port}")
        run(qtbot, page)
        assert outcome(page) is Outcome.REFUSED_BY_CLIENT
        page.findings.remedy_chosen.emit(offer_of(page, ws, RemedyKind.TRUST))
        finished(qtbot, page)
    assert outcome(page) is Outcome.ACCEPTED
    assert "what the server sent" in page.question.trust.currentText()


@pytest.mark.integration
def test_the_certificate_that_the_server_takes_is_presented(
    qtbot: QtBot, page: TestPage, ws: Workspace, root: CertificateRow, tmp_path: Path
) -> None:
    wrong = issue_client(ws, make_root(ws, "Other Root"), "wrong")
    right = issue_client(ws, root, "right")
    page.question.refresh()
    paper = server_paper(ws, root)
    ca = tmp_path / "ca.pem"
    ca.write_bytes(pem_text(ws, [root.id]).encode())
    # It names the CA that it takes, which Python's ssl leaves out.
    options = ("-verify_return_error", "-CAfile", str(ca))
    with servers.openssl(tmp_path / "s", paper, *options) as port:
        page.show_target(wrong.id, f"localhost:{port}")
        run(qtbot, page)
        assert outcome(page) is Outcome.REFUSED_BY_SERVER
        page.findings.remedy_chosen.emit(offer_of(page, ws, RemedyKind.CHOOSE_IDENTITY))
        finished(qtbot, page)
    assert outcome(page) is Outcome.ACCEPTED
    assert page.question.test.identity_id == right.id


def test_a_missing_name_leads_to_the_wizard_with_all_names(
    qtbot: QtBot, page: TestPage, ws: Workspace, root: CertificateRow, tmp_path: Path
) -> None:
    draft = CertificateDraft(profile=BUILT_IN["server"], issuer_id=root.id, names_text="other.test")
    row = issuing.issue(ws, draft)
    assert row.key_id is not None
    der = ws.inventory.certificates.der(row.id)
    key = ws.custody.private_key(ws.inventory.keys.get(row.key_id))
    paper = Paper(x509.load_der_x509_certificate(der), key)
    with servers.python_ssl(tmp_path / "s", paper, clients=ssl.CERT_NONE) as port:
        page.show_target(host=f"localhost:{port}")
        run(qtbot, page)
    offer = offer_of(page, ws, RemedyKind.ISSUE_SERVER)
    assert isinstance(offer, IssueCertificate)
    assert set(offer.names.split(", ")) == {"localhost", "other.test"}
    with qtbot.waitSignal(page.issue_wanted) as wanted:
        page.findings.remedy_chosen.emit(offer)
    assert wanted.args == ["server", root.id, offer.names]
