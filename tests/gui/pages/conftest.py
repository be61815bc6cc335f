"""A workspace with an open vault, and the desk that pages are given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import CheapVaults, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def unused(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    """A workspace in which nothing was done, not even a vault chosen."""
    with Workspace.open(tmp_path / "w", CheapVaults(), clock=clock, actor="anna@desk") as opened:
        yield opened


@pytest.fixture
def ws(unused: Workspace) -> Workspace:
    unused.custody.set_up("file", "correct horse")
    return unused


@pytest.fixture
def desk(unused: Workspace, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    made = Desk(unused, theme, jobs, settings, QApplication.clipboard(), Changes(unused))
    yield made
    made.changes.stop()
