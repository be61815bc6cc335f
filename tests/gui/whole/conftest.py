"""The whole window, over a workspace whose keys are in a keyring of this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.desktop import Desktop
from tests.gui.keeping.conftest import desk, vaults, ws

__all__ = ["desk", "vaults", "ws"]


@pytest.fixture
def opened_elsewhere() -> list[Path]:
    """Workspaces that were to be opened in windows of their own."""
    return []


@pytest.fixture
def desktop(qtbot: QtBot, desk: Desk, opened_elsewhere: list[Path]) -> Iterator[Desktop]:
    made = Desktop(desk, opened_elsewhere.append)
    qtbot.addWidget(made.window)
    made.show()
    qtbot.waitExposed(made.window)
    qtbot.waitUntil(lambda: desk.jobs.running == 0)
    yield made
    made.window.close()
