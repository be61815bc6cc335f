"""Two things compared: a sentence on what matters, then field by field."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.comparing.text import ComparisonText
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.tokens import GAP, GAP_PAGE
from mtlsgui.gui.widgets.buttons import CopyButton
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.workspace.compared import as_text
from mtlsgui.workspace.comparing import Comparison


class ComparisonPage(QWidget):
    """Shows what is told to it; whether only differences are shown stays for the next two."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number = 0
        self._comparison: Comparison | None = None
        self.sentence = wrapped("", "strong")
        self.only = QCheckBox(self.tr("&Only differences"))
        self.only.toggled.connect(lambda _on: self._show())
        self.text = ComparisonText(desk.theme)
        self.copy_button = CopyButton(
            self._whole, desk.clipboard, what=self.tr("the comparison as text"), link=False
        )
        row = QHBoxLayout()
        row.addWidget(self.only)
        row.addStretch()
        row.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, 0)
        column.setSpacing(GAP)
        column.addWidget(self.sentence)
        column.addLayout(row)
        column.addWidget(self.text, 1)

    @property
    def comparison(self) -> Comparison | None:
        """What is shown; None while it is being made."""
        return self._comparison

    def show_two(self, make: Callable[[], Comparison]) -> None:
        """Show what `make` gives, which runs in a worker thread."""
        self._number += 1
        number = self._number
        self._comparison = None
        self.sentence.setText(self.tr("Comparing…"))
        self._set_enabled(False)
        self.text.clear()
        self._desk.jobs.run_task(
            lambda _control: make(),
            lambda made: self._take(made) if number == self._number else None,
            title=self.tr("Comparing"),
            owner=self,
        )

    def _take(self, made: Comparison) -> None:
        self._comparison = made
        self._set_enabled(True)
        self.sentence.setText(visible(made.summary))
        self._show()

    def _set_enabled(self, enabled: bool) -> None:
        for part in (self.only, self.copy_button):
            part.setEnabled(enabled)

    def _show(self) -> None:
        if self._comparison is not None:
            self.text.show_comparison(self._comparison, only_differences=self.only.isChecked())

    def _whole(self) -> str:
        if self._comparison is None:
            return ""
        return as_text(self._comparison, only_differences=self.only.isChecked())
