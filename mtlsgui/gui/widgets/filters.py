"""Searching and narrowing down: the search field and the row of round filters with counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from mtlsgui.gui.theme.theme import Theme

_FILTER_GAP = 8


class SearchField(QLineEdit):
    """A line to search in as one types.

    `search_changed` comes when typing has paused for 60 ms, so that a fast typist asks the
    database once a word. Escape empties the field; Down goes on to the results
    (`leave_downwards`).
    """

    search_changed = Signal(str)
    leave_downwards = Signal()

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setAcceptDrops(False)  # files dropped here are for the window
        self.setMinimumWidth(120)
        self._wish = round(250 * theme.sizes.control / 30)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        icon = QAction(self)
        theme.icons.bind(icon, "search", "muted")
        self.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(60)
        self._pause.timeout.connect(lambda: self.search_changed.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._pause.start())

    def sizeHint(self) -> QSize:
        return QSize(self._wish, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.leave_downwards.emit()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True)
class FilterOption:
    """One round filter. count None shows no number."""

    id: str
    text: str
    count: int | None = None


class SegmentedFilter(QWidget):
    """Round filters of which exactly one is chosen.

    Where they do not fit, one button with the chosen filter opens the others as a menu.
    """

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[FilterOption], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if not options:
            raise ValueError("a filter needs at least one option")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_FILTER_GAP)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._buttons: dict[str, QPushButton] = {}
        self._texts = {option.id: option.text for option in options}
        self._current = options[0].id
        self._is_placed = False
        for option in options:
            button = _filter_button()
            button.clicked.connect(lambda _checked=False, at=option.id: self._choose(at))
            self._buttons[option.id] = button
            row.addWidget(button)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._compact_button = _filter_button()
        self._compact_button.setMenu(self._menu)
        self._compact_button.hide()
        row.addWidget(self._compact_button)
        row.addStretch()
        self.set_counts({option.id: option.count for option in options})

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show these numbers behind the filters' words."""
        for option, count in counts.items():
            text = self._texts[option]
            shown = text if count is None else f"{text} {QLocale().toString(count)}"
            self._buttons[option].setText(shown)
            self._buttons[option].setAccessibleName(shown)
        self._arrange()

    @property
    def current(self) -> str:
        """The id of the chosen filter."""
        return self._current

    @property
    def is_compact(self) -> bool:
        """Whether the filters are behind one button."""
        return not self._compact_button.isHidden()

    def choose(self, option: str) -> None:
        """Choose a filter without emitting `chosen`. Raises KeyError for one unknown."""
        if option not in self._buttons:
            raise KeyError(option)
        self._current = option
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(self._whole_width(), self._compact_button.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self._compact_button.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_placed = True
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _choose(self, option: str) -> None:
        self.choose(option)
        self.chosen.emit(option)

    def _bold_width(self, text: str) -> int:
        # The chosen one is bold: with its own width its neighbours would move at each choice.
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font).horizontalAdvance(text) + 22

    def _whole_width(self) -> int:
        widths = [self._bold_width(button.text()) for button in self._buttons.values()]
        return sum(widths) + _FILTER_GAP * (len(widths) - 1)

    def _arrange(self) -> None:
        compact = self._is_placed and self.width() < self._whole_width()
        for option, button in self._buttons.items():
            button.setFixedWidth(self._bold_width(button.text()))
            button.setChecked(option == self._current)
            button.setVisible(not compact)
        text = f"{self._buttons[self._current].text()} ▾"
        self._compact_button.setText(text)
        self._compact_button.setAccessibleName(f"{self.accessibleName()}: {text}")
        self._compact_button.setFixedWidth(self._bold_width(text))
        self._compact_button.setChecked(True)
        self._compact_button.setVisible(compact)
        self.updateGeometry()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for option, button in self._buttons.items():
            action = self._menu.addAction(button.text())
            action.setCheckable(True)
            action.setChecked(option == self._current)
            action.triggered.connect(lambda _checked=False, at=option: self._choose(at))


def _filter_button() -> QPushButton:
    button = QPushButton()
    button.setProperty("kind", "filter")
    button.setCheckable(True)
    button.setAutoDefault(False)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
