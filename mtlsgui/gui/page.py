"""The top of a page: title, search and filters at the left, actions at the right."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.widgets.labels import ElidedLabel, label


class PageHeader(QFrame):
    """A bar of 52 px with a page's title and tools."""

    def __init__(
        self, theme: Theme, title: str, subtitle: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.setFixedHeight(theme.sizes.tool_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_LARGE, 0, GAP_LARGE, 0)
        row.setSpacing(GAP_LARGE)
        self.title = label(title, "title")
        row.addWidget(self.title)
        self.subtitle = ElidedLabel(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        row.addWidget(self.subtitle)
        self._left = QHBoxLayout()
        self._right = QHBoxLayout()
        for part in (self._left, self._right):
            part.setSpacing(GAP_SMALL)
        row.addLayout(self._left)
        row.addStretch()
        row.addLayout(self._right)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Show another title."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def add_left(self, *widgets: QWidget) -> None:
        """Add search and filters."""
        for widget in widgets:
            self._left.addWidget(widget)

    def add_right(self, *widgets: QWidget) -> None:
        """Add actions, the primary one last."""
        for widget in widgets:
            self._right.addWidget(widget)
