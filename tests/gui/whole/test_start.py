"""The window as it comes up."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from mtlsgui.gui.authorities.page import AuthoritiesPage
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.desktop import Desktop
from tests.gui.keeping.support import make_root, wait_for_focus


def test_the_keyboard_begins_where_the_first_authority_is_made(
    qtbot: QtBot, desktop: Desktop
) -> None:
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPushButton))
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == desktop.registry["authority.new"].text().replace("&", "")


def test_the_keyboard_begins_in_the_list(
    qtbot: QtBot, desk: Desk, opened_elsewhere: list[Path]
) -> None:
    make_root(desk.ws)
    desktop = Desktop(desk, opened_elsewhere.append)
    qtbot.addWidget(desktop.window)
    desktop.show()
    page = desktop.window.page("authorities")
    assert isinstance(page, AuthoritiesPage)
    wait_for_focus(qtbot, page.tree)
    qtbot.waitUntil(lambda: desk.jobs.running == 0)
    desktop.window.close()
