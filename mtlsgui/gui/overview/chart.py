"""The bars that show how many certificates expire in each week."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mtlsgui.gui.overview.wording import days_text, month_text, week_text
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import Tokens
from mtlsgui.workspace.overview import Week

_LEAST_HEIGHT = 5.0
_WIDEST = 30.0
_RADIUS = 3.0
_LEAST_SCALE = 4
"""A bar of full height stands for at least so many: one certificate is no tower."""
_SOFTENED = 0.78
"""How strong the accent is; under the pointer it is at full strength."""


class ExpiryChart(QWidget):
    """A bar a week, as high as many certificates end in it; those to be renewed soon below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._weeks: Sequence[Week] = ()
        self._pointed: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_weeks(self, weeks: Sequence[Week]) -> None:
        """Show these; they follow one another."""
        self._weeks = weeks
        counted = [f"{days_text(week)}: {week_text(week)}" for week in weeks if week.count]
        self.setAccessibleName(self.tr("Certificates that expire, by week"))
        self.setAccessibleDescription(
            "\n".join(counted) or self.tr("No certificate expires in this time")
        )
        self.update()

    @property
    def any_soon(self) -> bool:
        """Whether some of the bars are in the colour of what is to be renewed soon."""
        return any(week.soon for week in self._weeks)

    def sizeHint(self) -> QSize:
        return QSize(560, 118 + self._labels_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def bar_area(self, at: int) -> QRectF:
        """The whole column of a week, from the top to the base line."""
        step = self.width() / max(1, len(self._weeks))
        return QRectF(at * step, 0, step, self.height() - self._labels_height())

    def week_at(self, place: QPointF) -> int | None:
        """The week under a point of the widget."""
        at = int(place.x() * len(self._weeks) / max(1, self.width()))
        return at if 0 <= at < len(self._weeks) else None

    def _labels_height(self) -> int:
        return self.fontMetrics().height() + 8

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._weeks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        most = max(week.count for week in self._weeks)
        numbered = self._has_room_for_numbers(most)
        for at, week in enumerate(self._weeks):
            if week.count:
                bar = self._bar(at, max(most, _LEAST_SCALE))
                self._paint_bar(painter, at, bar, tokens)
                if numbered:
                    self._paint_number(painter, at, bar, tokens)
        base = self.bar_area(0).bottom()
        painter.fillRect(QRectF(0, base, self.width(), 1), QColor(tokens.line))
        painter.setPen(QColor(tokens.muted))
        if most == 0:
            middle = QRectF(0, 0, self.width(), base)
            text = self.tr("No certificate expires in this time")
            painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, text)
        self._paint_months(painter, base)

    def _has_room_for_numbers(self, most: int) -> bool:
        return self.fontMetrics().horizontalAdvance(f"{most:,}") + 4 <= self.bar_area(0).width()

    def _bar(self, at: int, scale: int) -> QRectF:
        """Where the bar of a week is. scale: how many certificates the full height is."""
        area = self.bar_area(at)
        width = min(_WIDEST, area.width() * 0.62)
        room = area.height() - self.fontMetrics().height() - 2
        height = max(_LEAST_HEIGHT, room * self._weeks[at].count / scale)
        return QRectF(area.center().x() - width / 2, area.bottom() - height, width, height)

    def _paint_bar(self, painter: QPainter, at: int, bar: QRectF, tokens: Tokens) -> None:
        week = self._weeks[at]
        shape = QPainterPath()
        shape.addRoundedRect(bar.adjusted(0, 0, 0, _RADIUS), _RADIUS, _RADIUS)
        middle = bar.bottom() - bar.height() * week.soon / week.count
        strength = 1.0 if at == self._pointed else _SOFTENED
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, opacity, top, bottom in (
            (tokens.accent, strength, bar.top(), middle),
            (tokens.attention, 1.0, middle, bar.bottom()),
        ):
            if bottom > top:
                painter.setOpacity(opacity)
                painter.setClipRect(QRectF(bar.left(), top, bar.width(), bottom - top))
                painter.fillPath(shape, QColor(colour))
        painter.restore()

    def _paint_number(self, painter: QPainter, at: int, bar: QRectF, tokens: Tokens) -> None:
        height = self.fontMetrics().height()
        area = self.bar_area(at)
        place = QRectF(area.left(), bar.top() - height - 1, area.width(), height)
        painter.setPen(QColor(tokens.text if at == self._pointed else tokens.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{self._weeks[at].count:,}")

    def _paint_months(self, painter: QPainter, base: float) -> None:
        """Each month's name where its first day is; today's month at the start, if it fits."""
        begin, end = self._weeks[0].begin, self._weeks[-1].end
        top, height = base + 5, self.fontMetrics().height()
        free_from, places = float(self.width()), []
        for first in reversed([begin, *_firsts(begin, end)]):
            text = month_text(first)
            x = self.width() * ((first - begin) / (end - begin))
            room = self.fontMetrics().horizontalAdvance(text) + 6
            if x + room <= free_from:
                places.append((x, text))
                free_from = x
        for x, text in places:
            area = QRectF(x, top, self.width() - x, height)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft, text)

    # -- the pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.week_at(event.position()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.week_at(QPointF(event.pos()))
            if at is None:
                QToolTip.hideText()
            else:
                area = self.bar_area(at).toAlignedRect()
                QToolTip.showText(event.globalPos(), self.tooltip_of(at), self, area)
            return True
        return super().event(event)

    def tooltip_of(self, at: int) -> str:
        """What is said of a week."""
        return f"{week_text(self._weeks[at])}\n{days_text(self._weeks[at])}"

    def _point_at(self, at: int | None) -> None:
        if at != self._pointed:
            self._pointed = at
            self.update()


def _firsts(begin: datetime, end: datetime) -> list[datetime]:
    """The first days of the months in a time that begins at a midnight."""
    found, at = [], begin.replace(day=1)
    while at < end:
        if at > begin:
            found.append(at)
        at = (at + timedelta(days=32)).replace(day=1)
    return found
