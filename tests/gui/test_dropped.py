"""The page of dropped files: real files in, what is in them shown, nothing kept unasked."""

import base64
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID
from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QPoint,
    QPointF,
    QSettings,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.asn1.page import Asn1Page
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.dropped.contents_list import IS_HEADING, SECOND_LINE, ContentsModel
from mtlsgui.gui.dropped.fetching import FetchDialog
from mtlsgui.gui.dropped.page import MOST_KEPT, DroppedPage
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.main_window import MainWindow, PageSpec
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.workspace import importing
from mtlsgui.workspace.exporting import Form
from mtlsgui.workspace.inspecting import Inspection
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import Clock, make_workspace
from tests.gui.inspecting_support import PASSPHRASE, TURNED, Files, certificate, new_key, pem
from tests.workspace.test_fetching import serving

SOME_SECONDS = 30_000
"""Milliseconds. A computer that is busy takes its time to start a process and to read 65 MB."""


class Bench:
    """The page over an empty workspace, and a folder of files."""

    def __init__(self, qtbot: QtBot, ws: Workspace, desk: Desk, files: Files) -> None:
        self.qtbot, self.ws, self.desk, self.files = qtbot, ws, desk, files
        self.page = DroppedPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 760)
        self.page.show()
        qtbot.waitExposed(self.page)

    def drop(self, *paths: Path) -> None:
        self.page.show_files(paths)
        self.settle()

    def settle(self) -> None:
        """Wait until everything that was dropped is read and shown."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.desk.jobs.running == 0, timeout=SOME_SECONDS)
        QApplication.processEvents()

    @property
    def rows(self) -> list[str]:
        model = self.page.list.contents
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    def choose(self, title: str) -> None:
        model = self.page.list.contents
        index = model.index(self.rows.index(title))
        assert model.entry(index) is not None
        self.page.list.setCurrentIndex(index)
        QApplication.processEvents()

    def texts(self) -> str:
        """All that can be read on the page."""
        found = []
        for widget in self.page.findChildren(QWidget):
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            match widget:
                case QLabel() | QPushButton() | QLineEdit():
                    found.append(widget.text())
                case QTextEdit():
                    found.append(widget.toPlainText())
        model = self.page.list.contents
        for row in range(model.rowCount()):
            roles = (SECOND_LINE, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
            found += [str(model.index(row).data(role)) for role in roles]
        return "\n".join([*self.rows, *found])


@pytest.fixture
def bench(
    qtbot: QtBot, tmp_path: Path, theme: Theme, jobs: Jobs, settings: QSettings
) -> Iterator[Bench]:
    folder = tmp_path / "files"
    folder.mkdir()
    with make_workspace(tmp_path / "workspace", Clock()) as ws:
        desk = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
        yield Bench(qtbot, ws, desk, Files(folder))
        assert jobs.close()
        desk.close()


def test_nothing_dropped_yet_says_what_to_do(bench: Bench) -> None:
    assert bench.page.empty.isVisible()
    assert "Ctrl+V" in bench.texts()
    assert not bench.page.header.import_button.isVisible()
    [button] = bench.page.empty.buttons
    button.click()
    [dialog] = bench.page.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(bench.files.server())])
    dialog.reject()
    bench.settle()
    assert bench.rows == ["www.lab.test"]


def test_what_belongs_together_stands_together(bench: Bench) -> None:
    bench.drop(*bench.files.everything())
    assert bench.rows == [
        "Belongs together",
        "www.lab.test",
        "Private key for it",
        "Lab Issuing",
        "Not part of that chain",
        "new.lab.test",
        "CN=Lab Issuing",
        "Needs a passphrase",
        "old.pfx",
        "Could not be read",
        "broken.pem",
        "holiday.jpg",
    ]
    headings = [
        row
        for row in range(len(bench.rows))
        if bench.page.list.contents.index(row).data(IS_HEADING)
    ]
    assert headings == [0, 4, 7, 9]
    assert bench.page.header.title.text() == "What is in these files"
    assert bench.ws.inventory.certificates.count() == 0


def test_the_model_behaves(bench: Bench) -> None:
    model = ContentsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    bench.drop(*bench.files.everything())
    assert bench.page.contents is not None
    model.show_groups(bench.page.contents.groups)
    model.show_groups(())


def test_the_list_is_walked_with_the_keyboard_past_its_headings(bench: Bench) -> None:
    bench.drop(*bench.files.everything())
    bench.qtbot.waitUntil(bench.page.list.hasFocus)
    seen = [bench.page.list.currentIndex().data()]
    for _ in range(8):
        QTest.keyClick(bench.page.list, Qt.Key.Key_Down)
        seen.append(bench.page.list.currentIndex().data())
    assert seen[:2] == ["www.lab.test", "Private key for it"]
    assert seen[3] == "new.lab.test"
    assert seen[-1] == "holiday.jpg"
    QTest.keyClick(bench.page.list, Qt.Key.Key_Home)
    assert bench.page.list.currentIndex().data() == "www.lab.test"


def test_the_chain_is_drawn_with_what_is_missing(bench: Bench) -> None:
    bench.drop(bench.files.server(), bench.files.private_key(), bench.files.chain())
    view = bench.page.pane.tabs.summary
    assert view is not None
    assert [card.title for card in view.cards] == ["Lab Issuing", "www.lab.test"]
    assert view.cards[1].line == "key is here"
    [banner] = view.banners
    assert "Lab Root" in banner.text.text()
    assert "Its private key is here." in bench.texts()
    QTest.keyClick(view.cards[0], Qt.Key.Key_Space)
    assert bench.page.list.currentIndex().data() == "Lab Issuing"
    bench.qtbot.waitUntil(lambda: bench.page.pane.tabs.summary is not view)


def test_the_missing_root_is_found_in_the_workspace(bench: Bench) -> None:
    bench.drop(bench.files.write("root.pem", pem(bench.files.root)))
    assert bench.page.contents is not None
    importing.run(bench.ws, bench.page.contents.inspection.items)
    bench.drop(bench.files.server(), bench.files.chain())
    assert bench.page.pane.tabs.summary is not None
    [banner] = bench.page.pane.tabs.summary.banners
    assert banner.text.text() == "Lab Root is not in these files, but it is in this workspace."


def test_a_whole_chain_has_no_banner(bench: Bench) -> None:
    bench.drop(bench.files.whole())
    assert bench.page.pane.tabs.summary is not None
    assert bench.page.pane.tabs.summary.banners == []
    assert [card.title for card in bench.page.pane.tabs.summary.cards] == [
        "Lab Root",
        "Lab Issuing",
        "www.lab.test",
    ]


def test_import_is_asked_for_and_nothing_else_stores(bench: Bench) -> None:
    asked: list[Inspection] = []
    bench.page.import_requested.connect(asked.append)
    bench.drop(*bench.files.everything())
    for row, title in enumerate(bench.rows):
        if bench.page.list.contents.entry(bench.page.list.contents.index(row)):
            bench.choose(title)
    assert bench.ws.inventory.certificates.count() == 0
    bench.page.header.import_button.click()
    [inspection] = asked
    assert bench.page.contents is not None
    assert inspection is bench.page.contents.inspection
    importing.run(bench.ws, inspection.items)
    bench.choose("www.lab.test")
    bench.desk.changes.announce()
    bench.settle()
    bench.qtbot.waitUntil(lambda: "It is in this workspace already. Show it there" in bench.texts())


def test_noise_cannot_be_imported(bench: Bench) -> None:
    bench.drop(bench.files.noise())
    assert not bench.page.header.import_button.isEnabled()
    assert not bench.page.header.save_button.isEnabled()
    assert not bench.page.header.copy_button.isEnabled()


def test_what_cannot_be_read_says_why_where_and_what_to_try(bench: Bench) -> None:
    missing = bench.files.folder / "gone.pem"
    bench.drop(bench.files.broken(), bench.files.noise(), missing)
    assert bench.page.pane.tabs.summary is not None
    [banner] = bench.page.pane.tabs.summary.banners
    assert "END line" in banner.sentence.text()
    assert "cut short" in banner.text.text()
    assert "block 1 (CERTIFICATE), line 1" in bench.texts()
    bench.choose("holiday.jpg")
    [banner] = bench.page.pane.tabs.summary.banners
    assert "no format that we recognise" in banner.sentence.text()
    assert "export it as PEM" in banner.text.text()
    bench.choose("gone.pem")
    [banner] = bench.page.pane.tabs.summary.banners
    assert "does not exist" in banner.sentence.text()
    assert "Check the name" in banner.text.text()


def test_one_passphrase_is_tried_on_everything(bench: Bench) -> None:
    bench.drop(bench.files.server(), bench.files.private_key(PASSPHRASE), bench.files.pkcs12())
    page = bench.page
    assert page.unlocking.row.isVisible()
    assert page.unlocking.row.edit.echoMode() == QLineEdit.EchoMode.Password
    QTest.keyClicks(page.unlocking.row.edit, "not this one")
    QTest.keyClick(page.unlocking.row.edit, Qt.Key.Key_Return)
    bench.settle()
    assert page.unlocking.row.problem == "It opens nothing of what is locked."
    QTest.keyClicks(page.unlocking.row.edit, PASSPHRASE)
    QTest.keyClick(page.unlocking.row.edit, Qt.Key.Key_Return)
    bench.settle()
    assert not page.unlocking.row.isVisible()
    assert bench.rows.count("Private key for it") == 2
    assert page.list.currentIndex().data() == "www.lab.test"
    assert PASSPHRASE not in bench.texts()


def test_two_passphrases_are_given_one_after_the_other(bench: Bench) -> None:
    bench.drop(bench.files.private_key("another one"), bench.files.pkcs12())
    page = bench.page
    page.unlocking.row.edit.setText(PASSPHRASE)
    page.unlocking.button.click()
    bench.settle()
    assert page.unlocking.row.note.text() == "Some of it has another passphrase."
    page.unlocking.row.edit.setText("another one")
    page.unlocking.button.click()
    bench.settle()
    assert not page.unlocking.row.isVisible()


def test_no_secret_is_in_any_text(bench: Bench) -> None:
    bench.drop(
        bench.files.private_key(), bench.files.server(), bench.files.pkcs12(), bench.files.chain()
    )
    bench.page.unlocking.row.edit.setText(PASSPHRASE)
    bench.page.unlock()
    bench.settle()
    shown = []
    for row in range(len(bench.rows)):
        index = bench.page.list.contents.index(row)
        if bench.page.list.contents.entry(index) is not None:
            bench.page.list.setCurrentIndex(index)
            QApplication.processEvents()
            shown.append(bench.texts())
            if "Private key" in bench.rows[row]:
                assert not bench.page.header.copy_button.isEnabled()
                assert not bench.page.header.save_button.isEnabled()
    everything = "\n".join(shown) + repr(bench.page.contents) + repr(vars(bench.page))
    for secret in bench.files.secrets():
        assert secret not in everything


def test_a_request_says_what_it_asks_and_can_be_signed(bench: Bench) -> None:
    asked: list[bytes] = []
    bench.page.sign_requested.connect(lambda der: asked.append(bytes(der)))
    bench.drop(bench.files.request())
    shown = bench.texts()
    assert "DNS new.lab.test" in shown
    assert "valid: made with the key in the request" in shown
    [button] = [
        each for each in bench.page.findChildren(QPushButton) if "Sign" in each.accessibleName()
    ]
    button.click()
    [der] = asked
    assert x509.load_der_x509_csr(der).subject.rfc4514_string() == "CN=new.lab.test"


def test_a_revocation_list_says_what_is_revoked(bench: Bench) -> None:
    bench.drop(bench.files.crl())
    shown = bench.texts()
    assert "Revocation list, 1 certificate" in shown
    assert "1 Nov 2026" in shown


def test_text_is_read_like_a_file(bench: Bench) -> None:
    bench.page.show_text("Here it is:\n" + bench.files.whole().read_text())
    bench.settle()
    assert bench.page.header.title.text() == "What is in this text"
    assert "www.lab.test" in bench.rows
    bench.page.show_text("   ")
    bench.page.show_files([])
    assert bench.desk.jobs.running == 0


def test_earlier_drops_can_be_gone_back_to(bench: Bench) -> None:
    assert not bench.page.header.back_button.isVisible()
    bench.drop(bench.files.whole())
    bench.choose("Lab Issuing")
    bench.drop(bench.files.request())
    assert bench.page.header.back_button.isVisible()
    bench.page.header.back_button.click()
    assert bench.page.list.currentIndex().data() == "Lab Issuing"
    assert not bench.page.header.back_button.isVisible()
    for _ in range(MOST_KEPT + 3):
        bench.drop(bench.files.request())
    steps = 0
    while bench.page.header.back_button.isVisible():
        bench.page.go_back()
        steps += 1
    assert steps == MOST_KEPT
    bench.page.forget()
    assert bench.page.empty.isVisible()
    assert bench.page.contents is None


def test_the_last_of_two_quick_drops_is_shown(bench: Bench) -> None:
    bench.page.show_files([bench.files.whole()])
    bench.page.show_files([bench.files.request()])
    bench.settle()
    assert bench.rows == ["new.lab.test"]
    assert not bench.page.header.back_button.isVisible()


def test_it_is_saved_as_pem_der_and_full_chain(bench: Bench, tmp_path: Path) -> None:
    bench.drop(bench.files.whole())
    page = bench.page
    page.saving.save(Form.DER, tmp_path / "a.der")
    page.saving.save(Form.FULL_CHAIN, tmp_path / "a.pem")
    assert (tmp_path / "a.der").read_bytes() == bench.files.leaf.public_bytes(Encoding.DER)
    assert (tmp_path / "a.pem").read_bytes() == pem(bench.files.leaf, bench.files.ca)
    page.header.copy_button.click()
    assert QApplication.clipboard().text().encode() == pem(bench.files.leaf)
    assert f"Saved as {tmp_path / 'a.pem'}." in bench.texts()


def test_save_asks_where(bench: Bench, tmp_path: Path) -> None:
    bench.drop(bench.files.whole())
    menu = bench.page.header.save_button.menu()
    menu.aboutToShow.emit()
    assert [each.text() for each in menu.actions()] == ["&PEM…", "&DER…", "&Full chain (PEM)…"]
    menu.actions()[0].trigger()
    [dialog] = bench.page.findChildren(QFileDialog)
    assert [Path(each).name for each in dialog.selectedFiles()] == ["www.lab.test.crt"]
    dialog.fileSelected.emit(str(tmp_path / "saved.crt"))
    dialog.reject()
    assert (tmp_path / "saved.crt").read_bytes() == pem(bench.files.leaf)


def test_a_place_that_cannot_be_written_is_said(bench: Bench, tmp_path: Path) -> None:
    bench.drop(bench.files.whole())
    with bench.qtbot.waitSignal(bench.desk.jobs.failed) as caught:
        bench.page.saving.save(Form.PEM, tmp_path / "no such folder" / "a.pem")
    [error] = caught.args
    assert isinstance(error, MtlsguiError)
    assert "cannot be written" in error.title


def test_a_certificate_to_be_wary_of_is_shown_as_it_is(bench: Bench) -> None:
    names = [x509.DNSName(f"host-{at}.lab.test") for at in range(200)]
    odd = certificate(TURNED, new_key(), names=names, broken_usage=True)
    bench.drop(bench.files.write("odd.pem", pem(odd)))
    shown = bench.texts()
    assert "\u202e" not in shown
    assert "pay\\u202elanretni.ssap" in shown
    bench.page.pane.tabs.show_tab("details")
    shown = bench.texts()
    assert "\u202e" not in shown
    assert "It cannot be decoded" in shown


def test_one_passphrase_a_pkcs12_file(bench: Bench) -> None:
    bench.drop(bench.files.pkcs12())
    assert bench.rows == ["old.pfx"]
    assert "Locked" in bench.texts()


def test_the_same_thing_twice_is_said_once_more(bench: Bench) -> None:
    bench.drop(bench.files.server(), bench.files.whole())
    assert bench.rows[-2:] == ["There twice", "www.lab.test"]


def test_files_fall_through_the_page_onto_the_window(
    bench: Bench, theme: Theme, jobs: Jobs, settings: QSettings
) -> None:
    bench.drop(*bench.files.everything())
    window = MainWindow(theme, jobs, settings, QApplication.clipboard())
    bench.qtbot.addWidget(window)
    window.add_page(PageSpec("tools", "&Tools", "tools", lambda: bench.page))
    window.show_page("tools")
    window.files_dropped.connect(bench.page.show_files)
    window.show()
    bench.qtbot.waitExposed(window)
    taking = [each for each in bench.page.findChildren(QWidget) if each.acceptDrops()]
    assert taking == []
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(bench.files.request()))])
    target = bench.page.list.viewport()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(target, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(window, dropped)
    bench.settle()
    assert bench.rows == ["new.lab.test"]


def test_tabs_show_what_there_is_of_each_thing(bench: Bench) -> None:
    bench.drop(bench.files.whole(), bench.files.private_key(), bench.files.pkcs12())
    tabs = bench.page.pane.tabs

    def seen() -> list[str]:
        return [tabs.bar.tabText(at) for at in range(tabs.bar.count()) if tabs.bar.isTabVisible(at)]

    assert seen() == ["Summary", "Details", "ASN.1", "PEM"]
    tabs.show_tab("pem")
    [text] = tabs.findChildren(QPlainTextEdit)
    assert text.toPlainText().encode() == pem(bench.files.leaf)
    bench.choose("Private key for it")
    assert seen() == ["Summary"]
    bench.choose("Lab Issuing")
    assert tabs.current == "pem"  # chosen before, and there again
    assert text.toPlainText().encode() == pem(bench.files.ca)
    tabs.show_tab("asn1")
    [asn1] = tabs.findChildren(Asn1Page)
    assert asn1.model.index(0, 0).data() == "Certificate"
    tabs.show_tab("details")
    assert "Fingerprints" in bench.texts()


def test_tabs_that_are_hidden_leave_no_gap(bench: Bench) -> None:
    bench.drop(bench.files.server())
    bench.drop(bench.files.request())
    bar = bench.page.pane.tabs.bar
    shown = [bar.tabRect(at) for at in range(bar.count()) if bar.isTabVisible(at)]
    assert len(shown) == 3
    assert all(left.right() + 1 == right.left() for left, right in pairwise(shown))


def test_a_drop_is_told_once(bench: Bench) -> None:
    told: list[bool] = []
    bench.page.contents_changed.connect(lambda: told.append(True))
    bench.drop(bench.files.server())
    bench.page.forget()
    assert len(told) == 2


def test_two_selected_are_compared(bench: Bench) -> None:
    bench.drop(bench.files.whole())
    page = bench.page
    first, second = page.list.contents.index(1), page.list.contents.index(2)
    page.list.setCurrentIndex(first)
    page.list.selectionModel().select(second, QItemSelectionModel.SelectionFlag.Select)
    bench.settle()
    assert page.pane.comparison.isVisible()
    assert "Different keys" in page.pane.comparison.sentence.text()
    text = page.pane.comparison.text.toPlainText()
    assert "www.lab.test" in text
    assert "differs" in text
    assert "Version" in text
    page.pane.comparison.only.click()
    assert "Version" not in page.pane.comparison.text.toPlainText()
    page.pane.comparison.copy_button.click()
    assert QApplication.clipboard().text().startswith(page.pane.comparison.sentence.text())
    assert not page.header.copy_button.isEnabled()
    page.list.selectionModel().select(
        page.list.contents.index(3), QItemSelectionModel.SelectionFlag.Select
    )
    bench.settle()
    assert "3 selected. Select two to compare them." in bench.texts()
    page.list.setCurrentIndex(first)
    bench.settle()
    assert page.pane.tabs.isVisible()


def test_the_menu_of_the_list_compares_and_copies(bench: Bench) -> None:
    bench.drop(bench.files.whole())
    menu = bench.page.make_menu()
    captions = [each.text() for each in menu.actions()]
    assert captions == ["&Copy as PEM", "Save as", "Com&pare with"]
    others = menu.actions()[2].menu()
    assert isinstance(others, QMenu)
    assert [each.text() for each in others.actions()] == ["Lab Issuing", "Lab Root"]
    others.actions()[1].trigger()
    menu.deleteLater()
    bench.settle()
    assert [each.title for each in bench.page.list.entries] == ["www.lab.test", "Lab Root"]
    assert bench.page.pane.comparison.isVisible()


def test_a_missing_issuer_is_fetched_when_asked(bench: Bench) -> None:
    der = bench.files.ca.public_bytes(Encoding.DER)
    with serving({"/ca.crt": der}) as address:
        bench.drop(bench.files.write("leaf.pem", pem(with_issuer_at(bench, f"{address}/ca.crt"))))
        summary = bench.page.pane.tabs.summary
        assert summary is not None
        [banner] = summary.banners
        assert f"{address}/ca.crt" in banner.text.text()
        [button] = banner.buttons
        button.click()
        [dialog] = bench.page.findChildren(FetchDialog)
        assert "127.0.0.1" in dialog.lead.text()
        assert "www.lab.test" in dialog.lead.text()
        dialog.fetch_button.click()
        bench.settle()
    assert bench.rows == ["Belongs together", "www.lab.test", "Lab Issuing"]
    assert "Certificate authority · fetched from 127.0.0.1" in bench.texts()
    assert bench.ws.inventory.certificates.count() == 0


def test_a_fetch_that_fails_says_why_in_its_place(bench: Bench) -> None:
    with serving({}) as address:
        bench.drop(bench.files.write("leaf.pem", pem(with_issuer_at(bench, f"{address}/ca.crt"))))
        summary = bench.page.pane.tabs.summary
        assert summary is not None
        summary.banners[0].buttons[0].click()
        [dialog] = bench.page.findChildren(FetchDialog)
        dialog.fetch_button.click()
        bench.settle()
        assert dialog.message is not None
        assert "404" in dialog.message.text.text()
        assert dialog.fetch_button.isEnabled()
        dialog.reject()
    assert bench.rows == ["www.lab.test"]


def with_issuer_at(bench: Bench, url: str) -> x509.Certificate:
    """The server's certificate with the address of its issuer."""
    place = x509.AccessDescription(
        AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(url)
    )
    return (
        x509.CertificateBuilder()
        .subject_name(bench.files.leaf.subject)
        .issuer_name(bench.files.ca.subject)
        .public_key(bench.files.key.public_key())
        .serial_number(7)
        .not_valid_before(bench.files.leaf.not_valid_before_utc)
        .not_valid_after(bench.files.leaf.not_valid_after_utc)
        .add_extension(x509.AuthorityInformationAccess([place]), critical=False)
        .sign(bench.files.ca_key, hashes.SHA256())
    )


