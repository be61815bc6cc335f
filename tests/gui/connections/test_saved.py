"""Saved tests in the window: kept, found, run again, compared, forgotten."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mtlsgui.gui.connections.testing.page import TestPage
from mtlsgui.gui.connections.testing.saved import DeleteDialog, NameDialog, SavedDialog
from mtlsgui.gui.desk import Desk
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace import editing
from mtlsgui.workspace.connecting import ConnectionTest
from mtlsgui.workspace.connections import kept
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import find_dialog
from tests.tls import servers
from tests.workspace.support import issue_server


def run(qtbot: QtBot, page: TestPage) -> None:
    before = page.banner
    QTest.keyClick(page.question.address, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.banner is not before and page.banner is not None)
    qtbot.waitUntil(lambda: not page._running)


def menu_texts(page: TestPage) -> list[str]:
    page.saved_menu.fill()
    return [each.text() for each in page.saved_menu.actions() if not each.isSeparator()]


def test_a_test_is_saved_with_what_came_of_it(qtbot: QtBot, page: TestPage, ws: Workspace) -> None:
    assert menu_texts(page) == ["&Save this test…"]
    page.question.address.setText(f"localhost:{servers.free_port()}")
    run(qtbot, page)
    page.saved_menu.save_wanted.emit()
    dialog = find_dialog(qtbot, NameDialog)
    assert dialog.name.text().startswith("localhost:")
    dialog.name.setText("")
    dialog.save_button.click()
    assert "name" in dialog.row.problem
    dialog.name.setText("R&D")
    dialog.save_button.click()
    (saved,) = kept.all_kept(ws)
    assert (saved.name, saved.test) == ("R&D", page.question.test)
    assert [each.outcome for each in kept.results(ws, saved.id)] == ["unreachable"]
    assert menu_texts(page) == [
        "Save as “R&&D” again",
        "&Save this test…",
        "&All saved tests and their results…",
        "R&&D",
    ]


def test_a_kept_test_says_what_changed_when_it_is_run_again(
    qtbot: QtBot, page: TestPage, ws: Workspace
) -> None:
    def plain(connection: object) -> None:
        """Answers nothing that is TLS."""
        connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")  # type: ignore[attr-defined]

    with servers.listening(plain) as port:
        saved = kept.keep(ws, "Api", ConnectionTest(f"localhost:{port}"))
        page.open_kept(saved.id)
        run(qtbot, page)
        assert not page.changes.isVisible()
    run(qtbot, page)
    assert page.changes.isVisible()
    assert "Verdict: " in page.changes.text()
    assert len(kept.results(ws, saved.id)) == 2
    page.question.more.family.setCurrentIndex(1)
    run(qtbot, page)
    assert len(kept.results(ws, saved.id)) == 2, "another question is not its result"
    page.save_again()
    run(qtbot, page)
    assert len(kept.results(ws, saved.id)) == 3


def test_a_certificate_that_is_gone_is_said(
    page: TestPage, ws: Workspace, root: CertificateRow
) -> None:
    row = issue_server(ws, root)
    saved = kept.keep(ws, "Api", ConnectionTest("api.test", identity_id=row.id))
    editing.delete(ws, [row.id], with_keys=False)
    page.open_kept(saved.id)
    assert "is not in the inventory any more" in page.question.identity_row.problem


def test_thirty_are_found_by_typing(qtbot: QtBot, page: TestPage, ws: Workspace) -> None:
    for number in range(30):
        kept.keep(ws, f"Service {number:02}", ConnectionTest(f"s{number}.payments.test"))
    page.saved_menu.all_wanted.emit()
    dialog = find_dialog(qtbot, SavedDialog)
    assert len(dialog.tests.lines.lines) == 30
    dialog.search.setText("payments 17")
    qtbot.waitUntil(lambda: len(dialog.tests.lines.lines) == 1)
    assert "Nothing came of it yet" in dialog.changes.text()
    dialog.open_button.click()
    assert page.question.address.text() == "s17.payments.test"
    assert len(menu_texts(page)) == 3 + 12


def test_results_are_compared_with_any_other(
    qtbot: QtBot, page: TestPage, desk: Desk, ws: Workspace
) -> None:
    saved = kept.keep(ws, "Api", ConnectionTest(f"localhost:{servers.free_port()}"))
    for _ in range(3):
        kept.run(ws, saved.id)
    page.show_saved()
    dialog = find_dialog(qtbot, SavedDialog)
    assert len(dialog.results.lines.lines) == 3
    assert dialog.against.count() == 2
    assert dialog.against.currentData() == 1
    assert dialog.changes.text() == "Nothing changed."
    dialog.results.setCurrentIndex(dialog.results.lines.index(2, 0))
    assert dialog.against.currentData() == 1


def test_renaming_and_deleting(qtbot: QtBot, page: TestPage, ws: Workspace) -> None:
    kept.keep(ws, "One", ConnectionTest("one.test"))
    kept.keep(ws, "Two", ConnectionTest("two.test"))
    page.show_saved()
    dialog = find_dialog(qtbot, SavedDialog)
    dialog.rename_button.click()
    name = find_dialog(qtbot, NameDialog)
    name.name.setText("Two")
    name.save_button.click()
    assert "already" in name.row.problem
    name.name.setText("Three")
    name.save_button.click()
    assert [line.first for line in dialog.tests.lines.lines] == ["Three", "Two"]
    assert dialog.selected is not None
    assert dialog.selected.name == "Three"
    dialog.delete_button.click()
    find_dialog(qtbot, DeleteDialog).delete_button.click()
    assert [each.name for each in kept.all_kept(ws)] == ["Two"]
    assert [line.first for line in dialog.tests.lines.lines] == ["Two"]
