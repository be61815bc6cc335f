"""What a test found: the cards, the buttons of remedies, the server's side, copies and files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.connections.testing.findings import Findings
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Question, Target
from mtlsgui.tls.result import ClientCertificate, Outcome, ProbeResult, RemedyKind, Side
from mtlsgui.workspace import remedies
from mtlsgui.workspace.remedies import Offer
from mtlsgui.workspace.workspace import Workspace
from tests.gui import connection_results as results
from tests.tls import servers
from tests.tls.papers import HOST, NOW, world
from tests.workspace.support import Clock, LocalVaults


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    vaults = LocalVaults(tmp_path / "computer")
    with Workspace.open(tmp_path / "workspace", vaults, clock=Clock(), actor="t@here") as ws:
        made = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
        yield made
        made.changes.stop()


@pytest.fixture
def findings(qtbot: QtBot, desk: Desk) -> Findings:
    made = Findings(desk)
    made.resize(392, 700)
    qtbot.addWidget(made)
    made.show()
    return made


def titles(findings: Findings) -> list[str]:
    return [card.accessibleName() for card in findings.cards]


def words_on(findings: Findings) -> str:
    return "\n".join(each.text() for each in findings.findChildren(QLabel))


def offers(result: ProbeResult) -> list[Offer]:
    """Two for its first error, one for its warning."""
    error = result.errors[0]
    warning = next(each for each in result.problems if each.is_warning)
    return [
        Offer(RemedyKind.RENEW, remedies.RENEW, "", warning),
        Offer(RemedyKind.ISSUE_CLIENT, remedies.ISSUE_CLIENT, "", error),
        Offer(RemedyKind.CHOOSE_IDENTITY, remedies.PRESENT, f"R&D {results.HOSTILE}", error),
    ]


def test_errors_come_first_and_what_is_right_last(findings: Findings) -> None:
    findings.show_result(results.untrusted())
    shown = titles(findings)
    assert shown[0] == "Server: The server's CA is not trusted"
    assert len(shown) == 6
    assert shown[4:] == ["Server: Signed with SHA-1", "Server: It asks for no client certificate"]
    findings.show_result(results.good())
    assert findings.heading.text() == "Nothing is wrong"
    assert titles(findings) == [
        "Client: Nothing wrong",
        "Server: Nothing wrong",
        "Server: It needs a client certificate",
    ]


def test_remedies_are_buttons(qtbot: QtBot, findings: Findings) -> None:
    result = results.expired()
    made = offers(result)
    findings.show_result(result, made)
    texts = [button.text() for button in findings.remedies]
    assert texts[0] == "Issue a client certificate…"
    assert texts[1].startswith("Present “R&&D <img")  # neither a mnemonic nor HTML
    assert "\\u202e" in texts[1]
    assert [button.property("kind") for button in findings.remedies] == ["primary", None, None]
    with qtbot.waitSignal(findings.remedy_chosen) as chosen:
        findings.remedies[1].click()
    assert chosen.args == [made[2]]
    with qtbot.waitSignal(findings.remedy_chosen) as chosen:
        QTest.keyClick(findings.remedies[2], Qt.Key.Key_Space)
    assert chosen.args == [made[0]]


def test_where_no_remedy_is_known_the_fields_can_be_gone_to(
    qtbot: QtBot, findings: Findings
) -> None:
    refused = results.expired()
    findings.show_result(refused)
    (choose,) = findings.remedies
    with qtbot.waitSignal(findings.choose_identity):
        choose.click()
    findings.show_result(refused, offers(refused))
    assert len(findings.remedies) == 3
    findings.show_result(results.untrusted())
    (choose,) = findings.remedies
    with qtbot.waitSignal(findings.choose_trust):
        choose.click()


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        (ClientCertificate(True, True, True), "It needs a client certificate"),
        (ClientCertificate(True, True, False), "It needs a client certificate"),
        (ClientCertificate(True, None, True), "It asks for a client certificate"),
        (
            ClientCertificate(True, False, True),
            "It asks for a client certificate, and does without",
        ),
        (ClientCertificate(False, False, False), "It asks for no client certificate"),
    ],
)
def test_whether_it_needs_the_certificate(
    findings: Findings, asked: ClientCertificate, title: str
) -> None:
    findings.show_result(replace(results.good(), client_certificate=asked))
    assert f"Server: {title}" in titles(findings)


def test_tab_goes_to_the_remedies_first(findings: Findings) -> None:
    for result in (results.expired(), results.untrusted()):
        findings.show_result(result)
    (remedy,) = findings.remedies
    assert findings.chain is not None
    wanted = [remedy, *(link.button for link in findings.chain.links)]
    wanted += [findings.copy_button, findings.save_button]
    found: list[QWidget] = [remedy]
    at, steps = remedy.nextInFocusChain(), 0
    while at is not None and at is not remedy:
        steps += 1
        assert steps < 1_000, "Tab does not come back"
        found += [at] if at in wanted else []
        at = at.nextInFocusChain()
    assert found == wanted


def test_a_need_that_is_the_problem_is_said_once(findings: Findings) -> None:
    (problem,) = results.expired().errors
    missing = replace(problem, code="client_certificate_missing", title="None was presented")
    findings.show_result(replace(results.expired(), problems=(missing,)))
    assert titles(findings) == ["Client: None was presented", "Server: Nothing wrong"]


@pytest.mark.parametrize("result", [results.not_tls(), results.timed_out()])
def test_nothing_is_said_of_a_server_that_was_not_reached(
    findings: Findings, result: ProbeResult
) -> None:
    findings.show_result(result)
    assert len(findings.cards) == 1
    assert findings.chain is None
    assert findings.answer is None


def test_the_servers_certificates_can_be_looked_at(qtbot: QtBot, findings: Findings) -> None:
    result = results.untrusted()
    findings.show_result(result)
    assert findings.chain is not None
    assert [link.text() for link in findings.chain.links] == ["the server", "Test Issuing CA"]
    assert [pill.text for pill in findings.chain.findChildren(Pill)] == ["Expired"]
    assert "← Test Root · until" in words_on(findings)
    with qtbot.waitSignal(findings.certificate_opened) as opened:
        findings.chain.links[1].button.click()
    assert opened.args == [result.server_chain[1].der]


def test_a_chain_without_end_is_cut(findings: Findings) -> None:
    leaf, above = results.chain()
    findings.show_result(replace(results.good(), server_chain=(leaf, *[above] * 5_000)))
    assert findings.chain is not None
    assert len(findings.chain.links) == 10
    assert "and 4,991 more" in words_on(findings)


def test_the_answer_is_plain_text_and_bounded(qtbot: QtBot, findings: Findings) -> None:
    findings.show_result(replace(results.good(), answer=f"200\r\n{results.HOSTILE}"))
    assert findings.answer is not None
    text = findings.answer.text
    assert not findings.answer.is_open
    findings.answer.button.click()
    qtbot.waitUntil(text.isVisible)
    assert text.toPlainText() == '200\n<img src="x"> & \\u202egnp.elif\\u001b[31m'
    findings.show_result(replace(results.good(), answer="x" * 1_000_000))
    assert findings.answer is not None
    assert len(findings.answer.text.toPlainText()) < 10_000


def test_hostile_names_stay_text(findings: Findings) -> None:
    findings.show_result(results.untrusted())
    said = words_on(findings)
    assert "<img" in said
    assert "\u202e" not in said
    formats = {each.textFormat() for each in findings.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_copying(findings: Findings) -> None:
    findings.show_result(results.expired())
    as_text, as_picture = findings.keeping.copy_menu.actions()
    as_text.trigger()
    assert "Your certificate has expired" in QApplication.clipboard().text()
    assert findings.said.text() == "Copied as text"
    as_picture.trigger()
    image = QApplication.clipboard().image()
    assert image.width() > 1000
    assert image.pixelColor(2, 2).lightness() > 200  # light, whatever the window is
    findings.show_result(results.good())
    assert findings.said.text() == "The whole test"


def test_saving(qtbot: QtBot, findings: Findings, tmp_path: Path) -> None:
    findings.show_result(results.untrusted())
    for ending, begins in (("txt", b"Connection test"), ("svg", b"<"), ("png", b"\x89PNG")):
        path = tmp_path / f"test.{ending}"
        findings.keeping.save(ending, path)
        assert path.read_bytes().startswith(begins)
        assert findings.said.text() == f"Saved as test.{ending}"
    picture = QImage(str(tmp_path / "test.png"))
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert len(colours) > 10  # there is something on it


def test_the_file_is_asked_for(qtbot: QtBot, findings: Findings, tmp_path: Path) -> None:
    findings.show_result(results.good())
    findings.keeping.save_menu.actions()[0].trigger()
    dialog = findings.findChild(QFileDialog)
    assert dialog is not None
    (suggested,) = dialog.selectedFiles()
    assert Path(suggested).name == "api.payments.internal-2026-11-23-161000.txt"
    dialog.fileSelected.emit(str(tmp_path / "here.txt"))
    assert (tmp_path / "here.txt").read_text().startswith("Connection test of api.payments")
    dialog.reject()


def test_a_file_that_cannot_be_written_is_said(
    qtbot: QtBot, findings: Findings, desk: Desk, tmp_path: Path
) -> None:
    findings.show_result(results.good())
    with qtbot.waitSignal(desk.jobs.failed) as failed:
        findings.keeping.save("txt", tmp_path / "nowhere" / "test.txt")
    assert isinstance(failed.args[0], MtlsguiError)
    assert findings.said.text() == "The whole test"


def test_a_real_refusal(findings: Findings, tmp_path: Path) -> None:
    made = world()
    with servers.python_ssl(tmp_path / "s", made.servers["good"]) as port:
        target = Target("127.0.0.1", port, HOST)
        result = probe(Question(target, made.identity("expired"), made.trust), NOW)
    findings.show_result(result)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert titles(findings)[0] == "Client: Your certificate has expired"
    assert "Server: Nothing wrong" in titles(findings)
    assert findings.chain is not None
    assert len(findings.chain.links) == 2


def test_what_was_agreed() -> None:
    fields = dict(wording.agreed_fields(results.good()))
    assert fields["Agreed"] == "TLS 1.3 · TLS_AES_256_GCM_SHA384 · X25519MLKEM768"
    assert fields["Protocol (ALPN)"] == "h2"
    assert fields["OCSP staple"] == "sent (5 bytes)"
    assert fields["Takes certificates of"] == "CN=Payments Root CA,O=Payments"
    many = ClientCertificate(True, None, False, tuple(f"CN={each}" for each in range(100)))
    fields = dict(wording.agreed_fields(replace(results.good(), client_certificate=many)))
    assert fields["Takes certificates of"].endswith("CN=5\nand 94 more")
    assert dict(wording.agreed_fields(results.timed_out())).keys() == {"Times"}
    assert wording.side_text(Side.NETWORK) == "Network"