def test_a_passphrase_is_kept_only_when_asked(bench: Bench) -> None:
    unlocking = bench.page.unlocking
    bench.drop(bench.files.pkcs12())
    assert not unlocking.keep.isChecked()
    unlocking.row.edit.setText(PASSPHRASE)
    unlocking.button.click()
    bench.settle()
    bench.drop(bench.files.pkcs12())
    assert unlocking.isVisible()
    unlocking.keep.setChecked(True)
    unlocking.row.edit.setText(PASSPHRASE)
    unlocking.button.click()
    bench.settle()
    bench.drop(bench.files.pkcs12())
    assert not unlocking.isVisible()
    bench.page.forget()
    assert not unlocking.keep.isChecked()
    bench.drop(bench.files.pkcs12())
    assert unlocking.isVisible()


def test_what_a_bound_refuses_can_be_read_anyway(bench: Bench) -> None:
    path = bench.files.folder / "sparse.bin"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    bench.drop(path)
    summary = bench.page.pane.tabs.summary
    assert summary is not None
    [banner] = summary.banners
    assert "67,108,864 are read at most" in banner.sentence.text()
    [button] = banner.buttons
    assert button.text() == "Read it anyway"
    button.click()
    bench.qtbot.waitUntil(
        lambda: "no format that we recognise" in bench.texts(), timeout=SOME_SECONDS
    )
    assert "Read it anyway" not in bench.texts()


