"""A layout that wraps like text, and chips in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.labels import label


class FlowLayout(QLayout):
    """Places its items one after another and wraps at the right edge."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 8, row_gap: int | None = None
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._row_gap = gap if row_gap is None else row_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(h.width() for h in hints) + self._gap * max(0, len(hints) - 1)
        margins = self.contentsMargins()
        return QSize(
            width + margins.left() + margins.right(),
            max((h.height() for h in hints), default=0) + margins.top() + margins.bottom(),
        )

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the items out in `rect`; returns the height used."""
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        rows: list[list[tuple[QLayoutItem, QRect]]] = [[]]
        x = inner.x()
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), max(inner.width(), item.minimumSize().width()))
            if rows[-1] and x + width > inner.x() + inner.width():
                rows.append([])
                x = inner.x()
            rows[-1].append((item, QRect(x, 0, width, hint.height())))
            x += width + self._gap
        y = inner.y()
        for row in rows:
            height = max((place.height() for _, place in row), default=0)
            if move:
                for item, place in row:
                    place.moveTop(y + (height - place.height()) // 2)
                    item.setGeometry(place)
            y += height + self._row_gap
        return y - self._row_gap - rect.y() + margins.bottom()


@dataclass(frozen=True)
class ChipText:
    """What one chip says. `problem` is why the value cannot be used, or empty."""

    text: str
    problem: str = ""
    tooltip: str = ""


class Chip(QFrame):
    """A small framed value, removable if asked; a problem colours it and is written out."""

    removed = Signal()

    def __init__(
        self,
        theme: Theme,
        chip: ChipText,
        *,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 1, 2 if removable else 6, 1)
        row.setSpacing(4)
        self.label = label(chip.text)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.label)
        if chip.problem:
            why = label(f"— {chip.problem}", "problem")
            why.setProperty("tone", "bad")
            row.addWidget(why)
        self.setToolTip(plain_tip(chip.tooltip or chip.problem))
        self.setAccessibleName(f"{chip.text} {chip.problem}".strip())
        if removable:
            close = QToolButton()
            close.setProperty("kind", "tiny")
            theme.icons.bind(close, "close", "muted")
            close.setAccessibleName(self.tr("Remove {}").format(chip.text))
            close.setToolTip(self.tr("Remove"))
            close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            close.clicked.connect(self.removed)
            row.addWidget(close)


class ChipFlow(QWidget):
    """Chips that wrap. `removed` carries the index of the chip that was taken away."""

    removed = Signal(int)

    def __init__(
        self, theme: Theme, *, removable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._removable = theme, removable
        self._flow = FlowLayout(self, gap=4, row_gap=4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_chips(self, chips: Iterable[ChipText | str]) -> None:
        """Show these chips instead of what was there."""
        clear_layout(self._flow)
        for index, chip in enumerate(chips):
            given = ChipText(chip) if isinstance(chip, str) else chip
            made = Chip(self._theme, given, removable=self._removable)
            made.removed.connect(lambda at=index: self.removed.emit(at))
            self._flow.addWidget(made)
        self.updateGeometry()

    def texts(self) -> list[str]:
        """The texts shown, in order."""
        items = (self._flow.itemAt(i) for i in range(self._flow.count()))
        chips = (item.widget() for item in items if item is not None)
        return [chip.label.text() for chip in chips if isinstance(chip, Chip)]


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and delete the widgets at the next turn of the loop."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
            continue
        inner = item.layout()
        if inner is not None:
            clear_layout(inner)
