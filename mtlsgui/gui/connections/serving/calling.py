"""How to call the server: lines for the clients that people have, ready to be pasted."""

from collections.abc import Sequence

from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP, GAP_SMALL
from mtlsgui.gui.widgets.buttons import CopyButton
from mtlsgui.gui.widgets.card import Card
from mtlsgui.gui.widgets.filters import FilterOption, SegmentedFilter
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.workspace.serving import CallingLine


class CallingCard(Card):
    """One client's lines at a time."""

    def __init__(self, theme: Theme, clipboard: QClipboard, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme, self._clipboard = theme, clipboard
        self._lines: dict[str, str] = {}
        self.setAccessibleName(self.tr("Call it"))
        self.text = ValueText("", theme.monospace())
        self.text.setAccessibleName(self.tr("Lines to paste"))
        head = QHBoxLayout()
        head.addWidget(wrapped(self.tr("Call it"), "strong"), 1)
        self.copy_button = CopyButton(self.text.text, clipboard, what=self.tr("the lines shown"))
        head.addWidget(self.copy_button)
        self.body.addLayout(head)
        self._choice = QVBoxLayout()
        self.body.addLayout(self._choice)
        self.choice: SegmentedFilter | None = None
        self.body.addSpacing(GAP_SMALL)
        self.body.addWidget(self.text)
        self.body.setSpacing(GAP)

    def show_lines(self, lines: Sequence[CallingLine]) -> None:
        """Offer these, always of the same clients; the one that was chosen stays chosen."""
        self._lines = {line.language: line.text for line in lines}
        if self.choice is None:
            options = [FilterOption(language, language) for language in self._lines]
            self.choice = SegmentedFilter(options, self.tr("Client"))
            self.choice.chosen.connect(self._show)
            self._choice.addWidget(self.choice)
        self._show(self.choice.current)

    def _show(self, language: str) -> None:
        self.text.setText(self._lines[language])
