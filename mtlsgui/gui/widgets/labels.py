"""Labels in their roles, a label that shortens itself, and thin rules."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """A plain-text label; `role` is title, heading, section, strong, muted, body or "".

    Plain text always: names come from files that anybody may have written.
    """
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def wrapped(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """A label whose text wraps, with its height following its width."""
    made = label(text, role, parent)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def value_label(text: str, font: QFont | None = None, parent: QWidget | None = None) -> QLabel:
    """A value that wraps and can be selected and copied with mouse and keyboard."""
    made = wrapped(breakable(text), "", parent)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    if font is not None:
        made.setFont(font)
    return made


_ZERO_WIDTH_SPACE = "\u200b"


def breakable(text: str, longest: int = 24) -> str:
    """Let words over `longest` characters wrap (host names, digests, URLs).

    A zero-width space after separators, or each 8 characters where there are none.
    `copyable` takes them out again.
    """
    words = []
    for word in text.split(" "):
        if len(word) <= longest:
            words.append(word)
        elif any(mark in word for mark in ":./-_"):
            words.append("".join(c + _ZERO_WIDTH_SPACE if c in ":./-_" else c for c in word))
        else:
            words.append(_ZERO_WIDTH_SPACE.join(word[i : i + 8] for i in range(0, len(word), 8)))
    return " ".join(words)


def copyable(text: str) -> str:
    """The text without the breaks that `breakable` put in."""
    return text.replace(_ZERO_WIDTH_SPACE, "")


def rule(parent: QWidget | None = None, *, vertical: bool = False) -> QFrame:
    """A thin line between regions."""
    line = QFrame(parent)
    line.setProperty("role", "rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


class ElidedLabel(QWidget):
    """One line of text, shortened with "…" where it does not fit; the tooltip has it all."""

    def __init__(
        self,
        text: str = "",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show this text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._renew_tooltip()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("…") * 3, metrics.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self._text, self._mode, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._renew_tooltip()
        return super().event(event)

    def _renew_tooltip(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self._text) <= self.width()
        self.setToolTip("" if fits else self._text)
