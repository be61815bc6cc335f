"""The view of the tree: what a value is beside its type, broken ones said in words."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from mtlsgui.gui.asn1.model import ROW_ROLE, Asn1Model, Column, Index, Row
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.gui.widgets.rows import RowDelegate

_WIDTHS = {Column.WHAT: 320, Column.OFFSET: 70, Column.LENGTH: 70}
_NARROW = 620
"""Pixels at a 13 px font, below which offset and length stand only under the tree."""
_NARROW_WHAT = 190
_OPENED = 60
"""Values that may be open at first; a longer structure starts with less of it open."""


class _Delegate(RowDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index):  # type: ignore[no-untyped-def]
        size = super().sizeHint(option, index)
        size.setHeight(round(self.theme.sizes.row * 0.8))
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        text, cell.text = cell.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, option.widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        muted = "quiet" if selected else "muted"
        rect = option.rect.adjusted(4, 0, -4, 0)
        painter.save()
        match Column(index.column()):
            case Column.WHAT if row.node.label:
                used = self._draw(painter, rect, text, "text")
                rest = rect.adjusted(used + GAP_SMALL, 0, 0, 0)
                self._draw(painter, rest, row.type, muted)
            case Column.WHAT:
                self._draw(painter, rect, text, "text" if row.node.name else muted)
            case Column.VALUE:
                broken = "bad_text" if row.node.problem and not selected else "text"
                self._draw(painter, rect, text, broken)
            case _:
                self._draw(painter, rect, text, muted, right=True)
        painter.restore()

    def _draw(
        self, painter: QPainter, rect: QRect, text: str, colour: str, *, right: bool = False
    ) -> int:
        """Draws the text in the rectangle; gives the pixels that it took."""
        if rect.width() <= 0 or not text:
            return 0
        metrics = QFontMetrics(self.theme.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self.theme.font())
        painter.setPen(self.theme.colour(colour))
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)


class Asn1Tree(QTreeView):
    """Shows an Asn1Model."""

    def __init__(self, theme: Theme, model: Asn1Model, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setIndentation(round(theme.sizes.indent * 0.8))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(False)  # files dropped here are for the window
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setAccessibleName(self.tr("ASN.1 values"))
        header = self.header()
        header.setSectionsMovable(False)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        grow = theme.sizes.control / 30
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, round(width * grow))
        self._wide: bool | None = None

    def open_first(self) -> None:
        """Open the outer values, as long as that makes no long list; select the first."""
        opened, level = 0, [self._model.index(at, 0) for at in range(self._model.rowCount())]
        while level and opened + len(level) <= _OPENED:
            below = []
            for index in level:
                if self._model.canFetchMore(index):
                    self._model.fetchMore(index)
                below += [
                    self._model.index(at, 0, index) for at in range(self._model.rowCount(index))
                ]
            if opened and opened + len(level) + len(below) > _OPENED:
                break
            for index in level:
                self.expand(index)
            opened += len(level)
            level = below
        self.setCurrentIndex(self._model.index(0, 0))
        self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        grow = self._theme.sizes.control / 30
        wide = self.width() >= _NARROW * grow
        if wide != self._wide:
            self._wide = wide
            for column in (Column.OFFSET, Column.LENGTH):
                self.setColumnHidden(column, not wide)
            what = _WIDTHS[Column.WHAT] if wide else _NARROW_WHAT
            self.setColumnWidth(Column.WHAT, round(what * grow))
