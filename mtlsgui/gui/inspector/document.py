"""Read-only documents that are written with a cursor, so that nothing in them is markup."""

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
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from mtlsgui.gui.inspector.text import BREAK, visible
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.pki.describe import Field

MOST_ROWS = 400
"""Rows that are laid out: more are work that is felt, and nobody reads them here."""
MOST_CHARACTERS = 20_000
"""Of one value."""
LINE = "\u2028"
"""A new line within a paragraph."""
_INDENT = 12
_BELOW_HEADING, _BELOW_FIELD, _BELOW_SECTION = 6, 8, 12


class Document(QTextEdit):
    """Text that can be selected across its tables. Subclasses write it in `write`.

    grows: as high as its text, to stand in a page that scrolls; else it scrolls by itself.
    """

    def __init__(self, theme: Theme, *, grows: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._grows = theme, grows
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
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.renew)

    def write(self, cursor: QTextCursor) -> None:
        """Write all of it, from its beginning."""
        raise NotImplementedError

    def renew(self) -> None:
        """Write it anew."""
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        self.write(cursor)
        cursor.endEditBlock()
        if self._grows:
            self._grow()

    # -- for subclasses

    def add_heading(self, cursor: QTextCursor, text: str) -> None:
        """A line above a table."""
        cursor.insertText(visible(text), self.format(strong=True))

    def add_table(self, cursor: QTextCursor, rows: int, widths: list[QTextLength]) -> QTextTable:
        """A table without lines; the cursor is behind it afterwards."""
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellSpacing(0)
        shape.setCellPadding(0)
        shape.setTopMargin(_BELOW_HEADING)
        shape.setBottomMargin(_BELOW_SECTION)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        shape.setColumnWidthConstraints(widths)
        table = cursor.insertTable(rows, len(widths), shape)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return table

    def add_label(
        self, table: QTextTable, row: int, text: str, level: int = 0, mark: str = ""
    ) -> None:
        """What a row is about. mark: a word below that stands out."""
        cursor = cell(table, row, 0)
        shape = QTextBlockFormat()
        shape.setLeftMargin(level * _INDENT)
        shape.setRightMargin(GAP_SMALL)
        cursor.setBlockFormat(shape)
        # Serial numbers stand as labels in revocation lists: they may break at their colons.
        cursor.insertText(_breakable(visible(text)), self.format("muted"))
        if mark:
            cursor.insertText(LINE)
            cursor.insertText(mark, self.format("attention", strong=True))

    def add_value(self, table: QTextTable, row: int, column: int, field: Field) -> None:
        """What a row says."""
        cursor = cell(table, row, column)
        # Lines of bytes are as long as the place is wide, not as a terminal is.
        end = " " if field.kind == "hex" else LINE
        value = visible(field.value[:MOST_CHARACTERS]).replace("\n", end)
        if len(field.value) > MOST_CHARACTERS:
            more = f"{len(field.value) - MOST_CHARACTERS:,}"
            value += LINE + self.tr("… and {} characters more").format(more)
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
        cursor.insertText(value, self.format(colour, mono=mono))
        for note in (visible(field.note), field.oid):
            if note:
                cursor.insertText(LINE)
                cursor.insertText(note, self.format("muted"))

    def add_rest(self, cursor: QTextCursor, more: int) -> None:
        """A line at the end, where not all is shown."""
        if more > 0:
            text = self.tr("{} more fields are not shown. Copy has them all.").format(f"{more:,}")
            cursor.insertText(text, self.format("muted"))

    def format(
        self, colour: str = "text", *, strong: bool = False, mono: bool = False
    ) -> QTextCharFormat:
        """How characters look."""
        made = QTextCharFormat()
        made.setFont(self._theme.monospace() if mono else self._theme.font(strong=strong))
        made.setForeground(self._theme.colour(colour))
        if strong:
            made.setFontWeight(QFont.Weight.DemiBold)
        return made

    # -- Qt

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        selected = self.textCursor().selection().toPlainText()
        data.setText(selected.replace(BREAK, "").replace(LINE, "\n").strip("\n"))
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


def fixed(width: int) -> QTextLength:
    """A column of so many pixels."""
    return QTextLength(QTextLength.Type.FixedLength, width)


def rest() -> QTextLength:
    """A column that takes what the others leave."""
    return QTextLength(QTextLength.Type.VariableLength, 0)


def cell(table: QTextTable, row: int, column: int) -> QTextCursor:
    """A cursor in a cell, to write into it."""
    found = table.cellAt(row, column)
    shape = QTextTableCellFormat()
    shape.setBottomPadding(_BELOW_FIELD)
    if column < table.columns() - 1:
        shape.setRightPadding(GAP_SMALL)
    found.setFormat(shape)
    return found.firstCursorPosition()


def _breakable(digits: str) -> str:
    return digits.replace(":", f":{BREAK}")
