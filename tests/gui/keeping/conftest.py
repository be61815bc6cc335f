"""One workspace and desk a test, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import LocalVaults, make_desk


@pytest.fixture
def vaults() -> LocalVaults:
    return LocalVaults()


@pytest.fixture
def ws(tmp_path: Path, vaults: LocalVaults) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "workspace", vaults, actor="tester@example") as opened:
        yield opened


@pytest.fixture
def desk(ws: Workspace, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    made = make_desk(ws, theme, jobs, settings)
    yield made
    made.changes.stop()
    assert jobs.close(), "a task outlived its test"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What dialogs stand above."""
    made = QWidget()
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def access(desk: Desk, window: QWidget) -> KeyAccess:
    return KeyAccess(desk, window)
