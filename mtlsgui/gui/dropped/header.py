"""The top of the page of dropped files."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.widgets.buttons import (
    CopyButton,
    MenuButton,
    link_button,
    plain_button,
    primary_button,
)

translate = QCoreApplication.translate


class DropHeader(PageHeader):
    """In a narrow place it leaves out the buttons of what menus have too.

    saving: the menu of the button "Save as". pem: what the button "Copy" copies.
    """

    def __init__(
        self, desk: Desk, saving: QMenu, pem: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, "", parent=parent)
        self._found = False
        self.back_button = link_button(translate("Dropped", "Back"))
        self.back_button.setToolTip(translate("Dropped", "What was dropped before"))
        desk.theme.icons.bind(self.back_button, "chevron-left", "accent_text")
        self.open_button = plain_button(translate("Dropped", "Open…"))
        self.convert_button = plain_button(translate("Dropped", "Convert…"))
        self.save_button = MenuButton(translate("Dropped", "Save as"), saving)
        self.copy_button = CopyButton(
            pem, desk.clipboard, what=translate("Dropped", "as PEM"), link=False
        )
        self.import_button = primary_button(translate("Dropped", "Import"))
        self._buttons = (
            self.open_button,
            self.convert_button,
            self.save_button,
            self.copy_button,
            self.import_button,
        )
        self.add_left(self.back_button)
        self.add_right(*self._buttons)

    def show_buttons(self, *, back: bool, found: bool) -> None:
        """back: there is an earlier drop. found: there is something to do something with."""
        self._found = found
        self.back_button.setVisible(back)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = [*self._buttons] if self._found else []
        room = self.width() - self.title.sizeHint().width() - 5 * GAP_LARGE
        if not self.back_button.isHidden():
            room -= self.back_button.sizeHint().width()
        for spare in (self.open_button, self.copy_button, self.save_button):
            if sum(each.sizeHint().width() + GAP_SMALL for each in shown) <= room:
                break
            if spare in shown:
                shown.remove(spare)
        for button in self._buttons:
            button.setVisible(button in shown)
