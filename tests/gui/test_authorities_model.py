"""The tree model over a real inventory: pages, filters, sorting, following changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtlsgui.gui.authorities.tree_model import (
    CERTIFICATE_ROLE,
    KEEP,
    NEAR,
    PAGE,
    AuthoritiesModel,
    Column,
)
from mtlsgui.inventory.records import CertificateRow, Sort, Status, TreeFilter, Warn
from mtlsgui.workspace import editing
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import NOW, CheapVaults, Clock, invented, large


@pytest.fixture
def ws(tmp_path: Path, qapp: QApplication) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", CheapVaults(), clock=Clock(), actor="anna@desk") as opened:
        yield opened


def make_model(ws: Workspace) -> AuthoritiesModel:
    model = AuthoritiesModel(ws, lambda _ids: QMimeData())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tester.setUseFetchMore(False)  # the tests say themselves when
    tester.setParent(model)
    return model


def names(model: AuthoritiesModel, parent: QModelIndex | None = None) -> list[str]:
    above = parent or QModelIndex()
    return [str(model.index(at, 0, above).data()) for at in range(model.rowCount(above))]


def opened(model: AuthoritiesModel, row: int = 0) -> QModelIndex:
    index = model.index(row, 0)
    model.fetchMore(index)
    return index


def add(ws: Workspace, number: int, issuer_id: int | None, name: str, *, ca: bool = False) -> int:
    new = invented(number, issuer_id=issuer_id, is_ca=ca, name=name)
    return ws.inventory.certificates.add(new)


def test_only_a_page_of_a_large_authority_is_loaded(ws: Workspace) -> None:
    large(ws, 1, 5 * PAGE)
    # Without the tester, which fetches when it is made.
    model = AuthoritiesModel(ws, lambda _ids: QMimeData())
    root = model.index(0, 0)
    assert model.rowCount() == 1
    assert model.rowCount(root) == 0
    assert model.hasChildren(root)
    assert model.canFetchMore(root)
    model.fetchMore(root)
    assert model.rowCount(root) == PAGE
    assert not model.canFetchMore(root)


def test_more_comes_as_the_end_comes_into_sight(ws: Workspace) -> None:
    large(ws, 1, 2 * PAGE + 10)
    model = make_model(ws)
    root = opened(model)
    assert not model.extend(root, 0, PAGE - NEAR - 1)
    assert model.extend(root, 0, PAGE - 1)
    assert model.extend(root, 0, 2 * PAGE - 1)
    assert model.rowCount(root) == 2 * PAGE + 10
    assert not model.extend(root, 0, 2 * PAGE + 9)
    assert names(model, root)[-1] == f"host-{2 * PAGE + 9}.example.internal"


def test_a_certificate_far_down_is_reached_without_the_rows_before_it(ws: Workspace) -> None:
    large(ws, 2, 10 * PAGE)
    model = make_model(ws)
    search = TreeFilter(search="host-1777")
    [wanted] = ws.inventory.tree.flat_page(search, Sort(), NOW, Warn())
    index = model.locate(wanted.id)
    assert index.data() == "host-1777.example.internal"
    assert model.rowCount(index.parent()) == PAGE
    above = names(model, index.parent())[0]
    assert model.extend(index.parent(), 0, 5)
    assert model.rowCount(index.parent()) == 2 * PAGE
    assert names(model, index.parent())[PAGE] == above


def test_rows_far_from_the_screen_are_let_go_and_come_back(ws: Workspace) -> None:
    large(ws, 1, KEEP + 3 * PAGE)
    model = make_model(ws)
    root = opened(model)
    while model.extend(root, 0, model.rowCount(root) - 1):
        pass
    everything = names(model, root)
    seen = KEEP + 2 * PAGE
    assert model.surplus(root, 10, 40) == [(40 + KEEP // 2, len(everything))]
    [(start, end)] = model.surplus(root, seen, seen + 30)
    model.unload(root, start, end)
    assert names(model, root) == everything[end:]
    while model.extend(root, 0, 30):
        pass
    assert names(model, root) == everything


def test_headers_sort_in_sql_with_authorities_first(ws: Workspace) -> None:
    root = add(ws, 1, None, "Root", ca=True)
    add(ws, 2, root, "Sub", ca=True)
    for number in (10, 299, 150):
        add(ws, number, root, f"host-{number}")
    model = make_model(ws)
    model.sort(Column.EXPIRES, Qt.SortOrder.DescendingOrder)
    assert names(model, opened(model)) == ["Sub", "host-299", "host-150", "host-10"]
    model.sort(Column.EXPIRES, Qt.SortOrder.AscendingOrder)
    assert names(model, opened(model)) == ["Sub", "host-10", "host-150", "host-299"]


def test_a_filter_keeps_the_authorities_above_what_matches(ws: Workspace) -> None:
    large(ws, 3, 10)
    model = make_model(ws)
    model.set_filter(TreeFilter(search="host-15"))
    assert names(model) == ["Root 2"]
    assert names(model, opened(model)) == ["host-15.example.internal"]
    model.set_filter(TreeFilter(statuses=frozenset({Status.REVOKED})))
    assert model.rowCount() == 0
    assert not model.hasChildren()


def test_columns_say_it_in_words(ws: Workspace) -> None:
    root = add(ws, 1, None, "Root", ca=True)
    leaf = add(ws, 34, root, "web")
    ws.inventory.certificates.revoke(leaf, NOW, "superseded")
    model = make_model(ws)
    index = model.locate(leaf)
    shown = [str(index.siblingAtColumn(column).data()) for column in Column]
    assert shown[:4] == ["web", "Revoked", "23 Dec 2026", "Client"]
    assert shown[Column.SERIAL].count(":") == 19
    assert index.parent().siblingAtColumn(Column.STATUS).data() == "No key held"
    row = index.data(CERTIFICATE_ROLE)
    assert isinstance(row, CertificateRow)
    assert row.id == leaf
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "web, Client, Revoked, 23 Dec 2026"
    assert "Revoked on 24 Nov 2026" in index.siblingAtColumn(Column.STATUS).data(
        Qt.ItemDataRole.ToolTipRole
    )


def test_changes_move_rows_without_losing_indexes(ws: Workspace) -> None:
    root = add(ws, 1, None, "Root", ca=True)
    ids = {name: add(ws, at, root, name) for at, name in enumerate("bdfhj", 2)}
    model = make_model(ws)
    parent = opened(model)
    kept = QPersistentModelIndex(model.index_of(ids["f"]))
    add(ws, 20, root, "a")
    add(ws, 21, root, "g")
    editing.rename(ws, ids["b"], "z")
    editing.delete(ws, [ids["d"]], with_keys=False)
    model.refresh([root])
    assert names(model, parent) == ["a", "f", "g", "h", "j", "z"]
    assert kept.isValid()
    assert kept.row() == 1
    assert model.index_of(ids["b"]).row() == 5
    assert not model.index_of(ids["d"]).isValid()


def test_an_authority_that_issues_its_first_certificate_can_be_opened(ws: Workspace) -> None:
    root = add(ws, 1, None, "Root", ca=True)
    model = make_model(ws)
    index = model.index(0, 0)
    assert not model.hasChildren(index)
    leaf = add(ws, 2, root, "web")
    model.refresh()
    assert model.hasChildren(index)
    assert names(model, index) == ["web"]
    editing.delete(ws, [leaf], with_keys=False)
    model.refresh([root])
    assert not model.hasChildren(index)
    assert model.rowCount(index) == 0


def test_orphans_move_below_their_issuer_when_it_is_imported(ws: Workspace) -> None:
    leaf = add(ws, 2, None, "web")
    model = make_model(ws)
    assert names(model) == ["web"]
    root = add(ws, 1, None, "Root", ca=True)
    ws.inventory.certificates.link_issuers({leaf: root})
    model.refresh()
    assert names(model) == ["Root"]
    assert names(model, opened(model)) == ["web"]


def test_deleting_an_authority_brings_its_leaves_to_the_top(ws: Workspace) -> None:
    root = add(ws, 1, None, "Root", ca=True)
    add(ws, 100, root, "web")
    model = make_model(ws)
    opened(model)
    editing.delete(ws, [root], with_keys=False)
    model.refresh([root])
    assert names(model) == ["web"]
    assert model.index(0, 0).siblingAtColumn(Column.STATUS).data() == "Issuer missing"


def test_parts_out_of_sight_are_refreshed_a_little_later(ws: Workspace, qtbot: QtBot) -> None:
    roots = large(ws, 3, 2)
    model = make_model(ws)
    last = opened(model, 2)
    add(ws, 99, roots[2], "a new one")
    model.refresh()
    qtbot.waitUntil(lambda: names(model, last)[0] == "a new one")


def test_what_is_gone_from_a_filter_is_hidden_from_locate(ws: Workspace) -> None:
    root = add(ws, 1, None, "Root", ca=True)
    leaf = add(ws, 2, root, "web")
    model = make_model(ws)
    model.set_filter(TreeFilter(search="nothing"))
    assert not model.locate(leaf).isValid()
    assert model.exists(leaf)
    assert not model.exists(leaf + 1)
