"""Pages that scroll when the window is small or the font large."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


def scrolling(page: QWidget, horizontal: int = 0, vertical: int = 0) -> QScrollArea:
    """The page in an area that scrolls up and down only.

    horizontal, vertical: margins around the page, in pixels.
    """
    holder = QWidget()
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
