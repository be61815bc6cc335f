"""The tab "ASN.1": the tree of values, and the bytes of the one selected."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.asn1.hexdump import dump
from mtlsgui.gui.asn1.model import Asn1Model, Column
from mtlsgui.gui.asn1.page import Asn1Page
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.pki.asn1 import tree
from mtlsgui.pki.der import encode
from tests.gui.authorities_support import Clock, make_workspace
from tests.gui.inspecting_support import certificate, new_key

DER = certificate("www.lab.test", new_key()).public_bytes(Encoding.DER)


@pytest.fixture
def page(
    qtbot: QtBot, tmp_path: Path, theme: Theme, jobs: Jobs, settings: QSettings
) -> Iterator[Asn1Page]:
    with make_workspace(tmp_path / "workspace", Clock()) as ws:
        desk = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
        made = Asn1Page(desk)
        qtbot.addWidget(made)
        made.resize(900, 700)
        made.show()
        qtbot.waitExposed(made)
        yield made
        desk.changes.stop()
        assert jobs.close()


def find(model: Asn1Model, what: str, parent: QModelIndex | None = None) -> QModelIndex | None:
    """The first value that is called this, looked for level by level."""
    above = parent or QModelIndex()
    if model.canFetchMore(above):
        model.fetchMore(above)
    below = [model.index(at, 0, above) for at in range(model.rowCount(above))]
    for index in below:
        if index.data() == what:
            return index
    for index in below:
        found = find(model, what, index)
        if found is not None:
            return found
    return None


def choose(page: Asn1Page, what: str) -> None:
    index = find(page.model, what)
    assert index is not None
    page.tree.setCurrentIndex(index)


def test_the_model_behaves(qtbot: QtBot) -> None:
    model = Asn1Model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_tree(tree(DER))
    assert find(model, "no such value") is None
    model.show_tree(None)
    assert model.rowCount() == 0


def test_a_certificate_is_open_down_to_its_parts(page: Asn1Page) -> None:
    page.show_encoding(DER)
    root = page.model.index(0, 0)
    assert root.data() == "Certificate"
    assert root.siblingAtColumn(Column.LENGTH).data() == f"{len(DER) - 4}"
    assert page.tree.isExpanded(root)
    first = page.model.index(0, 0, root)
    assert first.data() == "tbsCertificate"
    assert page.what.text() == "Certificate · SEQUENCE"


def test_a_value_shows_its_bytes_and_copies_them(page: Asn1Page) -> None:
    page.show_encoding(DER)
    choose(page, "notBefore")
    assert page.value.text() == "2026-10-25 10:00:00 UTC"
    assert page.bytes.toPlainText().split("  ")[1].startswith("17 0d 32 36 31 30")
    assert "byte" in page.place.text()
    page.copy_button.click()
    assert bytes.fromhex(QApplication.clipboard().text()) == b"\x17\x0d261025100000Z"


def test_object_identifiers_have_names(page: Asn1Page) -> None:
    page.show_encoding(DER)
    choose(page, "algorithm")
    assert page.value.text().startswith("1.2.840.10045.4.3.2 ")
    assert "ecdsa" in page.value.text().lower()


def test_it_is_walked_with_the_keyboard(page: Asn1Page) -> None:
    page.show_encoding(DER)
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_Left)
    assert not page.tree.isExpanded(page.model.index(0, 0))
    QTest.keyClick(page.tree, Qt.Key.Key_Right)
    QTest.keyClick(page.tree, Qt.Key.Key_Down)
    assert page.what.text() == "tbsCertificate · SEQUENCE"


def test_a_broken_value_says_why_and_what_came_before_stands(page: Asn1Page) -> None:
    page.show_encoding(DER[:60])
    root = page.model.index(0, 0)
    assert "Broken: It says" in root.siblingAtColumn(Column.VALUE).data()
    choose(page, "serialNumber")
    assert page.value.text()
    page.show_encoding(b"\x30\x82")
    assert "Broken: " in page.value.text()


def test_a_value_is_saved_as_der(page: Asn1Page, tmp_path: Path) -> None:
    page.show_encoding(DER, "www.lab.test")
    choose(page, "tbsCertificate")
    page.save_button.click()
    [dialog] = page.findChildren(QFileDialog)
    assert [Path(each).name for each in dialog.selectedFiles()] == ["www.lab.test-4.der"]
    dialog.fileSelected.emit(str(tmp_path / "tbs.der"))
    dialog.reject()
    saved = (tmp_path / "tbs.der").read_bytes()
    assert DER[4:].startswith(saved)
    assert saved[:1] == b"\x30"


def test_a_place_that_cannot_be_written_is_said(
    qtbot: QtBot, page: Asn1Page, jobs: Jobs, tmp_path: Path
) -> None:
    page.show_encoding(DER)
    with qtbot.waitSignal(jobs.failed) as caught:
        page.save(tmp_path / "no such folder" / "a.der")
    assert isinstance(caught.args[0], MtlsguiError)


def test_what_is_large_is_taken_apart_beside_and_never_listed_whole(
    qtbot: QtBot, page: Asn1Page, jobs: Jobs
) -> None:
    many = encode(0x30, b"\x02\x01\x07" * 50_000)
    page.show_encoding(many)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    root = page.model.index(0, 0)
    page.model.fetchMore(root)
    assert page.model.rowCount(root) < 5_000
    last = page.model.index(page.model.rowCount(root) - 1, 0, root)
    assert last.data() == "more"
    assert page.model.hasChildren(last)
    assert "bytes more" in page.bytes.toPlainText()
    qtbot.waitUntil(lambda: jobs.running == 0)


def test_in_a_narrow_place_names_and_values_stay(qtbot: QtBot, page: Asn1Page) -> None:
    page.show_encoding(DER)
    assert not page.tree.isColumnHidden(Column.OFFSET)
    page.resize(392, 700)
    qtbot.waitUntil(lambda: page.tree.isColumnHidden(Column.OFFSET))
    assert not page.tree.isColumnHidden(Column.VALUE)
    assert len(page.bytes.toPlainText().split("\n")[0]) < 50


def test_the_dump_has_offsets_and_characters() -> None:
    assert dump(b"Abc\0" * 5, 16, 16).split("\n") == [
        "0010  41 62 63 00 41 62 63 00 41 62 63 00 41 62 63 00  Abc·Abc·Abc·Abc·",
        "0020  41 62 63 00                                      Abc·",
    ]
