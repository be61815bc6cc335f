"""Buttons, as factory functions: the look is a property, the behaviour is Qt's own."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from mtlsgui.gui.theme.theme import Theme


def _button(text: str, kind: str, parent: QWidget | None) -> QPushButton:
    button = QPushButton(text, parent)
    if kind:
        button.setProperty("kind", kind)
    # A ring shows where the keyboard is; a click with the mouse leaves the focus in its field.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAutoDefault(False)
    button.setAccessibleName(text.replace("&", ""))
    return button


def primary_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """The one likely action of a view."""
    return _button(text, "primary", parent)


def plain_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Any other action."""
    return _button(text, "", parent)


def danger_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Leads to something that destroys (the question comes after it)."""
    return _button(text, "danger", parent)


def destroy_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """The confirmation that destroys, in the dialog that has said what goes."""
    return _button(text, "destroy", parent)


def link_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """A quiet action that reads as a link."""
    button = _button(text, "quiet", parent)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def tool_button(theme: Theme, icon: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """A button that is only an icon; `name` is its tooltip and accessible name."""
    button = QToolButton(parent)
    button.setProperty("kind", "tool")
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    theme.icons.bind(button, icon)
    return button


class MenuButton(QPushButton):
    """A button that opens a menu: "New ▾". Without text it shows three dots."""

    def __init__(
        self, text: str, menu: QMenu, *, primary: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{text} ▾" if text else "⋯", parent)
        if primary:
            self.setProperty("kind", "primary")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        name = text.replace("&", "") or QCoreApplication.translate("MenuButton", "More actions")
        self.setAccessibleName(name)
        if not text:
            self.setToolTip(name)
        self.setMenu(menu)


class CopyButton(QPushButton):
    """A "Copy" link or button that says "Copied" for a moment.

    text: called at the click, so that large texts are made only when wanted.
    caption: what it says instead of "Copy".
    """

    def __init__(
        self,
        text: Callable[[], str],
        clipboard: QClipboard,
        *,
        what: str = "",
        caption: str = "",
        link: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._clipboard = text, clipboard
        self._caption = caption or self.tr("Copy")
        if link:
            self.setProperty("kind", "quiet")
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setAccessibleName(self.tr("Copy {}").format(what) if what else self.tr("Copy"))
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(1500)
        self._back.timeout.connect(self._show_copy)
        self.clicked.connect(self._copy)
        self.setText(self.tr("Copied"))
        copied = self.sizeHint().width()
        self._show_copy()
        self.setMinimumWidth(max(copied, self.sizeHint().width()))

    def _show_copy(self) -> None:
        self.setText(self._caption)

    def _copy(self) -> None:
        self._clipboard.setText(self._text())
        self.setText(self.tr("Copied"))
        self._back.start()
