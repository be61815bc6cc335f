"""Text from certificates, made fit to be shown: whoever wrote the file chose every character."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.widgets.buttons import link_button

BREAK = "\u200b"
"""Zero width space: a place to break a line at. Taken out again where text is copied."""


def visible(text: str) -> str:
    r"""The text with all that cannot be seen written out, as in "\u202e"."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


class ElidedLink(QWidget):
    """A link whose text is shortened where it does not fit; the tooltip has it all."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.button: QPushButton = link_button("", self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.button)
        self.setText(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show this text."""
        self._text = text
        self.button.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        self.button.ensurePolished()
        metrics = self.button.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 10, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.button.fontMetrics().averageCharWidth() * 6, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - 8, 0)
        metrics = self.button.fontMetrics()
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.button.setText(shown.replace("&", "&&"))
        self.button.setToolTip(plain_tip(self._text) if shown != self._text else "")
        width = min(metrics.horizontalAdvance(shown) + 8, self.width())
        self.button.setGeometry(0, 0, width, self.height())
