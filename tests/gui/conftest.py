"""What the tests of the window share: one theme, jobs that are closed, settings in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import SchemePreference, Theme


@pytest.fixture(autouse=True)
def nothing_left_over(qapp: QApplication) -> Iterator[None]:
    """Really delete the widgets of each test, which Qt otherwise puts off to the next loop."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Theme:
    return Theme(qapp, SchemePreference.LIGHT)


@pytest.fixture
def theme(session_theme: Theme) -> Iterator[Theme]:
    session_theme.set_preference(SchemePreference.LIGHT)
    yield session_theme
    session_theme.set_preference(SchemePreference.LIGHT)


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close(), "a task outlived its test"


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
