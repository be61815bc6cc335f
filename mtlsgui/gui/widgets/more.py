"""What is seldom needed, behind one click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme


class MoreSection(QWidget):
    """A line "More" with an arrow that opens and closes; fill `body`."""

    toggled = Signal(bool)

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.button = QPushButton(title or self.tr("More"))
        self.button.setProperty("kind", "quiet")
        self.button.setCheckable(True)
        self.button.setAutoDefault(False)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setAccessibleName(self.button.text())
        self._content = QWidget()
        self._content.setVisible(False)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._content)
        theme.icons.bind(self.button, "chevron-right", "accent_text")
        self.button.toggled.connect(self._toggle)

    def set_open(self, is_open: bool) -> None:
        """Open or close it."""
        self.button.setChecked(is_open)

    @property
    def is_open(self) -> bool:
        """Whether the body is shown."""
        return self.button.isChecked()

    def _toggle(self, is_open: bool) -> None:
        icon = "chevron-down" if is_open else "chevron-right"
        self._theme.icons.bind(self.button, icon, "accent_text")
        self._content.setVisible(is_open)
        self.toggled.emit(is_open)
