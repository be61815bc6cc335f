"""The quiet list: a muted label, a plain value that wraps, can be selected, and copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE
from mtlsgui.gui.widgets.buttons import CopyButton
from mtlsgui.gui.widgets.flow import clear_layout
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.value import ValueText


class FieldList(QWidget):
    """Two columns: what it is, and what it says.

    label_width: width of the label column in pixels at a 13 px font.
    """

    def __init__(
        self,
        theme: Theme,
        clipboard: QClipboard,
        *,
        label_width: int = 100,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._clipboard = theme, clipboard
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(10)
        self._label_width = round(label_width * theme.sizes.control / 30)
        self._grid.setColumnMinimumWidth(0, self._label_width)
        self._grid.setColumnStretch(1, 1)
        self._rows = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def add(
        self,
        name: str,
        value: str,
        *,
        copy: str | None = None,
        monospace: bool = False,
        strong: bool = False,
    ) -> ValueText:
        """Add a row; returns the value's widget.

        copy: text for a "Copy" link after the value (often longer than what is shown).
        """
        shown = ValueText(value, self._theme.monospace() if monospace else None)
        if strong:
            shown.setFont(self._theme.font(strong=True))
        shown.setAccessibleName(f"{name}: {value}")
        if copy is None:
            self.add_widget(name, shown)
            return shown
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_LARGE // 2)
        row.addWidget(shown, 1)
        link = CopyButton(lambda: copy, self._clipboard, what=name)
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        self.add_widget(name, box)
        return shown

    def add_widget(self, name: str, widget: QWidget) -> None:
        """Add a row whose value is any widget."""
        caption = wrapped(name, "muted")
        caption.setFixedWidth(self._label_width)
        caption.setBuddy(widget)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(caption, self._rows, 0, top)
        self._grid.addWidget(widget, self._rows, 1, top)
        self._rows += 1

    def clear(self) -> None:
        """Take all rows away."""
        clear_layout(self._grid)
        self._rows = 0

    @property
    def row_count(self) -> int:
        """How many rows are shown."""
        return self._rows
