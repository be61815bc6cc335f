"""The handshake drawn as a sequence: what went from whom to whom, how far it came, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.tls.result import Step, StepState

_ROW, _HEAD, _NAMES, _FOOT = 47, 32, 24, 12
_SIDE, _TIME = 80, 76
_DOT, _ARROW = 4.0, 8.0


@dataclass(frozen=True)
class _Lines:
    """Where the two life lines and the column of times stand."""

    client: float
    server: float
    time: float


class SequenceView(QWidget):
    """Draws the steps of one test; its accessible description says the same in words."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._steps: tuple[Step, ...] = ()
        self._server = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("The handshake, step by step"))

    def show_steps(self, steps: Sequence[Step], server: str) -> None:
        """Draw these; server: the name over its line."""
        self._steps, self._server = tuple(steps), server
        self.setAccessibleDescription("\n".join(self.words(step) for step in steps))
        self.updateGeometry()
        self.update()

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is drawn."""
        return self._steps

    def words(self, step: Step) -> str:
        """One step in words."""
        who = self.tr("You") if step.sender == "client" else self._server
        state = {
            StepState.OK: self.tr("ok"),
            StepState.FAILED: self.tr("failed"),
            StepState.NOT_REACHED: self.tr("not reached"),
        }[step.state]
        reached = step.state is not StepState.NOT_REACHED
        parts = [f"{who}: {step.message}", self._note(step) if reached else "", state]
        if step.size:
            parts.append(self.tr("{} bytes").format(f"{step.size:,}"))
        return ", ".join(part for part in parts if part)

    def sizeHint(self) -> QSize:
        return QSize(self._grown(560), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._grown(360), self._height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = int((event.pos().y() - self._grown(_HEAD)) // self._grown(_ROW))
            if 0 <= row < len(self._steps):
                QToolTip.showText(event.globalPos(), plain_tip(self.words(self._steps[row])), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(self._grown(_SIDE))
        right = self.width() - self._grown(_TIME)
        lines = _Lines(side, max(right - side * 0.6, side * 2), float(right))
        self._paint_frame(painter, lines)
        for number, step in enumerate(self._steps):
            bottom = self._grown(_HEAD) + (number + 1) * self._grown(_ROW)
            self._paint_step(painter, lines, step, float(bottom - self._grown(6)))

    def _paint_frame(self, painter: QPainter, lines: _Lines) -> None:
        bold = self._theme.font(strong=True)
        painter.setFont(bold)
        painter.setPen(self._theme.colour("text"))
        metrics, height = QFontMetricsF(bold), self._grown(_NAMES)
        for text, x in ((self.tr("You"), lines.client), (self._server, lines.server)):
            room = 2 * min(x, self.width() - x)
            if x == lines.server:
                room = min(room, 2 * (x - lines.client) - 80)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
            place = QRectF(x - room / 2, 0, room, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
        painter.setPen(QPen(self._theme.colour("field_line"), 1.4))
        for x in (lines.client, lines.server):
            painter.drawLine(QPointF(x, height), QPointF(x, self.height() - 2.0))

    def _paint_step(self, painter: QPainter, lines: _Lines, step: Step, y: float) -> None:
        tone = _tone(step)
        reached = step.state is not StepState.NOT_REACHED
        self._paint_words(painter, lines, step, y, tone)
        colour = QColor(self._theme.tokens.tone_mark(tone))
        start, end = lines.client, lines.server
        if step.sender == "server":
            start, end = end, start
        pen = QPen(colour, 2.0 if step.state is StepState.FAILED else 1.6)
        if not reached:
            pen.setDashPattern([2.5, 2.5])
        painter.setPen(pen)
        forward = 1.0 if end > start else -1.0
        painter.drawLine(QPointF(start, y), QPointF(end - forward * _ARROW, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(start, y), _DOT, _DOT)
        back = end - forward * _ARROW
        painter.drawPolygon(
            QPolygonF([QPointF(end, y), QPointF(back, y - _DOT), QPointF(back, y + _DOT)])
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if step.state is StepState.FAILED:
            self._paint_cross(painter, QPointF((start + end) / 2, y))
        if step.at_ms is not None:
            painter.setFont(self.font())
            painter.setPen(self._theme.colour("muted"))
            half = self._grown(_ROW) / 2
            place = QRectF(lines.time, y - half, self.width() - lines.time, 2 * half)
            at = self.tr("{:.0f} ms").format(step.at_ms)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, at)

    def _paint_cross(self, painter: QPainter, centre: QPointF) -> None:
        """A failed step has a mark on its line, so that colour does not say it alone."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("window"))
        painter.drawEllipse(centre, 8.0, 8.0)
        painter.setPen(QPen(self._theme.colour("bad"), 2.0))
        reach = 3.5
        for slope in (1.0, -1.0):
            painter.drawLine(
                centre + QPointF(-reach, -reach * slope), centre + QPointF(reach, reach * slope)
            )
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_words(
        self, painter: QPainter, lines: _Lines, step: Step, y: float, tone: Tone
    ) -> None:
        tokens = self._theme.tokens
        reached = step.state is not StepState.NOT_REACHED
        bold, plain = self._theme.font(strong=True), self._theme.font(0.92)
        title = tokens.text if tone is Tone.GOOD else tokens.tone_text(tone)
        left, width = lines.client + 14, lines.server - lines.client - 28
        below = y - (_DOT + (4 if step.state is StepState.FAILED else 1))
        for text, font, colour in (
            (self._note(step), plain, tokens.muted),
            (step.message, bold, title if reached else tokens.muted),
        ):
            metrics = QFontMetricsF(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            place = QRectF(left, below - metrics.height(), width, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
            below -= metrics.height() - 1 if text else 0

    def _note(self, step: Step) -> str:
        if step.is_cause:
            return self.tr("{} · this is why").format(step.note)
        return step.note

    def _height(self) -> int:
        return self._grown(_HEAD) + len(self._steps) * self._grown(_ROW) + self._grown(_FOOT)

    def _grown(self, pixels: int) -> int:
        return round(pixels * self._theme.sizes.control / 30)


def _tone(step: Step) -> Tone:
    if step.state is StepState.FAILED:
        return Tone.BAD
    if step.state is StepState.NOT_REACHED:
        return Tone.NEUTRAL
    return Tone.ATTENTION if step.is_cause else Tone.GOOD
