"""How a row of the tree is painted: icon by kind, name, tags, status pill, muted facts."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyleOptionViewItem,
    QToolTip,
)

from mtlsgui.gui.authorities import wording
from mtlsgui.gui.authorities.tree_model import CERTIFICATE_ROLE, Column
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.pill import paint_pill
from mtlsgui.gui.widgets.rows import RowDelegate
from mtlsgui.inventory.records import CertificateRow

Index = QModelIndex | QPersistentModelIndex

ICON_GAP = 10
"""Pixels between the expander and the icon, and between the icon and the name."""
_CELL_GAP = 8
_CHIP_PADDING = 5
_LEAST_NAME = 60  # pixels that a name keeps before a tag is left out


class CertificateDelegate(RowDelegate):
    """Paints the cells of certificates; the ground and the focus ring are the view's."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(CERTIFICATE_ROLE)
        if not isinstance(row, CertificateRow):
            return
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, ground, painter, option.widget
        )
        painter.save()
        painter.setClipRect(option.rect)
        painter.setFont(option.font)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        match index.column():
            case Column.NAME:
                self._paint_name(painter, option.rect, row, selected)
            case Column.STATUS:
                rect = option.rect.adjusted(_CELL_GAP, 0, -_CELL_GAP // 2, 0)
                text = wording.status_text(row.status)
                tone = wording.STATUS_TONES[row.status]
                paint_pill(painter, rect, text, tone, self.theme.tokens)
            case column:
                self._paint_fact(painter, option.rect, str(index.data()), column, selected)
        painter.restore()

    def _paint_name(
        self, painter: QPainter, rect: QRect, row: CertificateRow, selected: bool
    ) -> None:
        side = self.theme.sizes.icon
        name, tone = wording.kind_icon(row.kind)
        left = rect.left() + ICON_GAP
        place = QRectF(left, rect.top() + (rect.height() - side) // 2, side, side)
        self.theme.icons.paint(painter, place, name, tone)
        left += side + ICON_GAP - 3
        if row.color in wording.LABEL_COLOURS:
            left += self._paint_label(painter, left, rect, wording.LABEL_COLOURS[row.color])
        room = rect.right() - left - _CELL_GAP // 2
        metrics = QFontMetrics(painter.font())
        wanted = metrics.horizontalAdvance(row.name)
        chips = self._chips(row.tags, metrics, room - min(wanted, max(_LEAST_NAME, room // 2)))
        room_for_name = room - sum(width + _CELL_GAP for _, width in chips)
        shown = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room_for_name)
        painter.setPen(self.theme.colour("text"))
        area = QRect(left, rect.top(), room_for_name, rect.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
        left += min(wanted, room_for_name) + _CELL_GAP
        for text, width in chips:
            self._paint_chip(painter, QRect(left, rect.top(), width, rect.height()), text, selected)
            left += width + _CELL_GAP

    def _paint_label(self, painter: QPainter, left: int, rect: QRect, colour: str) -> int:
        """A dot in the colour label's colour; returns the room it took."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = self.theme.colour("text") if self.theme.high_contrast else QColor(colour)
        painter.setPen(outline)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(left + 4.5, rect.center().y() + 0.5), 4.0, 4.0)
        painter.restore()
        return 14

    @staticmethod
    def _chips(tags: tuple[str, ...], metrics: QFontMetrics, room: int) -> list[tuple[str, int]]:
        """The tags that fit beside the name, with their widths."""
        fitting = []
        for tag in tags:
            width = metrics.horizontalAdvance(tag) + 2 * _CHIP_PADDING
            room -= width + _CELL_GAP
            if room < 0:
                break
            fitting.append((tag, width))
        return fitting

    def _paint_chip(self, painter: QPainter, rect: QRect, text: str, selected: bool) -> None:
        height = QFontMetrics(painter.font()).height() + 2
        place = QRectF(rect.left() + 0.5, rect.top() + (rect.height() - height) // 2 + 0.5, 0, 0)
        place.setSize(QRectF(0, 0, rect.width() - 1, height - 1).size())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.theme.colour("field_line" if selected else "line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(self.theme.colour("quiet" if selected else "muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_fact(
        self, painter: QPainter, rect: QRect, text: str, column: int, selected: bool
    ) -> None:
        if column == Column.SERIAL:
            painter.setFont(self.theme.monospace())
        muted = "quiet" if selected else "muted"
        painter.setPen(self.theme.colour("text" if column == Column.EXPIRES else muted))
        area = rect.adjusted(_CELL_GAP, 0, -_CELL_GAP // 2, 0)
        shown = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """What the tooltip adds, with the whole text before it where it is cut."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        text = str(index.data() or "")
        taken = 2 * ICON_GAP + self.theme.sizes.icon + 14 if index.column() == Column.NAME else 16
        room = option.rect.width() - taken
        whole = text if QFontMetrics(view.font()).horizontalAdvance(text) > room else ""
        more = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        text = "\n".join(part for part in (whole, more) if part)
        QToolTip.showText(event.globalPos(), plain_tip(text), view)
        return True
