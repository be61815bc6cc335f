"""The page of requests on real workspaces: reading, saving, signing, deleting."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.formats.items import RequestItem
from mtlsgui.gui.actions import Action, ActionRegistry
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.paged_table import PAGE
from mtlsgui.gui.requests.deleting import DeleteRequestDialog
from mtlsgui.gui.requests.model import Column, RequestsModel
from mtlsgui.gui.requests.page import RequestsPage
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.records import NewRequest, RequestRow, RequestState
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.workspace import editing, importing, requesting
from mtlsgui.workspace.drafts import RequestDraft
from mtlsgui.workspace.inspecting import inspect_bytes, inspect_files
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import authority, leaf
from tests.gui.wizards.support import request_der


def ours(ws: Workspace, name: str) -> RequestRow:
    """A request with a key of ours."""
    return requesting.create(ws, RequestDraft(profile=BUILT_IN["server"], names_text=name))


def foreign(ws: Workspace, name: str) -> int:
    """Somebody else's request; its id."""
    importing.run(ws, inspect_bytes(request_der(name), name).items)
    return ws.inventory.requests.page()[0].id


class Shown:
    """The page in a window, and how often a new request was asked for."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1200, 700)
        self.asked = 0
        registry: ActionRegistry[None] = ActionRegistry(self.window, desk.theme, lambda: None)
        registry.add(Action("request.new", "New &request…", lambda _: self._ask()))
        self.page = RequestsPage(desk, registry, KeyAccess(desk, self.window), self.window)
        self.page.resize(self.window.size())
        self.window.show()
        qtbot.waitExposed(self.window)

    def _ask(self) -> None:
        self.asked += 1

    def column(self, which: Column) -> list[str]:
        model = self.page.model
        return [str(model.index(at, which).data()) for at in range(model.rowCount())]

    def dialog(self) -> DeleteRequestDialog:
        (found,) = self.page.findChildren(DeleteRequestDialog)
        return found


@pytest.fixture
def shown(ws: Workspace, desk: Desk, qtbot: QtBot) -> Shown:
    ours(ws, "web.test")
    foreign(ws, "shop.internal")
    return Shown(desk, qtbot)


def test_an_empty_page_says_what_to_do_first(desk: Desk, qtbot: QtBot) -> None:
    made = Shown(desk, qtbot)
    assert not made.page.table.isVisible()
    assert not made.page.search.isVisible()
    (button,) = (each for each in made.page._empty.buttons if each.isVisible())
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert made.asked == 1


def test_a_new_request_is_asked_for_at_the_top(shown: Shown) -> None:
    QTest.keyClick(shown.page.new_button, Qt.Key.Key_Space)
    assert shown.asked == 1


def test_requests_are_listed_newest_first_with_their_state(shown: Shown) -> None:
    assert shown.column(Column.NAME) == ["shop.internal", "web.test"]
    assert shown.column(Column.STATE) == ["Waiting for its certificate"] * 2


def test_what_a_request_asks_for_is_shown(shown: Shown) -> None:
    page = shown.page
    page.table.setFocus()
    page.table.choose(1)
    assert page.inspector.name.text() == "web.test"
    assert page.inspector.pill.text == "Waiting for its certificate"
    assert "it finds its key here" in page.inspector.advice.text()
    text = page.inspector.description.toPlainText()
    assert "Subject Alternative Name" in text or "web.test" in text
    assert not page.inspector.show_button.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    assert page.inspector.name.text() == "shop.internal"
    assert "Its private key is not held here" in page.inspector.advice.text()


def test_the_pem_is_copied_and_saved(
    shown: Shown, ws: Workspace, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown.page
    page.table.choose(1)
    QTest.keyClick(page.inspector.copy_button, Qt.Key.Key_Space)
    row = ws.inventory.requests.get(page.selected_id or 0)
    assert desk.clipboard.text() == requesting.as_pem(row)
    path = tmp_path / "web.csr"
    path.write_text("the file dialog has asked")
    page.save(row.id, path)
    qtbot.waitUntil(lambda: page.banner is not None)
    (item,) = inspect_files([path]).items
    assert isinstance(item, RequestItem)
    assert item.facts.der == row.der


def test_a_folder_that_is_not_there_is_said_in_place(
    shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown.page
    page.table.choose(0)
    page.save(page.selected_id or 0, tmp_path / "missing" / "a.csr")
    qtbot.waitUntil(lambda: page.banner is not None)
    assert page.banner is not None
    assert page.banner.tone is Tone.BAD


def test_signing_hands_over_the_request(shown: Shown, ws: Workspace, qtbot: QtBot) -> None:
    shown.page.table.choose(0)
    with qtbot.waitSignal(shown.page.sign_requested) as asked:
        QTest.keyClick(shown.page.inspector.sign_button, Qt.Key.Key_Space)
    assert asked.args == [ws.inventory.requests.page()[0].der]


def test_its_certificate_is_shown_when_it_has_come(
    shown: Shown, ws: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    page = shown.page
    page.table.choose(1)
    made = leaf(ws, authority(ws, "Lab Root", 900).id, "web.test")
    ws.inventory.requests.fulfil(page.selected_id or 0, made.id)
    desk.changes.announce()
    assert page.inspector.pill.text == "Fulfilled"
    with qtbot.waitSignal(page.certificate_chosen) as chosen:
        QTest.keyClick(page.inspector.show_button, Qt.Key.Key_Space)
    assert chosen.args == [made.id]
    editing.delete(ws, [made.id], with_keys=False)
    desk.changes.announce()
    assert not page.inspector.show_button.isVisible()
    assert page.inspector.advice.text() == "Its certificate was made, and is no longer here."


def test_deleting_keeps_the_key_unless_told_otherwise(
    shown: Shown, ws: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    page = shown.page
    page.table.choose(1)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    dialog = shown.dialog()
    qtbot.waitUntil(dialog.cancel_button.hasFocus)
    assert dialog.with_key.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept_button.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert ws.inventory.keys.count() == 1
    assert page.inspector.name.text() == "shop.internal"


def test_the_key_is_destroyed_with_its_request_when_asked_for(
    shown: Shown, ws: Workspace, qtbot: QtBot
) -> None:
    page = shown.page
    page.table.choose(1)
    request_id = page.selected_id or 0
    page.inspector.delete_button.click()
    dialog = shown.dialog()
    dialog.with_key.setChecked(True)
    assert dialog.accept_button.text() == "Delete request and destroy key"
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept_button.click()
    assert ws.inventory.keys.count() == 0
    with pytest.raises(InventoryNotFound):
        ws.inventory.requests.get(request_id)


def test_a_key_that_is_not_ours_alone_is_not_offered(shown: Shown) -> None:
    shown.page.table.choose(0)
    shown.page.inspector.delete_button.click()
    assert not shown.dialog().with_key.isVisible()


def test_search_and_state_narrow_the_list_down(shown: Shown, ws: Workspace, qtbot: QtBot) -> None:
    page = shown.page
    page.table.choose(1)
    QTest.keyClicks(page.search, "shop")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.selected_id is None
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.inspector.name.text() == "shop.internal"
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.inspector.name.text() == "shop.internal"
    page.states.choose("signed")
    page.states.chosen.emit("signed")
    assert not page.table.isVisible()
    page.reveal(ws.inventory.requests.page()[1].id)
    assert page.states.current == "all"
    assert page.inspector.name.text() == "web.test"


def test_a_new_request_comes_on_top_and_the_selection_stays(
    shown: Shown, ws: Workspace, desk: Desk
) -> None:
    page = shown.page
    page.table.choose(0)
    selected = page.selected_id
    ours(ws, "db.test")
    desk.changes.announce()
    assert shown.column(Column.NAME)[0] == "db.test"
    assert page.selected_id == selected
    assert page.table.currentIndex().row() == 1


def test_a_hidden_page_catches_up_when_it_is_shown(shown: Shown, ws: Workspace, desk: Desk) -> None:
    shown.page.hide()
    ours(ws, "db.test")
    desk.changes.announce()
    assert shown.page.model.rowCount() == 2
    shown.page.show()
    assert shown.page.model.rowCount() == 3


def test_the_model_keeps_to_qts_rules_with_many_requests(ws: Workspace) -> None:
    with ws.inventory.transaction():
        for at in range(2 * PAGE):
            ws.inventory.requests.add(
                NewRequest(b"der", f"host-{at}.test", f"CN=host-{at}.test", f"{at:064x}")
            )
    model = RequestsModel(ws)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == 2 * PAGE
    assert model.index(2 * PAGE - 1, Column.NAME).data() == "host-0.test"
    model.narrow_down("", RequestState.SIGNED)
    assert model.rowCount() == 0
    model.narrow_down("host-7.test", None)
    assert model.rowCount() == 1
