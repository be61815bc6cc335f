"""State as a word on a soft ground: for layouts (`Pill`) and for delegates (`paint_pill`)."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import Tokens, Tone

_PADDING = 8


def pill_font(base: QFont) -> QFont:
    """The font for a pill's word beside text in `base`."""
    font = QFont(base)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def pill_size(text: str, base: QFont) -> QSize:
    """The size of the pill that `paint_pill` draws for this text, in logical pixels."""
    metrics = QFontMetricsF(pill_font(base))
    return QSize(
        round(metrics.horizontalAdvance(text) + 0.5) + 2 * _PADDING, round(metrics.height()) + 4
    )


def paint_pill(painter: QPainter, rect: QRect, text: str, tone: Tone, tokens: Tokens) -> QRect:
    """Draw a pill at the left of `rect`, centred vertically; returns where it was drawn.

    The painter's font is the text's base font. A pill that is wider than `rect` is cut with "…".
    """
    if not text:
        return QRect()
    painter.save()
    size = pill_size(text, painter.font())
    width = min(size.width(), rect.width())
    place = QRect(
        rect.left(), rect.top() + (rect.height() - size.height()) // 2, width, size.height()
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.tone_ground(tone)))
    painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
    painter.setFont(pill_font(painter.font()))
    painter.setPen(QColor(tokens.tone_text(tone)))
    inner = place.adjusted(_PADDING, 0, -_PADDING + 1, 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()
    return place


def paint_dot(painter: QPainter, centre: QPointF, tone: Tone, tokens: Tokens) -> None:
    """Draw the 10 px dot that stands before a line which needs attention."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.tone_mark(tone)))
    painter.drawEllipse(centre, 5.0, 5.0)
    painter.restore()


class Pill(QWidget):
    """A state word on a soft ground."""

    def __init__(
        self, theme: Theme, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._text, self._tone = theme, text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text

    @property
    def tone(self) -> Tone:
        """What it says."""
        return self._tone

    def set_state(self, text: str, tone: Tone) -> None:
        """Show another state."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self._text, self.font())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_pill(painter, self.rect(), self._text, self._tone, self._theme.tokens)


class Dot(QWidget):
    """A coloured dot; the text beside it says the same in words."""

    def __init__(self, theme: Theme, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tone = theme, tone
        self.setFixedSize(12, 12)

    def set_tone(self, tone: Tone) -> None:
        """Say something else."""
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_dot(QPainter(self), QPointF(6, 6), self._tone, self._theme.tokens)
