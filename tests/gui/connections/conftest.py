"""The page of one connection test over a real workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtlsgui.gui.connections.testing.page import TestPage
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace.workspace import Workspace
from tests.tls.papers import NOW
from tests.workspace.support import PASSPHRASE, Clock, LocalVaults, make_root


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def ws(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    vaults = LocalVaults(tmp_path / "computer")
    with Workspace.open(tmp_path / "workspace", vaults, clock=clock, actor="t@here") as made:
        made.custody.set_up("file", PASSPHRASE)
        yield made


@pytest.fixture
def root(ws: Workspace) -> CertificateRow:
    return make_root(ws)


@pytest.fixture
def desk(ws: Workspace, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    made = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
    yield made
    assert jobs.close(), "a task outlived its test"
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TestPage:
    made = TestPage(desk, KeyAccess(desk))
    made.resize(1100, 700)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made
