"""The table of a scan: rows come in batches; they are sorted and filtered in memory."""

from collections import Counter
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.connections.scanning import wording
from mtlsgui.gui.connections.scanning.wording import Group
from mtlsgui.gui.paged_table import ROW_ROLE, PagedTable
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.pill import paint_pill
from mtlsgui.gui.widgets.rows import RowDelegate
from mtlsgui.tls.scanning.messages import ScanRow

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    SERVER = 0
    RESULT = 1
    SENTENCE = 2
    EXPIRES = 3
    VERSION = 4
    REQUIRES = 5
    TIME = 6


_WIDTHS = (230, 130, 0, 110, 70, 100, 70)
_ROOM_FOR_SENTENCE = 200
"""Pixels at a 13 px font: with less, columns are left out, the least telling first."""
_LEFT_OUT = (Column.VERSION, Column.TIME, Column.EXPIRES, Column.REQUIRES)
_LATEST = float("inf")
_KEYS: dict[Column, Callable[[ScanRow], Any]] = {
    Column.SERVER: lambda row: row.target.lower(),
    Column.RESULT: wording.outcome_text,
    Column.SENTENCE: lambda row: row.sentence,
    Column.EXPIRES: lambda row: row.expires.timestamp() if row.expires else _LATEST,
    Column.VERSION: lambda row: row.version,
    Column.REQUIRES: wording.needs_text,
    Column.TIME: lambda row: _LATEST if row.ms is None else row.ms,
}


class ScanModel(QAbstractTableModel):
    """All rows are kept; those of one group are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ScanRow] = []
        self._shown: list[ScanRow] = []
        self._group = Group.ALL
        self.counts: Counter[Group] = Counter()

    @property
    def rows(self) -> Sequence[ScanRow]:
        """All of them, in the order that they came in."""
        return self._rows

    def add(self, rows: Sequence[ScanRow]) -> None:
        """Append a batch."""
        self._rows.extend(rows)
        self.counts.update(map(wording.group_of, rows))
        wanted = [row for row in rows if self._is_wanted(row)]
        if wanted:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(wanted) - 1)
            self._shown.extend(wanted)
            self.endInsertRows()

    def clear(self) -> None:
        """Forget all rows."""
        self.beginResetModel()
        self._rows, self._shown = [], []
        self.counts.clear()
        self.endResetModel()

    def show_group(self, group: Group) -> None:
        """Show the rows of one group."""
        self.beginResetModel()
        self._group = group
        self._shown = [row for row in self._rows if self._is_wanted(row)]
        self.endResetModel()

    def row(self, index: Index) -> ScanRow | None:
        """What a line of the table is about."""
        return self._shown[index.row()] if index.isValid() else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self.beginResetModel()
        self._shown.sort(key=_KEYS[Column(column)], reverse=order == Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.SERVER: self.tr("Server"),
            Column.RESULT: self.tr("Result"),
            Column.SENTENCE: self.tr("What was found"),
            Column.EXPIRES: self.tr("Valid until"),
            Column.VERSION: self.tr("TLS"),
            Column.REQUIRES: self.tr("Client cert."),
            Column.TIME: self.tr("Time"),
        }[Column(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(row, Column(index.column()))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._text(row, Column(index.column())))
            case _ if role == ROW_ROLE:
                return row
        return None

    def _text(self, row: ScanRow, column: Column) -> str:
        match column:
            case Column.SERVER:
                return row.target
            case Column.RESULT:
                return wording.outcome_text(row)
            case Column.SENTENCE:
                return row.sentence
            case Column.EXPIRES:
                return words.day(row.expires) if row.expires else ""
            case Column.VERSION:
                return row.version.removeprefix("TLS ")
            case Column.REQUIRES:
                return wording.needs_text(row)
            case Column.TIME:
                return "" if row.ms is None else self.tr("{:.0f} ms").format(row.ms)

    def _is_wanted(self, row: ScanRow) -> bool:
        return self._group is Group.ALL or wording.group_of(row) is self._group


class _ResultDelegate(RowDelegate):
    """Draws the result as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ScanRow = index.data(ROW_ROLE)
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        painter.setFont(option.font)
        place = option.rect.adjusted(GAP_SMALL, 0, -GAP_SMALL, 0)
        text, tone = wording.outcome_text(row), wording.tone_of(row)
        paint_pill(painter, place, text, tone, self.theme.tokens)


class ScanTable(PagedTable):
    """The table; a click on a title sorts."""

    def __init__(self, theme: Theme, model: ScanModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, "", _WIDTHS, parent)
        self._grow = theme.sizes.row / 30
        self.setAccessibleName(self.tr("Results"))
        self.setItemDelegateForColumn(Column.RESULT, _ResultDelegate(theme, self))
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(model.sort)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.viewport().width() - round((sum(_WIDTHS) + _ROOM_FOR_SENTENCE) * self._grow)
        for column in _LEFT_OUT:
            self.setColumnHidden(column, room < 0)
            if room < 0:
                room += round(_WIDTHS[column] * self._grow)
        super().resizeEvent(event)
