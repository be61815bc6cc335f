"""Every field and extension in words, as one text that can be selected across its fields."""

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import BREAK, visible
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_PAGE, GAP_SMALL
from mtlsgui.gui.widgets.buttons import CopyButton
from mtlsgui.gui.words import core
from mtlsgui.pki.describe import Description, Field, Section, as_text

_LABEL_WIDTH = 116
_INDENT = 12
_BELOW_HEADING, _BELOW_FIELD, _BELOW_SECTION = 6, 8, 12
_LINE = "\u2028"
"""A new line within a paragraph."""


class DescriptionText(QTextEdit):
    """A description as a read-only document, written with a cursor: nothing in it is markup.

    grows: as high as its text, to stand in a page that scrolls; else it scrolls by itself.
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
        super().__init__(parent)
        self._theme, self._grows = theme, grows
        self._label_width = round(label_width * theme.sizes.control / 30)
        self._description: Description | None = None
        self.setProperty("role", "value")
        self.setReadOnly(True)
        self.setAcceptDrops(False)  # files dropped here are for the window
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("All fields"))
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._write)

    def show_description(self, description: Description) -> None:
        """Show this, from its beginning."""
        self._description = description
        self._write()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        selected = self.textCursor().selection().toPlainText()
        data.setText(selected.replace(BREAK, "").replace(_LINE, "\n").strip("\n"))
        return data

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._grows and event.oldSize().width() != event.size().width():
            self._grow()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.minimumHeight()) if self._grows else hint

    def _grow(self) -> None:
        self.setFixedHeight(max(1, round(self.document().size().height() + 0.5)))

    # -- writing

    def _write(self) -> None:
        self.clear()
        if self._description is None:
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for section in self._description.sections:
            if section.fields:
                self._section(cursor, section)
        cursor.endEditBlock()
        if self._grows:
            self._grow()

    def _section(self, cursor: QTextCursor, section: Section) -> None:
        cursor.insertText(visible(core(section.title)), self._format(strong=True))
        rows = [row for field in section.fields for row in _rows(field)]
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellSpacing(0)
        shape.setCellPadding(0)
        shape.setTopMargin(_BELOW_HEADING)
        shape.setBottomMargin(_BELOW_SECTION)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        shape.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.FixedLength, self._label_width),
                QTextLength(QTextLength.Type.VariableLength, 0),
            ]
        )
        table = cursor.insertTable(len(rows), 2, shape)
        for number, (level, field) in enumerate(rows):
            self._label(table, number, level, field)
            self._value(table, number, field)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _label(self, table: QTextTable, row: int, level: int, field: Field) -> None:
        cursor = _cell(table, row, 0)
        shape = QTextBlockFormat()
        shape.setLeftMargin(level * _INDENT)
        shape.setRightMargin(GAP_SMALL)
        cursor.setBlockFormat(shape)
        # Serial numbers stand as labels in revocation lists: they may break at their colons.
        cursor.insertText(_breakable(visible(core(field.label))), self._format("muted"))
        if field.critical:
            cursor.insertText(_LINE)
            cursor.insertText(self.tr("critical"), self._format("attention", strong=True))

    def _value(self, table: QTextTable, row: int, field: Field) -> None:
        cursor = _cell(table, row, 1)
        value = visible(field.value).replace("\n", _LINE)
        if field.kind == "digest":
            value = _breakable(value)
            # The zero width space may come from another font, with another line height.
            shape = QTextBlockFormat()
            shape.setLineHeight(
                QFontMetrics(self._theme.monospace()).height(),
                QTextBlockFormat.LineHeightTypes.FixedHeight.value,
            )
            cursor.setBlockFormat(shape)
        colour = "bad_text" if field.kind == "problem" else "text"
        mono = field.monospace or field.kind in ("digest", "hex")
        cursor.insertText(value, self._format(colour, mono=mono))
        for note in (visible(field.note), field.oid):
            if note:
                cursor.insertText(_LINE)
                cursor.insertText(note, self._format("muted"))

    def _format(
        self, colour: str = "text", *, strong: bool = False, mono: bool = False
    ) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self._theme.monospace() if mono else self._theme.font(strong=strong))
        made.setForeground(self._theme.colour(colour))
        if strong:
            made.setFontWeight(QFont.Weight.DemiBold)
        return made


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
    """A field and what is under it; one single child only repeats what the field says."""
    rows = [(level, field)]
    if len(field.children) > 1:
        for child in field.children:
            rows += _rows(child, level + 1)
    return rows


def _breakable(digits: str) -> str:
    return digits.replace(":", f":{BREAK}")


def _cell(table: QTextTable, row: int, column: int) -> QTextCursor:
    cell = table.cellAt(row, column)
    shape = QTextTableCellFormat()
    shape.setBottomPadding(_BELOW_FIELD)
    cell.setFormat(shape)
    return cell.firstCursorPosition()