def test_a_folder_shows_where_things_stand_in_it(bench: Bench) -> None:
    (bench.files.folder / "web").mkdir()
    bench.files.write("web/tls.crt", pem(bench.files.leaf, bench.files.ca))
    bench.files.write("notes.txt", b"Dear colleague")
    bench.drop(bench.files.folder)
    assert bench.page.header.title.text() == "What is in this folder"
    assert "1 file passed over" in bench.page.header.subtitle.text()
    assert "Server certificate · web/tls.crt" in bench.texts()


def test_what_stands_within_a_file_says_where(bench: Bench) -> None:
    data = base64.b64encode(pem(bench.files.leaf)).decode()
    head = "apiVersion: v1\nkind: Secret\nmetadata: {name: web-tls}\n"
    bench.drop(bench.files.write("all.yaml", f"{head}data:\n  tls.crt: {data}\n".encode()))
    assert "tls.crt in Secret web-tls · all.yaml" in bench.texts()


def test_how_a_file_is_protected_is_shown_while_it_is_locked(bench: Bench) -> None:
    bench.drop(bench.files.pkcs12())
    assert "HMAC-SHA-256" in bench.texts()
    assert "Integrity code" in bench.texts()


def test_the_alias_in_a_keystore_is_shown(bench: Bench) -> None:
    bench.drop(bench.files.pkcs12())
    bench.page.unlocking.row.edit.setText(PASSPHRASE)
    bench.page.unlock()
    bench.settle()
    bench.choose("old.lab.test")
    summary = bench.page.pane.tabs.summary
    assert summary is not None
    shown = [each.accessibleName() for each in summary.findChildren(ValueText)]
    assert "Alias: old" in shown


def test_what_breaks_half_way_has_its_asn1_tree(bench: Bench) -> None:
    der = bench.files.leaf.public_bytes(Encoding.DER)
    bench.drop(bench.files.write("cut.der", der[:200]))
    assert "Could not be read" in bench.texts()
    bench.page.pane.tabs.show_tab("asn1")
    [asn1] = bench.page.pane.tabs.findChildren(Asn1Page)
    assert "Broken" in asn1.value.text()


def test_a_revoked_certificate_is_called_so(bench: Bench) -> None:
    bench.drop(bench.files.server(), bench.files.chain(), bench.files.crl())
    summary = bench.page.pane.tabs.summary
    assert summary is not None
    assert [each.text for each in summary.findChildren(Pill)][:1] == ["Revoked"]
    [link] = summary.links
    assert link.text() == "Revoked, says lab.crl."
    link.button.click()
    bench.settle()
    assert bench.page.list.currentIndex().data() == "CN=Lab Issuing"
