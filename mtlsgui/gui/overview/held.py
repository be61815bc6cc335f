"""A card of figures: a number and a word a line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, UNIT
from mtlsgui.gui.widgets.flow import clear_layout
from mtlsgui.gui.widgets.labels import ElidedLabel, label


class FiguresCard(QFrame):
    """Numbers, each with what it counts, below one another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, GAP + 2, GAP_LARGE, GAP + 2)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP - 2)
        self._grid.setVerticalSpacing(UNIT + 2)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addStretch()
        self._figures: tuple[tuple[int, str], ...] | None = None

    @property
    def figures(self) -> tuple[tuple[int, str], ...]:
        """What is shown."""
        return self._figures or ()

    def show_figures(self, figures: Sequence[tuple[int, str]]) -> None:
        """Show these numbers and what they count."""
        if tuple(figures) == self._figures:
            return
        self._figures = tuple(figures)
        clear_layout(self._grid)
        for at, (number, text) in enumerate(figures):
            shown = label(f"{number:,}", "strong" if number else "muted")
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            words = ElidedLabel(text)
            if not number:
                words.setProperty("role", "muted")
            self._grid.addWidget(shown, at, 0)
            self._grid.addWidget(words, at, 1)
