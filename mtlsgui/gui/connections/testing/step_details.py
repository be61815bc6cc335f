"""What an open step shows: the quiet list of what its message says; long lists are folded."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE
from mtlsgui.gui.widgets.buttons import CopyButton, link_button
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.tls.result import Step

_FOLDED, _FOLD_FROM = 6, 9
"""Lines that a folded list shows, and the number of lines from which on it is folded."""
_LABELS = 150


class StepDetails(QFrame):
    """The details of a step, and a link that copies them."""

    def __init__(self, desk: Desk, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("What {} says").format(visible(step.message)))
        self.fields = FieldList(desk.theme, desk.clipboard, label_width=_LABELS)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        column.setSpacing(4)
        column.addWidget(self.fields)
        for detail in step.details:
            name, values = words.core(detail.name), tuple(map(visible, detail.values))
            if len(values) >= _FOLD_FROM:
                folded = FoldedLines(name, values)
                self.fields.add_widget(name, folded)
            else:
                self.fields.add(name, "\n".join(values))
        text = "\n".join(_lines(step))
        self.copy_button = CopyButton(lambda: text, desk.clipboard, what=visible(step.message))
        column.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignRight)


class FoldedLines(QWidget):
    """The first of many lines; a link unfolds the others."""

    def __init__(self, name: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._lines = name, tuple(lines)
        self.value = ValueText()
        self.link = link_button("")
        self.link.setCheckable(True)
        self.link.toggled.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.value)
        row = QHBoxLayout()
        row.addWidget(self.link)
        row.addStretch()
        column.addLayout(row)
        self._show(False)

    def _show(self, unfolded: bool) -> None:
        shown = self._lines if unfolded else self._lines[:_FOLDED]
        self.value.setText("\n".join(shown))
        self.value.setAccessibleName(f"{self._name}: {', '.join(shown)}")
        more = self.tr("and {} more").format(f"{len(self._lines) - _FOLDED:,}")
        text = self.tr("Show fewer") if unfolded else more
        self.link.setText(text)
        self.link.setAccessibleName(f"{self._name}: {text}")


def _lines(step: Step) -> list[str]:
    """The step as plain text, for the clipboard."""
    found = [visible(step.message)]
    for detail in step.details:
        found.append(f"{words.core(detail.name)}:")
        found += [f"  {visible(value)}" for value in detail.values]
    return found
