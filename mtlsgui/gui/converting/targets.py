"""The middle: into what. What cannot be made of what came is grey, and says why."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QListView, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.rows import TwoLineDelegate
from mtlsgui.workspace.converting import Target

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_SECOND_LINE = int(Qt.ItemDataRole.UserRole)


class TargetsModel(QAbstractListModel):
    """Every target, in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._targets: tuple[Target, ...] = tuple(Target)
        self._refused: Mapping[Target, str] = {}

    def show_targets(self, targets: Sequence[Target], refused: Mapping[Target, str]) -> None:
        """Show these; refused: why it cannot be made, of those that cannot."""
        self.beginResetModel()
        self._targets, self._refused = tuple(targets), dict(refused)
        self.endResetModel()

    def target(self, index: Index) -> Target:
        """The target in this row."""
        return self._targets[index.row()]

    def row_of(self, target: Target) -> int:
        """The row of a target."""
        return self._targets.index(target)

    def is_possible(self, target: Target) -> bool:
        """Whether it can be made."""
        return target not in self._refused

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._targets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        target = self.target(index)
        first = words.core(target.label)
        second = words.core(self._refused.get(target) or target.describes)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return first
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{first}, {second}"
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(second)
            case _ if role == _SECOND_LINE:
                return second
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not self.is_possible(self.target(index)):
            return flags & ~Qt.ItemFlag.ItemIsEnabled
        return flags


class TargetList(QListView):
    """Shows the model; `chosen` carries the target that is current."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.targets = TargetsModel(self)
        self.setModel(self.targets)
        self.setItemDelegate(TwoLineDelegate(theme, _SECOND_LINE, self))
        self.setAccessibleName(self.tr("Convert to"))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)  # files dropped here are for the window

    def show_targets(self, targets: Sequence[Target], refused: Mapping[Target, str]) -> None:
        """Show these; the one that was current stays so where it can still be made."""
        before = self.current
        self.targets.show_targets(targets, refused)
        possible = [each for each in targets if self.targets.is_possible(each)]
        wanted = before if before in possible else next(iter(possible), None)
        if wanted is not None:
            self.choose(wanted)

    def choose(self, target: Target) -> None:
        """Make a target the current one."""
        self.setCurrentIndex(self.targets.index(self.targets.row_of(target)))

    @property
    def current(self) -> Target | None:
        """The target that is current."""
        index = self.currentIndex()
        return self.targets.target(index) if index.isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.scrollTo(current)
            self.chosen.emit(self.targets.target(current))
