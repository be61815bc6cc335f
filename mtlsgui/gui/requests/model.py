"""Requests as a table, newest first, and the pill in the column of states."""

from enum import IntEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.local_time import local_time
from mtlsgui.gui.paged_table import ROW_ROLE, Index, PagedTableModel
from mtlsgui.gui.requests import wording
from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.gui.widgets.pill import paint_pill
from mtlsgui.gui.widgets.rows import RowDelegate
from mtlsgui.inventory.records import RequestRow, RequestState
from mtlsgui.workspace.workspace import Workspace


class Column(IntEnum):
    """The columns from the left."""

    NAME = 0
    STATE = 1
    WHEN = 2


class RequestsModel(PagedTableModel[RequestRow]):
    """Those requests that a search and a state leave."""

    def __init__(self, ws: Workspace, parent: QObject | None = None) -> None:
        super().__init__(("", "", ""), parent)
        self._titles = (self.tr("Name"), self.tr("State"), self.tr("Since"))
        self._ws = ws
        self._search = ""
        self._state: RequestState | None = None
        self.reload()

    @property
    def search(self) -> str:
        """Words that all occur in a request."""
        return self._search

    @property
    def state(self) -> RequestState | None:
        """The one state shown; None for all."""
        return self._state

    def narrow_down(self, search: str, state: RequestState | None) -> None:
        """Show only these requests."""
        if (search, state) != (self._search, self._state):
            self._search, self._state = search, state
            self.reload()

    def read_count(self) -> int:
        return self._ws.inventory.requests.count(state=self._state, search=self._search)

    def read_page(self, offset: int, limit: int) -> list[RequestRow]:
        return self._ws.inventory.requests.page(
            offset, limit, state=self._state, search=self._search
        )

    def key(self, row: RequestRow) -> int:
        return row.id

    def text(self, row: RequestRow, column: int) -> str:
        match column:
            case Column.NAME:
                return visible(row.name or row.subject)
            case Column.STATE:
                return wording.state_text(row.state)
            case _:
                return local_time(row.added_at)


class StateDelegate(RowDelegate):
    """Paints the state as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        text, ground.text = ground.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        row = index.data(ROW_ROLE)
        if isinstance(row, RequestRow):
            painter.save()
            painter.setFont(option.font)
            place = option.rect.adjusted(GAP_SMALL, 0, -4, 0)
            paint_pill(painter, place, text, wording.TONES[row.state], self.theme.tokens)
            painter.restore()
