"""The command palette (Ctrl+K): every action by a few letters, with the keyboard alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.gui.actions import ActionRegistry, Context
from mtlsgui.gui.fuzzy import fuzzy_score
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import RADIUS

_ROWS_SHOWN = 9
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Command:
    """One line of the palette."""

    text: str
    keywords: str
    action: QAction

    def score(self, pattern: str) -> int | None:
        """How well it answers to what was typed; keywords count less than the text."""
        by_text = fuzzy_score(pattern, self.text)
        if by_text is not None:
            return by_text + 1000
        return fuzzy_score(pattern, self.keywords) if self.keywords else None


class CommandModel(QAbstractListModel):
    """The commands that answer to the pattern, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Command] = []
        self._found: list[Command] = []

    def set_commands(self, commands: Sequence[Command]) -> None:
        """Offer these; the pattern is empty again."""
        self._all = list(commands)
        self.set_pattern("")

    def set_pattern(self, pattern: str) -> None:
        """Show what answers to this."""
        scored = [(c.score(pattern), c) for c in self._all]
        self.beginResetModel()
        self._found = [
            command
            for _, command in sorted(
                ((score, command) for score, command in scored if score is not None),
                key=lambda pair: -pair[0],
            )
        ]
        self.endResetModel()

    def command(self, row: int) -> Command:
        """The command in this row."""
        return self._found[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        command = self._found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return command.text
        if role == Qt.ItemDataRole.DecorationRole:
            return command.action.icon()
        if role == Qt.ItemDataRole.UserRole:
            return command.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return None


class _CommandDelegate(QStyledItemDelegate):
    """Text at the left, shortcut at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._theme.sizes.row + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, side = self._theme.tokens, self._theme.sizes.icon
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        icon.paint(painter, rect.left() + 10, rect.top(), side, rect.height())
        words = rect.adjusted(20 + side, 0, -12, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text))
        painter.drawText(words, middle, index.data(Qt.ItemDataRole.DisplayRole))
        painter.setPen(QColor(tokens.quiet))
        shortcut = index.data(Qt.ItemDataRole.UserRole)
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, shortcut)
        painter.restore()


class CommandPalette(QFrame):
    """An overlay at the top of the window. Type, arrow keys, Enter; Escape leaves."""

    def __init__(self, theme: Theme, registry: ActionRegistry[Context], window: QWidget) -> None:
        super().__init__(window)
        self._registry, self._window = registry, window
        self._theme = theme
        self._focus_before: QWidget | None = None
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Command palette"))
        self.field = QLineEdit()
        self.field.setProperty("role", "palette")
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Search commands"))
        self.model = CommandModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_CommandDelegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(theme.sizes.icon, theme.sizes.icon))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Commands"))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.list)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        self.hide()

    def open(self) -> None:
        """Show it with all that can be done now."""
        self._registry.refresh()
        self.model.set_commands(
            [
                Command(action.plain_text, action.keywords, self._registry[action.id])
                for action in self._registry
                if action.in_palette and self._registry[action.id].isEnabled()
            ]
        )
        self._focus_before = self.window().focusWidget()
        self.field.clear()
        self._search("")
        grow = self._theme.sizes.control / 30
        width = min(round(560 * grow), self._window.width() - 40)
        rows = min(_ROWS_SHOWN, max(1, self.model.rowCount()))
        height = self.field.sizeHint().height() + 16 + rows * (self._theme.sizes.row + 4)
        self.setGeometry((self._window.width() - width) // 2, 64, width, height)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Hide it and give the keyboard back."""
        if self.isVisible():
            before, self._focus_before = self._focus_before, None
            if before is not None and shiboken6.isValid(before):
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()  # the keyboard is where the user has put it: it stays there
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        row, count = self.list.currentIndex().row(), self.model.rowCount()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS_SHOWN,
            Qt.Key.Key_PageUp: -_ROWS_SHOWN,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(row)
        elif event.key() in steps:
            if count:
                row = max(0, min(count - 1, row + steps[Qt.Key(event.key())]))
                self.list.setCurrentIndex(self.model.index(row))
        else:
            return False
        return True

    def _search(self, pattern: str) -> None:
        self.model.set_pattern(pattern)
        self.list.setCurrentIndex(self.model.index(0))

    def _run(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            action = self.model.command(row).action
            self.dismiss()
            action.trigger()
