"""The journal's page on real workspaces: reading, narrowing down, proving, saving."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.journal.model import Column, JournalModel
from mtlsgui.gui.journal.page import JournalPage
from mtlsgui.gui.paged_table import PAGE
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.inventory.records import CertificateRow, NewJournalEntry
from mtlsgui.workspace import editing
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import NOW, authority, leaf


def shown(page: JournalPage, qtbot: QtBot) -> JournalPage:
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def column(page: JournalPage, which: Column) -> list[str]:
    model = page.model
    return [str(model.index(at, which).data()) for at in range(model.rowCount())]


@pytest.fixture
def root(ws: Workspace) -> CertificateRow:
    return authority(ws, "Lab Root", 900)


def append(ws: Workspace, count: int, action: str = "certificate.issued") -> None:
    with ws.inventory.transaction():
        ws.inventory.journal.append_many(
            [
                NewJournalEntry("anna@desk", action, "certificate", at, f"host-{at}.test")
                for at in range(count)
            ]
        )


def tampered(ws: Workspace, seq: int) -> None:
    with closing(sqlite3.connect(ws.inventory.path)) as connection:
        connection.execute("DROP TRIGGER journal_is_not_updated")
        connection.execute("UPDATE journal SET actor = 'mallory' WHERE seq = ?", (seq,))
        connection.commit()


def test_a_page_without_lines_says_what_will_be_in_it(desk: Desk, qtbot: QtBot) -> None:
    page = shown(JournalPage(desk), qtbot)
    assert not page.table.isVisible()
    assert not page.search.isVisible()


def test_lines_are_shown_newest_first_in_words(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot
) -> None:
    leaf(ws, root.id, "web.test")
    page = shown(JournalPage(desk), qtbot)
    assert column(page, Column.WHAT) == [
        "Issued a certificate",
        "Made an authority",
        "Set up a vault for the keys",
    ]
    assert column(page, Column.NAME)[:2] == ["web.test", "Lab Root"]
    assert set(column(page, Column.WHO)) == {"anna@desk"}
    here = NOW.astimezone()
    assert column(page, Column.WHEN)[0] == f"24 Nov 2026, {here:%H:%M}"


def test_search_and_action_narrow_the_lines_down(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot
) -> None:
    leaf(ws, root.id, "web.test")
    leaf(ws, root.id, "db.test")
    page = shown(JournalPage(desk), qtbot)
    page.search.setFocus()
    QTest.keyClicks(page.search, "web")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    page.actions_filter.setFocus()
    at = page.actions_filter.findText("Issued a certificate")
    page.actions_filter.setCurrentIndex(at)
    page.actions_filter.activated.emit(at)
    assert column(page, Column.NAME) == ["db.test", "web.test"]
    page.search.setText("nowhere")
    qtbot.waitUntil(lambda: not page.table.isVisible())
    page.show_all()
    assert page.model.rowCount() == 4
    assert page.table.isVisible()


def test_the_line_chosen_is_shown_with_all_that_it_holds(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot
) -> None:
    editing.rename(ws, root.id, "Our own root")
    page = shown(JournalPage(desk), qtbot)
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.window().focusWidget() is page.table
    newest = ws.inventory.journal.page(0, 1)[0]
    said = texts(page)
    assert {"anna@desk", "Our own root", "certificate.renamed", newest.hash} <= said
    with qtbot.waitSignal(page.certificate_chosen) as chosen:
        page.entry.show_button.click()
    assert chosen.args == [root.id]


def texts(page: JournalPage) -> set[str]:
    from mtlsgui.gui.widgets.value import ValueText

    return {value.text() for value in page.entry.fields.findChildren(ValueText)}


def test_a_certificate_that_is_gone_is_not_offered(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot
) -> None:
    editing.delete(ws, [root.id], with_keys=False)
    page = shown(JournalPage(desk), qtbot)
    page.table.choose(0)
    assert not page.entry.show_button.isVisible()


def test_new_lines_come_on_top_and_the_selection_stays(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot
) -> None:
    page = shown(JournalPage(desk), qtbot)
    page.table.choose(0)
    leaf(ws, root.id, "web.test")
    desk.changes.announce()
    assert page.table.currentIndex().row() == 1
    assert column(page, Column.NAME)[0] == "web.test"
    assert page.actions_filter.findText("Issued a certificate") > 0


def test_a_hidden_page_catches_up_when_it_is_shown(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot
) -> None:
    page = shown(JournalPage(desk), qtbot)
    page.hide()
    leaf(ws, root.id, "web.test")
    desk.changes.announce()
    page.show()
    assert column(page, Column.NAME)[0] == "web.test"


def test_verifying_says_that_the_journal_holds(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot
) -> None:
    page = shown(JournalPage(desk), qtbot)
    page.verify_button.setFocus()
    QTest.keyClick(page.verify_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.banner is not None)
    assert page.banner is not None
    assert page.banner.tone is Tone.GOOD
    assert "None of its 2 lines" in page.banner.text.text()
    qtbot.waitUntil(page.verify_button.isEnabled)


def test_verifying_finds_the_line_that_was_changed(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot
) -> None:
    tampered(ws, 2)
    page = shown(JournalPage(desk), qtbot)
    page.verify()
    qtbot.waitUntil(lambda: page.banner is not None)
    assert page.banner is not None
    assert page.banner.tone is Tone.BAD
    assert "line 2" in page.banner.sentence.text()


def test_the_lines_shown_are_saved_as_csv(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot, tmp_path: Path
) -> None:
    editing.rename(ws, root.id, "=HYPERLINK(1)")
    editing.rename(ws, root.id, "")
    page = shown(JournalPage(desk), qtbot)
    page.search.setText("certificate.renamed")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    path = tmp_path / "journal.csv"
    page.export(path, "csv")
    qtbot.waitUntil(lambda: page.banner is not None)
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [row["action"] for row in rows] == ["certificate.renamed"] * 2
    assert rows[0]["object_name"].startswith("'=")
    assert json.loads(rows[1]["details"]) == {"to": "=HYPERLINK(1)"}


def test_the_journal_is_saved_as_json(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(JournalPage(desk), qtbot)
    path = tmp_path / "journal.json"
    page.export(path, "json")
    qtbot.waitUntil(lambda: page.banner is not None)
    entries = json.loads(path.read_text("utf-8"))["entries"]
    assert [entry["seq"] for entry in entries] == [2, 1]
    assert entries[0]["previous_hash"] == entries[1]["hash"]


def test_a_folder_that_is_not_there_is_said_in_place(
    desk: Desk, ws: Workspace, root: CertificateRow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(JournalPage(desk), qtbot)
    page.export(tmp_path / "missing" / "journal.csv", "csv")
    qtbot.waitUntil(lambda: page.banner is not None)
    assert page.banner is not None
    assert page.banner.tone is Tone.BAD


def test_the_model_reads_pages_and_keeps_to_qts_rules(ws: Workspace) -> None:
    append(ws, 3 * PAGE)
    model = JournalModel(ws)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == 3 * PAGE + 1
    assert model.index(0, Column.NAME).data() == f"host-{3 * PAGE - 1}.test"
    assert model.index(3 * PAGE, Column.WHAT).data() == "Set up a vault for the keys"
    persistent = model.index(5, 0)
    append(ws, 3)
    assert model.add_newer()
    assert model.rowCount(QModelIndex()) == 3 * PAGE + 4
    assert model.index(8, Column.NAME).data() == f"host-{3 * PAGE - 6}.test"
    assert persistent.isValid()
    model.narrow_down("host-7", None)
    assert 0 < model.rowCount() < 200
    model.narrow_down("", "key.deleted")
    assert model.rowCount() == 0


@pytest.mark.parametrize("seq", [1, 2, 250, 601])
def test_a_row_is_found_by_its_number(ws: Workspace, seq: int) -> None:
    append(ws, 600)
    model = JournalModel(ws)
    assert model.find(seq) == 601 - seq
    assert model.find(9_999) == -1
    assert model.find(0) == -1
