"""The live list of visits: the newest first, 1,000 are kept."""

from collections import deque
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QWidget

from mtlsgui.gui.connections.serving import wording
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.widgets.pill import paint_pill, pill_size
from mtlsgui.gui.widgets.rows import TwoLineDelegate
from mtlsgui.tls.serving.visit import Visit

Index = QModelIndex | QPersistentModelIndex

MOST = 1_000
SECOND_ROLE = Qt.ItemDataRole.UserRole + 1
VISIT_ROLE = Qt.ItemDataRole.UserRole + 2


class VisitsModel(QAbstractListModel):
    """One row a visit, the newest at the top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visits: deque[Visit] = deque()

    def add(self, visit: Visit) -> None:
        """Put one at the top; the oldest goes where there are too many.

        One that is told of again, as it ended meanwhile, stays where it is.
        """
        for row, each in enumerate(self._visits):
            if each.number == visit.number:
                self._visits[row] = visit
                self.dataChanged.emit(self.index(row), self.index(row))
                return
        if len(self._visits) == MOST:
            self.beginRemoveRows(QModelIndex(), MOST - 1, MOST - 1)
            self._visits.pop()
            self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._visits.appendleft(visit)
        self.endInsertRows()

    def clear(self) -> None:
        """Forget them all."""
        self.beginResetModel()
        self._visits.clear()
        self.endResetModel()

    def visit(self, index: Index) -> Visit | None:
        """The visit of a row."""
        return self._visits[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._visits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        visit = self.visit(index)
        if visit is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return wording.who(visit)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{wording.who(visit)}, {_second(visit)}, {wording.outcome_text(visit)}"
            case _ if role == SECOND_ROLE:
                return _second(visit)
            case _ if role == VISIT_ROLE:
                return visit
        return None


def _second(visit: Visit) -> str:
    behind = visit.upstream.errors if visit.upstream is not None else ()
    wrong = [each.title for each in (*visit.problems, *behind) if not each.is_warning]
    what = wrong[0] if wrong else visit.request
    return " · ".join(part for part in (f"{visit.at.astimezone():%H:%M:%S}", what) if part)


class _VisitDelegate(TwoLineDelegate):
    """The outcome stands as a pill at the right."""

    def room(self, option: QStyleOptionViewItem, index: Index) -> int:
        visit: Visit = index.data(VISIT_ROLE)
        return pill_size(wording.outcome_text(visit), option.font).width() + 16

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        visit: Visit = index.data(VISIT_ROLE)
        painter.setFont(option.font)
        room = self.room(option, index)
        place = option.rect.adjusted(option.rect.width() - room, 0, -12, 0)
        text, tone = wording.outcome_text(visit), wording.outcome_tone(visit)
        paint_pill(painter, place, text, tone, self.theme.tokens)


class VisitList(QListView):
    """The list; the row that is chosen stays chosen while others come."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visits = VisitsModel(self)
        self.setModel(self.visits)
        self.setItemDelegate(_VisitDelegate(theme, SECOND_ROLE, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(self.tr("Clients that came"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
