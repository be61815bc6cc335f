"""Dropping and pasting: what of it is for us, and the overlay while something is dragged."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import RADIUS_CARD, TITLE_SCALE

TEXT_LIMIT = 4 * 1024 * 1024
"""Longest text taken from the clipboard or a drag, in characters."""


@dataclass(frozen=True)
class Offered:
    """What a drag or the clipboard holds for us: local files, or else text."""

    files: tuple[Path, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.files or self.text)


def read_offer(mime: QMimeData | None) -> Offered:
    """What is in it that can be looked into; falsy when nothing is."""
    if mime is None:
        return Offered()
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files:
        return Offered(files=files)
    text = mime.text() if mime.hasText() else ""
    if text.strip() and len(text) <= TEXT_LIMIT:
        return Offered(text=text)
    return Offered()


class DropOverlay(QWidget):
    """Covers the window while files are dragged over it and says what will happen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._window = theme, parent
        self._text = self.tr("Drop to look inside. Nothing is stored.")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self._text)
        self.hide()

    def cover(self) -> None:
        """Show it over the whole parent."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        veil = QColor(tokens.window)
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(20, 20, -20, -20)
        painter.setPen(QPen(QColor(tokens.accent), 2, Qt.PenStyle.DashLine))
        veil = QColor(tokens.accent_soft)
        veil.setAlpha(150)
        painter.setBrush(veil)
        painter.drawRoundedRect(frame, RADIUS_CARD, RADIUS_CARD)
        painter.setPen(QColor(tokens.text))
        painter.setFont(self._theme.font(TITLE_SCALE, strong=True))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._text)
        side = 2 * self._theme.sizes.icon
        above = QRectF(frame.center().x() - side / 2, frame.center().y() - 56, side, side)
        self._theme.icons.paint(painter, above, "import", "accent_text")
