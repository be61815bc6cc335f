"""What a request asks for beside what will be granted, line by line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP, GAP_SMALL
from mtlsgui.gui.widgets.card import IconLabel
from mtlsgui.gui.widgets.flow import clear_layout
from mtlsgui.gui.widgets.labels import rule, wrapped
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.gui.words import core
from mtlsgui.pki.requests import Weighed


class WeighedLines(QWidget):
    """Three columns: what it is about, what is asked, what is granted; the reason below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Weighed, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP_SMALL)
        self._grid.setColumnMinimumWidth(0, round(76 * theme.sizes.control / 30))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)

    @property
    def lines(self) -> tuple[Weighed, ...]:
        """What is shown."""
        return self._shown

    def show_lines(self, lines: Sequence[Weighed]) -> None:
        """Show these lines."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        clear_layout(self._grid)
        self._grid.addWidget(wrapped(self.tr("Asked for"), "strong"), 0, 1)
        self._grid.addWidget(wrapped(self.tr("Granted"), "strong"), 0, 3)
        self._grid.addWidget(rule(), 1, 0, 1, 4)
        for number, line in enumerate(self._shown):
            self._show(line, 2 + 2 * number)

    def _show(self, line: Weighed, row: int) -> None:
        top = Qt.AlignmentFlag.AlignTop
        what = core(line.what)
        self._grid.addWidget(wrapped(what, "muted"), row, 0, top)
        asked = ValueText(line.asked or self.tr("nothing"))
        granted = ValueText(line.granted or self.tr("nothing"))
        asked.setAccessibleName(self.tr("{} asked for: {}").format(what, asked.text()))
        granted.setAccessibleName(
            self.tr("{} granted: {}. {}").format(what, granted.text(), line.reason)
        )
        differs = bool(line.reason)
        icon, tone = ("warning", "attention") if differs else ("check", "good_text")
        self._grid.addWidget(asked, row, 1, top)
        self._grid.addWidget(IconLabel(self._theme, icon, tone), row, 2, top)
        self._grid.addWidget(granted, row, 3, top)
        if differs:
            why = wrapped(line.reason, "problem")
            why.setProperty("tone", "attention")
            self._grid.addWidget(why, row + 1, 1, 1, 3, top)
