"""A list and its inspector, side by side where there is room, one at a time where not."""

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.widgets.buttons import link_button
from mtlsgui.gui.widgets.labels import rule

NARROW = 1000
"""Windows narrower than this (pixels, grown with the font) show one part at a time."""


class InspectorSplit(QWidget):
    """`main` at the left, `inspector` at the right; the width is remembered under `key`.

    In a narrow window the inspector is a page of its own: `show_inspector()` opens it (call it
    on double click or Enter), Back or Escape returns to the list.
    """

    narrow_changed = Signal(bool)
    inspector_left = Signal()

    def __init__(
        self,
        theme: Theme,
        settings: QSettings,
        key: str,
        *,
        main: QWidget,
        inspector: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._settings, self._key = theme, settings, f"splitters/{key}"
        self._main, self._inspector = main, inspector
        self._narrow = False
        self._inspecting = False
        self.back_button = link_button(self.tr("Back to the list"))
        theme.icons.bind(self.back_button, "chevron-left", "accent_text")
        self.back_button.clicked.connect(lambda _checked=False: self.show_list())
        self._back_bar = QWidget()
        bar = QVBoxLayout(self._back_bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(0)
        inner = QHBoxLayout()
        inner.setContentsMargins(GAP_LARGE, GAP_SMALL, GAP_LARGE, GAP_SMALL)
        inner.addWidget(self.back_button)
        inner.addStretch()
        bar.addLayout(inner)
        bar.addWidget(rule())
        side = QWidget()
        side.setProperty("role", "panel")
        side.setMinimumWidth(round(theme.sizes.inspector * 0.7))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._back_bar)
        column.addWidget(inspector, 1)
        self._side = side
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(main)
        self.splitter.addWidget(side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)
        saved = settings.value(self._key)
        if not (isinstance(saved, QByteArray) and self.splitter.restoreState(saved)):
            self.splitter.setSizes([10_000, theme.sizes.inspector])
        self.splitter.splitterMoved.connect(self._remember)
        self._arrange()

    @property
    def is_narrow(self) -> bool:
        """Whether one part is shown at a time."""
        return self._narrow

    def show_inspector(self) -> None:
        """Bring the inspector up (nothing changes where it is beside the list)."""
        self._inspecting = True
        self._arrange()
        if self._narrow:
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Return to the list."""
        self._inspecting = False
        self._arrange()
        if self._narrow:
            self._main.setFocus(Qt.FocusReason.OtherFocusReason)
            self.inspector_left.emit()

    def set_inspector_visible(self, visible: bool) -> None:
        """Hide the inspector where there is nothing to inspect (an empty page)."""
        self._side.setVisible(visible and (not self._narrow or self._inspecting))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.window().width() < round(NARROW * self._theme.sizes.control / 30)
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()
            self.narrow_changed.emit(narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._narrow and self._inspecting:
            self.show_list()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        self._back_bar.setVisible(self._narrow)
        self._side.setVisible(not self._narrow or self._inspecting)
        self._main.setVisible(not self._narrow or not self._inspecting)

    def _remember(self) -> None:
        if not self._narrow:
            self._settings.setValue(self._key, self.splitter.saveState())
