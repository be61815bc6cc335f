"""The bar that shows how much of a validity time is used."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.widgets.labels import ElidedLabel, label


class _Bar(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.share = 0.0
        self.tone = Tone.NEUTRAL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(QColor(self._theme.tokens.neutral_soft))
        painter.drawRoundedRect(whole, radius, radius)
        if self.share > 0:
            used = QRectF(whole)
            used.setWidth(max(whole.height(), whole.width() * self.share))
            painter.setBrush(QColor(self._theme.tokens.tone_mark(self.tone)))
            painter.drawRoundedRect(used, radius, radius)


class UsedBar(QWidget):
    """A bar with a text at its start, middle and end: "24 Sep 2026 · 61 of 90 days used · …"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar(theme)
        start, middle, end = label(role="muted"), ElidedLabel(), label(role="muted")
        middle.setProperty("role", "muted")  # the first to give way in a narrow place
        self._texts: tuple[QLabel | ElidedLabel, ...] = (start, middle, end)
        row = QHBoxLayout()
        row.addWidget(start)
        row.addStretch()
        row.addWidget(middle)
        row.addStretch()
        row.addWidget(end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._bar)
        column.addLayout(row)

    def show_used(self, share: float, tone: Tone, start: str, middle: str, end: str) -> None:
        """Show the share used (0 to 1, clipped) and the three texts below the bar."""
        self._bar.share = min(1.0, max(0.0, share))
        self._bar.tone = tone
        self._bar.update()
        for text, shown in zip((start, middle, end), self._texts, strict=True):
            shown.setText(text)
        self.setAccessibleName(f"{start}, {middle}, {end}")
