"""One step of the drawing: an arrow between the two life lines, that opens to what it says."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.connections.testing.wording import Ends
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import RADIUS, Tone
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.tls.result import Step, StepState

_ROW = 47
_SIDE, _TIME = 80, 76
_DOT, _ARROW = 4.0, 8.0
_CROSS, _CROSS_ROOM = 3.5, 9.0

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Home: -1_000_000,
    Qt.Key.Key_End: 1_000_000,
}


def grown(theme: Theme, pixels: float) -> int:
    """A measure at a 13 px font, for the font in use."""
    return round(pixels * theme.sizes.control / 30)


@dataclass(frozen=True)
class Lines:
    """Where the two life lines and the column of times stand, from the left."""

    client: float
    server: float
    time: float

    @classmethod
    def across(cls, theme: Theme, width: int) -> "Lines":
        """In a drawing of this width."""
        side, times = float(grown(theme, _SIDE)), float(width - grown(theme, _TIME))
        return cls(side, max(times - side * 0.6, side * 2), times)

    def paint(self, painter: QPainter, theme: Theme, top: float, bottom: float) -> None:
        """The life lines."""
        painter.setPen(QPen(theme.colour("field_line"), 1.4))
        for x in (self.client, self.server):
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))


class StepRow(QAbstractButton):
    """A step. Checked means open; a step that has no details does not open.

    ends: who talk with each other, for those who hear the drawing.
    """

    moved = Signal(int)
    """The keyboard shall go so many steps down, or up where it is negative."""

    def __init__(self, theme: Theme, step: Step, ends: Ends, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.step = theme, step
        self.tone = wording.step_tone(step)
        self._note = visible(wording.step_note(step))
        self._title = visible(step.message)
        self._hovered = False
        self.setCheckable(bool(step.details))
        if step.details:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(visible(wording.step_name(step, ends)))
        self.setAccessibleDescription(visible(wording.step_description(step)))

    def set_in_tab_order(self, reachable: bool) -> None:
        """Whether Tab comes here: to one of the rows only, the arrow keys go to the others."""
        strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(strong if reachable else click)

    def sizeHint(self) -> QSize:
        return QSize(grown(self._theme, 560), grown(self._theme, _ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(grown(self._theme, 360), grown(self._theme, _ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.moved.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.setChecked(self.isCheckable() and key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = False
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            whole = f"{self.accessibleName()}\n{self.accessibleDescription()}"
            QToolTip.showText(event.globalPos(), plain_tip(whole), self)
            return True
        return super().event(event)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = Lines.across(self._theme, self.width())
        self._paint_ground(painter, lines)
        y = float(self.height() - grown(self._theme, 7))
        self._paint_words(painter, lines, y)
        if self.step.sender == "local":
            self._paint_dot(painter, lines.client, y)
        else:
            self._paint_arrow(painter, lines, y)
        self._paint_measures(painter, lines, y)
        self._paint_chevron(painter)

    def _paint_ground(self, painter: QPainter, lines: Lines) -> None:
        tokens = self._theme.tokens
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._hovered and self.isCheckable():
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(place, RADIUS, RADIUS)
            lines.paint(painter, self._theme, 0, self.height())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(place, RADIUS, RADIUS)

    def _paint_arrow(self, painter: QPainter, lines: Lines, y: float) -> None:
        step, colour = self.step, QColor(self._theme.tokens.tone_mark(self.tone))
        start, end = lines.client, lines.server
        if step.sender == "server":
            start, end = end, start
        failed = step.state is StepState.FAILED
        pen = QPen(colour, 2.0 if failed else 1.6)
        if step.state is StepState.NOT_REACHED:
            pen.setDashPattern([2.5, 2.5])
        painter.setPen(pen)
        forward = 1.0 if end > start else -1.0
        back = end - forward * _ARROW
        if failed:
            centre = (start + end) / 2
            gap = forward * _CROSS_ROOM
            painter.drawLine(QPointF(start, y), QPointF(centre - gap, y))
            painter.drawLine(QPointF(centre + gap, y), QPointF(back, y))
            self._paint_cross(painter, QPointF(centre, y))
        else:
            painter.drawLine(QPointF(start, y), QPointF(back, y))
        self._paint_dot(painter, start, y)
        painter.drawPolygon(
            QPolygonF([QPointF(end, y), QPointF(back, y - _DOT), QPointF(back, y + _DOT)])
        )

    def _paint_dot(self, painter: QPainter, x: float, y: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.tone_mark(self.tone)))
        painter.drawEllipse(QPointF(x, y), _DOT, _DOT)

    def _paint_cross(self, painter: QPainter, centre: QPointF) -> None:
        """A failed step has a mark on its line, so that colour does not say it alone."""
        painter.setPen(QPen(self._theme.colour("bad"), 2.0))
        for slope in (1.0, -1.0):
            painter.drawLine(
                centre + QPointF(-_CROSS, -_CROSS * slope),
                centre + QPointF(_CROSS, _CROSS * slope),
            )

    def _paint_words(self, painter: QPainter, lines: Lines, y: float) -> None:
        tokens = self._theme.tokens
        title = tokens.text if self.tone is Tone.GOOD else tokens.tone_text(self.tone)
        if self.step.state is StepState.NOT_REACHED:
            title = tokens.muted
        local = self.step.sender == "local"
        side = Qt.AlignmentFlag.AlignLeft if local else Qt.AlignmentFlag.AlignHCenter
        left, width = lines.client + 14, lines.server - lines.client - 28
        below = y + _DOT if local else y - _DOT - 1
        for text, strong, colour in ((self._note, False, tokens.muted), (self._title, True, title)):
            if not text:
                continue
            font = self._theme.font(1.0 if strong else 0.92, strong=strong)
            metrics = QFontMetricsF(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            place = QRectF(left, below - metrics.height(), width, metrics.height())
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
            below -= metrics.height() - 1

    def _paint_measures(self, painter: QPainter, lines: Lines, y: float) -> None:
        """When it came, and how large it was."""
        painter.setPen(self._theme.colour("muted"))
        below = y + _DOT
        left, width = lines.time, self.width() - lines.time
        size = wording.size_text(self.step.size) if self.step.size else ""
        at = wording.time_text(self.step.at_ms) if self.step.at_ms is not None else ""
        for text, scale in ((size, 0.92), (at, 1.0)):
            if not text:
                continue
            font = self._theme.font(scale)
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            place = QRectF(left, below - metrics.height(), width, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            below -= metrics.height()

    def _paint_chevron(self, painter: QPainter) -> None:
        if self.isCheckable():
            side = self._theme.sizes.icon
            icon = "chevron-down" if self.isChecked() else "chevron-right"
            place = QRectF(grown(self._theme, 14), (self.height() - side) / 2, side, side)
            self._theme.icons.paint(painter, place, icon, "muted")
