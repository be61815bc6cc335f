"""The main page on a real workspace: searching, choosing, opening, dragging out."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.formats.files import read_file
from mtlsgui.formats.items import CertificateItem
from mtlsgui.gui.actions import Action, ActionRegistry
from mtlsgui.gui.authorities.outgoing import DragFiles
from mtlsgui.gui.authorities.page import AuthoritiesPage, PageActions
from mtlsgui.gui.authorities.tree_model import PAGE, Column
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.inventory.records import Sort, Status, TreeFilter, Warn
from mtlsgui.workspace import copies, editing
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import (
    NOW,
    CheapVaults,
    Clock,
    authority,
    invented,
    large,
    leaf,
    make_workspace,
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", CheapVaults(), clock=Clock(), actor="anna@desk") as opened:
        yield opened


@pytest.fixture
def desk(ws: Workspace, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    made = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
    yield made
    made.changes.stop()


class Page:
    """The page in a window, and the actions that were done."""

    def __init__(self, desk: Desk, qtbot: QtBot, width: int = 1200) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(width, 700)
        self.done: list[str] = []
        registry: ActionRegistry[None] = ActionRegistry(self.window, desk.theme, lambda: None)
        for name in ("authority.new", "import", "test", "renew"):
            registry.add(Action(name, name, self.doing(name)))
        self.inspector = QLabel("inspector")
        actions = PageActions(
            "import", ("authority.new",), ("renew",), ("authority.new", "import"), ("test",)
        )
        self.page = AuthoritiesPage(desk, registry, self.inspector, actions, self.window)
        self.page.resize(self.window.size())
        self.window.show()
        qtbot.waitExposed(self.window)
        QApplication.processEvents()
        self.tree, self.model = self.page.tree, self.page.model

    def doing(self, name: str) -> Callable[[None], object]:
        return lambda _context: self.done.append(name)

    def shown(self) -> list[str]:
        """Names from the top of the screen to the end, as far as it is open."""
        QApplication.processEvents()
        found = []
        index = self.model.index(0, 0)
        while index.isValid():
            found.append(str(index.data()))
            index = self.tree.indexBelow(index)
        return found


def add(ws: Workspace, number: int, issuer_id: int | None, name: str, *, ca: bool = False) -> int:
    new = invented(number, issuer_id=issuer_id, is_ca=ca, name=name)
    return ws.inventory.certificates.add(new)


@pytest.fixture
def family(ws: Workspace) -> dict[str, int]:
    """A root with two authorities and their leaves, and another root."""
    ids = {"Root": add(ws, 1, None, "Root", ca=True)}
    for number, (name, above) in enumerate(
        (("Sub A", "Root"), ("Sub B", "Root"), ("Lab", "")), start=2
    ):
        ids[name] = add(ws, number, ids.get(above), name, ca=True)
    for number, (name, above) in enumerate(
        (("api", "Sub A"), ("billing", "Sub A"), ("worker", "Sub B"), ("bench", "Lab")), start=100
    ):
        ids[name] = add(ws, number, ids[above], name)
    return ids


def test_at_first_the_roots_are_open(desk: Desk, family: dict[str, int], qtbot: QtBot) -> None:
    page = Page(desk, qtbot)
    assert page.shown() == ["Lab", "bench", "Root", "Sub A", "Sub B"]
    assert page.tree.isColumnHidden(Column.SERIAL)
    assert page.tree.isColumnHidden(Column.KEY)


def test_searching_opens_the_way_to_what_matches(
    desk: Desk, family: dict[str, int], qtbot: QtBot
) -> None:
    page = Page(desk, qtbot)
    QTest.keyClicks(page.page.search, "wor")
    qtbot.waitUntil(lambda: page.shown() == ["Root", "Sub B", "worker"])
    page.tree.collapse(page.model.index_of(family["Sub B"]))
    assert page.shown() == ["Root", "Sub B"]
    QTest.keyClick(page.page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.shown() == ["Lab", "bench", "Root", "Sub A", "Sub B"])


def test_nothing_matches_and_back(desk: Desk, family: dict[str, int], qtbot: QtBot) -> None:
    page = Page(desk, qtbot)
    QTest.keyClicks(page.page.search, "zzz")
    show_all = page.page._no_match.buttons[0]
    qtbot.waitUntil(show_all.isVisible)
    assert not page.tree.isVisible()
    show_all.click()
    assert page.tree.isVisible()
    assert page.page.search.text() == ""
    assert "api" not in page.shown()
    assert "Root" in page.shown()


def test_counts_and_filters_by_state(
    ws: Workspace, desk: Desk, family: dict[str, int], qtbot: QtBot
) -> None:
    ws.inventory.certificates.revoke(family["api"], ws.clock(), "superseded")
    page = Page(desk, qtbot)
    qtbot.waitUntil(lambda: page.page.states._buttons["revoked"].text() == "Revoked 1")
    assert page.page.states._buttons["all"].text() == "All 8"
    page.page.states._buttons["revoked"].click()
    assert page.shown() == ["Root", "Sub A", "api"]
    page.page.filter_status(Status.NO_KEY)
    assert page.page.more.text() == "No key held ▾"
    assert page.page.states.current == "all"
    assert page.shown() == ["Lab", "Root", "Sub A", "Sub B"]


def test_kinds_are_filtered_from_the_menu(desk: Desk, family: dict[str, int], qtbot: QtBot) -> None:
    page = Page(desk, qtbot)
    qtbot.waitUntil(lambda: page.page.states._buttons["all"].text() == "All 8")
    client = next(a for a in page.page.more.menu().actions() if a.text().startswith("Client"))
    client.trigger()
    # "billing" is number 101 and "bench" 103: kinds go round by threes.
    assert page.page.more.text() == "Client ▾"
    assert page.shown() == ["Lab", "bench", "Root", "Sub A", "api"]
    page.page.show_all()
    assert page.page.more.text() == "More ▾"


def test_a_selection_is_told_once_and_survives_changes(
    ws: Workspace, desk: Desk, family: dict[str, int], qtbot: QtBot
) -> None:
    page = Page(desk, qtbot)
    told: list[list[int]] = []
    page.page.selection_changed.connect(told.append)
    page.page.reveal(family["billing"])
    qtbot.waitUntil(lambda: told == [[family["billing"]]])
    assert page.shown()[3:6] == ["Sub A", "api", "billing"]
    add(ws, 200, family["Sub A"], "aaa")
    editing.rename(ws, family["billing"], "zzz")
    desk.changes.announce()
    assert page.shown()[3:7] == ["Sub A", "aaa", "api", "zzz"]
    assert page.page.selected_ids == [family["billing"]]
    page.tree.sortByColumn(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert page.shown() == ["Root", "Sub B", "Sub A", "zzz", "api", "aaa", "Lab", "bench"]
    assert page.page.selected_ids == [family["billing"]]
    editing.delete(ws, [family["billing"]], with_keys=False)
    desk.changes.announce()
    qtbot.waitUntil(lambda: told[-1] != [family["billing"]])


def test_what_a_filter_hides_is_revealed_without_it(
    desk: Desk, family: dict[str, int], qtbot: QtBot
) -> None:
    page = Page(desk, qtbot)
    page.page.filter_status(Status.REVOKED)
    page.page.reveal(family["worker"])
    assert page.page.selected_ids == [family["worker"]]
    assert "worker" in page.shown()


def test_the_keyboard_alone(desk: Desk, family: dict[str, int], qtbot: QtBot) -> None:
    page = Page(desk, qtbot)
    page.window.activateWindow()
    activated: list[int] = []
    page.page.activated.connect(activated.append)
    page.page.focus_search()
    QTest.keyClicks(page.page.search, "sub")
    qtbot.waitUntil(lambda: page.shown() == ["Root", "Sub A", "Sub B"])
    QTest.keyClick(page.page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.shown()[0] == "Lab")
    QTest.keyClick(page.page.search, Qt.Key.Key_Down)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(page.tree, key)
    assert page.shown() == ["Lab", "bench", "Root", "Sub A", "api", "billing", "Sub B"]
    QTest.keyClick(page.tree, Qt.Key.Key_Down)
    QTest.keyClick(page.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.page.selected_ids == [family["api"], family["billing"]]
    QTest.keyClick(page.tree, Qt.Key.Key_Return)
    assert activated == [family["billing"]]
    QTest.keyClick(page.tree, Qt.Key.Key_Left)
    QTest.keyClick(page.tree, Qt.Key.Key_Left)
    assert page.shown() == ["Lab", "bench", "Root", "Sub A", "Sub B"]


def test_in_a_narrow_window_enter_opens_the_inspector(
    desk: Desk, family: dict[str, int], qtbot: QtBot
) -> None:
    page = Page(desk, qtbot, width=800)
    assert not page.inspector.isVisible()
    page.page.reveal(family["api"])
    QTest.keyClick(page.tree, Qt.Key.Key_Return)
    assert page.inspector.isVisible()
    assert not page.tree.isVisible()
    page.page.split.back_button.click()
    assert page.tree.isVisible()


def test_scrolling_loads_page_after_page_and_stays_put(
    ws: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    [root] = large(ws, 1, 4 * PAGE)
    page = Page(desk, qtbot)
    parent = page.model.index_of(root)
    assert page.model.rowCount(parent) == PAGE
    bar = page.tree.verticalScrollBar()

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return page.model.rowCount(page.model.index_of(root)) == 4 * PAGE

    qtbot.waitUntil(at_the_end)
    wanted = page.model.index(300, 0, page.model.index_of(root))
    row = page.model.certificate(wanted)
    assert row is not None
    page.model.reload()
    page.page.reveal(row.id)
    before = page.tree.visualRect(page.model.index_of(row.id)).top()
    assert page.model.rowCount(page.model.index_of(root)) == PAGE
    page.tree.scrollTo(page.model.index(10, 0, page.model.index_of(root)))
    first = page.tree.indexAt(page.tree.rect().topLeft()).data()
    page.tree.settle()
    assert page.model.rowCount(page.model.index_of(root)) > PAGE
    assert page.tree.indexAt(page.tree.rect().topLeft()).data() == first
    assert 0 <= before <= page.tree.viewport().height()


def test_the_very_top_is_where_a_part_begins(ws: Workspace, desk: Desk, qtbot: QtBot) -> None:
    [root] = large(ws, 1, 6 * PAGE)
    page = Page(desk, qtbot)
    [last] = ws.inventory.tree.flat_page(
        TreeFilter(search=f"host-{6 * PAGE - 1}."), Sort(), NOW, Warn()
    )
    page.page.reveal(last.id)
    assert page.model.begins_later(page.model.index_of(root))
    page.tree.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: page.shown()[:2] == ["Root 1", "host-0.example.internal"])
    assert page.model.loaded() <= 2 * PAGE
    assert page.page.selected_ids == [last.id]
    page.page.reveal(last.id)
    assert page.page.selected_ids == [last.id]


def test_an_empty_workspace_says_what_to_do_first(ws: Workspace, desk: Desk, qtbot: QtBot) -> None:
    page = Page(desk, qtbot)
    assert not page.page.search.isVisible()
    assert not page.inspector.isVisible()
    for button in page.page._empty.buttons:
        button.click()
    assert page.done == ["authority.new", "import", "test"]
    add(ws, 1, None, "Root", ca=True)
    desk.changes.announce()
    assert page.shown() == ["Root"]
    assert page.page.search.isVisible()
    assert page.inspector.isVisible()


def test_columns_shown_are_remembered(desk: Desk, family: dict[str, int], qtbot: QtBot) -> None:
    page = Page(desk, qtbot)
    titles = [action.text() for action in page.page.column_menu().actions()]
    assert titles == ["Status", "Expires", "Kind", "Serial", "Key"]
    page.page.column_menu().actions()[3].toggle()
    assert not page.tree.isColumnHidden(Column.SERIAL)
    qtbot.waitUntil(lambda: desk.settings.contains("authorities/header"))
    again = Page(desk, qtbot)
    assert not again.tree.isColumnHidden(Column.SERIAL)
    assert again.tree.isColumnHidden(Column.KEY)


def test_rows_are_dragged_out_as_pem_files(
    tmp_path: Path, theme: Theme, jobs: Jobs, settings: QSettings, qtbot: QtBot
) -> None:
    with make_workspace(tmp_path / "real", Clock()) as ws:
        root = authority(ws, "Root", 3650)
        one = leaf(ws, root.id, "*.api.internal")
        other = leaf(ws, root.id, "db.internal")
        desk = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
        page = Page(desk, qtbot)
        data = page.model.mimeData(
            [
                page.model.index_of(row.id).siblingAtColumn(column)
                for row in (one, other)
                for column in (Column.NAME, Column.STATUS)
            ]
        )
        files = [Path(url.toLocalFile()) for url in data.urls()]
        assert [path.name for path in files] == ["wildcard.api.internal.pem", "db.internal.pem"]
        for path, row in zip(files, (one, other), strict=True):
            [item] = read_file(path).items
            assert isinstance(item, CertificateItem)
            assert item.facts.fingerprint_sha256 == row.fingerprint
            assert "PRIVATE" not in path.read_text()
        assert data.text() == "".join(path.read_text() for path in files)
        if os.name == "posix":
            assert stat.S_IMODE(files[0].parent.parent.stat().st_mode) == 0o700
        desk.changes.stop()


def test_dragged_files_go_with_the_program(ws: Workspace, family: dict[str, int]) -> None:
    dragging = DragFiles(ws)
    [url] = dragging.mime_data([family["api"]]).urls()
    path = Path(url.toLocalFile())
    assert path.exists()
    del dragging
    assert not path.exists()
    assert not path.parent.parent.exists()


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("api.internal", "api.internal"),
        ("spiffe://payments/ns/prod", "spiffe_payments_ns_prod"),
        ("../../etc/passwd", "etc_passwd"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("…", "certificate"),
        ("Büro", "Büro"),
        ("x" * 300, "x" * 80),
    ],
)
def test_names_become_safe_file_names(name: str, stem: str) -> None:
    assert copies.file_stem(name) == stem


def test_equal_names_get_numbers() -> None:
    taken: set[str] = set()
    assert [copies.unused_name(each, taken) for each in ("api", "API", "api")] == [
        "api",
        "API-2",
        "api-3",
    ]


def test_a_clipboard_is_not_touched(desk: Desk, family: dict[str, int], qtbot: QtBot) -> None:
    desk.clipboard.setText("before", QClipboard.Mode.Clipboard)
    page = Page(desk, qtbot)
    page.page.reveal(family["api"])
    page.model.mimeData([page.tree.currentIndex()])
    assert desk.clipboard.text() == "before"
