"""Searching and narrowing down: the search field and the row of round filters with counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QWidget

from mtlsgui.gui.theme.theme import Theme


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
        self.setMinimumWidth(160)
        self.setMaximumWidth(round(250 * theme.sizes.control / 30))
        icon = QAction(self)
        theme.icons.bind(icon, "search", "muted")
        self.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(60)
        self._pause.timeout.connect(lambda: self.search_changed.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._pause.start())

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
    """Round filters of which exactly one is chosen."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[FilterOption], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._texts: dict[str, str] = {}
        for option in options:
            button = QPushButton()
            button.setProperty("kind", "filter")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            self._buttons[option.id] = button
            self._texts[option.id] = option.text
            button.clicked.connect(lambda _checked, at=option.id: self.chosen.emit(at))
            self._row.addWidget(button)
        self.set_counts({option.id: option.count for option in options})
        if options:
            self._buttons[options[0].id].setChecked(True)

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show these numbers behind the filters' words."""
        for option, count in counts.items():
            text = self._texts[option]
            shown = text if count is None else f"{text} {QLocale().toString(count)}"
            button = self._buttons[option]
            button.setText(shown)
            button.setAccessibleName(shown)
            self._keep_bold_width(button)

    @property
    def current(self) -> str:
        """The id of the chosen filter."""
        return next((i for i, b in self._buttons.items() if b.isChecked()), "")

    def choose(self, option: str) -> None:
        """Choose a filter without emitting `chosen`."""
        with QSignalBlocker(self):
            self._buttons[option].setChecked(True)

    def _keep_bold_width(self, button: QPushButton) -> None:
        # The chosen one is bold: without this its neighbours would move at each choice.
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        button.setMinimumWidth(QFontMetrics(font).horizontalAdvance(button.text()) + 24)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            for button in self._buttons.values():
                self._keep_bold_width(button)
        super().changeEvent(event)
