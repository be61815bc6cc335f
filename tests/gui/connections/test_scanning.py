"""Many servers tested from the window: real servers, the table, the files written."""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtlsgui.gui.connections.scanning.model import Column, ScanModel
from mtlsgui.gui.connections.scanning.page import ScanningPage
from mtlsgui.gui.connections.scanning.wording import Group
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.tls.result import Outcome
from mtlsgui.tls.scanning.messages import ScanRow
from mtlsgui.workspace.connecting import ConnectionTest
from mtlsgui.workspace.workspace import Workspace
from tests.tls import servers
from tests.tls.papers import world
from tests.workspace.support import issue_server, make_root


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[ScanningPage]:
    made = ScanningPage(desk, KeyAccess(desk))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    yield made
    made.stop()
    qtbot.waitUntil(lambda: not made.is_running, timeout=20_000)
    desk.close()


def scan(qtbot: QtBot, page: ScanningPage, lines: list[str]) -> None:
    page.text.setPlainText("\n".join(lines))
    page.start()
    assert page.is_running
    qtbot.waitUntil(lambda: not page.is_running, timeout=60_000)
    qtbot.waitUntil(lambda: len(page.model.rows) == len(lines))


def test_servers_are_told_apart_and_the_results_saved(
    qtbot: QtBot, page: ScanningPage, tmp_path: Path
) -> None:
    papers = world().servers
    with ExitStack() as stack:
        ports = [
            stack.enter_context(
                servers.python_ssl(tmp_path / name, papers[name], clients=ssl.CERT_NONE)
            )
            for name in ("good", "expired")
        ]
        scan(qtbot, page, [*(f"127.0.0.1:{port}" for port in ports), "127.0.0.1:1"])
    counts = page.model.counts
    # Nobody here trusts the root of these servers.
    assert (counts[Group.DISTRUSTED], counts[Group.NOT_REACHED]) == (2, 1)
    page.filters.chosen.emit(Group.NOT_REACHED)
    assert page.model.rowCount() == 1
    assert page.model.index(0, Column.RESULT).data() == "Not reached"
    for kind in ("csv", "json", "junit"):
        page.save(kind, tmp_path / kind)
    assert (tmp_path / "csv").read_text().count("\n") == 4
    assert {row["outcome"] for row in json.loads((tmp_path / "json").read_text())} == {
        "refused_by_client",
        "unreachable",
    }
    assert len(ET.parse(tmp_path / "junit").getroot()) == 3  # noqa: S314  our own
    with qtbot.waitSignal(page.test_chosen) as chosen:
        page.table.activated.emit(page.model.index(0, 0))
    (test,) = chosen.args
    assert isinstance(test, ConnectionTest)
    assert (test.address, test.server_name) == ("127.0.0.1:1", "127.0.0.1")


def test_a_scan_is_stopped_at_once(qtbot: QtBot, page: ScanningPage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:  # takes connections, says nothing
        port = black_hole.getsockname()[1]
        page.text.setPlainText(f"127.0.0.1:{port}")
        page.start()
        page.stop()
        qtbot.waitUntil(lambda: not page.is_running, timeout=20_000)
    assert not page.model.rows
    assert page.button.text() == "&Test all"


def test_lines_that_are_no_servers_are_said(page: ScanningPage) -> None:
    page.text.setPlainText("good.test:443\nhttp://:99999/")
    page.start()
    assert not page.is_running
    assert page.banner is not None
    assert "Line 2" in page.banner.text.text()


def test_own_servers_are_taken(page: ScanningPage, ws: Workspace) -> None:
    issue_server(ws, make_root(ws), "web.example.test *.example.test")
    page.take_own()
    assert page.text.toPlainText() == "web.example.test:443"
    assert page.banner is not None
    assert "*.example.test" in page.banner.text.text()


def test_what_was_found_keeps_its_room(qtbot: QtBot, page: ScanningPage) -> None:
    results = page.table.parentWidget()
    assert results is not None
    page._stack.setCurrentWidget(results)
    assert not any(page.table.isColumnHidden(column) for column in Column)
    for width in (900, 700, 600):
        page.resize(width, 600)
        QApplication.processEvents()
        assert page.table.columnWidth(Column.SENTENCE) >= 190
        assert page.table.horizontalScrollBar().maximum() == 0
        assert not page.table.isColumnHidden(Column.RESULT)
    page.resize(1200, 800)
    qtbot.waitUntil(lambda: not page.table.isColumnHidden(Column.TIME))


def test_rows_are_sorted_and_filtered() -> None:
    model = ScanModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.add(
        [
            ScanRow("b:443", "b", Outcome.ACCEPTED, "fine", ms=3.0),
            ScanRow("a:443", "a", Outcome.TIMED_OUT, "no answer", ("timed_out",)),
            ScanRow("c:443", "c", None, "broke down", ("test_failed",), ms=1.0),
        ]
    )
    model.sort(Column.SERVER)
    assert [model.index(row, 0).data() for row in range(3)] == ["a:443", "b:443", "c:443"]
    model.sort(Column.TIME, Qt.SortOrder.AscendingOrder)
    assert [model.index(row, 0).data() for row in range(3)] == ["c:443", "b:443", "a:443"]
    model.show_group(Group.GOOD)
    assert model.rowCount() == 1
    model.add([ScanRow("d:443", "d", Outcome.ACCEPTED, "fine")])
    assert model.rowCount() == 2
    assert model.counts[Group.NOT_REACHED] == 2
