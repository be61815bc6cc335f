"""The test server in the window: a real workspace, a real server, clients that are right or not."""

import contextlib
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mtlsgui.gui.connections.serving.page import ServingPage
from mtlsgui.gui.connections.serving.visits import MOST, VisitsModel
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.tls.serving.visit import Visit, VisitOutcome
from mtlsgui.workspace import serving
from mtlsgui.workspace.serving import Mode, ServerDraft
from mtlsgui.workspace.workspace import Workspace
from tests.integration.programs import needs
from tests.tls.papers import NOW
from tests.tls.servers import free_port
from tests.workspace.support import issue_server


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ws: Workspace, root: CertificateRow) -> Iterator[ServingPage]:
    issue_server(ws, root, "localhost")
    made = ServingPage(desk, KeyAccess(desk))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    yield made
    made.stop()
    desk.close()


def start(qtbot: QtBot, page: ServingPage) -> int:
    page.start()
    qtbot.waitUntil(lambda: bool(page.address), timeout=20_000)
    return int(page.address.rpartition(":")[2])


def visits(page: ServingPage) -> int:
    return page.list.visits.rowCount()


def words_on(page: ServingPage) -> str:
    return "\n".join(each.text() for each in page.view.findChildren(QLabel))


def test_a_client_without_a_certificate_is_told_apart(qtbot: QtBot, page: ServingPage) -> None:
    port = start(qtbot, page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as wrapped,
        contextlib.suppress(OSError),  # the refusal: it is the server's view that counts here
    ):
        wrapped.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        wrapped.recv(1)
    qtbot.waitUntil(lambda: visits(page) == 1)
    assert page.view.visit is not None  # the first one is shown at once
    assert page.view.visit.outcome is VisitOutcome.REFUSED
    assert page.view.visit.codes == ("client_certificate_missing",)
    assert "The client presented no certificate" in words_on(page)


@needs("curl", "curl")
def test_a_matching_client_is_made_and_its_line_works(
    qtbot: QtBot, page: ServingPage, tmp_path: Path
) -> None:
    start(qtbot, page)
    page.make_client(tmp_path)
    qtbot.waitUntil(lambda: str(tmp_path) in page.calling.text.text(), timeout=20_000)
    line = page.calling.text.text()
    said = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert said.returncode == 0, said.stderr
    qtbot.waitUntil(lambda: visits(page) == 1)
    assert page.view.visit is not None
    assert page.view.visit.outcome is VisitOutcome.ACCEPTED
    assert page.view.visit.request == "GET / HTTP/1.1"


def test_a_stopped_server_frees_its_port_at_once(qtbot: QtBot, page: ServingPage) -> None:
    port = free_port()
    page.bar.port.setText(str(port))
    assert start(qtbot, page) == port
    assert not page.bar.identity.isEnabled()
    half_open = socket.create_connection(("127.0.0.1", port))
    page.stop()
    half_open.close()
    assert page.address == ""
    assert page.bar.identity.isEnabled()
    assert start(qtbot, page) == port


def test_locking_the_keys_stops_the_server(qtbot: QtBot, page: ServingPage) -> None:
    start(qtbot, page)
    page._access.lock_now()
    qtbot.waitUntil(lambda: page.address == "")


def test_a_port_that_is_taken_is_said(qtbot: QtBot, page: ServingPage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        page.bar.port.setText(str(port))
        page.start()
        qtbot.waitUntil(lambda: page.banner is not None, timeout=20_000)
    assert page.banner is not None
    assert page.banner.sentence.text() == f"Port {port} is taken."
    assert page.bar.button.isEnabled()


def test_each_mode_says_what_it_does(page: ServingPage) -> None:
    hints = set()
    for number in range(page.bar.mode.count()):
        page.bar.mode.setCurrentIndex(number)
        hints.add(page.bar.mode_row.note.text())
    assert len(hints) == len(Mode)
    page.bar.wide.setChecked(True)
    assert "network" in page.bar.wide_row.note.text()
    assert page.bar.draft.wide


def test_the_list_keeps_the_newest(qtbot: QtBot) -> None:
    model = VisitsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for number in range(MOST + 3):
        model.add(Visit(number, NOW, "127.0.0.1:1", VisitOutcome.LEFT, "It hung up."))
    assert model.rowCount() == MOST
    newest, oldest = model.visit(model.index(0)), model.visit(model.index(MOST - 1))
    assert newest is not None
    assert oldest is not None
    assert (newest.number, oldest.number) == (MOST + 2, 3)


@needs("curl", "curl")
@pytest.mark.parametrize("through", [False, True])
def test_a_client_is_watched(
    qtbot: QtBot, page: ServingPage, ws: Workspace, tmp_path: Path, through: bool
) -> None:
    server = serving.identities(ws)[0]
    behind = serving.settings(ws, ServerDraft(server.id), ws.clock)
    client = serving.matching_client(ws, behind)
    files = serving.write_client(ws, client.id, behind, tmp_path)
    with serving.server(behind, lambda _visit: None, ws.clock) as real:
        bar = page.bar
        bar.purpose.setCurrentIndex(1)
        bar.refresh()
        assert bar.address.isVisible()
        assert not bar.mode.isVisible()
        assert not bar.button.isEnabled()
        bar.address.setText(f"localhost:{real.start()[1]}")
        assert bar.button.isEnabled()
        bar.presented.setCurrentIndex(bar.presented.findData(client.id))
        if through:
            bar.shown.setCurrentIndex(0)
            assert not bar.presented.isEnabled()
        port = start(qtbot, page)
        command = ["curl", "-s", "--cert", str(files.chain), "--key", str(files.key)]
        command += ["--cacert", str(files.ca), f"https://localhost:{port}/"]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        assert '"accepted": true' in said.stdout
        view = page.view
        qtbot.waitUntil(lambda: view.visit is not None and not view.visit.is_open)
        assert visits(page) == 1  # told of twice, and listed once
        assert view.visit is not None
        wanted = VisitOutcome.PASSED if through else VisitOutcome.ACCEPTED
        assert view.visit.outcome is wanted
        assert ("This program and the real server" in words_on(page)) is not through
        page.stop()
        assert bar.address.isEnabled()


def test_an_address_that_is_none_is_said(qtbot: QtBot, page: ServingPage) -> None:
    page.bar.purpose.setCurrentIndex(1)
    page.bar.address.setText("no such scheme://x")
    page.start()
    qtbot.waitUntil(lambda: "is not the address" in page.bar.address_row.note.text())
    assert page.banner is None
    assert page.bar.button.isEnabled()
