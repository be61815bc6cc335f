"""Fields beside and below each other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP

_COLUMN = 230
"""Pixels that a field wants at a 13 px font."""
_MOST_COLUMNS = 4


class ColumnGrid(QWidget):
    """Fields in rows of as many as there is room for, four at most."""

    def __init__(
        self, theme: Theme, fields: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fields = fields
        self._column = round(_COLUMN * theme.sizes.control / 30)
        self._count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, GAP, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP)
        self._place(_MOST_COLUMNS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(min(max(self.width() // self._column, 1), _MOST_COLUMNS))

    def _place(self, count: int) -> None:
        if count == self._count:
            return
        self._count = count
        for number, field in enumerate(self._fields):
            row, column = divmod(number, count)
            self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, int(column < count))
