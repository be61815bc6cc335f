"""The navigation bar: pages with icons and counts, Preferences at the bottom."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import RADIUS, Tone

_MARGIN = 10
"""Pixels before and after an icon and words."""
_AROUND = 8
"""Pixels between the bar's edges and its links."""


class NavigationButton(QAbstractButton):
    """One page's link: icon, name, and a badge with a count that wants attention."""

    def __init__(self, theme: Theme, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self._count = 0
        self.setText(text)
        self.setAccessibleName(text.replace("&", ""))
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def count(self) -> int:
        """The number in the badge; 0 shows none."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show this number in the badge."""
        self._count = count
        self.setAccessibleDescription(self.tr("%n need attention", "", count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for its words in any language, as they are when its page is shown."""
        sizes = self._theme.sizes
        metrics = QFontMetrics(self._theme.font(strong=True))
        text = metrics.size(Qt.TextFlag.TextShowMnemonic.value, self.text()).width()
        words = _MARGIN + sizes.icon + _MARGIN + text + _MARGIN
        return QSize(max(sizes.navigation - 2 * _AROUND, words), sizes.control + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, sizes = self._theme.tokens, self._theme.sizes
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(QColor(tokens.selection))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        elif self.underMouse():
            painter.setBrush(QColor(tokens.neutral_soft))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(QColor(tokens.accent))
            pen.setWidthF(2)
            painter.setPen(pen)
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        colour = "accent_text" if self.isChecked() else "text"
        icon = QRectF(_MARGIN, (self.height() - sizes.icon) / 2, sizes.icon, sizes.icon)
        self._theme.icons.paint(painter, icon, self._icon, colour)
        painter.setPen(QColor(getattr(tokens, colour)))
        painter.setFont(self._theme.font(strong=self.isChecked()))
        left = 2 * _MARGIN + sizes.icon
        # Underlined letters only while the keyboard is here: a calm bar otherwise.
        parent = self.parentWidget()
        keyboard = parent is not None and any(
            link.hasFocus() for link in parent.findChildren(NavigationButton)
        )
        mnemonic = Qt.TextFlag.TextShowMnemonic if keyboard else Qt.TextFlag.TextHideMnemonic
        words = self.rect().adjusted(left, 0, -_MARGIN - self._paint_badge(painter), 0)
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignVCenter | mnemonic,
            QFontMetrics(painter.font()).elidedText(
                self.text(),
                Qt.TextElideMode.ElideRight,
                words.width(),
                Qt.TextFlag.TextShowMnemonic.value,  # or the & would be measured as a letter
            ),
        )

    def _paint_badge(self, painter: QPainter) -> int:
        """Paint the count at the right; returns its width."""
        if not self._count:
            return 0
        painter.save()
        tokens = self._theme.tokens
        font = self._theme.font(strong=True)
        painter.setFont(font)
        text = str(self._count) if self._count < 1000 else "999+"
        metrics = QFontMetrics(font)
        height = metrics.height() + 2
        width = max(height + 4, metrics.horizontalAdvance(text) + 14)
        place = QRectF(self.width() - _MARGIN - width, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.tone_ground(Tone.ATTENTION)))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(QColor(tokens.tone_text(Tone.ATTENTION)))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
        return width


class NavigationBar(QFrame):
    """The pages' links, one under another; Up and Down move along, the last ones at the foot."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "navigation")
        self.setAccessibleName(self.tr("Pages"))
        self.setMinimumWidth(round(theme.sizes.navigation * 0.75))
        self.setMaximumWidth(theme.sizes.navigation * 2)
        self.buttons: dict[str, NavigationButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_AROUND, 12, _AROUND, 12)
        self._column.setSpacing(2)
        self._column.addStretch()
        self._upper = 0

    def sizeHint(self) -> QSize:
        return QSize(self._theme.sizes.navigation, super().sizeHint().height())

    def add(self, page: str, text: str, icon: str, *, at_bottom: bool = False) -> None:
        """Add a page's link."""
        button = NavigationButton(self._theme, text, icon)
        button.clicked.connect(lambda _checked=False: self._choose(page))
        self.buttons[page] = button
        wanted = button.sizeHint().width() + 2 * _AROUND
        if wanted > self._theme.sizes.navigation:  # a word that would be cut
            self.setMinimumWidth(max(self.minimumWidth(), min(wanted, self.maximumWidth())))
        if at_bottom:
            self._column.addWidget(button)
        else:
            self._column.insertWidget(self._upper, button)
            self._upper += 1

    def show_current(self, page: str) -> None:
        """Mark the page that is shown."""
        for name, button in self.buttons.items():
            button.setChecked(name == page)

    def set_count(self, page: str, count: int) -> None:
        """Show a number beside a page's name; 0 shows none."""
        self.buttons[page].set_count(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        order = list(self.buttons.values())
        focused = [index for index, button in enumerate(order) if button.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        order[(focused[0] + step) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, page: str) -> None:
        # A click toggles the button; which one is on is for the shown page to say.
        self.buttons[page].setChecked(True)
        self.chosen.emit(page)
