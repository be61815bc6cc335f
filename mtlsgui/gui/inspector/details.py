"""Every field and extension in words, as one text that can be selected across its fields."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.document import MOST_ROWS, Document, fixed, rest
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_PAGE
from mtlsgui.gui.widgets.buttons import CopyButton
from mtlsgui.gui.words import core
from mtlsgui.pki.describe import Description, Field, as_text

_LABEL_WIDTH = 116


class DescriptionText(Document):
    """A description.

    label_width: of the left column, in pixels at a 13 px font.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        grows: bool = False,
        label_width: int = _LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, grows=grows, parent=parent)
        self._label_width = round(label_width * theme.sizes.control / 30)
        self._description: Description | None = None
        self.setAccessibleName(self.tr("All fields"))

    def show_description(self, description: Description) -> None:
        """Show this, from its beginning."""
        self._description = description
        self.renew()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def write(self, cursor: QTextCursor) -> None:
        room, more = MOST_ROWS, 0
        for section in self._description.sections if self._description is not None else ():
            rows = [row for field in section.fields for row in _rows(field)]
            more += max(0, len(rows) - room)
            rows = rows[:room]
            room -= len(rows)
            if not rows:
                continue
            self.add_heading(cursor, core(section.title))
            table = self.add_table(cursor, len(rows), [fixed(self._label_width), rest()])
            for number, (level, field) in enumerate(rows):
                mark = self.tr("critical") if field.critical else ""
                self.add_label(table, number, core(field.label), level, mark)
                self.add_value(table, number, 1, field)
        self.add_rest(cursor, more)


class DetailsPage(QWidget):
    """A description with a link that copies it all."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._description: Description | None = None
        self.text = DescriptionText(desk.theme)
        self.copy_button = CopyButton(
            self._whole, desk.clipboard, what=self.tr("all fields as text"), link=False
        )
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PAGE, GAP_PAGE, 0, 0)
        column.setSpacing(GAP_PAGE)
        column.addLayout(row)
        column.addWidget(self.text, 1)

    def show_description(self, description: Description) -> None:
        """Show this; the place in the text is kept where it is the same again."""
        if description == self._description:
            return
        self._description = description
        self.text.show_description(description)

    def _whole(self) -> str:
        return as_text(self._description) if self._description else ""


def _rows(field: Field, level: int = 0) -> list[tuple[int, Field]]:
    """A field and what is under it; the single part of a name only repeats what the name says."""
    rows = [(level, field)]
    if len(field.children) > 1 or field.kind != "name":
        for child in field.children:
            rows += _rows(child, level + 1)
    return rows
