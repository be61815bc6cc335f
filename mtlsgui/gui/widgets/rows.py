"""Delegates for rows of lists and trees: their height, and two lines of text in one row."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mtlsgui.gui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Rows of 30 px (grown with the font), without the dotted frame around the current cell."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self.theme.sizes.row)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class TwoLineDelegate(RowDelegate):
    """A bold line and a muted one below it; the second is in `second_role`.

    elide: which part of a line that is too long is left out.
    """

    elide = Qt.TextElideMode.ElideRight

    def __init__(self, theme: Theme, second_role: int, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self._second_role = second_role

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self.theme.sizes.row_two_lines)

    def indent(self, _option: QStyleOptionViewItem, _index: Index) -> int:
        """Pixels that the two lines leave free at the left."""
        return 0

    def room(self, _option: QStyleOptionViewItem, _index: Index) -> int:
        """Pixels that the two lines leave free at the right."""
        return 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        tokens, room = self.theme.tokens, self.room(option, index)
        rect = option.rect.adjusted(18 + self.indent(option, index), 0, -12 - room, 0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        bold = self.theme.font(strong=True)
        line = QFontMetrics(bold).height()
        top = rect.top() + (rect.height() - 2 * line) // 2
        second = str(index.data(self._second_role) or "")
        painter.save()
        for text, font, colour, y in (
            (str(index.data() or ""), bold, tokens.text if enabled else tokens.muted, top),
            (second, self.theme.font(), tokens.quiet if selected else tokens.muted, top + line),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            place = QRect(rect.left(), y, rect.width(), line)
            shown = QFontMetrics(font).elidedText(text, self.elide, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
