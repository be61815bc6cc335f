"""Tabs with an underline over a stack of pages that are built when first shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from mtlsgui.gui.widgets.labels import rule


class UnderlineTabs(QWidget):
    """A row of words, the current one underlined; Ctrl+Tab and arrow keys move along."""

    current_changed = Signal(str)

    def __init__(self, name: str, *, margin: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QTabBar()
        self.bar.setProperty("role", "underline")
        self.bar.setAccessibleName(name)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setUsesScrollButtons(False)
        self._stack = QStackedWidget()
        self._ids: list[str] = []
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._made: dict[str, QWidget] = {}
        top = QHBoxLayout()
        top.setContentsMargins(margin, 0, margin, 0)
        top.addWidget(self.bar)
        top.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._show_index)

    def add_tab(self, tab: str, text: str, make: Callable[[], QWidget]) -> None:
        """Add a tab; its page is made when it is first shown."""
        self._ids.append(tab)
        self._makers[tab] = make
        self.bar.addTab(text)  # the first one becomes current, and is shown

    def show_tab(self, tab: str) -> None:
        """Make a tab the current one."""
        self.bar.setCurrentIndex(self._ids.index(tab))

    def set_tab_visible(self, tab: str, visible: bool) -> None:
        """Hide a tab that has nothing to say about the thing shown."""
        index = self._ids.index(tab)
        # Not when it is so already: QTabBar then forgets that another tab has yet to close its gap.
        if self.bar.isTabVisible(index) != visible:
            self.bar.setTabVisible(index, visible)
            self.bar.updateGeometry()

    @property
    def current(self) -> str:
        """The id of the current tab, "" when there is none."""
        index = self.bar.currentIndex()
        return self._ids[index] if index >= 0 else ""

    def page(self, tab: str) -> QWidget | None:
        """The tab's page if it was made already."""
        return self._made.get(tab)

    def _show_index(self, index: int) -> None:
        if not 0 <= index < len(self._ids):
            return
        tab = self._ids[index]
        page = self._made.get(tab)
        if page is None:
            page = self._made[tab] = self._makers[tab]()
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.bar.updateGeometry()  # the current one is bold, so the bar has another width now
        self.current_changed.emit(tab)
