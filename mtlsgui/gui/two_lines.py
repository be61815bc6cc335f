"""A list of things in two lines with a state at the right, quick with many thousand rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.pill import paint_pill, pill_size
from mtlsgui.gui.widgets.rows import TwoLineDelegate

Index = QModelIndex | QPersistentModelIndex

SECOND_ROLE = Qt.ItemDataRole.UserRole + 1
PILL_ROLE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Line:
    """One row. pill: a state in a word, with what it says; empty for none."""

    first: str
    second: str = ""
    pill: str = ""
    tone: Tone = Tone.NEUTRAL


class LinesModel(QAbstractListModel):
    """Rows that come as a whole and do not change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.first
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(line.first)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (line.first, line.second, line.pill) if part)
            case _ if role == SECOND_ROLE:
                return line.second
            case _ if role == PILL_ROLE:
                return line
        return None


class _LineDelegate(TwoLineDelegate):
    """Leaves room at the right for the pill; the ends of long names tell files apart."""

    elide = Qt.TextElideMode.ElideMiddle

    def room(self, option: QStyleOptionViewItem, index: Index) -> int:
        line = index.data(PILL_ROLE)
        return pill_size(line.pill, option.font).width() + 16 if line.pill else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        line, room = index.data(PILL_ROLE), self.room(option, index)
        if room:
            painter.setFont(option.font)
            right = option.rect.adjusted(option.rect.width() - room, 0, -12, 0)
            paint_pill(painter, right, line.pill, line.tone, self.theme.tokens)


class LineList(QListView):
    """The list: read, not chosen from. rows: how many are seen without scrolling, at most."""

    def __init__(
        self, theme: Theme, name: str, *, rows: int = 5, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._rows = theme, rows
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_LineDelegate(theme, SECOND_ROLE, self))
        self.setProperty("role", "card")
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these rows."""
        self.lines.set_lines(lines)
        wanted = self._height(min(len(lines), self._rows))
        self.setMinimumHeight(self._height(min(len(lines), self._rows, 3)))
        if len(lines) <= self._rows:
            self.setFixedHeight(wanted)
        else:
            self.setMaximumHeight(16_777_215)  # QWIDGETSIZE_MAX: no limit
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        shown = min(self.lines.rowCount(), self._rows)
        return QSize(super().sizeHint().width(), self._height(shown))

    def _height(self, rows: int) -> int:
        return rows * self._theme.sizes.row_two_lines + 2 * self.frameWidth()
