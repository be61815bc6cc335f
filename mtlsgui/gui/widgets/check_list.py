"""Several of a few things, each with a box to tick."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from mtlsgui.gui.theme.tokens import GAP_LARGE, UNIT


class CheckList(QWidget):
    """Boxes in columns, filled row by row.

    options: (value, text, tooltip) of each, in their order.
    """

    changed = Signal()

    def __init__(
        self,
        options: Sequence[tuple[str, str, str]],
        *,
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_LARGE)
        grid.setVerticalSpacing(UNIT // 2)
        for place, (value, text, tooltip) in enumerate(options):
            box = self.boxes[value] = QCheckBox(text.replace("&", "&&"))
            box.setToolTip(tooltip)
            box.setAccessibleDescription(tooltip)
            box.toggled.connect(lambda _on: self.changed.emit())
            grid.addWidget(box, place // columns, place % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))

    @property
    def values(self) -> tuple[str, ...]:
        """What is ticked, in the order of the options."""
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    def tick(self, values: Iterable[str]) -> None:
        """Tick these and no others."""
        wanted = set(values)
        for value, box in self.boxes.items():
            box.setChecked(value in wanted)
