"""Where one is in a sequence: ✓ Names   ✓ Key and validity   Review."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtlsgui.gui.theme.theme import Theme

_GAP = 22
_CHECK = 14


class SequenceSteps(QWidget):
    """The steps of a wizard; those done carry a check mark, the current one is bold."""

    chosen = Signal(int)
    """A step that is done was clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._titles: list[str] = []
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, titles: Sequence[str], current: int) -> None:
        """Show these steps; those before `current` are done."""
        self._titles, self._current = list(titles), current
        self.setAccessibleName(
            self.tr("Step {} of {}: {}").format(current + 1, len(titles), titles[current])
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        right = self._spans()[-1][1] if self._titles else 0
        return QSize(right, self.fontMetrics().height() + 4)

    def _spans(self) -> list[tuple[int, int]]:
        """Left and right of each step, in pixels."""
        spans, x = [], 0
        plain, bold = self.fontMetrics(), QFontMetrics(self._theme.font(strong=True))
        for index, title in enumerate(self._titles):
            width = (bold if index == self._current else plain).horizontalAdvance(title)
            if index < self._current:
                width += _CHECK + 4
            spans.append((x, x + width))
            x += width + _GAP
        return spans

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        for index, (left, right) in enumerate(self._spans()[: self._current]):
            if left <= x <= right:
                self.chosen.emit(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        for index, (title, (left, right)) in enumerate(
            zip(self._titles, self._spans(), strict=True)
        ):
            rect = self.rect()
            rect.setLeft(left)
            rect.setWidth(right - left + 2)
            if index == self._current:
                painter.setFont(self._theme.font(strong=True))
                painter.setPen(QColor(tokens.accent_text))
            else:
                painter.setFont(self.font())
                painter.setPen(QColor(tokens.muted))
            if index < self._current:
                check = QRectF(left, rect.top(), _CHECK, rect.height())
                self._theme.icons.paint(painter, check, "check", "good")
                rect.setLeft(left + _CHECK + 4)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, title)
