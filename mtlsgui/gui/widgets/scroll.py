"""Pages that scroll when the window is small or the font large."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


def scrolling(page: QWidget, horizontal: int = 0, vertical: int = 0) -> QScrollArea:
    """The page in an area that scrolls up and down only.

    horizontal, vertical: margins around the page, in pixels.
    """
    holder = _Holder()
    inner = QVBoxLayout(holder)
    inner.setContentsMargins(horizontal, vertical, horizontal, vertical)
    inner.addWidget(page)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    area.setAccessibleName(page.accessibleName())
    area.setWidget(holder)
    area.viewport().setAutoFillBackground(False)
    holder.setAutoFillBackground(False)
    return area


class _Holder(QWidget):
    """As high as its width asks for.

    The least height of a layout is that of its least width, where texts wrap most: an area that
    heeds it scrolls though all could be seen.
    """

    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        return QSize(least.width(), 0) if layout and layout.hasHeightForWidth() else least
