"""Cards, banners and the page that says what to do first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import link_button, plain_button, primary_button, tool_button
from mtlsgui.gui.widgets.flow import FlowLayout
from mtlsgui.gui.widgets.labels import plain_text, wrapped


class Card(QFrame):
    """A region with a thin border; put things into `body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        self.body.setSpacing(GAP_SMALL)
        if title:
            self.body.addWidget(wrapped(title, "strong"))
            self.setAccessibleName(title)


class IconLabel(QLabel):
    """An icon as a label, in the theme's colours."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        tone: str = "text",
        side: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._name, self._tone = theme, name, tone
        self._side = side or theme.sizes.icon
        self.setFixedSize(QSize(self._side, self._side))
        theme.changed.connect(self._renew)
        self._renew()

    def set_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self._renew()

    def _renew(self) -> None:
        ratio = self.devicePixelRatioF()
        self.setPixmap(self._theme.icons.pixmap(self._name, self._side, ratio, self._tone))


_BANNER_ICONS = {
    Tone.ACCENT: ("info", "accent_text"),
    Tone.GOOD: ("check", "good_text"),
    Tone.ATTENTION: ("warning", "attention"),
    Tone.BAD: ("error", "bad_text"),
    Tone.NEUTRAL: ("info", "quiet"),
}


class Banner(QFrame):
    """Something to know, in place: an icon, a bold sentence, a text, what to do about it.

    tone: ACCENT informs, ATTENTION warns, BAD is a failure, GOOD a success.
    """

    dismissed = Signal()

    def __init__(
        self,
        theme: Theme,
        tone: Tone,
        sentence: str,
        text: str = "",
        *,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        dismissible: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", (Tone.ACCENT if tone is Tone.NEUTRAL else tone).value)
        self.tone = tone
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(GAP)
        icon, colour = _BANNER_ICONS[tone]
        row.addWidget(IconLabel(theme, icon, colour), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        row.addLayout(words, 1)
        self.sentence = wrapped(sentence, "strong")
        self.text = wrapped(text, "body")
        for part in (self.sentence, self.text):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(part)  # before it is shown: without a parent it were a window
            part.setVisible(bool(part.text()))
        self.buttons: list[QPushButton] = []
        for caption, act in actions:
            button = plain_button(caption)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self.buttons.append(button)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        if dismissible:
            close = tool_button(theme, "close", self.tr("Dismiss"))
            close.clicked.connect(self._dismiss)
            row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()


class EmptyState(QWidget):
    """What an empty page says: a title, a sentence, what to do first."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        sentence: str = "",
        *,
        icon: str = "",
        actions: Sequence[QAction] = (),
        links: Sequence[QAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP)
        column.addStretch(2)
        if icon:
            column.addWidget(
                IconLabel(theme, icon, "muted", side=2 * theme.sizes.icon),
                0,
                Qt.AlignmentFlag.AlignHCenter,
            )
        for made in (wrapped(title, "title"), wrapped(sentence, "muted")):
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            # A line of more than some seventy letters is hard to read.
            made.setMaximumWidth(made.fontMetrics().averageCharWidth() * 80)
            middle = QHBoxLayout()
            middle.addStretch(1)
            middle.addWidget(made, 100)
            middle.addStretch(1)
            column.addLayout(middle)
            made.setVisible(bool(made.text()))
        self.buttons: list[QPushButton] = []
        for given, make in ((actions, plain_button), (links, link_button)):
            row = QHBoxLayout()
            row.setSpacing(GAP_SMALL)
            row.addStretch()
            for index, action in enumerate(given):
                first = make is plain_button and index == 0
                button = (primary_button if first else make)(plain_text(action.text()))
                button.clicked.connect(action.trigger)
                button.setEnabled(action.isEnabled())
                self.buttons.append(button)
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)
        column.addStretch(3)


class ButtonFlow(QWidget):
    """Buttons in a row that wraps in a narrow place."""

    def __init__(self, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, gap=GAP_SMALL)
        for button in buttons:
            flow.addWidget(button)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
