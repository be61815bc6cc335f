"""A chain as cards: from the root down to the leaf, or from left to right."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.authorities.wording import STATUS_TONES, status_text
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import RADIUS_CARD, Tone
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.flow import FlowLayout
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.pill import paint_pill, pill_size
from mtlsgui.inventory.records import Status
from mtlsgui.workspace.viewing import CertificateView, ChainStep

_PADDING = 13
_WIDEST = 230


class ChainCard(QAbstractButton):
    """One step: a name, a line below it, and its state where that is not good.

    current: this is the certificate that is looked at. missing: it is the gap in the chain.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        line: str,
        *,
        icon: str = "",
        pill: tuple[str, Tone] = ("", Tone.NEUTRAL),
        current: bool = False,
        missing: bool = False,
        clickable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title, self._line = visible(title), line
        self._icon, self._pill = icon, pill
        self._current, self._missing, self._clickable = current, missing, clickable
        self.setAccessibleName(", ".join(part for part in (self._title, line, pill[0]) if part))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if clickable else Qt.FocusPolicy.NoFocus)
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def title(self) -> str:
        """The name shown."""
        return self._title

    @property
    def line(self) -> str:
        """The line below the name."""
        return self._line

    def sizeHint(self) -> QSize:
        bold = QFontMetrics(self._theme.font(strong=True))
        width = max(
            bold.horizontalAdvance(self._title), self.fontMetrics().horizontalAdvance(self._line)
        )
        width += 2 * _PADDING + self._icon_width() + 4
        if self._pill[0]:
            width += pill_size(self._pill[0], self.font()).width() + 10
        return QSize(width, 2 * self.fontMetrics().height() + 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(90, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        inner = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        if self._icon:
            side = self._theme.sizes.icon
            tone = "attention" if self._missing else "accent" if self._icon == "ca" else "muted"
            place = QRectF(inner.left(), (self.height() - side) / 2, side, side)
            self._theme.icons.paint(painter, place, self._icon, tone)
            inner.setLeft(inner.left() + self._icon_width())
        painter.setFont(self.font())
        text, tone_of_pill = self._pill
        if text:
            width = min(pill_size(text, self.font()).width(), inner.width() // 2)
            where = QRect(inner.right() - width + 1, 0, width, self.height())
            paint_pill(painter, where, text, tone_of_pill, self._theme.tokens)
            inner.setRight(inner.right() - width - 10)
        self._paint_lines(painter, inner)

    def _paint_ground(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        focused = self.hasFocus()
        pen = QPen(QColor(tokens.accent if self._current or focused else tokens.field_line))
        pen.setWidthF(2.0 if focused else 1.0)
        if self._missing:
            pen.setColor(QColor(tokens.attention))
            pen.setStyle(Qt.PenStyle.DashLine)
        hovered = self._clickable and self.underMouse()
        ground = tokens.accent_soft if self._current else tokens.panel
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.hover if hovered and not self._current else ground))
        inset = pen.widthF() / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, RADIUS_CARD, RADIUS_CARD)

    def _paint_lines(self, painter: QPainter, inner: QRect) -> None:
        tokens = self._theme.tokens
        bold = self._theme.font(strong=True)
        height = QFontMetrics(bold).height()
        top = inner.top() + (self.height() - 2 * height - 2) // 2
        second = tokens.quiet if self._current else tokens.muted
        for text, font, colour, y in (
            (self._title, bold, tokens.text, top),
            (self._line, self.font(), second, top + height + 2),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            place = QRect(inner.left(), y, inner.width(), height)
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            if shown != text:
                self.setToolTip(plain_tip(self._title))

    def _icon_width(self) -> int:
        return self._theme.sizes.icon + 10 if self._icon else 0


class Arrow(QWidget):
    """From an issuer to what it signed; dashed where the chain is broken."""

    def __init__(
        self, theme: Theme, *, down: bool, broken: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._down, self._broken = theme, down, broken
        self.setFixedSize(*((30, 24) if down else (20, 24)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        pen = QPen(QColor(tokens.attention if self._broken else tokens.muted), 1.3)
        if not self._down:
            painter.rotate(-90)
            painter.translate(-self.height(), 0)
        # Drawn downwards; turned for chains from left to right.
        width, length = (
            (self.width(), self.height()) if self._down else (self.height(), self.width())
        )
        middle, head = width / 2, 4.0
        end = length - 3.0
        if self._broken:
            pen.setDashPattern([2.5, 2.5])
        painter.setPen(pen)
        painter.drawLine(*(round(v) for v in (middle, 3, middle, end)))
        pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        for side in (-head, head):
            painter.drawLine(
                *(round(v) for v in (middle, end, middle + side, end - head)),
            )


class ChainPage(QWidget):
    """The chain of the certificate shown, its root at the top."""

    chosen = Signal(int)
    """The id of the certificate whose step was clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: list[ChainCard] = []
        self._holder: QWidget | None = None
        self._shown: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch()

    def show_chain(self, view: CertificateView) -> None:
        """Show this chain."""
        shown = (view.steps, view.missing_issuer)
        if shown == self._shown:
            return  # so that the keyboard stays where it is
        self._shown = shown
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        self.cards = []
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if view.missing_issuer:
            self._add_gap(column, view.missing_issuer)
        *above, leaf = reversed(view.steps)
        for step in above:
            self._add(column, step, current=False)
            column.addWidget(Arrow(self._theme, down=True))
        self._add(column, leaf, current=True)
        self._column.insertWidget(0, self._holder)

    def _add_gap(self, column: QVBoxLayout, name: str) -> None:
        column.addWidget(
            ChainCard(
                self._theme,
                name,
                self.tr("Issuer missing"),
                icon="warning",
                missing=True,
                clickable=False,
            )
        )
        why = wrapped(
            self.tr(
                "Its certificate is not in this workspace. Import it, "
                "and the chain joins by itself."
            ),
            "muted",
        )
        why.setContentsMargins(_PADDING, 4, 0, 4)
        column.addWidget(why)
        column.addWidget(Arrow(self._theme, down=True, broken=True))

    def _add(self, column: QVBoxLayout, step: ChainStep, *, current: bool) -> None:
        number = step.certificate_id
        kind = words.core(step.kind)
        clickable = number is not None and not current
        card = ChainCard(
            self._theme,
            step.name,
            self.tr("{} · until {}").format(kind, words.date(step.until)) if step.until else kind,
            icon="ca" if step.is_ca else "other" if step.kind == "Other" else step.kind.lower(),
            pill=status_pill(step.status),
            current=current,
            clickable=clickable,
        )
        if number is not None and clickable:
            card.clicked.connect(lambda _checked=False, number=number: self.chosen.emit(number))
        self.cards.append(card)
        column.addWidget(card)


class ChainStrip(QWidget):
    """Cards from left to right with arrows between, wrapping where the room ends."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self, gap=7)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_cards(self, cards: Sequence[ChainCard], *, broken: bool = False) -> None:
        """Show these, issuers first; broken: the first is not there."""
        for number, card in enumerate(cards):
            if number:
                gap = broken and number == 1
                self._flow.addWidget(Arrow(self._theme, down=False, broken=gap))
            card.setMaximumWidth(round(_WIDEST * self._theme.sizes.control / 30))
            card.setFixedWidth(min(card.sizeHint().width(), card.maximumWidth()))
            self._flow.addWidget(card)


def status_pill(status: Status | None) -> tuple[str, Tone]:
    """A pill's word and tone; a check mark goes with what is good.

    status: None where the dates cannot be read.
    """
    if status is None:
        text = QCoreApplication.translate("Inspector", "Dates cannot be read")
        return (text, Tone.ATTENTION)
    text = status_text(status)
    return (f"✓ {text}" if status is Status.VALID else text), STATUS_TONES[status]
