"""A value that wraps anywhere it must, and is selected and copied as it is."""

import math

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget


class ValueText(QTextEdit):
    """Read-only plain text that looks like a label and is as high as its text needs.

    Not a QLabel: that breaks lines between words only, and host names, digests and URLs are
    single words. Putting invisible breaks into them would copy the breaks too.
    """

    def __init__(
        self, text: str = "", font: QFont | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}
        self.setProperty("role", "value")
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)  # files dropped here are for the window
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        if font is not None:
            self.setFont(font)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def text(self) -> str:
        """The text shown."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Show this text; never read as HTML."""
        self._heights.clear()
        self.setPlainText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # A layout asks some twenty times for the same few widths.
        if width not in self._heights:
            self._heights[width] = self._height_for_width(width)
        return self._heights[width]

    def _height_for_width(self, width: int) -> int:
        # A document of its own: laying out the one on screen would move it while measuring.
        measure = QTextDocument()
        measure.setDocumentMargin(0)
        measure.setDefaultFont(self.font())
        measure.setDefaultTextOption(self.document().defaultTextOption())
        measure.setPlainText(self.toPlainText())
        measure.setTextWidth(max(1, width))
        return math.ceil(measure.size().height())

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        lines = self.toPlainText().splitlines() or [""]
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2
        return QSize(width, self.heightForWidth(self.width() if self.isVisible() else width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 8, self.fontMetrics().height())

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()  # another font, or another style sheet
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
