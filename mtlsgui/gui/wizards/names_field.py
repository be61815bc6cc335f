"""Names typed or pasted in any way, each shown as what it became or why it cannot be."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_SMALL, Tone
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.buttons import tool_button
from mtlsgui.gui.widgets.flow import FlowLayout
from mtlsgui.gui.widgets.labels import ElidedLabel, wrapped
from mtlsgui.gui.wizards.plans import NameLine

MOST_SHOWN = 100
"""Names shown one by one; more are counted."""
_TAB_STOPS = 8
"""With more chips than this, Tab passes them by: the text above is quicker to edit."""
_LINES = 3


class NamesEdit(QPlainTextEdit):
    """Some lines to type names into; Tab goes on, Ctrl+Enter is left to the wizard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)  # files dropped here are for the wizard
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(_LINES * line + round(0.7 * theme.sizes.control))

    def replace_text(self, text: str) -> None:
        """Put this text in place of all, so that it can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)


class NameChip(QFrame):
    """One name on a soft ground; red with its reason where it cannot be."""

    removed = Signal()

    def __init__(
        self, theme: Theme, line: NameLine, *, removable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = line
        tone = Tone.BAD if line.problem else Tone.ACCENT
        self.setProperty("role", "name-chip")
        self.setProperty("tone", tone.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 2, 3 if removable else 9, 2)
        row.setSpacing(GAP_SMALL // 2)
        text: QWidget
        if line.problem:
            text = wrapped(f"{_breakable(line.shown)} — {line.problem}", "chip-text")
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        else:
            text = ElidedLabel(line.shown, mode=Qt.TextElideMode.ElideMiddle)
            text.setProperty("role", "chip-text")
            text.setFont(theme.font(strong=True))
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        text.setProperty("tone", tone.value)
        self.setSizePolicy(policy)
        row.addWidget(text, 1)
        said = " — ".join(part for part in (line.shown, line.problem or line.note) if part)
        self.setToolTip(plain_tip(said))
        self.setAccessibleName(said)
        if removable:
            self.close_button = tool_button(theme, "close", self.tr("Remove {}").format(line.shown))
            self.close_button.setProperty("kind", "tiny")
            theme.icons.bind(self.close_button, "close", "bad_text" if line.problem else "muted")
            self.close_button.clicked.connect(lambda _checked=False: self.removed.emit())
            row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)


class NameChips(QWidget):
    """The names: those that can be wrap like text, those that cannot stand below, in full.

    after: the field that Tab comes from to the buttons that remove a name.
    """

    removed = Signal(int)
    """The place of the name that was taken away."""

    def __init__(
        self,
        theme: Theme,
        *,
        removable: bool = True,
        after: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._removable, self._after = theme, removable, after
        self._chips: dict[NameLine, NameChip] = {}
        self._lines: list[NameLine] = []
        self._good = QWidget()
        self._flow = FlowLayout(self._good, gap=5, row_gap=5)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._good.setSizePolicy(policy)
        self._bad = QVBoxLayout()
        self._bad.setSpacing(5)
        self._rest = wrapped("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self._good)
        column.addLayout(self._bad)
        column.addWidget(self._rest)
        self._rest.hide()

    @property
    def lines(self) -> list[NameLine]:
        """What is shown, those counted only included."""
        return self._lines

    def chip(self, at: int) -> NameChip:
        """The chip of one of the first MOST_SHOWN names."""
        return self._chips[self._lines[at]]

    def show_lines(self, lines: Sequence[NameLine]) -> None:
        """Show these names; chips that stay are kept, with the keyboard's place in them."""
        self._lines = list(lines)
        # What cannot be is always shown: it is what one looks for.
        order = sorted(self._lines, key=lambda line: not line.problem)
        shown = set(order[:MOST_SHOWN])
        for line in [line for line in self._chips if line not in shown]:
            chip = self._chips.pop(line)
            chip.hide()
            chip.deleteLater()
        while self._flow.takeAt(0) is not None:
            pass
        while self._bad.takeAt(0) is not None:
            pass
        for line in self._lines:
            if line in shown:
                self._place(line)
        self._order_tabs()
        rest = len(self._lines) - len(shown)
        self._rest.setText(self.tr("and {} more").format(f"{rest:,}"))
        self._rest.setVisible(rest > 0)
        self.setVisible(bool(self._lines))
        self._flow.invalidate()
        self._good.setVisible(self._flow.count() > 0)
        self._good.updateGeometry()

    def _place(self, line: NameLine) -> None:
        chip = self._chips.get(line)
        if chip is None:
            chip = NameChip(self._theme, line, removable=self._removable)
            chip.removed.connect(lambda: self._remove(line))
            self._chips[line] = chip
        if line.problem:
            self._bad.addWidget(chip)
        else:
            self._flow.addWidget(chip)
        chip.show()

    def _order_tabs(self) -> None:
        if self._after is None or not self._removable:
            return
        few = len(self._chips) <= _TAB_STOPS
        before = self._after
        for line in self._lines:
            chip = self._chips.get(line)
            if chip is None:
                continue
            policy = Qt.FocusPolicy.TabFocus if few else Qt.FocusPolicy.NoFocus
            chip.close_button.setFocusPolicy(policy)
            if few:
                QWidget.setTabOrder(before, chip.close_button)
                before = chip.close_button

    def _remove(self, line: NameLine) -> None:
        self.removed.emit(self._lines.index(line))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._good.updateGeometry()


def _breakable(text: str) -> str:
    """A long word with places where a label may break it; what is copied comes from elsewhere."""
    return "\u200b".join(text[at : at + 20] for at in range(0, len(text), 20))
