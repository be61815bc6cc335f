"""The view of the tree: opening, selecting and scrolling over rows that are loaded as needed."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from mtlsgui.gui.authorities.delegate import CertificateDelegate
from mtlsgui.gui.authorities.tree_model import AuthoritiesModel, Column
from mtlsgui.gui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex

_OPENED_AT_ONCE = 24
"""CAs opened in one go; more are when they come into sight."""
_LEAST_NAME = 240
"""Pixels at 100%: below this, the columns are scrolled sideways instead."""


class AuthoritiesTree(QTreeView):
    """Shows an AuthoritiesModel. Remembers what was opened over filters and sorting.

    `chosen` carries the ids selected.
    """

    chosen = Signal(list)
    opened = Signal(int)
    """Enter or a double click on a certificate: its id."""
    menu_wanted = Signal(QPoint)
    """Where on the screen a menu for the selection is to open."""

    def __init__(
        self, theme: Theme, model: AuthoritiesModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._open: set[int] = set()
        # While searching everything is open, but for what was closed by hand.
        self._closed: set[int] = set()
        # The one selected certificate, while it is not loaded.
        self._away = 0
        self._arranging = False
        self._kept: tuple[list[int], int | None] = ([], None)
        self._told: list[int] = []
        self.setItemDelegate(CertificateDelegate(theme, self))
        self.setIndentation(theme.sizes.indent)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAccessibleName(self.tr("Authorities and certificates"))
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self._settle_timer = self._soon(self.settle)
        self._tell_timer = self._soon(self._tell)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        model.rowsRemoved.connect(lambda *_: self._tell_timer.start())
        self.doubleClicked.connect(self._open_certificate)
        self.expanded.connect(self._was_expanded)
        self.collapsed.connect(self._was_collapsed)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._settle_timer.start())
        theme.changed.connect(self._adapt)
        self._open_first()

    def _soon(self, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(0)
        timer.timeout.connect(act)
        return timer

    # -- what is selected

    def selected_ids(self) -> list[int]:
        """The ids of the selected certificates."""
        rows = (self._model.certificate(at) for at in self.selectionModel().selectedRows())
        found = [row.id for row in rows if row is not None]
        return [*found, self._away] if self._away else found

    def current_id(self) -> int | None:
        """The id of the certificate that the keyboard is at."""
        row = self._model.certificate(self.currentIndex())
        return row.id if row is not None else self._away or None

    def reveal(self, certificate_id: int) -> bool:
        """Open the way to a certificate, select it and scroll to it.

        Returns False when the filter hides it. Raises InventoryNotFound.
        """
        index = self._model.locate(certificate_id)
        if not index.isValid():
            return False
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # Qt paints the cell left behind, the ring is the row's

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._arranging:
            self._away = 0
        # While a range grows, only the last state is worth telling.
        self._tell_timer.start()

    def _tell(self) -> None:
        chosen = self.selected_ids()
        if chosen != self._told:
            self._told = chosen
            self.chosen.emit(chosen)

    # -- what is open

    def refresh(self) -> None:
        """Take over what has changed in the inventory; what is in sight now, the rest soon."""
        parents = {self._model.certificate(index.parent()) for index in self._in_sight()}
        self._model.refresh(row.id for row in parents if row is not None)
        self._tell_timer.start()
        self._settle_timer.start()

    def settle(self) -> None:
        """Open what should be open in sight, and load what lies about it."""
        if not self.isVisible():
            return
        budget = _OPENED_AT_ONCE
        for index in self._in_sight():
            row = self._model.certificate(index)
            if row is not None and row.child_count and not self.isExpanded(index):
                wanted = row.id in self._open
                if not self._model.shown_filter.is_empty:
                    wanted = row.id not in self._closed
                if wanted:
                    self.expand(index)
                    budget -= 1
                    if not budget:
                        self._settle_timer.start()
                        break
        self._load_about()

    def _in_sight(self) -> Iterator[QModelIndex]:
        """Rows on the screen, from the top; what is opened on the way is walked through too."""
        index = self.indexAt(QPoint(0, 0))
        height = self.viewport().height()
        while index.isValid() and self.visualRect(index).top() < height:
            yield index
            index = self.indexBelow(index)

    def _load_about(self) -> None:
        """Load more where the end of a part comes near, and let go of what is far.

        What is in sight stays where it is.
        """
        seen = self._seen()
        anchor = QPersistentModelIndex(self.indexAt(QPoint(0, 0)))
        changed = False
        for identity, (first, _last) in list(seen.items()):
            parent = self._model.index_of(identity)
            if first == 0 and self._model.begins_later(parent):
                if self.verticalScrollBar().value() == 0:
                    # Dragged to the very top: there is where a part begins.
                    self._let_go(partial(self._model.restart, parent))
                    del seen[identity]
                    changed = True
                else:
                    # The CA above it gives way, so that its children stay where they are.
                    anchor = QPersistentModelIndex(self._model.index(0, 0, parent))
        before = self._top_of(anchor)
        for identity, (first, last) in seen.items():
            changed |= self._model.extend(self._model.index_of(identity), first, last)
        if not changed:
            return
        # Counted anew, since rows before the first move it.
        for identity, (first, last) in self._seen().items():
            for start, end in self._model.surplus(self._model.index_of(identity), first, last):
                self._unload(identity, start, end)
        self._select_away()
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._top_of(anchor) - before)
        self._settle_timer.start()

    def _seen(self) -> dict[int, tuple[int, int]]:
        """The first and last row in sight of each part, by the id of the CA above it (or 0)."""
        rows = list(self._in_sight())
        # Of the parts that the first row in sight is nested in, only that one row counts.
        above = rows[0].parent() if rows else QModelIndex()
        while above.isValid():
            rows.append(above)
            above = above.parent()
        seen: dict[int, tuple[int, int]] = {}
        for index in rows:
            parent = self._model.certificate(index.parent())
            identity = parent.id if parent is not None else 0
            first, last = seen.get(identity, (index.row(), index.row()))
            seen[identity] = (min(first, index.row()), max(last, index.row()))
        return seen

    def _top_of(self, index: QPersistentModelIndex) -> int:
        """Its y in the viewport."""
        return self.visualRect(index.sibling(index.row(), 0)).top() if index.isValid() else 0

    def _unload(self, identity: int, start: int, end: int) -> None:
        parent = self._model.index_of(identity)
        self._let_go(partial(self._model.unload, parent, start, end))

    def _let_go(self, unload: Callable[[], object]) -> None:
        """Let rows go; a selected one stays selected, as `_away`, several keep them loaded."""
        selected = self.selected_ids()
        if len(selected) > 1:
            return
        self._arranging = True
        self.selectionModel().clearCurrentIndex()  # else it moves on, and the view with it
        unload()
        if selected and not self._model.index_of(selected[0]).isValid():
            self._away = selected[0]
        self._arranging = False

    def _select_away(self) -> None:
        """Select again what was let go, once it is loaded again."""
        index = self._model.index_of(self._away) if self._away else QModelIndex()
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(index, flags.Select | flags.Rows)

    def _open_first(self) -> None:
        """At the start: the roots, and the first authority below the first of them."""
        tops = [self._model.index(at, 0) for at in range(self._model.rowCount())]
        opened = [at for at in tops if self._model.hasChildren(at)][:_OPENED_AT_ONCE]
        if opened:
            self._model.fetchMore(opened[0])
            opened.append(self._model.index(0, 0, opened[0]))
        rows = (self._model.certificate(at) for at in opened)
        self._open = {row.id for row in rows if row is not None}

    def _was_expanded(self, index: QModelIndex) -> None:
        row = self._model.certificate(index)
        if row is None:
            return
        if self._model.shown_filter.is_empty:
            self._open.add(row.id)
        self._closed.discard(row.id)
        self._settle_timer.start()

    def _was_collapsed(self, index: QModelIndex) -> None:
        row = self._model.certificate(index)
        if row is None:
            return
        if self._model.shown_filter.is_empty:
            self._open.discard(row.id)
        else:
            self._closed.add(row.id)
        self._settle_timer.start()

    # -- over a reset

    def _keep(self) -> None:
        self._kept = (self.selected_ids(), self.current_id())

    def _restore(self) -> None:
        """After sorting or filtering: the same selection, where it is still shown."""
        selected, current = self._kept
        if self._model.shown_filter.is_empty:
            self._closed.clear()
        self.settle()
        found = current is not None and self._find_again(current)
        selection = QItemSelection()
        for each in selected:
            index = self._model.index_of(each)
            if index.isValid():
                selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        if not found:
            self.scrollToTop()
        self._tell_timer.start()
        self._settle_timer.start()

    def _find_again(self, current: int) -> bool:
        """Go back to where the keyboard was. Deleted certificates are not found."""
        if self._model.shown_filter.is_empty:
            return self._model.exists(current) and self.reveal(current)
        index = self._model.index_of(current)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        return False

    # -- painting and keys

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().drawRow(painter, option, index)
        selected = self.selectionModel().isRowSelected(index.row(), index.parent())
        current = self.currentIndex()
        ringed = (
            self.hasFocus() and current.row() == index.row() and current.parent() == index.parent()
        )
        if not ringed and not (selected and self._theme.high_contrast):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("accent" if ringed else "text"), 1.5))
        rect = QRectF(0, option.rect.top(), self.viewport().width(), option.rect.height())
        painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.restore()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """A small chevron, no lines."""
        if not self._model.hasChildren(index):
            return
        side = round(self._theme.sizes.icon * 0.75)
        indent = self.indentation()
        place = QRectF(
            rect.right() + 1 - indent + (indent - side) / 2 + 3,
            rect.top() + (rect.height() - side) / 2,
            side,
            side,
        )
        icon = "chevron-down" if self.isExpanded(index.sibling(index.row(), 0)) else "chevron-right"
        self._theme.icons.paint(painter, place, icon, "quiet")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_certificate(self.currentIndex())
            return
        if not self.currentIndex().isValid():
            # It was let go: go on from what is in sight, not from the top of all.
            flags = QItemSelectionModel.SelectionFlag
            top = self.indexAt(QPoint(0, 0))
            self._arranging = True
            self.selectionModel().setCurrentIndex(top, flags.NoUpdate)
            self._arranging = False
        if event.key() == Qt.Key.Key_Asterisk:
            # Qt's own would load all that is below.
            self.expand(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open_certificate(self, index: QModelIndex) -> None:
        row = self._model.certificate(index)
        if row is not None:
            self.opened.emit(row.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            # Below the current row, wherever the mouse is.
            rect = self.visualRect(self.currentIndex())
            place = rect.bottomLeft() if rect.isValid() else QPoint(0, 0)
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))
        else:
            self.menu_wanted.emit(event.globalPos())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.give_name_the_rest()
        self._settle_timer.start()

    def give_name_the_rest(self) -> None:
        """The name's column takes the width that the others leave, but no less than names need."""
        header = self.header()
        taken = header.length() - header.sectionSize(Column.NAME)
        least = round(_LEAST_NAME * self._theme.sizes.row / 30)
        header.resizeSection(Column.NAME, max(least, self.viewport().width() - taken))

    def _adapt(self) -> None:
        self.setIndentation(self._theme.sizes.indent)
        self.doItemsLayout()
