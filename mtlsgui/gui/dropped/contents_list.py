"""The list at the left: what was found, under headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from mtlsgui.gui.dropped.wording import heading_text
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.rows import TwoLineDelegate
from mtlsgui.gui.words import core
from mtlsgui.workspace.contents import Entry, Group, Heading

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
SECOND_LINE = int(Qt.ItemDataRole.UserRole)
IS_HEADING = SECOND_LINE + 1


@dataclass(frozen=True)
class _Row:
    """A heading where `entry` is None. What an entry says is put together when it is seen."""

    heading: str
    entry: Entry | None = None

    @property
    def first(self) -> str:
        return self.heading if self.entry is None else visible(self.entry.title)

    @property
    def second(self) -> str:
        """What it is, and the place where it stands: "… · tls.crt in Secret web · all.yaml"."""
        entry = self.entry
        if entry is None:
            return ""
        places = (each for each in (entry.inside, entry.source.name) if each != entry.title)
        return visible(" · ".join(part for part in (core(entry.what), *places) if part))


class ContentsModel(QAbstractListModel):
    """Headings and entries, flat. A single thing needs no heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these instead of what was there."""
        self.beginResetModel()
        several = sum(group.heading is Heading.TOGETHER for group in groups) > 1
        self._rows = []
        for group in groups:
            if len(groups) > 1 or len(group.entries) > 1:
                self._rows.append(_Row(heading_text(group, several)))
            self._rows += [_Row("", entry=entry) for entry in group.entries]
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """The entry in this row; None for a heading."""
        return self._rows[index.row()].entry if index.isValid() else None

    def row_of(self, entry: Entry) -> int | None:
        """The first row with the item of this entry, or with what was read from its place."""
        rows = [(at, row.entry) for at, row in enumerate(self._rows) if row.entry is not None]
        for alike in (_same_item, _same_title, _same_file):
            for number, found in rows:
                if alike(found, entry):
                    return number
        return None

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.first
        if role == SECOND_LINE:
            return row.second
        if role == IS_HEADING:
            return row.entry is None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.first}, {row.second}" if row.second else row.first
        if role == Qt.ItemDataRole.ToolTipRole and row.entry is not None:
            return plain_tip(f"{row.first}\n{row.second}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].entry is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


def _same_item(one: Entry, other: Entry) -> bool:
    return one is other or (one.item is not None and one.item is other.item)


def _same_title(one: Entry, other: Entry) -> bool:
    return one.title == other.title and _same_file(one, other)


def _same_file(one: Entry, other: Entry) -> bool:
    return (one.source.name, one.source.path) == (other.source.name, other.source.path)


class ContentsDelegate(TwoLineDelegate):
    """Headings in muted type, entries in two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(IS_HEADING):
            return QSize(0, self.theme.sizes.row + (0 if index.row() == 0 else 4))
        return QSize(0, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not index.data(IS_HEADING):
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setFont(self.theme.font())
        painter.setPen(self.theme.colour("muted"))
        metrics = QFontMetrics(self.theme.font())
        place: QRect = option.rect.adjusted(18, 0, -12, -5)
        text = metrics.elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(
            place, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), text
        )
        painter.restore()


class ContentsList(QListView):
    """Shows the model. Several entries may be selected, to be compared."""

    chosen = Signal(list)
    """list[Entry]: those selected, in the order of the list."""
    menu_wanted = Signal(QPoint)
    """Where on the screen a menu for the selection is to open."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contents = ContentsModel(self)
        self.setModel(self.contents)
        self.setItemDelegate(ContentsDelegate(theme, SECOND_LINE, self))
        self.setAccessibleName(translate("Dropped", "What was found"))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # thousands of rows, a part at a time
        self.setBatchSize(200)
        self.setAcceptDrops(False)  # files dropped here are for the window
        self._told: list[Entry] = []
        self._tell_soon = QTimer(self)  # once, however many steps a change of selection has
        self._tell_soon.setSingleShot(True)
        self._tell_soon.setInterval(0)
        self._tell_soon.timeout.connect(self._tell)
        # Overriding the view's own selectionChanged corrupts memory here (PySide 6.11, QListView).
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell_soon.start())

    def show_groups(self, groups: Sequence[Group], current: Entry | None = None) -> None:
        """Show these; `current` is chosen, or else the first."""
        self._told = []
        self.contents.show_groups(groups)
        if current is None or not self.choose(current):
            first = self.contents.index(0)
            if first.isValid() and self.contents.entry(first) is None:
                first = self.contents.index(1)
            self.setCurrentIndex(first)
        self._tell()

    def choose(self, entry: Entry) -> bool:
        """Select the row with this entry's item; False where there is none."""
        row = self.contents.row_of(entry)
        if row is None:
            return False
        self.setCurrentIndex(self.contents.index(row))
        return True

    def choose_both(self, one: Entry, other: Entry) -> None:
        """Select two entries, to be compared."""
        if self.choose(one):
            row = self.contents.row_of(other)
            if row is not None:
                self.selectionModel().select(
                    self.contents.index(row), QItemSelectionModel.SelectionFlag.Select
                )

    @property
    def entries(self) -> list[Entry]:
        """The entries that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        found = (self.contents.entry(self.contents.index(row)) for row in rows)
        return [entry for entry in found if entry is not None]

    def moveCursor(
        self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        # Home and Page Up may lead to a heading: the entry below it is meant.
        index = super().moveCursor(action, modifiers)
        if index.isValid() and self.contents.entry(index) is None:
            return self.contents.index(index.row() + 1)
        return index

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.contents.entry(current) is not None:
            self.scrollTo(current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self._tell()
        if self._told:
            self.menu_wanted.emit(place)

    def _tell(self) -> None:
        """Say what is selected, where that has changed. Nothing selected: what was is kept."""
        self._tell_soon.stop()
        entries = self.entries
        if entries and (
            len(entries) != len(self._told)
            or any(one is not other for one, other in zip(entries, self._told, strict=True))
        ):
            self._told = entries
            self.chosen.emit(entries)
