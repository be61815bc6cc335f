"""Two descriptions beside each other, as one text."""

from PySide6.QtGui import QResizeEvent, QTextCursor, QTextLength, QTextTable
from PySide6.QtWidgets import QWidget

from mtlsgui.gui.inspector.document import MOST_ROWS, Document, cell, fixed
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.words import core
from mtlsgui.pki.describe import Field
from mtlsgui.workspace.comparing import Comparison, Difference, Row

_WIDEST_LABEL, _NARROWEST_LABEL = 160, 84
"""Pixels at a 13 px font; between them the labels have a fifth of the width."""


class ComparisonText(Document):
    """Rows of three: what it is, what the one says, what the other. A word marks differences."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._comparison: Comparison | None = None
        self._only_differences = False
        self.setAccessibleName(self.tr("Both, field by field"))

    def show_comparison(self, comparison: Comparison, *, only_differences: bool) -> None:
        """Show this, from its beginning."""
        self._comparison = comparison
        self._only_differences = only_differences
        self.renew()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def write(self, cursor: QTextCursor) -> None:
        comparison = self._comparison
        if comparison is None:
            return
        widths = self._widths()
        names = self.add_table(cursor, 1, widths)
        for column, name in enumerate((comparison.left, comparison.right), start=1):
            cell(names, 0, column).insertText(visible(name), self.format(strong=True))
        room, more = MOST_ROWS, 0
        for section in comparison.sections:
            rows = [row for row in section.rows if self._is_shown(row)]
            more += max(0, len(rows) - room)
            rows = rows[:room]
            room -= len(rows)
            if not rows:
                continue
            self.add_heading(cursor, core(section.title))
            table = self.add_table(cursor, len(rows), widths)
            for number, row in enumerate(rows):
                self.add_label(table, number, core(row.label), mark=self._mark(row))
                for column, field in ((1, row.left), (2, row.right)):
                    self.add_value(table, number, column, field or Field("", "—"))
        self.add_rest(cursor, more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() == event.size().width():
            return
        widths = self._widths()
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                shape = table.format()
                shape.setColumnWidthConstraints(widths)
                table.setFormat(shape)

    def _widths(self) -> list[QTextLength]:
        """The labels, and two columns of the same width."""
        grow = self._theme.sizes.control / 30
        whole = max(1, self.viewport().width())
        label = min(max(whole / 5, _NARROWEST_LABEL * grow), _WIDEST_LABEL * grow)
        return [fixed(round(label)), *[fixed(round((whole - label) / 2))] * 2]

    def _is_shown(self, row: Row) -> bool:
        return not self._only_differences or row.difference is not Difference.SAME

    def _mark(self, row: Row) -> str:
        match row.difference:
            case Difference.SAME:
                return ""
            case Difference.DIFFERS:
                return self.tr("differs")
            case Difference.ONLY_LEFT:
                return self.tr("left only")
            case Difference.ONLY_RIGHT:
                return self.tr("right only")
