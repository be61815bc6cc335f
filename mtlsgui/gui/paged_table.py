"""A table over rows that are read page by page, newest first, when they are first looked at."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.rows import RowDelegate

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

PAGE = 200
_PAGES_KEPT = 20
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """Subclasses say how many rows there are, read pages of them, and what cells say.

    Rows are ordered by a number that only grows, the newest first; `key` gives it.
    """

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._count = 0
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()

    # -- what subclasses say

    def read_count(self) -> int:
        """How many rows there are now."""
        raise NotImplementedError

    def read_page(self, offset: int, limit: int) -> list[Row]:
        """The rows from `offset` on."""
        raise NotImplementedError

    def key(self, row: Row) -> int:
        """The number that rows are ordered by."""
        raise NotImplementedError

    def text(self, row: Row, column: int) -> str:
        """What a cell says."""
        raise NotImplementedError

    # -- rows

    def row(self, at: int) -> Row | None:
        """The row at this place; None where it was taken away meanwhile."""
        number = at // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self.read_page(number * PAGE, PAGE)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[at % PAGE] if at % PAGE < len(page) else None

    def find(self, key: int) -> int:
        """The place of the row with this key; -1 where there is none."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            row = self.row(middle)
            if row is None or self.key(row) <= key:
                high = middle
            else:
                low = middle + 1
        found = self.row(low) if low < self._count else None
        return low if found is not None and self.key(found) == key else -1

    def reload(self) -> None:
        """Read everything anew; the selection is lost."""
        self.beginResetModel()
        self._pages.clear()
        self._count = self.read_count()
        self.endResetModel()

    def add_newer(self) -> bool:
        """Take over rows that came on top, keeping what is selected; False where rows went."""
        count = self.read_count()
        if count < self._count:
            return False
        if count > self._count:
            self.beginInsertRows(QModelIndex(), 0, count - self._count - 1)
            self._pages.clear()
            self._count = count
            self.endInsertRows()
        return True

    # -- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.text(row, index.column()))
        if role == ROW_ROLE:
            return row
        return None


class CellDelegate(RowDelegate):
    """Cells with room beside their text, the first in line with the page's title."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        text, cell.text = cell.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, option.widget)
        rect = option.rect.adjusted(GAP_LARGE if index.column() == 0 else GAP_SMALL, 0, -4, 0)
        shown = cell.fontMetrics.elidedText(text, cell.textElideMode, rect.width())
        painter.save()
        painter.setPen(self.theme.colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class PagedTable(QTableView):
    """Whole rows are chosen; one column takes the width that the others leave."""

    def __init__(
        self,
        theme: Theme,
        model: QAbstractTableModel,
        name: str,
        widths: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        """widths: of the columns, in pixels at a 13 px font; 0 for the one that takes the rest."""
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAcceptDrops(False)  # files dropped here are for the window
        vertical, header = self.verticalHeader(), self.horizontalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(theme.sizes.row)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # The titles stand where the cells' texts do.
        header.setStyleSheet(
            f"QHeaderView::section {{ padding-left: {GAP_SMALL}px; }}"
            f"QHeaderView::section:first {{ padding-left: {GAP_LARGE}px; }}"
        )
        header.setHighlightSections(False)
        header.setMinimumSectionSize(56)
        header.setSectionsClickable(False)
        grow = theme.sizes.row / 30
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, round(width * grow))
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def choose(self, at: int) -> None:
        """Select a row and bring it into sight; -1 for none."""
        if at < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.setCurrentIndex(self.model().index(at, 0))
