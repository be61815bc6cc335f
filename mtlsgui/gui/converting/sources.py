"""The left side: what came, each with a box to leave it out."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyleOptionViewItem, QWidget

from mtlsgui.formats.items import Item, OtherItem, PrivateKeyItem, is_locked
from mtlsgui.gui.dropped.contents_list import (
    SECOND_LINE,
    ContentsDelegate,
    ContentsModel,
    Index,
)
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.workspace.contents import Group, Heading
from mtlsgui.workspace.relating import other_ways

_BOX = 16
_INDENT = _BOX + 10
_UNUSED = (Heading.UNREADABLE,)
_BESIDE = (Heading.ALONE, Heading.STRANGERS, Heading.DUPLICATES)


def can_be_taken(item: Item | None) -> bool:
    """Whether there is anything in it to convert."""
    return not (
        item is None
        or isinstance(item, OtherItem)
        or (isinstance(item, PrivateKeyItem) and item.pkcs8 is None)
    )


class SourcesModel(ContentsModel):
    """What came, under its headings; what can be converted has a box, ticked at first.

    Duplicates begin without a tick, and so does what belongs to nothing else beside chains; not
    another way from a chain to a root, which is offered.
    """

    taken_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left_out: set[int] = set()

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these instead of what was there."""
        together = any(group.heading is Heading.TOGETHER for group in groups)
        unticked = _BESIDE if together else (Heading.DUPLICATES,)
        self._left_out = {
            id(entry.item)
            for group in groups
            if group.heading in unticked
            for entry in group.entries
        } - {id(item) for item in other_ways(groups)}
        super().show_groups([group for group in groups if group.heading not in _UNUSED])

    @property
    def taken(self) -> list[Item]:
        """What is ticked, in its order; what stands under two headings is there once.

        What is locked is in it too: a plan says that it is what is missing.
        """
        found: dict[int, Item] = {}
        for row in range(self.rowCount()):
            item = self._item(self.index(row))
            if (can_be_taken(item) or is_locked(item)) and id(item) not in self._left_out:
                found[id(item)] = cast(Item, item)
        return list(found.values())

    @property
    def has_boxes(self) -> bool:
        """Whether there is anything that can be ticked."""
        return any(can_be_taken(self._item(self.index(row))) for row in range(self.rowCount()))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            item = self._item(index)
            if not can_be_taken(item):
                return None
            left_out = id(item) in self._left_out
            return Qt.CheckState.Unchecked if left_out else Qt.CheckState.Checked
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        item = self._item(index)
        if role != Qt.ItemDataRole.CheckStateRole or not can_be_taken(item):
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out.discard(id(item))
        else:
            self._left_out.add(id(item))
        # A certificate of two chains stands in two rows.
        last = self.index(self.rowCount() - 1)
        self.dataChanged.emit(self.index(0), last, [Qt.ItemDataRole.CheckStateRole])
        self.taken_changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and can_be_taken(self._item(index)):
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags & ~Qt.ItemFlag.ItemIsEnabled

    def _item(self, index: Index) -> Item | None:
        entry = self.entry(index)
        return entry.item if entry is not None else None


class _Delegate(ContentsDelegate):
    """A box before the two lines; a click anywhere in the row ticks it."""

    def indent(self, _option: QStyleOptionViewItem, index: Index) -> int:
        return 0 if index.data(Qt.ItemDataRole.CheckStateRole) is None else _INDENT

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return
        box = QStyleOptionViewItem(option)
        on = Qt.CheckState(state) is Qt.CheckState.Checked
        box.state |= QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        middle = option.rect.center().y()
        box.rect = QRect(option.rect.left() + 16, middle - _BOX // 2, _BOX, _BOX)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, option.widget
        )

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        _option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None or not _ticks(event):
            return False
        on = Qt.CheckState(state) is Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)


def _ticks(event: QEvent) -> bool:
    if isinstance(event, QMouseEvent):
        released = event.type() == QEvent.Type.MouseButtonRelease
        return released and event.button() == Qt.MouseButton.LeftButton
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space


class SourceList(QListView):
    """Shows the model; `taken_changed` follows each tick."""

    taken_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sources = SourcesModel(self)
        self.sources.taken_changed.connect(self.taken_changed)
        self.setModel(self.sources)
        self.setItemDelegate(_Delegate(theme, SECOND_LINE, self))
        self.setAccessibleName(self.tr("What is converted"))
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(200)
        self.setAcceptDrops(False)  # files dropped here are for the window
