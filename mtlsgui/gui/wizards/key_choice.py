"""Which kind of key: the usual ones first, the rare ones behind "More", each with who reads it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP, GAP_SMALL, UNIT
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.gui.words import core
from mtlsgui.pki.keys import KeyAlgorithm

USUAL = (KeyAlgorithm.P256, KeyAlgorithm.P384)


class KeyChoice(QWidget):
    """Radio buttons for every algorithm."""

    chosen = Signal(str)
    """The value of a KeyAlgorithm."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[KeyAlgorithm, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addLayout(self._grid(theme, USUAL))
        self.more = MoreSection(theme, self.tr("More kinds of key"))
        rare = [algorithm for algorithm in KeyAlgorithm if algorithm not in USUAL]
        self.more.body.addLayout(self._grid(theme, rare))
        column.addWidget(self.more)

    def choose(self, algorithm: KeyAlgorithm) -> None:
        """Show this one as chosen, without saying so."""
        self.blockSignals(True)
        self.buttons[algorithm].setChecked(True)
        self.blockSignals(False)
        if algorithm not in USUAL:
            self.more.set_open(True)

    @property
    def chosen_button(self) -> QRadioButton:
        """The button of what is chosen, for the keyboard."""
        return next(b for b in self.buttons.values() if b.isChecked())

    def _grid(
        self, theme: Theme, algorithms: tuple[KeyAlgorithm, ...] | list[KeyAlgorithm]
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(UNIT // 2)
        grid.setColumnMinimumWidth(0, round(128 * theme.sizes.control / 30))
        grid.setColumnStretch(1, 1)
        for row, algorithm in enumerate(algorithms):
            button = QRadioButton(algorithm.label)
            button.setAccessibleDescription(core(algorithm.advice))
            button.toggled.connect(lambda on, value=algorithm.value: self._toggled(on, value))
            self._group.addButton(button)
            self.buttons[algorithm] = button
            grid.addWidget(button, row, 0)
            grid.addWidget(wrapped(core(algorithm.advice), "muted"), row, 1)
        return grid

    def _toggled(self, on: bool, value: str) -> None:
        if on:
            self.chosen.emit(value)
